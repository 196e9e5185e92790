//! How a tracing ended.

use crate::sys;
use thiserror::Error;
use tracer::Tid;

/// How a process ended or is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With this exit status.
    Exited(i32),
    /// By this signal.
    Killed(i32),
}

/// What [`run`](crate::run) comes back with.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How the command ended that was started, where its end was seen.
    pub command: Option<Ending>,
    /// The signal that asked the tracer to end.
    pub interrupted: Option<i32>,
    /// Whether the sink asked for the end.
    pub stopped_by_sink: bool,
    /// How many threads were taken hold of at the start.
    pub taken: usize,
    /// What could not be done, a line each. They were given to [`tracer::Sink::notice`] as they came up.
    pub notices: Vec<String>,
}

impl Outcome {
    /// How the tracer is to end: like the signal that ended it, else like the command, else with 1 when something
    /// could not be done.
    pub fn ending(&self) -> Ending {
        let trouble = self.stopped_by_sink || !self.notices.is_empty();
        match (self.interrupted, self.command) {
            (Some(signal), _) => Ending::Killed(signal),
            (None, Some(Ending::Exited(0)) | None) if trouble => Ending::Exited(1),
            (None, Some(ending)) => ending,
            (None, None) => Ending::Exited(0),
        }
    }
}

/// Why nothing could be traced at all.
#[derive(Debug, Error)]
pub enum Error {
    /// Our own part of it failed.
    #[error("{action}: {}", sys::text(.source))]
    System {
        /// What failed.
        action: &'static str,
        /// How.
        source: std::io::Error,
    },
    /// The new child cannot be traced.
    #[error("attach: ptrace(PTRACE_SEIZE, {tid}): {}", sys::text(.source))]
    Seize {
        /// The child.
        tid: Tid,
        /// How it failed.
        source: std::io::Error,
    },
    /// A string for the command has a NUL in it.
    #[error("exec: Invalid argument")]
    Nul,
}
