//! How a tracing ended, and why nothing could be traced.

use std::ffi::NulError;
use std::io;
use std::path::PathBuf;
use thiserror::Error;
use tracer::{Ending, error_text};

/// What [`run`](crate::run) comes back with.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How the command ended that was started, where its end was seen.
    pub command: Option<Ending>,
    /// The signal that asked the tracer to end.
    pub interrupted: Option<i32>,
    /// Whether the sink asked for the end.
    pub stopped_by_sink: bool,
    /// How many records were lost for want of room.
    pub lost: u64,
    /// What could not be done, a line each. They were given to [`tracer::Sink::notice`] as they came up.
    pub notices: Vec<String>,
}

/// Why nothing could be traced at all.
#[derive(Debug, Error)]
pub enum Error {
    /// The rights are missing.
    #[error("--backend=ebpf needs the capabilities CAP_BPF and CAP_PERFMON (or root)")]
    Rights,
    /// The kernel lacks something.
    #[error("--backend=ebpf needs {0}")]
    Kernel(&'static str),
    /// A system call failed.
    #[error("{action}: {}", error_text(.source))]
    System {
        /// What failed.
        action: &'static str,
        /// How.
        source: io::Error,
    },
    /// The kernel does not take a program.
    #[error("the eBPF program for {tracepoint}: {}", error_text(.source))]
    Program {
        /// What it is for.
        tracepoint: &'static str,
        /// What the verifier said.
        source: io::Error,
    },
    /// A program cannot be made.
    #[error("an eBPF program is flawed: {0}")]
    Flaw(#[from] crate::assembler::Flaw),
    /// A process cannot be traced.
    #[error("attach: {0}: {1}")]
    Attach(tracer::Tid, String),
    /// The processes of a cgroup cannot be traced.
    #[error("--cgroup: {}: {}", .0.display(), error_text(.1))]
    Cgroup(PathBuf, io::Error),
    /// A string for the command has a NUL in it.
    #[error("exec: Invalid argument")]
    Nul(#[from] NulError),
}

impl Error {
    /// Whether another backend may do better.
    pub const fn is_about_the_backend(&self) -> bool {
        matches!(self, Self::Rights | Self::Kernel(_) | Self::Program { .. })
    }

    pub(crate) fn system(action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::System { action, source }
    }
}
