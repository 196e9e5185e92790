//! The tracer's command.
#![forbid(unsafe_code)]

use cli::Invocation;
use ptrace::Ending;
use std::{
    ffi::OsString,
    io::{self, Write},
};

/// Says so where there is no memory left.
#[global_allocator]
static ALLOCATOR: ptrace::Allocator = ptrace::Allocator;

fn main() {
    ptrace::at_last(output::writer::rescue);
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let program = cli::program_name(arguments.first().cloned());
    ptrace::exit_like(invoke(arguments, &program));
}

/// Does what the command line asks for.
fn invoke(arguments: Vec<OsString>, program: &str) -> Ending {
    let mut warnings = Vec::new();
    let asked = cli::read(arguments, &mut warnings);
    warnings.iter().for_each(|warning| say(&format!("{program}: {warning}")));
    match asked {
        Ok(Invocation::Trace(config)) => cli::run(&config),
        Ok(Invocation::Print(text)) => print(&text),
        Err(failure) => {
            say(&failure.text(program));
            Ending::Exited(1)
        }
    }
}

/// Writes a line to standard error. When that is closed there is nobody to tell.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Writes to standard output.
fn print(text: &str) -> Ending {
    let written = io::stdout().write_all(text.as_bytes());
    Ending::Exited(i32::from(written.is_err()))
}
