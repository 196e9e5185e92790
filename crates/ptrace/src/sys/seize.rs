//! PTRACE_SEIZE that can be given up.
//!
//! The kernel takes the target's `cred_guard_mutex` in PTRACE_SEIZE. A thread that is in execve holds it
//! until all its siblings are reaped, and we, who trace the siblings, are the ones to reap them: waiting in
//! PTRACE_SEIZE would be a deadlock. A signal does not help by itself, since the kernel restarts the call
//! (ERESTARTNOINTR). So the call is made from a stub of our own, an interval timer runs meanwhile, and its
//! handler, where it finds the instruction pointer at the stub's `syscall` instruction (which is where a
//! restart would begin), moves it past the instruction with EINTR as the answer.

use super::signals::Disposition;
use std::io;
use std::ptr::null_mut;
use std::time::Duration;
use tracer::Tid;

/// How long one try may wait.
const TRY: Duration = Duration::from_millis(10);

/// The length of the `syscall` instruction.
const LENGTH: i64 = 2;

std::arch::global_asm!(
    // long tracewell_seize(long request, long pid, long address, long data)
    ".pushsection .text.tracewell_seize,\"ax\",@progbits",
    ".globl tracewell_seize",
    ".hidden tracewell_seize",
    ".type tracewell_seize,@function",
    ".globl tracewell_seize_syscall",
    ".hidden tracewell_seize_syscall",
    "tracewell_seize:",
    "mov r10, rcx",
    "mov eax, 101", // __NR_ptrace
    "tracewell_seize_syscall:",
    "syscall",
    "ret",
    ".size tracewell_seize, .-tracewell_seize",
    ".popsection",
);

unsafe extern "C" {
    fn tracewell_seize(request: i64, pid: i64, address: i64, data: i64) -> i64;
    fn tracewell_seize_syscall();
}

/// While this lives, a [`seize`] that would wait for long answers `EINTR` instead.
pub(crate) struct Patience {
    disposition: Disposition,
}

impl Patience {
    /// Starts the timer.
    pub(crate) fn begin() -> io::Result<Self> {
        let disposition = Disposition::handler(libc::SIGALRM, skip_syscall)?;
        set_timer(TRY)?;
        Ok(Self { disposition })
    }
}

impl Drop for Patience {
    fn drop(&mut self) {
        // Stopping a timer cannot fail; a tick that is pending still finds the handler, since
        // it is delivered at the latest as this call returns.
        let _ = set_timer(Duration::ZERO);
        self.disposition.restore();
    }
}

/// Takes hold of a running thread.
pub(crate) fn seize(tid: Tid, options: i32) -> io::Result<()> {
    // SAFETY: the stub is a plain C function; PTRACE_SEIZE touches no memory of this process.
    let answer = unsafe { tracewell_seize(i64::from(libc::PTRACE_SEIZE), i64::from(tid.0), 0, i64::from(options)) };
    if answer < 0 { Err(io::Error::from_raw_os_error(-answer as i32)) } else { Ok(()) }
}

/// Sets the interval timer that sends SIGALRM; zero stops it.
fn set_timer(every: Duration) -> io::Result<()> {
    let every = libc::timeval { tv_sec: 0, tv_usec: every.as_micros() as libc::suseconds_t };
    let timer = libc::itimerval { it_interval: every, it_value: every };
    // SAFETY: `timer` is valid; the old value is not asked for.
    let answer = unsafe { libc::setitimer(libc::ITIMER_REAL, &raw const timer, null_mut()) };
    if answer < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Where the signal came between two tries of the stub's call, makes the call answer EINTR.
extern "C" fn skip_syscall(_signal: i32, _info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: with SA_SIGINFO the kernel passes a ucontext_t, which nobody else uses meanwhile.
    let registers = unsafe { &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs };
    let here = tracewell_seize_syscall as *const () as i64;
    if registers[libc::REG_RIP as usize] == here {
        registers[libc::REG_RIP as usize] = here + LENGTH;
        registers[libc::REG_RAX as usize] = -i64::from(libc::EINTR);
    }
}
