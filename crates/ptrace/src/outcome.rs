//! How a tracing ended.

use crate::source;
use crate::stop::Death;
use crate::sys;
use std::ffi::NulError;
use thiserror::Error;
use tracer::{Ending, Tid};

impl From<Death> for Ending {
    fn from(death: Death) -> Self {
        match death {
            Death::Exited(status) => Self::Exited(status),
            Death::Killed { signal, .. } => Self::Killed(signal),
        }
    }
}

/// What [`run`](crate::run) comes back with.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How the command ended that was started, where its end was seen.
    pub command: Option<Ending>,
    /// The command, where it has been let go of and is a child of this process.
    pub left: Option<Tid>,
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
    /// Waits until the command that was let go of has ended, or a signal asks this process to end, which is then passed on
    /// to it. For whoever has a trouble of its own that is not the command's, and whose parent waits for the command.
    pub fn wait_for_command(&mut self) {
        let Some(command) = self.left.take().filter(|_| self.interrupted.is_none()) else { return };
        match source::wait_for(command) {
            Ok(death) => self.command = Some(death.into()),
            Err((signal, sent)) => {
                self.interrupted = Some(signal);
                if sent {
                    // It may have ended just now.
                    let _ = sys::send(command, signal);
                }
            }
        }
    }

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
    Nul(#[from] NulError),
}
