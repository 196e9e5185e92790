//! Requests to a thread that stands still, and the one request to a running thread.
//!
//! Any of them can answer ESRCH: the thread has been killed meanwhile, and a status of it is on the way.

use std::io;
use std::mem::MaybeUninit;
use std::ptr::null_mut;
use tracer::Tid;

/// What the kernel says about a thread at a system-call stop (`struct ptrace_syscall_info` without
/// its union: the words mean what [`Operation`] says).
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SyscallInfo {
    op: u8,
    _pad: [u8; 3],
    /// `AUDIT_ARCH_…`.
    pub(crate) arch: u32,
    /// The instruction pointer.
    pub(crate) ip: u64,
    /// The stack pointer.
    pub(crate) sp: u64,
    /// At entry the number and six arguments, and what a filter said; at exit the value and whether it is an error.
    pub(crate) words: [u64; 8],
}

/// Which kind of system-call stop a thread is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Not at one.
    Other,
    /// A call is about to be made.
    Entry,
    /// A call has come back.
    Exit,
    /// A filter has picked a call that is about to be made.
    Picked,
}

impl SyscallInfo {
    /// The kind of stop.
    pub(crate) const fn operation(&self) -> Operation {
        match self.op {
            1 => Operation::Entry,
            2 => Operation::Exit,
            3 => Operation::Picked,
            _ => Operation::Other,
        }
    }

    /// Of a call that a filter has picked and said so.
    #[cfg(test)]
    pub(crate) fn that_says(said: u16) -> Self {
        Self { words: [0, 0, 0, 0, 0, 0, 0, said.into()], ..Self::default() }
    }

    /// What the filter said that has picked the call (`SECCOMP_RET_DATA`).
    pub(crate) const fn said(&self) -> u16 {
        self.words[7] as u16
    }
}

/// The last `waitid`-independent look at a stopped thread: which call, entry or exit.
pub(crate) fn syscall_info(tid: Tid) -> io::Result<SyscallInfo> {
    let mut info = SyscallInfo::default();
    // SAFETY: the kernel writes at most the size given, and any bytes are a valid `SyscallInfo`.
    let answer = unsafe { libc::ptrace(libc::PTRACE_GET_SYSCALL_INFO, tid.0, size_of::<SyscallInfo>(), &raw mut info) };
    checked(answer).map(|()| info)
}

/// A stopped thread's registers, those of 64 bits whatever it runs.
pub(crate) fn registers(tid: Tid) -> io::Result<libc::user_regs_struct> {
    let mut registers = MaybeUninit::<libc::user_regs_struct>::zeroed();
    // SAFETY: the kernel writes one user_regs_struct.
    let answer =
        unsafe { libc::ptrace(libc::PTRACE_GETREGS, tid.0, null_mut::<libc::c_void>(), registers.as_mut_ptr()) };
    // SAFETY: zeroed before, so initialised whatever the kernel wrote; any bytes are valid.
    checked(answer).map(|()| unsafe { registers.assume_init() })
}

/// Takes hold of a thread that is known to be in no execve, so that the kernel need not wait for it.
pub(crate) fn seize_held(tid: Tid, options: i32) -> io::Result<()> {
    plain(libc::PTRACE_SEIZE, tid, options)
}

/// Lets a stopped thread run to its next system-call stop, with this signal (0: none) delivered.
pub(crate) fn resume(tid: Tid, signal: i32) -> io::Result<()> {
    plain(libc::PTRACE_SYSCALL, tid, signal)
}

/// Lets a stopped thread run to the next call that a filter picks, with this signal (0: none) delivered.
pub(crate) fn resume_to_pick(tid: Tid, signal: i32) -> io::Result<()> {
    plain(libc::PTRACE_CONT, tid, signal)
}

/// Has a thread that a filter has stopped make no call: it comes back with ENOSYS, as where there is no tracer.
pub(crate) fn refuse_call(tid: Tid) -> io::Result<()> {
    let number = std::mem::offset_of!(libc::user_regs_struct, orig_rax);
    // SAFETY: writes a word of the other thread's registers.
    checked(unsafe { libc::ptrace(libc::PTRACE_POKEUSER, tid.0, number, -1_i64) })
}

/// Lets go of a stopped thread, with this signal (0: none) delivered.
pub(crate) fn detach(tid: Tid, signal: i32) -> io::Result<()> {
    plain(libc::PTRACE_DETACH, tid, signal)
}

/// Leaves a thread in its group-stop, so that SIGCONT ends it.
pub(crate) fn listen(tid: Tid) -> io::Result<()> {
    plain(libc::PTRACE_LISTEN, tid, 0)
}

/// Asks a running thread to stop; the only request that does not need it to stand still.
pub(crate) fn interrupt(tid: Tid) -> io::Result<()> {
    plain(libc::PTRACE_INTERRUPT, tid, 0)
}

/// What belongs to the event that stopped the thread: a child's id, a former id.
pub(crate) fn event_message(tid: Tid) -> io::Result<u64> {
    let mut message: libc::c_ulong = 0;
    // SAFETY: the kernel writes one unsigned long.
    let answer = unsafe { libc::ptrace(libc::PTRACE_GETEVENTMSG, tid.0, null_mut::<libc::c_void>(), &raw mut message) };
    checked(answer).map(|()| message)
}

/// The siginfo of the signal that is about to be delivered, as the kernel lays it out.
pub(crate) fn signal_info(tid: Tid) -> io::Result<[u8; 128]> {
    const { assert!(size_of::<libc::siginfo_t>() == 128) };
    let mut info = MaybeUninit::<[u8; 128]>::zeroed();
    // SAFETY: the kernel writes one siginfo_t, which is 128 bytes.
    let answer = unsafe { libc::ptrace(libc::PTRACE_GETSIGINFO, tid.0, null_mut::<libc::c_void>(), info.as_mut_ptr()) };
    // SAFETY: zeroed before, so initialised whatever the kernel wrote.
    checked(answer).map(|()| unsafe { info.assume_init() })
}

/// A request whose only argument is a number in the fourth place.
fn plain(request: libc::c_uint, tid: Tid, data: i32) -> io::Result<()> {
    // SAFETY: none of the requests passed here reads or writes this process's memory.
    let answer = unsafe { libc::ptrace(request, tid.0, null_mut::<libc::c_void>(), libc::c_long::from(data)) };
    checked(answer)
}

/// The error, where the answer is one.
fn checked(answer: libc::c_long) -> io::Result<()> {
    if answer < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}
