//! Calls that a signal ends at any moment, also in the one before they begin.
//!
//! The tracer's signals are blocked but while such a call is made, or while it traces ([`Listening`]). A signal that
//! comes between letting them through and the call itself would be lost to the call; and some calls the kernel begins anew after a signal
//! (PTRACE_SEIZE, by ERESTARTNOINTR). So the call is made from a stub of our own, which first looks whether a signal has
//! come, and the signals' handler, where it finds the instruction pointer in the stub and before the end of its
//! `syscall` instruction (which is also where the kernel begins anew), moves it past the instruction, with EINTR as
//! the answer.

use super::signals::{Caught, Disposition, Mask, Set, is_sent};
use std::io;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

std::arch::global_asm!(
    // long tracewell_call(long number, long a, long b, long c, long d, long e, const unsigned long *arrived)
    ".pushsection .text.tracewell_call,\"ax\",@progbits",
    ".globl tracewell_call",
    ".hidden tracewell_call",
    ".type tracewell_call,@function",
    ".globl tracewell_call_begin",
    ".hidden tracewell_call_begin",
    ".globl tracewell_call_end",
    ".hidden tracewell_call_end",
    "tracewell_call:",
    "mov rax, rdi",
    "mov rdi, rsi",
    "mov rsi, rdx",
    "mov rdx, rcx",
    "mov r10, r8",
    "mov r8, r9",
    "mov r9, [rsp + 8]",
    "tracewell_call_begin:",
    "cmp qword ptr [r9], 0",
    "jne 2f",
    "syscall",
    "tracewell_call_end:",
    "ret",
    "2:",
    "mov rax, -4", // -EINTR
    "ret",
    ".size tracewell_call, .-tracewell_call",
    ".popsection",
);

unsafe extern "C" {
    fn tracewell_call(number: i64, a: i64, b: i64, c: i64, d: i64, e: i64, arrived: *const AtomicU64) -> i64;
    fn tracewell_call_begin();
    fn tracewell_call_end();
}

/// The signals that came and were not taken yet: bit N for signal N that a process sent, bit 32 + N for one that the
/// kernel sent.
static ARRIVED: AtomicU64 = AtomicU64::new(0);

/// A signal that has come, if there is one; the lowest number first.
pub(crate) fn take_arrived() -> Option<Caught> {
    let caught = lowest(ARRIVED.load(Ordering::Relaxed))?;
    ARRIVED.fetch_and(!bit(caught), Ordering::Relaxed);
    Some(caught)
}

/// A signal other than the timer's that has come and was not taken yet, left to be taken.
pub(crate) fn peek_arrived() -> Option<Caught> {
    let tick = bit(Caught { signal: libc::SIGALRM, sent: false }) | bit(Caught { signal: libc::SIGALRM, sent: true });
    lowest(ARRIVED.load(Ordering::Relaxed) & !tick)
}

/// The signal of the lowest bit.
fn lowest(all: u64) -> Option<Caught> {
    let bit = all.trailing_zeros();
    (all != 0).then_some(Caught { signal: (bit % 32) as i32, sent: bit < 32 })
}

/// Gives a signal back, to be taken again.
pub(crate) fn put_back(caught: Caught) {
    ARRIVED.fetch_or(bit(caught), Ordering::Relaxed);
}

/// Forgets a tick; true if that was all that had come.
pub(super) fn forget_tick() -> bool {
    let tick = bit(Caught { signal: libc::SIGALRM, sent: false });
    ARRIVED.fetch_and(!tick, Ordering::Relaxed) == tick
}

/// The bit in [`ARRIVED`].
const fn bit(caught: Caught) -> u64 {
    1 << (caught.signal as u32 % 32 + if caught.sent { 0 } else { 32 })
}

/// Has a signal end the calls made by [`call`].
pub(crate) fn heed(signal: i32) -> io::Result<Disposition> {
    Disposition::handler(signal, arrive)
}

/// Whether signals are let through all the time.
static LISTENING: AtomicBool = AtomicBool::new(false);

/// As long as this lives, signals are let through all the time: a call need not let them through and shut them out
/// again, which for each stop would cost as much as a tenth of it. A thread that is started meanwhile must block them,
/// for a signal that it took would not end the tracer's call.
pub(crate) struct Listening(Mask);

impl Listening {
    /// Begins to let these signals through.
    pub(crate) fn begin(signals: &Set) -> Self {
        LISTENING.store(true, Ordering::Relaxed);
        Self(Mask::unblock(signals))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.restore();
        LISTENING.store(false, Ordering::Relaxed);
    }
}

/// Makes a system call and lets these signals through meanwhile: one of them ends it with EINTR.
///
/// # Safety
///
/// What the call does with its arguments must be sound.
pub(super) unsafe fn call(signals: &Set, number: i64, arguments: [i64; 5]) -> io::Result<i64> {
    let [a, b, c, d, e] = arguments;
    let mask = (!LISTENING.load(Ordering::Relaxed)).then(|| Mask::unblock(signals));
    // SAFETY: the stub is a plain C function; the caller answers for the call.
    let answer = unsafe { tracewell_call(number, a, b, c, d, e, &raw const ARRIVED) };
    if let Some(mask) = mask {
        mask.restore();
    }
    if answer < 0 { Err(io::Error::from_raw_os_error(-answer as i32)) } else { Ok(answer) }
}

/// Sends SIGALRM again and again; zero ends that.
pub(crate) fn tick(every: Duration) -> io::Result<()> {
    let every = libc::timeval {
        tv_sec: every.as_secs() as libc::time_t,
        tv_usec: libc::suseconds_t::from(every.subsec_micros()),
    };
    let timer = libc::itimerval { it_interval: every, it_value: every };
    // SAFETY: `timer` is valid; the old value is not asked for.
    let answer = unsafe { libc::setitimer(libc::ITIMER_REAL, &raw const timer, null_mut()) };
    if answer < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Notes the signal, and makes the stub's call answer EINTR.
extern "C" fn arrive(signal: i32, info: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: with SA_SIGINFO the kernel passes a siginfo_t and a ucontext_t, which nobody else uses meanwhile.
    let (info, registers) = unsafe { (&*info, &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs) };
    put_back(Caught { signal, sent: is_sent(info) });
    let (begin, end) = (tracewell_call_begin as *const () as i64, tracewell_call_end as *const () as i64);
    if (begin..end).contains(&registers[libc::REG_RIP as usize]) {
        registers[libc::REG_RIP as usize] = end;
        registers[libc::REG_RAX as usize] = -i64::from(libc::EINTR);
    }
}
