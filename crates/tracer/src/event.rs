//! What a backend reports.

use abi::Abi;
use std::fmt;

/// The id of a thread in the tracer's PID namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tid(pub i32);

impl fmt::Display for Tid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// When something happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Nanoseconds of `CLOCK_MONOTONIC`.
    pub monotonic: u64,
    /// Nanoseconds since the epoch, `CLOCK_REALTIME`.
    pub real: u64,
}

/// A system call as it enters the kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call {
    /// The convention by which this call entered the kernel.
    pub abi: Abi,
    /// The number; for [`Abi::X32`] without bit 30.
    pub number: u64,
    /// The six argument words; i386 words are zero-extended.
    pub args: [u64; 6],
    /// The instruction pointer in user space.
    pub ip: u64,
    /// The stack pointer in user space: where sigreturn(2) finds what it restores.
    pub sp: u64,
}

/// What a call came back with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Return {
    /// The result word, sign-extended for i386; a negative errno when `failed`.
    pub value: i64,
    /// Whether the value means an error: −4095 ≤ value < 0. Includes the kernel's own
    /// `ERESTART…` codes (512 and above).
    pub failed: bool,
    /// CPU time in nanoseconds that the thread spent in the kernel in this call, where it was asked for.
    pub system_time: u64,
}

impl Return {
    /// The errno, where the call failed.
    pub fn errno(&self) -> Option<u32> {
        self.failed.then(|| self.value.unsigned_abs() as u32)
    }
}

/// Something that happened to one thread.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The thread.
    pub tid: Tid,
    /// When the backend learned of it.
    pub at: Stamp,
    /// What it was.
    pub what: What<'a>,
}

/// The kinds of [`Event`].
#[derive(Clone, Copy, Debug)]
pub enum What<'a> {
    /// The tracer has taken hold of the thread by `-p`, or of its whole process, before any other event of
    /// it. Sent once for each process asked for.
    Attached {
        /// The threads of the process that were taken hold of.
        threads: &'a [Tid],
    },
    /// A thread that was taken hold of was in a call that was interrupted thereby, and that a restart_syscall(2) will
    /// go on with. Its entry was not seen.
    Interrupted {
        /// The convention by which the call was made.
        abi: Abi,
        /// Its number.
        number: u64,
    },
    /// A thread or child that appeared by fork, vfork or clone under `-f`, at its first stop.
    Born {
        /// Whose call made it, where known.
        parent: Option<Tid>,
    },
    /// A call enters the kernel. When a call was under way already (its exit was never seen), that one is over.
    Enter(&'a Call),
    /// The call that entered last has come back. Never sent for a call whose entry was not seen.
    Exit(&'a Return),
    /// An execve succeeded; sent between the call's `Enter` and its `Exit`. All other threads of the process are
    /// gone. `former` is the id under which the calling thread's call began: it differs from the event's `tid`
    /// when it was not the leader, and whatever was known of `former` now belongs to `tid`.
    Exec {
        /// The id of the calling thread before the execve.
        former: Tid,
    },
    /// A signal is about to be delivered. `info` is the raw `siginfo_t` of 128 bytes in the layout of the *tracer*
    /// (64 bits); `None` when it could not be had.
    Signal {
        /// The signal's number.
        signal: i32,
        /// Its siginfo.
        info: Option<&'a [u8; 128]>,
    },
    /// The thread has joined a group-stop.
    Stopped {
        /// The stopping signal.
        signal: i32,
    },
    /// The thread is about to end (PTRACE_EVENT_EXIT): the call that it is in will not come back. Its memory can be
    /// looked into for the last time. Not sent for every thread: a SIGKILL can come before.
    Exiting,
    /// The thread ended by itself.
    Exited {
        /// The exit status, 0–255.
        status: i32,
    },
    /// The thread was killed by a signal.
    Killed {
        /// The signal's number.
        signal: i32,
        /// Whether a core was dumped.
        core: bool,
    },
    /// A non-leader's execve has taken this thread (the old leader or a sibling) away: strace's
    /// `+++ superseded by execve in pid N +++`.
    Superseded {
        /// The thread that called execve.
        by: Tid,
    },
    /// What the thread did here will never be told: the tracer was too slow, and events were lost.
    Lost {
        /// How many records of the backend's.
        count: u64,
        /// Whether the end of the call that entered last was among them.
        call: bool,
    },
    /// The tracer has let go of the thread (or is about to for good).
    Detached,
}
