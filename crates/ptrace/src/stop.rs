//! Threads that stand still. One type per kind of stop, consumed by what sets the thread going again: a
//! running thread cannot be looked into, and a signal cannot be forgotten.

use crate::machine::Until;
use crate::seccomp;
use crate::sys::{self, Operation, Sight, SyscallInfo};
use crate::words;
use abi::Abi;
use std::io;
use tracer::Tid;

/// A thread that stands still.
#[derive(Debug)]
pub(crate) struct Halted(Tid);

impl Halted {
    /// Its id.
    pub(crate) const fn tid(&self) -> Tid {
        self.0
    }
}

/// A stop at the entry or exit of a call, or where a filter has picked it.
#[derive(Debug)]
pub(crate) struct SyscallStop {
    halted: Halted,
    pub(crate) info: SyscallInfo,
}

/// A stop before a signal is delivered.
#[derive(Debug)]
pub(crate) struct SignalStop {
    halted: Halted,
    pub(crate) signal: i32,
}

/// A stop of the whole process by a stopping signal.
#[derive(Debug)]
pub(crate) struct GroupStop {
    halted: Halted,
    pub(crate) signal: i32,
}

/// A stop at an event, or without meaning of its own.
#[derive(Debug)]
pub(crate) struct EventStop {
    halted: Halted,
    pub(crate) event: i32,
}

/// Any stop.
#[derive(Debug)]
pub(crate) enum Stop {
    Entry(SyscallStop),
    Exit(SyscallStop),
    Picked(SyscallStop),
    Signal(SignalStop),
    Group(GroupStop),
    Event(EventStop),
}

/// What became of a thread that something is known to have happened to.
#[derive(Debug)]
pub(crate) enum Finding {
    /// It stands still.
    Stop(Stop),
    /// It ended.
    Dead(Death),
    /// Nothing is to be seen: it runs, or its end is on the way.
    Nothing,
    /// There is no such tracee or child.
    NoSuch,
}

/// How a thread ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Death {
    Exited(i32),
    Killed { signal: i32, core: bool },
}

/// Looks at a thread that a signal has told to stand still. The common case, a system-call stop, costs one request.
/// `Nothing` may also mean that it has ended meanwhile.
pub(crate) fn find(tid: Tid) -> Finding {
    match sys::syscall_info(tid) {
        Ok(info) if info.operation() != Operation::Other => Finding::Stop(at_syscall(tid, info)),
        Ok(_) => find_by_wait(tid),
        Err(_) => Finding::Nothing,
    }
}

/// Looks at a thread by its status alone.
pub(crate) fn find_by_wait(tid: Tid) -> Finding {
    match sys::look(tid) {
        Ok(Some(sight)) => identify(sight),
        Ok(None) => Finding::Nothing,
        Err(_) => Finding::NoSuch,
    }
}

/// What a status means.
pub(crate) fn identify(sight: Sight) -> Finding {
    const SYSCALL: i32 = libc::SIGTRAP | 0x80;
    let Sight { tid, code, status } = sight;
    let halted = Halted(tid);
    match code {
        libc::CLD_EXITED => return Finding::Dead(Death::Exited(status)),
        libc::CLD_KILLED => {
            return Finding::Dead(Death::Killed { signal: status, core: false });
        }
        libc::CLD_DUMPED => {
            return Finding::Dead(Death::Killed { signal: status, core: true });
        }
        _ => {}
    }
    Finding::Stop(match (status >> 8, status & 0xff) {
        (0, SYSCALL) | (libc::PTRACE_EVENT_SECCOMP, _) => match sys::syscall_info(tid) {
            Ok(info) if info.operation() != Operation::Other => at_syscall(tid, info),
            _ => return Finding::Nothing,
        },
        (0, signal) => Stop::Signal(SignalStop { halted, signal }),
        (libc::PTRACE_EVENT_STOP, signal) if signal != libc::SIGTRAP => Stop::Group(GroupStop { halted, signal }),
        (event, _) => {
            if event == libc::PTRACE_EVENT_EXEC {
                // Until this stop is collected, the kernel refuses every request: it guards against a tracer that means the
                // old leader of this id. The stop carries no signal that could be lost.
                drop(sys::collect(tid));
            }
            Stop::Event(EventStop { halted, event })
        }
    })
}

/// The stop that `info` tells of.
fn at_syscall(tid: Tid, info: SyscallInfo) -> Stop {
    let stop = SyscallStop { halted: Halted(tid), info };
    match info.operation() {
        Operation::Entry => Stop::Entry(stop),
        Operation::Picked => Stop::Picked(stop),
        Operation::Exit | Operation::Other => Stop::Exit(stop),
    }
}

impl SyscallStop {
    /// Whether our filter has picked the call, and not one of the tracee's own.
    pub(crate) const fn is_picked_by_us(&self) -> bool {
        self.info.said() == seccomp::MARK
    }

    /// Has a call that a filter has picked fail as it would without a tracer.
    pub(crate) fn refuse(&self) -> io::Result<()> {
        sys::refuse_call(self.halted.0)
    }
}

impl Stop {
    /// The thread that stands still.
    pub(crate) const fn halted(&self) -> &Halted {
        match self {
            Self::Entry(stop) | Self::Exit(stop) | Self::Picked(stop) => &stop.halted,
            Self::Signal(stop) => &stop.halted,
            Self::Group(stop) => &stop.halted,
            Self::Event(stop) => &stop.halted,
        }
    }

    /// Lets the thread go on as it would without us: a signal is delivered, a group-stop lasts.
    ///
    /// An error means that the thread was killed; its end is on the way, and nothing is to be done.
    pub(crate) fn go(self, until: Until) -> io::Result<()> {
        let resume = match until {
            Until::Call => sys::resume,
            Until::Picked => sys::resume_to_pick,
        };
        match self {
            Self::Entry(stop) | Self::Exit(stop) | Self::Picked(stop) => resume(stop.halted.0, 0),
            Self::Signal(stop) => resume(stop.halted.0, stop.signal),
            Self::Group(stop) => sys::listen(stop.halted.0),
            Self::Event(stop) => resume(stop.halted.0, 0),
        }
    }

    /// Lets go of the thread, which then goes on as it would without us.
    pub(crate) fn detach(self) -> io::Result<()> {
        match self {
            Self::Entry(stop) | Self::Exit(stop) | Self::Picked(stop) => sys::detach(stop.halted.0, 0),
            Self::Signal(stop) => sys::detach(stop.halted.0, stop.signal),
            Self::Group(stop) => sys::detach(stop.halted.0, 0),
            Self::Event(stop) => sys::detach(stop.halted.0, 0),
        }
    }

    /// Kills the thread's process. Who is about to end by that, or is not ours to kill, goes on.
    pub(crate) fn kill(self) {
        // Where either fails, it was killed before.
        let _ = sys::kill(self.halted().0);
        let _ = self.go(Until::Call);
    }

    /// Hides the stop from further looks, so that it can be answered later. A signal-delivery-stop comes back
    /// as it is: its signal must stay with the kernel.
    pub(crate) fn keep(self) -> Result<Kept, Self> {
        if matches!(self, Self::Signal(_)) {
            return Err(self);
        }
        // An error means that the thread was killed meanwhile: there is nothing to hide.
        let _ = sys::collect(self.halted().0);
        Ok(Kept(self))
    }
}

impl SignalStop {
    /// The signal's siginfo.
    pub(crate) fn info(&self) -> Option<[u8; 128]> {
        sys::signal_info(self.halted.0).ok()
    }
}

impl EventStop {
    /// The interrupted call that the kernel will go on with as the thread goes on.
    pub(crate) fn interrupted(&self) -> Option<(Abi, u64)> {
        sys::registers(self.halted.0).ok().and_then(|registers| words::interrupted(&registers))
    }

    /// The id that belongs to the event: the child made, the former id.
    pub(crate) fn message(&self) -> Option<Tid> {
        sys::event_message(self.halted.0).ok().and_then(|id| i32::try_from(id).ok()).map(Tid)
    }
}

/// A stop that was collected and is to be answered later. The thread may have been killed meanwhile.
#[derive(Debug)]
pub(crate) struct Kept(Stop);

impl Kept {
    /// The stop.
    pub(crate) fn into_stop(self) -> Stop {
        self.0
    }
}

#[cfg(test)]
pub(crate) mod made_up {
    //! Stops that no thread has made.

    use super::*;

    /// A stop at a call.
    pub(crate) fn at_call(tid: Tid, entry: bool) -> Stop {
        let stop = SyscallStop { halted: Halted(tid), info: SyscallInfo::default() };
        if entry { Stop::Entry(stop) } else { Stop::Exit(stop) }
    }

    /// A stop where a filter has picked a call.
    pub(crate) fn at_pick(tid: Tid, ours: bool) -> Stop {
        let said = if ours { seccomp::MARK } else { 0 };
        Stop::Picked(SyscallStop { halted: Halted(tid), info: SyscallInfo::that_says(said) })
    }

    /// A stop before a signal, or by one.
    pub(crate) fn at_signal(tid: Tid, signal: i32, group: bool) -> Stop {
        let halted = Halted(tid);
        if group { Stop::Group(GroupStop { halted, signal }) } else { Stop::Signal(SignalStop { halted, signal }) }
    }

    /// A stop at an event.
    pub(crate) fn at_event(tid: Tid, event: i32) -> Stop {
        Stop::Event(EventStop { halted: Halted(tid), event })
    }
}
