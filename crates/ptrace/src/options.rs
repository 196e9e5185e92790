//! What the user asked for.

use crate::seccomp::Filter;
use std::ffi::OsString;
use std::path::PathBuf;

/// How to trace.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Trace children and all threads, too (`-f`).
    pub follow: bool,
    /// Tracees die with the tracer (`--kill-on-exit`).
    pub kill_on_exit: bool,
    /// Let go of a process at its first execve but that of the command itself (`-b execve`).
    pub detach_on_execve: bool,
    /// When the tracer can be interrupted (`-I`).
    pub interruptible: Interruptible,
    /// What is done for the tracer and its tracees to wake up fast (`--wakeup`).
    pub wakeup: Wakeup,
    /// Fill in [`tracer::Return::system_time`], at one more request per stop.
    pub system_time: bool,
    /// Stop the command, and whoever descends from it, only at these calls (`--seccomp-bpf`). Needs `follow`, and
    /// `kill_on_exit`: without a tracer those calls fail.
    pub filter: Option<Filter>,
}

/// When the tracer can be interrupted by signals (strace's `-I`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interruptible {
    /// At any moment (`-I1`). The same as [`Self::Waiting`], since nothing here blocks.
    Anywhere,
    /// SIGHUP, SIGINT, SIGQUIT, SIGPIPE and SIGTERM end the tracing (`-I2`).
    #[default]
    Waiting,
    /// The same, but a SIGINT or SIGQUIT that the terminal sends to its whole foreground group is left to the command.
    NotByTerminal,
    /// Those signals stay blocked (`-I3`).
    Never,
    /// Those and SIGTSTP stay blocked (`-I4`).
    NeverStop,
}

impl Interruptible {
    /// Whether signals end the tracing at all.
    pub(crate) const fn ends(self) -> bool {
        matches!(self, Self::Anywhere | Self::Waiting | Self::NotByTerminal)
    }
}

/// What is done for the tracer and its tracees to wake up fast while stops come densely.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wakeup {
    /// Whatever pays: both of what follows.
    #[default]
    Auto,
    /// Nothing: wait, and let processors sleep.
    Sleep,
    /// Look for the next stop for some microseconds before waiting, where one thread makes all the stops.
    Spin,
    /// Keep idle processors from falling asleep, where `/dev/cpu_dma_latency` can be opened.
    Latency,
}

impl Wakeup {
    /// Whether a stop may be looked for before it is waited for.
    pub(crate) const fn looks(self) -> bool {
        matches!(self, Self::Auto | Self::Spin)
    }

    /// Whether processors may be kept awake.
    pub(crate) const fn keeps_awake(self) -> bool {
        matches!(self, Self::Auto | Self::Latency)
    }
}

/// A command to start.
#[derive(Clone, Debug)]
pub struct Command {
    /// The file to execute, as [`search`](crate::search()) found it.
    pub program: PathBuf,
    /// The arguments, the zeroth included.
    pub arguments: Vec<OsString>,
    /// Changes to the environment, in order: a value to set, or `None` to remove the variable (`-E`).
    pub environment: Vec<(OsString, Option<OsString>)>,
    /// Whom to run it as (`-u`).
    pub user: Option<User>,
    /// Whether the command takes this process's place, and the tracer becomes its grandchild (`-D`).
    pub aside: Option<Aside>,
    /// The tracer's own name, with which the message about a failing execve begins.
    pub tracer: OsString,
}

/// Where the tracer goes that makes place for the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// Into the command's process group (`-D`).
    Grandchild,
    /// Into a process group of its own (`-DD`).
    Group,
    /// Into a session of its own (`-DDD`).
    Session,
}

/// Whom to run a command as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The user id.
    pub uid: u32,
    /// The group id.
    pub gid: u32,
    /// The supplementary groups.
    pub groups: Vec<u32>,
}
