//! Prints raw events: `raw [-f] [-q] [-m] [-I N] [-p PID]... [COMMAND [ARGUMENT...]]`, to standard error. With `-m` it
//! looks at the memory behind each call's first argument.

use ptrace::{Command, Ending, Error, Interruptible, Options, Outcome, exit_like, run, search};
use std::ffi::OsString;
use std::io::Write;
use tracer::{Event, Flow, Sink, Tid, Tracee, What};

/// Prints each event on a line of its own.
struct Printer {
    quiet: bool,
    memory: bool,
    out: std::io::Stderr,
}

impl Sink for Printer {
    fn event(&mut self, event: &Event<'_>, tracee: &dyn Tracee) -> Flow {
        if let (true, What::Enter(call)) = (self.memory, event.what) {
            tracee.read(call.args[0], &mut [0; 64]);
        }
        if self.quiet {
            return Flow::Continue;
        }
        match writeln!(self.out, "{} {}", event.tid, tests_text(&event.what)) {
            Ok(()) => Flow::Continue,
            Err(_) => Flow::End,
        }
    }

    fn notice(&mut self, line: &str) {
        // There is nowhere to say that standard error is closed.
        let _ = writeln!(self.out, "raw: {line}");
    }
}

/// One event in words that are stable enough to be compared.
fn tests_text(what: &What<'_>) -> String {
    match what {
        What::Signal { signal, info } => {
            let code = info.map(|bytes| i32::from_ne_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]));
            let value = info.map(|bytes| i32::from_ne_bytes([bytes[24], bytes[25], bytes[26], bytes[27]]));
            format!("Signal {signal} code {code:?} value {value:?}")
        }
        What::Enter(call) => format!("Enter {} {:x?}", call.number, call.args),
        What::Exit(result) => format!("Exit {}", result.value),
        What::Attached { threads } => format!("Attached {}", threads.len()),
        what => format!("{what:?}"),
    }
}

/// What the command line asks for.
#[derive(Default)]
struct Request {
    options: Options,
    quiet: bool,
    memory: bool,
    attach: Vec<Tid>,
    command: Vec<OsString>,
}

/// Reads the command line; `None` where it makes no sense.
fn parse(mut arguments: impl Iterator<Item = OsString>) -> Option<Request> {
    let mut request = Request::default();
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("-f") => request.options.follow = true,
            Some("-q") => request.quiet = true,
            Some("-m") => request.memory = true,
            Some("-K") => request.options.kill_on_exit = true,
            Some("-I3") => request.options.interruptible = Interruptible::Never,
            Some("-p") => request.attach.push(Tid(arguments.next()?.to_str()?.parse().ok()?)),
            _ => {
                request.command.push(argument);
                request.command.extend(arguments.by_ref());
            }
        }
    }
    Some(request)
}

/// Runs the request.
fn trace(request: &Request, sink: &mut Printer) -> Result<Outcome, String> {
    let command = match request.command.first() {
        Some(name) => Some(Command {
            program: search(name, std::env::var_os("PATH").as_deref()).map_err(|error| error.to_string())?,
            arguments: request.command.clone(),
            environment: Vec::new(),
            user: None,
            aside: None,
            tracer: "raw".into(),
        }),
        None => None,
    };
    run(command.as_ref(), &request.attach, &request.options, sink).map_err(|error: Error| error.to_string())
}

fn main() {
    let Some(request) = parse(std::env::args_os().skip(1)) else { exit_like(Ending::Exited(2)) };
    let mut sink = Printer { quiet: request.quiet, memory: request.memory, out: std::io::stderr() };
    match trace(&request, &mut sink) {
        Ok(outcome) => exit_like(outcome.ending()),
        Err(line) => {
            sink.notice(&line);
            exit_like(Ending::Exited(1))
        }
    }
}
