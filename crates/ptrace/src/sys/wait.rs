//! Statuses of threads: looked at without taking them out of the kernel, and collected.
//!
//! As long as a stop is only looked at, the kernel holds its signal: whatever becomes of the tracer,
//! the signal is delivered. Resuming or detaching the thread answers the stop, collected or not.

use super::open;
use super::signals::Set;
use std::io;
use std::mem::{self, MaybeUninit};
use std::ptr::{null, null_mut};
use tracer::Tid;

/// A status as `waitid` tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sight {
    /// Whose it is.
    pub(crate) tid: Tid,
    /// `CLD_…`.
    pub(crate) code: i32,
    /// The exit status, the signal, or the stop's code.
    pub(crate) status: i32,
}

/// Looks at one thread; `None` when it neither stopped nor ended.
pub(crate) fn look(tid: Tid) -> io::Result<Option<Sight>> {
    wait(libc::P_PID, tid, libc::WEXITED | libc::WSTOPPED | libc::WNOWAIT, null_mut())
}

/// Looks whether a child has ended, traced or not.
pub(crate) fn look_for_end(pid: Tid) -> io::Result<Option<Sight>> {
    wait(libc::P_PID, pid, libc::WEXITED | libc::WNOWAIT, null_mut())
}

/// Looks for any thread that stopped or ended. The kernel names the newest one first, each time.
pub(crate) fn look_any() -> io::Result<Option<Sight>> {
    wait(libc::P_ALL, Tid(0), libc::WEXITED | libc::WSTOPPED | libc::WNOWAIT, null_mut())
}

/// Takes a thread's status out of the kernel: reaps the dead, and hides a stop that is not to be
/// answered yet. Never to be used on a signal-delivery-stop, whose signal would be in our hands alone.
pub(crate) fn collect(tid: Tid) -> io::Result<Option<Sight>> {
    wait(libc::P_PID, tid, libc::WEXITED | libc::WSTOPPED, null_mut())
}

/// The system time in nanoseconds that a stopped thread's process has used.
pub(crate) fn system_time(tid: Tid) -> u64 {
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    let flags = libc::WEXITED | libc::WSTOPPED | libc::WNOWAIT;
    if wait(libc::P_PID, tid, flags, usage.as_mut_ptr()).is_err() {
        return 0;
    }
    // SAFETY: zeroed before, and any bytes are a valid rusage.
    let time = unsafe { usage.assume_init() }.ru_stime;
    (time.tv_sec as u64).wrapping_mul(1_000_000_000).wrapping_add((time.tv_usec as u64).wrapping_mul(1000))
}

/// Waits for any thread that has stopped or ended, and looks at it; one of these signals ends it with EINTR.
pub(crate) fn wait_any(signals: &Set) -> io::Result<Sight> {
    let flags = libc::WEXITED | libc::WSTOPPED | libc::WNOWAIT | libc::__WALL;
    // SAFETY: a zeroed siginfo_t is valid.
    let mut info: libc::siginfo_t = unsafe { mem::zeroed() };
    let arguments = [i64::from(libc::P_ALL), 0, (&raw mut info) as i64, i64::from(flags), 0];
    // SAFETY: the kernel writes one siginfo_t, which lives for as long as the call.
    unsafe { open::call(signals, libc::SYS_waitid, arguments) }.map(|_| sight(&info))
}

/// The system call itself; glibc's function cannot tell the resource usage.
fn wait(kind: libc::idtype_t, tid: Tid, flags: i32, usage: *mut libc::rusage) -> io::Result<Option<Sight>> {
    // SAFETY: a zeroed siginfo_t is valid.
    let mut info: libc::siginfo_t = unsafe { mem::zeroed() };
    // SAFETY: both pointers are valid for what the kernel writes, or null.
    let answer = unsafe {
        let flags = flags | libc::__WALL | libc::WNOHANG;
        libc::syscall(libc::SYS_waitid, kind, tid.0, &raw mut info, flags, usage, null::<u8>())
    };
    if answer < 0 {
        return Err(io::Error::last_os_error());
    }
    let sight = sight(&info);
    Ok((sight.tid.0 != 0).then_some(sight))
}

/// What the kernel says of a thread, all zero where it says nothing.
fn sight(info: &libc::siginfo_t) -> Sight {
    // SAFETY: for a status of a child the kernel fills in these fields; otherwise they are zero.
    let (pid, status) = unsafe { (info.si_pid(), info.si_status()) };
    Sight { tid: Tid(pid), code: info.si_code, status }
}
