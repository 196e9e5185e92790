//! The ptrace backend: starts or takes hold of processes, tells a [`Sink`] what they do, and lets go of them.
//!
//! Design constraints:
//!
//! * PTRACE_SEIZE and PTRACE_INTERRUPT only. No signal of ours is ever sent to a tracee, but to kill those that are not to
//!   outlive us; so none can be stolen or steal another.
//! * A stop is looked at without taking it out of the kernel, and answered straight from there. Until the answer
//!   the kernel holds the signal that the stop is about; if the tracer dies, the signal is delivered.
//! * One event source, and nowhere a wait without a bound.
//! * A type for each kind of stop, consumed by what sets the thread going: a running thread cannot be looked
//!   into, a signal cannot be forgotten.
//! * What a stop means is decided in one pure table.
//! * An error about a thread is about that thread only. ESRCH means that a status of it is on the way.
//!
//! The calling process must have one thread, or block the signals named in [`Interruptible`] and SIGCHLD in all
//! of them, before [`run`].
#![deny(unsafe_op_in_unsafe_fn)]

mod allocator;
mod attach;
mod bounded;
mod detail;
mod exit;
mod killing;
mod last;
mod letgo;
mod machine;
#[cfg(test)]
mod made_up;
mod memory;
mod network;
mod options;
mod outcome;
mod pace;
mod patient;
mod proc;
mod reader;
mod search;
mod seccomp;
mod servers;
mod session;
mod sockets;
mod source;
mod start;
mod stop;
mod sys;
mod table;
mod user;
mod watchdog;
mod words;

pub use allocator::Allocator;
pub use exit::exit_like;
pub use last::at_last;
pub use memory::Proc;
pub use options::{Aside, Command, Interruptible, Options, User, Wakeup};
pub use outcome::{Error, Outcome};
pub use patient::{Patient, say};
pub use search::{SearchError, search};
pub use seccomp::Filter;
pub use source::end_is_asked;
pub use sys::first_sigpipe as sigpipe_was_ignored;
pub use tracer::Ending;
pub use user::UserError;

use session::Session;
use source::Source;
use tracer::{Sink, Tid};

/// Traces a command, or processes that run already, or both, until all have ended or the tracer is asked to end; then
/// whoever is left has been let go of.
///
/// What could not be done for one of them is in [`Outcome::notices`]; an error means that nothing was traced.
pub fn run(
    command: Option<&Command>,
    attach: &[Tid],
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<Outcome, Error> {
    let source = Source::new(options.interruptible, options.wakeup)
        .map_err(|source| Error::System { action: "sigaction", source })?;
    let mut session = Session::new(options, sink, source);
    for &tid in attach {
        session.attach(tid).map_err(|source| Error::System { action: "setitimer", source })?;
    }
    if let Some(command) = command {
        session.start(command)?;
    }
    session.trace();
    if options.kill_on_exit {
        session.kill_all();
    } else {
        session.let_go();
    }
    if let Some(session::End::Signal { signal, .. }) = session.end {
        session.outcome.interrupted = Some(signal);
    }
    if !options.kill_on_exit && session.outcome.command.is_none() {
        session.outcome.left = session.command;
    }
    Ok(session.outcome)
}
