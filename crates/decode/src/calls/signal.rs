//! Signals.

use crate::kinds::annotated::Annotated;
use crate::kinds::{
    Address, Const, Fd, Flags, Hex, Long, Nothing, PartialSigSet, Pid, SigBits, SigInfo, SigMask, SigSet, Signal, Size,
    Structure, TIMESPEC, TIMESPEC64, Unused,
    frame::{Frame, OldFrame},
    sigaction::{Handler, OLD_SIGACTION, SIGACTION},
};
use crate::{Cx, Kind, Len, Row, Value, signal_name, structure};
use abi::generated::{
    layouts::signal as layouts,
    sets::{process, signal as sets},
};

/// `stack_t` (sigaltstack(2)).
static STACK: Structure = structure!(layouts::STACK { ss_sp: Address, ss_flags: Flags(&sets::STACK), ss_size: Size });

/// The result of rt_sigtimedwait(2): the signal's number.
static CAUGHT: Annotated = Annotated { value: &Long, note: caught };

fn caught<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    match u32::try_from(word).ok().and_then(signal_name) {
        Some(name) => Value::Spelled(cx.put(Value::Named { value: word, name: cx.arena.alloc_str(&name) })),
        None => Value::Omitted,
    }
}

/// The result of signal(2): the handler before.
static BEFORE: Annotated = Annotated { value: &Hex, note: before };

fn before<'a>(_cx: &Cx<'a>, word: u64) -> Value<'a> {
    match sets::HANDLER.name(word) {
        Some(name) => Value::Named { value: word, name },
        None => Value::Omitted,
    }
}

/// The result of sgetmask(2).
static MASK: Annotated = Annotated { value: &Hex, note: mask };

fn mask<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    Value::Titled("mask", cx.put(SigBits.value(cx, word)))
}

/// The result of ssetmask(2).
static OLD_MASK: Annotated = Annotated { value: &Hex, note: old_mask };

fn old_mask<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    Value::Titled("old mask", cx.put(SigBits.value(cx, word)))
}

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    rt_sigaction(signum: in Signal, act: in SIGACTION, oldact: out SIGACTION, sigsetsize: in Size) -> Nothing, [SIGNAL];
    rt_sigprocmask(how: in Const(&sets::HOW), set: in SigSet(Len::Arg(3)), oldset: out SigSet(Len::Arg(3)), sigsetsize: in Size)
        -> Nothing, [SIGNAL];
    rt_sigpending(set: out PartialSigSet(Len::Arg(1)), sigsetsize: in Size) -> Nothing, [SIGNAL];
    rt_sigsuspend(set: in SigSet(Len::Arg(1)), sigsetsize: in Size) -> Nothing, [SIGNAL];
    rt_sigtimedwait(set: in SigSet(Len::Arg(3)), info: out SigInfo, timeout: in TIMESPEC, sigsetsize: in Size) -> CAUGHT, [SIGNAL];
    rt_sigtimedwait_time64(set: in SigSet(Len::Arg(3)), info: out SigInfo, timeout: in TIMESPEC64, sigsetsize: in Size)
        -> CAUGHT, [SIGNAL];
    rt_sigqueueinfo(tgid: in Pid, signum: in Signal, info: in SigInfo) -> Nothing, [PROCESS SIGNAL];
    rt_tgsigqueueinfo(tgid: in Pid, tid: in Pid, signum: in Signal, info: in SigInfo) -> Nothing, [PROCESS SIGNAL];
    rt_sigreturn(sigmask: in Frame) -> Long, [SIGNAL];
    sigreturn(frame: in OldFrame) -> Long, [SIGNAL];
    sigaltstack(ss: in STACK, old_ss: out STACK) -> Nothing, [SIGNAL];
    kill(pid: in Pid, signum: in Signal) -> Nothing, [PROCESS SIGNAL];
    tkill(tid: in Pid, signum: in Signal) -> Nothing, [PROCESS SIGNAL];
    tgkill(tgid: in Pid, tid: in Pid, signum: in Signal) -> Nothing, [PROCESS SIGNAL];
    pidfd_send_signal(pidfd: in Fd, signum: in Signal, info: in SigInfo, flags: in Flags(&process::PIDFD_SIGNAL))
        -> Nothing, [DESC PROCESS SIGNAL];
    pause() -> Nothing, [SIGNAL];
    sigaction(signum: in Signal, act: in OLD_SIGACTION, oldact: out OLD_SIGACTION) -> Nothing, [SIGNAL];
    signal(signum: in Signal, handler: in Handler) -> BEFORE, [SIGNAL];
    sigprocmask(how: in Const(&sets::HOW), set: in SigMask, oldset: out SigMask) -> Nothing, [SIGNAL];
    sigpending(set: out SigMask) -> Nothing, [SIGNAL];
    sigsuspend(unused1: in Unused, unused2: in Unused, mask: in SigBits) -> Nothing, [SIGNAL];
    sgetmask() -> MASK, [SIGNAL];
    ssetmask(newmask: in SigBits) -> OLD_MASK, [SIGNAL];
};
