//! The tracer's own signals: blocked, and taken while it waits.

use std::mem;
use std::ptr::null_mut;
use std::time::Duration;

/// The signals that end the tracing.
const ENDING: [i32; 5] = [libc::SIGHUP, libc::SIGINT, libc::SIGQUIT, libc::SIGPIPE, libc::SIGTERM];

/// The signals that are blocked, and the mask before.
pub(crate) struct Signals {
    set: libc::sigset_t,
    before: libc::sigset_t,
}

impl Signals {
    /// Blocks them.
    pub(crate) fn block() -> Self {
        // SAFETY: sigemptyset makes any bytes a valid set; all other calls take valid sets.
        unsafe {
            let mut set = mem::zeroed();
            let mut before = mem::zeroed();
            libc::sigemptyset(&raw mut set);
            for signal in ENDING {
                libc::sigaddset(&raw mut set, signal);
            }
            // A write that would make a file larger than is allowed fails, and does not kill.
            let mut blocked = set;
            libc::sigaddset(&raw mut blocked, libc::SIGXFSZ);
            libc::sigprocmask(libc::SIG_BLOCK, &raw const blocked, &raw mut before);
            Self { set, before }
        }
    }

    /// Makes the mask what it was; may be called after a fork.
    pub(crate) fn restore(&self) {
        // SAFETY: the set is valid.
        unsafe { libc::sigprocmask(libc::SIG_SETMASK, &raw const self.before, null_mut()) };
    }

    /// Waits for one of them for a time.
    pub(crate) fn take(&self, limit: Duration) -> Option<i32> {
        let limit = libc::timespec {
            tv_sec: limit.as_secs() as libc::time_t,
            tv_nsec: libc::c_long::from(limit.subsec_nanos()),
        };
        // SAFETY: both pointers are valid for the length of the call; nobody wants the siginfo.
        let signal = unsafe { libc::sigtimedwait(&raw const self.set, null_mut(), &raw const limit) };
        (signal > 0).then_some(signal)
    }
}
