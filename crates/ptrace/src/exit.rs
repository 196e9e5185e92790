//! Ending as the command ended.

use std::mem;
use std::ptr::null_mut;
use tracer::Ending;

/// Ends this process in the same way: with the same status, or killed by the same signal, without a core.
pub fn exit_like(ending: Ending) -> ! {
    match ending {
        Ending::Exited(status) => std::process::exit(status),
        Ending::Killed(signal) => killed_by(signal),
    }
}

/// Kills this process with a signal.
fn killed_by(signal: i32) -> ! {
    // SAFETY: plain calls on valid, fully initialised places; raising the signal is what is wanted.
    unsafe {
        let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
        libc::setrlimit(libc::RLIMIT_CORE, &raw const none);
        libc::signal(signal, libc::SIG_DFL);
        let mut set: libc::sigset_t = mem::zeroed();
        libc::sigemptyset(&raw mut set);
        libc::sigaddset(&raw mut set, signal);
        libc::raise(signal);
        libc::sigprocmask(libc::SIG_UNBLOCK, &raw const set, null_mut());
    }
    // A signal whose default is not to kill.
    std::process::exit(128 + signal)
}
