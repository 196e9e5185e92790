//! What the command line asks for, as plain data.

use filter::{CallSet, Details, Filter, NumberSet, Quiet};
pub use output::summary::Column;
use std::{ffi::OsString, path::PathBuf};

/// Everything that the command line asks for. What depends on several options is decided already: nothing here needs
/// to be looked at together with anything else.
#[derive(Clone, Debug)]
pub struct Config {
    /// The name that the tracer was called by, for its messages.
    pub program: String,
    /// What to start, if anything.
    pub command: Option<Command>,
    /// The processes to attach to.
    pub attach: Vec<i32>,
    /// Who else is traced.
    pub scope: Scope,
    /// Trace children too (`-f`).
    pub follow: bool,
    /// What lets tracees go.
    pub lifecycle: Lifecycle,
    /// How they are traced.
    pub backend: Backend,
    /// The size in bytes of the ring through which the kernel tells what happens (`--ring-size`), where it was asked for.
    pub ring: Option<u32>,
    /// What is done for stops to come faster (`--wakeup`).
    pub wakeup: Wakeup,
    /// Where the trace goes.
    pub output: Output,
    /// Which events are wanted.
    pub filter: Filter,
    /// Have the kernel stop tracees at calls that `filter` wants, and no others (`--seccomp-bpf`).
    pub filter_in_kernel: bool,
    /// Which messages are unwanted.
    pub quiet: Quiet,
    /// How deep calls are looked into.
    pub decode: Decode,
    /// How lines look.
    pub style: Style,
    /// The table at the end, if one is wanted.
    pub summary: Option<Summary>,
}

/// How processes are traced (`--backend`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// By ptrace(2).
    Ptrace,
    /// By programs in the kernel.
    Ebpf,
    /// By programs in the kernel where that can be, else by ptrace(2).
    Auto,
}

/// Who is traced besides the command and the processes to attach to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Nobody.
    #[default]
    Asked,
    /// Everybody (`--all`).
    System,
    /// Whoever is in a cgroup, given by its directory (`--cgroup`).
    Cgroup(PathBuf),
}

/// The command to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The program, to be searched in `PATH` when it holds no slash.
    pub program: OsString,
    /// All arguments, the first (`argv[0]`, see `--argv0`) included.
    pub arguments: Vec<OsString>,
    /// Changes to the environment, in order: a value to set, or `None` to remove the variable (`-E`).
    pub environment: Vec<(OsString, Option<OsString>)>,
    /// Whom it runs as (`-u`).
    pub user: Option<User>,
    /// Whether the tracer becomes a grandchild of the command, and how far away it moves (`-D`).
    pub daemonize: Option<Daemonize>,
}

/// Whom a command runs as (`-u`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum User {
    /// A name, to be looked up with its groups.
    Name(String),
    /// Ids; no supplementary groups.
    Ids {
        /// The user.
        uid: u32,
        /// The group.
        gid: u32,
    },
}

/// How far the tracer moves away from the command that it traces (`-D`, `-DD`, `-DDD`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Daemonize {
    /// The tracer is a grandchild.
    Grandchild,
    /// In a process group of its own.
    Group,
    /// In a session of its own.
    Session,
}

/// What is done for the tracer and its tracees to wake up fast (`--wakeup`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wakeup {
    /// Whatever pays.
    #[default]
    Auto,
    /// Nothing.
    Sleep,
    /// Look for the next stop before waiting for it.
    Spin,
    /// Keep idle processors awake.
    Latency,
}

/// What lets tracees go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifecycle {
    /// What of the terminal's signals the tracer heeds (`-I`).
    pub interruptible: Interruptible,
    /// Kill all tracees when the tracer ends (`--kill-on-exit`, and whatever has the kernel filter calls).
    pub kill_on_exit: bool,
    /// Let go of a process that calls execve (`-b execve`).
    pub detach_on_execve: bool,
    /// Let go of everything after so many calls (`--syscall-limit`).
    pub call_limit: Option<u64>,
}

/// What of the terminal's signals the tracer heeds (`-I`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interruptible {
    /// `1`: at any time.
    Anywhere,
    /// `2`: while it waits.
    Waiting,
    /// While it waits; but those keys of the terminal that mean the command, too, are left to it.
    NotByTerminal,
    /// `3`: fatal signals never.
    Never,
    /// `4`: fatal signals and SIGTSTP never.
    NeverStopped,
}

/// Where the trace goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The place.
    pub destination: Destination,
    /// Add to the file and do not empty it (`-A`).
    pub append: bool,
    /// A file `FILE.PID` for each thread (`--output-separately`, `-ff`); only with [`Destination::File`].
    pub separate: bool,
    /// What is written.
    pub format: Format,
}

/// The place where the trace goes (`-o`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Standard error.
    Stderr,
    /// A file.
    File(PathBuf),
    /// A shell command that reads it, after the `|` or `!` that says so.
    Pipe(OsString),
}

/// What is written (`--format`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines for people.
    Text,
    /// JSON Lines.
    Json,
}

/// How deep calls are looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decode {
    /// How many bytes of a string are shown (`-s`).
    pub string_limit: usize,
    /// Calls whose structures are shortened (`-e abbrev=`; none with `-v`).
    pub abbrev: CallSet,
    /// Calls whose structures are looked into (`-e verbose=`).
    pub verbose: CallSet,
    /// Calls whose arguments are shown as words (`-e raw=`).
    pub raw: CallSet,
    /// Descriptors of which everything read is dumped (`-e read=`).
    pub read: NumberSet,
    /// Descriptors to which everything written is dumped (`-e write=`).
    pub write: NumberSet,
    /// What is shown of descriptors (`-y`, `-yy`, `-e decode-fds=`).
    pub descriptors: Details,
    /// Whether the names of the commands of processes are shown (`-Y`).
    pub commands: bool,
}

/// How lines look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// The column at which results are aligned (`-a`).
    pub column: usize,
    /// Which strings are shown in hexadecimal (`-x`, `-xx`).
    pub hex: Hex,
    /// How constants look (`-X`).
    pub constants: Constants,
    /// The time of day before each line (`-t`, `-tt`, `-ttt`).
    pub absolute: Option<Absolute>,
    /// The time since the line before (`-r`).
    pub relative: Option<Precision>,
    /// The time spent in the call (`-T`).
    pub duration: Option<Precision>,
    /// The instruction pointer (`-i`).
    pub instruction_pointer: bool,
    /// The number of the call (`-n`).
    pub call_number: bool,
    /// The names of arguments (`-N`).
    pub argument_names: bool,
    /// Always start lines with the thread's id; otherwise only while several threads are traced
    /// (`--always-show-pid`, or `-f` together with `-o`).
    pub always_show_pid: bool,
}

/// Which strings are shown in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hex {
    /// None; what cannot be printed is octal.
    None,
    /// None, but what cannot be printed is hexadecimal, character by character.
    NonAsciiChars,
    /// Those that hold a byte that is not ASCII (`-x`).
    NonAscii,
    /// All (`-xx`).
    All,
}

/// How constants look (`-X`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constants {
    /// As numbers.
    Raw,
    /// As names.
    Abbrev,
    /// As numbers with the names in a comment.
    Verbose,
}

/// The time of day before each line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absolute {
    /// How it is written.
    pub clock: Clock,
    /// How exactly.
    pub precision: Precision,
}

/// How a time of day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// `HH:MM:SS` in local time.
    Time,
    /// Seconds since the epoch.
    Unix,
}

/// How exactly a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
    /// Nanoseconds.
    Nanos,
}

impl Precision {
    /// How many digits follow the point.
    pub const fn digits(self) -> usize {
        match self {
            Self::Seconds => 0,
            Self::Millis => 3,
            Self::Micros => 6,
            Self::Nanos => 9,
        }
    }
}

/// The table at the end (`-c`, `-C`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Print nothing else (`-c`).
    pub only: bool,
    /// What it is sorted by (`-S`); `None` for the order of call numbers.
    pub sort: Option<Column>,
    /// Its columns (`-U`).
    pub columns: Vec<Column>,
    /// Count wall clock time, not system time (`-w`).
    pub wall_clock: bool,
    /// Nanoseconds that are taken off each call (`-O`); `None` for an estimate.
    pub overhead: Option<u64>,
}
