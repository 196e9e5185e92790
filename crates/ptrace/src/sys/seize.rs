//! Taking hold of threads.
//!
//! The kernel takes the target's `cred_guard_mutex` in PTRACE_SEIZE. A thread that is in execve holds it
//! until all its siblings are reaped, and we, who trace the siblings, are the ones to reap them: waiting in
//! PTRACE_SEIZE would be a deadlock. So a timer runs meanwhile, whose signal ends the call.

use super::open;
use super::signals::Set;
use std::io;
use std::time::Duration;
use tracer::Tid;

/// How long one try may wait.
const TRY: Duration = Duration::from_millis(10);

/// While this lives, a [`seize`] that would wait for long answers `EINTR` instead.
pub(crate) struct Patience;

impl Patience {
    /// Starts the timer.
    pub(crate) fn begin() -> io::Result<Self> {
        open::tick(TRY).map(|()| Self)
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        // Stopping a timer cannot fail.
        let _ = open::tick(Duration::ZERO);
    }
}

/// Takes hold of a running thread; one of these signals, SIGALRM among them, ends it with EINTR. A SIGALRM that was
/// pending before does not.
pub(crate) fn seize(tid: Tid, options: i32, signals: &Set) -> io::Result<()> {
    match try_seize(tid, options, signals) {
        Err(error) if error.raw_os_error() == Some(libc::EINTR) && open::forget_tick() => {
            try_seize(tid, options, signals)
        }
        answer => answer,
    }
}

fn try_seize(tid: Tid, options: i32, signals: &Set) -> io::Result<()> {
    let arguments = [i64::from(libc::PTRACE_SEIZE), i64::from(tid.0), 0, i64::from(options), 0];
    // SAFETY: PTRACE_SEIZE touches no memory of this process.
    unsafe { open::call(signals, libc::SYS_ptrace, arguments) }.map(drop)
}
