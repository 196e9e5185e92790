//! What the user asked for.

use std::ffi::OsString;
use std::path::PathBuf;

/// How to trace.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Trace children and all threads, too (`-f`).
    pub follow: bool,
    /// Tracees die with the tracer (`--kill-on-exit`).
    pub kill_on_exit: bool,
    /// When the tracer can be interrupted (`-I`).
    pub interruptible: Interruptible,
    /// Fill in [`tracer::Return::system_time`], at one more request per stop.
    pub system_time: bool,
}

/// When the tracer can be interrupted by signals (strace's `-I`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interruptible {
    /// At any moment (`-I1`). The same as [`Self::Waiting`], since nothing here blocks.
    Anywhere,
    /// SIGHUP, SIGINT, SIGQUIT, SIGPIPE and SIGTERM end the tracing (`-I2`).
    #[default]
    Waiting,
    /// Those signals stay blocked (`-I3`).
    Never,
    /// Those and SIGTSTP stay blocked (`-I4`).
    NeverStop,
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
    /// The tracer's own name, with which the message about a failing execve begins.
    pub tracer: OsString,
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
