//! Decoding does not know where memory comes from.
//!
//! Real programs are traced by three sessions at once: one looks into the processes; the second sees only what the
//! first has looked at; the third sees only what the capture plans of the rows have copied. All three must write the
//! same. Runs without the usual harness, because the ptrace backend wants a process with a single thread.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

mod support;

use cli::{Invocation, Session};
use decode::{Fetch, calls::Table, plan};
use std::{collections::HashMap, ffi::OsString, fs, path::Path, process::ExitCode};
use support::{capture::Moment, pieces::Pieces, recording::Recording};
use tracer::{Call, Event, Flow, Sink, Tid, Tracee, What};

/// A backend's listener that lets three sessions listen.
struct Thrice {
    direct: Session,
    replayed: Session,
    planned: Session,
    tables: [Table; 3],
    pending: HashMap<Tid, (Call, Pieces)>,
}

impl Thrice {
    /// What a backend that copies by plan has, at this event.
    fn captured(&mut self, event: &Event<'_>, tracee: &dyn Tracee) -> Pieces {
        let (call, ret, mut pieces) = match event.what {
            What::Enter(call) => (*call, None, Pieces::default()),
            What::Exit(ret) => match self.pending.remove(&event.tid) {
                Some((call, pieces)) => (call, Some(ret), pieces),
                None => return Pieces::default(),
            },
            What::Exec { former } => {
                if let Some(kept) = self.pending.remove(&former) {
                    self.pending.insert(event.tid, kept);
                }
                return Pieces::default();
            }
            _ => return Pieces::default(),
        };
        let row = self.tables[call.abi as usize].row(call.number);
        let steps: Vec<Fetch> = row.map(|row| plan(row, call.abi)).unwrap_or_default();
        Moment { call: &call, ret, memory: tracee }.capture(&steps, &mut pieces);
        (pieces.tid, pieces.pid) = (tracee.tid().0, tracee.pid().0);
        if ret.is_none() {
            let kept = Pieces { bytes: pieces.bytes.clone(), ..Pieces::default() };
            self.pending.insert(event.tid, (call, kept));
        }
        pieces
    }
}

impl Sink for Thrice {
    fn event(&mut self, event: &Event<'_>, tracee: &dyn Tracee) -> Flow {
        let mut captured = self.captured(event, tracee);
        let recording = Recording::new(tracee);
        self.direct.event(event, &recording);
        let seen = recording.into_seen();
        captured.descriptors.clone_from(&seen.descriptors);
        captured.directory.clone_from(&seen.directory);
        self.replayed.event(event, &seen);
        self.planned.event(event, &captured);
        Flow::Continue
    }
}

fn session(options: &[&str], file: &Path, command: &[&str]) -> Session {
    let words = ["tracewell", "-o"].into_iter().map(OsString::from);
    let words = words.chain([file.into()]).chain(options.iter().chain(command).map(OsString::from));
    match cli::read(words, &mut Vec::new()) {
        Ok(Invocation::Trace(config)) => Session::new(&config).expect("the output can be opened"),
        other => panic!("the command line is good: {other:?}"),
    }
}

/// Traces a command and tells the first line in which the three differ.
fn trace(folder: &Path, options: &[&str], command: &[&str]) -> Result<usize, String> {
    let files = ["direct", "replayed", "planned"].map(|name| folder.join(name));
    let [direct, replayed, planned] = files.each_ref().map(|file| session(options, file, command));
    let tables = abi::Abi::ALL.map(Table::new);
    let mut sink = Thrice { direct, replayed, planned, tables, pending: HashMap::new() };
    let program =
        ptrace::search(command[0].as_ref(), std::env::var_os("PATH").as_deref()).map_err(|e| e.to_string())?;
    let command = ptrace::Command {
        program,
        arguments: command.iter().map(OsString::from).collect(),
        environment: Vec::new(),
        user: None,
        aside: None,
        tracer: "memories".into(),
    };
    let asked = ptrace::Options { follow: true, ..ptrace::Options::default() };
    ptrace::run(Some(&command), &[], &asked, &mut sink).map_err(|error| error.to_string())?;
    for session in [sink.direct, sink.replayed, sink.planned] {
        session.finish()?;
    }
    let [direct, replayed, planned] = files.each_ref().map(|file| fs::read_to_string(file).expect("a trace is text"));
    same(&direct, &replayed, "what was looked at")?;
    same(&direct, &planned, "what the plans copied")?;
    Ok(direct.lines().count())
}

fn same(direct: &str, other: &str, name: &str) -> Result<(), String> {
    let differing: Vec<String> = direct
        .lines()
        .zip(other.lines())
        .filter(|(a, b)| a != b)
        .map(|(a, b)| format!("  from the process: {a}\n  from {name}: {b}"))
        .take(8)
        .collect();
    if direct == other { Ok(()) } else { Err(differing.join("\n")) }
}

const PROGRAMS: &[&[&str]] = &[
    &["ls", "-l", "/usr"],
    &["sh", "-c", "echo a | cat; (sleep 0.01 & wait); cd /; pwd; kill -CONT $$"],
    &["cat", "/etc/passwd", "/nonexistent"],
    &["find", "/etc", "-maxdepth", "1", "-newer", "/etc/passwd"],
    &["cp", "/etc/passwd", "/dev/null"],
    &["date"],
    &["sh", "-c", "ulimit -a; umask; stty -a </dev/null; id"],
];

const OPTIONS: &[&[&str]] = &[&["-f"], &["-f", "-v", "-s", "7"], &["-f", "--format=json"]];

/// Runs one case, in a process of its own: the ptrace backend leaves signals blocked behind it.
fn case(options: &[&str], command: &[&str]) -> ExitCode {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("memories-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the build's own folder can be written");
    let outcome = trace(&folder, options, command);
    fs::remove_dir_all(&folder).expect("the folder is ours");
    match outcome {
        Ok(lines) if lines > 10 => return ExitCode::SUCCESS,
        Ok(lines) => println!("{options:?} {command:?}: only {lines} lines were traced"),
        Err(text) => println!("{options:?} {command:?}:\n{text}"),
    }
    ExitCode::FAILURE
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    if let (Some(options), Some(command)) = (words.next(), words.next()) {
        let at = |word: String| word.parse::<usize>().ok();
        if let (Some(options), Some(command)) = (at(options), at(command)) {
            return case(OPTIONS[options], PROGRAMS[command]);
        }
    }
    let own = std::env::current_exe().expect("/proc is mounted");
    let (mut passed, mut failed) = (0, 0);
    for options in 0..OPTIONS.len() {
        for command in 0..PROGRAMS.len() {
            let run = std::process::Command::new(&own).args([options, command].map(|n| n.to_string())).output();
            let run = run.expect("this program can be started again");
            if run.status.success() {
                passed += 1;
            } else {
                failed += 1;
                println!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    ExitCode::from(u8::from(failed > 0))
}
