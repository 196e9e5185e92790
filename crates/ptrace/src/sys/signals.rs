//! The tracer's own signals: blocked, and taken one by one.

use std::io;
use std::mem;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tracer::Tid;

/// A set of signals.
#[derive(Clone, Copy)]
pub(crate) struct Set(libc::sigset_t);

impl Set {
    /// The set of these signals, each of which must exist.
    pub(crate) fn of(signals: &[i32]) -> Self {
        // SAFETY: sigemptyset makes any bytes a valid set; sigaddset takes a valid set.
        unsafe {
            let mut set = mem::zeroed();
            libc::sigemptyset(&raw mut set);
            for &signal in signals {
                libc::sigaddset(&raw mut set, signal);
            }
            Self(set)
        }
    }

    /// The set of all signals.
    pub(crate) fn all() -> Self {
        // SAFETY: sigfillset makes any bytes a valid set.
        unsafe {
            let mut set = mem::zeroed();
            libc::sigfillset(&raw mut set);
            Self(set)
        }
    }

    /// The set as the kernel takes it.
    pub(crate) const fn as_ptr(&self) -> *const libc::sigset_t {
        &raw const self.0
    }

    /// One of these (blocked) signals that is pending, left where it is.
    pub(crate) fn pending(&self) -> Option<i32> {
        // SAFETY: the place is valid for a set, and both are valid sets where they are looked at.
        unsafe {
            let mut pending = mem::zeroed();
            libc::sigpending(&raw mut pending);
            let is_both = |&signal: &i32| {
                libc::sigismember(&raw const pending, signal) == 1 && libc::sigismember(self.as_ptr(), signal) == 1
            };
            (1..=libc::SIGRTMAX()).find(is_both)
        }
    }

    /// Waits for one of these (blocked) signals and takes it; `None` after the time given.
    pub(crate) fn take(&self, limit: Duration) -> Option<Caught> {
        let limit = libc::timespec {
            tv_sec: limit.as_secs() as libc::time_t,
            tv_nsec: libc::c_long::from(limit.subsec_nanos()),
        };
        // SAFETY: a zeroed siginfo_t is valid.
        let mut info: libc::siginfo_t = unsafe { mem::zeroed() };
        // SAFETY: all three pointers are valid for the length of the call.
        let signal = unsafe { libc::sigtimedwait(&raw const self.0, &raw mut info, &raw const limit) };
        (signal > 0).then(|| Caught { signal, sent: is_sent(&info) })
    }
}

/// A signal that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caught {
    /// Its number.
    pub(crate) signal: i32,
    /// Whether another process sent it, rather than the kernel, for a terminal, a timer or a pipe.
    pub(crate) sent: bool,
}

/// Whether another process sent a signal. The kernel's own SIGPIPE looks as if the writer had sent it to itself. To be
/// called from a handler, too.
pub(super) fn is_sent(info: &libc::siginfo_t) -> bool {
    // SAFETY: with such a code the kernel fills in the sender; getpid touches no memory.
    info.si_code <= 0 && unsafe { info.si_pid() != libc::getpid() }
}

/// The signal mask as it was before it was changed.
pub(crate) struct Mask(libc::sigset_t);

impl Mask {
    /// Blocks a set of signals.
    pub(crate) fn block(set: &Set) -> Self {
        Self::change(libc::SIG_BLOCK, set)
    }

    /// Lets a set of signals through.
    pub(crate) fn unblock(set: &Set) -> Self {
        Self::change(libc::SIG_UNBLOCK, set)
    }

    fn change(how: i32, set: &Set) -> Self {
        // SAFETY: both sets are valid; with valid arguments the call cannot fail.
        unsafe {
            let mut old = mem::zeroed();
            libc::sigprocmask(how, &raw const set.0, &raw mut old);
            Self(old)
        }
    }

    /// Makes the mask what it was.
    pub(crate) fn restore(&self) {
        // SAFETY: the set is valid.
        unsafe { libc::sigprocmask(libc::SIG_SETMASK, &raw const self.0, null_mut()) };
    }
}

/// How a signal was handled before it was changed.
pub(crate) struct Disposition {
    signal: i32,
    action: libc::sigaction,
}

impl Disposition {
    /// Gives SIGCHLD its default handling, and lets it tell of ends alone, not of stops.
    pub(crate) fn only_ends() -> io::Result<Self> {
        // SAFETY: a zeroed sigaction is SIG_DFL with an empty mask.
        unsafe {
            let mut action: libc::sigaction = mem::zeroed();
            action.sa_flags = libc::SA_NOCLDSTOP;
            Self::set(libc::SIGCHLD, &action)
        }
    }

    /// Gives a signal a handler. Calls that it interrupts are made anew, where the kernel can do that.
    pub(crate) fn handler(
        signal: i32,
        handler: extern "C" fn(i32, *mut libc::siginfo_t, *mut libc::c_void),
    ) -> io::Result<Self> {
        // SAFETY: a zeroed sigaction is valid; the handler has the signature that SA_SIGINFO asks for.
        unsafe {
            let mut action: libc::sigaction = mem::zeroed();
            action.sa_sigaction = handler as libc::sighandler_t;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_RESTART;
            Self::set(signal, &action)
        }
    }

    /// # Safety
    ///
    /// The action's handler must be sound to call at any moment.
    unsafe fn set(signal: i32, action: &libc::sigaction) -> io::Result<Self> {
        // SAFETY: both pointers are valid; the caller answers for the handler.
        let (answer, old) = unsafe {
            let mut old = mem::zeroed();
            (libc::sigaction(signal, action, &raw mut old), old)
        };
        if answer < 0 { Err(io::Error::last_os_error()) } else { Ok(Self { signal, action: old }) }
    }

    /// Makes the handling what it was.
    pub(crate) fn restore(&self) {
        // SAFETY: the action was in force before, so its handler is sound.
        unsafe { libc::sigaction(self.signal, &raw const self.action, null_mut()) };
    }
}

/// Whether SIGPIPE was ignored when this process started. Rust's runtime ignores it before `main`, so
/// that afterwards nobody can tell; the command must get what the tracer got.
static SIGPIPE_WAS_IGNORED: AtomicBool = AtomicBool::new(false);

/// Whether SIGPIPE was ignored when this process started.
pub fn first_sigpipe() -> bool {
    SIGPIPE_WAS_IGNORED.load(Ordering::Relaxed)
}

/// Runs before `main` and Rust's runtime.
extern "C" fn remember_sigpipe() {
    // SAFETY: only reads the disposition into a valid place.
    unsafe {
        let mut old: libc::sigaction = mem::zeroed();
        libc::sigaction(libc::SIGPIPE, std::ptr::null(), &raw mut old);
        SIGPIPE_WAS_IGNORED.store(old.sa_sigaction == libc::SIG_IGN, Ordering::Relaxed);
    }
}

// SAFETY: the section holds pointers to functions that the C library calls once at start; this one
// touches nothing but an atomic.
#[used]
#[unsafe(link_section = ".init_array")]
static AT_START: extern "C" fn() = remember_sigpipe;

/// Sends a signal to a process.
pub(crate) fn send(pid: Tid, signal: i32) -> io::Result<()> {
    // SAFETY: kill touches no memory.
    if unsafe { libc::kill(pid.0, signal) } < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Kills the process of a thread.
pub(crate) fn kill(tid: Tid) -> io::Result<()> {
    // SAFETY: tkill touches no memory.
    let answer = unsafe { libc::syscall(libc::SYS_tkill, tid.0, libc::SIGKILL) };
    if answer < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// The calling thread.
pub(crate) fn own_tid() -> Tid {
    // SAFETY: touches no memory, and cannot fail.
    Tid(unsafe { libc::gettid() })
}
