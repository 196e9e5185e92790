//! The command line of tracewell: what it can say ([`flags`]), and what that means ([`Config`]).
#![forbid(unsafe_code)]

mod completions;
pub mod config;
mod failure;
mod finish;
pub mod flags;
mod help;
mod parse;
mod request;
mod run;
mod session;
mod values;

pub use config::Config;
pub use failure::Failure;
pub use run::run;
pub use session::Session;

use parse::Parsed;
use std::ffi::OsString;

/// What a command line asks for.
#[derive(Debug)]
pub enum Invocation {
    /// To trace.
    Trace(Box<Config>),
    /// To print this on standard output, and no more.
    Print(String),
}

/// Reads a command line, the program's own name first. Warnings (without that name) are added to `warnings`; they
/// come before the failure, if there is one.
pub fn read(arguments: impl IntoIterator<Item = OsString>, warnings: &mut Vec<String>) -> Result<Invocation, Failure> {
    let mut arguments = arguments.into_iter();
    let program = program_name(arguments.next());
    match parse::parse(arguments)? {
        Parsed::Help => Ok(Invocation::Print(help::help(base_name(&program)))),
        Parsed::Version => Ok(Invocation::Print(help::version(base_name(&program)))),
        Parsed::Completions => Ok(Invocation::Print(completions::bash(base_name(&program)))),
        Parsed::Trace(request, command) => {
            let config = finish::finish(program, *request, command, warnings)?;
            Ok(Invocation::Trace(Box::new(config)))
        }
    }
}

/// The name by which messages call the program: as it was called, like strace does.
pub fn program_name(argument: Option<OsString>) -> String {
    argument.map_or_else(|| "tracewell".into(), |name| name.to_string_lossy().into_owned())
}

/// A name without the directories before it.
fn base_name(program: &str) -> &str {
    program.rsplit('/').next().unwrap_or(program)
}
