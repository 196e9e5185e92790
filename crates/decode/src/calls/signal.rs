//! Signals.

use crate::kinds::annotated::Annotated;
use crate::kinds::{
    Address, Const, Fd, Flags, Hex, Int, Long, Nothing, PartialSigSet, SigBits, SigInfo, SigMask, SigSet, Signal, Size,
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
        Some(name) => Value::Named { value: word, name: cx.arena.alloc_str(&name) },
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
    rt_sigaction(sig: in Signal, act: in SIGACTION, oact: out SIGACTION, sigsetsize: in Size) -> Nothing, [SIGNAL];
    rt_sigprocmask(how: in Const(&sets::HOW), set: in SigSet(Len::Arg(3)), oset: out SigSet(Len::Arg(3)), sigsetsize: in Size)
        -> Nothing, [SIGNAL];
    rt_sigpending(uset: out PartialSigSet(Len::Arg(1)), sigsetsize: in Size) -> Nothing, [SIGNAL];
    rt_sigsuspend(unewset: in SigSet(Len::Arg(1)), sigsetsize: in Size) -> Nothing, [SIGNAL];
    rt_sigtimedwait(uthese: in SigSet(Len::Arg(3)), uinfo: out SigInfo, uts: in TIMESPEC, sigsetsize: in Size) -> CAUGHT, [SIGNAL];
    rt_sigtimedwait_time64(uthese: in SigSet(Len::Arg(3)), uinfo: out SigInfo, uts: in TIMESPEC64, sigsetsize: in Size)
        -> CAUGHT, [SIGNAL];
    rt_sigqueueinfo(pid: in Int, sig: in Signal, uinfo: in SigInfo) -> Nothing, [PROCESS SIGNAL];
    rt_tgsigqueueinfo(tgid: in Int, pid: in Int, sig: in Signal, uinfo: in SigInfo) -> Nothing, [PROCESS SIGNAL];
    rt_sigreturn(frame: in Frame) -> Long, [SIGNAL];
    sigreturn(frame: in OldFrame) -> Long, [SIGNAL];
    sigaltstack(uss: in STACK, uoss: out STACK) -> Nothing, [SIGNAL];
    kill(pid: in Int, sig: in Signal) -> Nothing, [PROCESS SIGNAL];
    tkill(pid: in Int, sig: in Signal) -> Nothing, [PROCESS SIGNAL];
    tgkill(tgid: in Int, pid: in Int, sig: in Signal) -> Nothing, [PROCESS SIGNAL];
    pidfd_send_signal(pidfd: in Fd, sig: in Signal, info: in SigInfo, flags: in Flags(&process::PIDFD_SIGNAL))
        -> Nothing, [DESC PROCESS SIGNAL];
    pause() -> Nothing, [SIGNAL];
    sigaction(sig: in Signal, act: in OLD_SIGACTION, oact: out OLD_SIGACTION) -> Nothing, [SIGNAL];
    signal(sig: in Signal, handler: in Handler) -> BEFORE, [SIGNAL];
    sigprocmask(how: in Const(&sets::HOW), nset: in SigMask, oset: out SigMask) -> Nothing, [SIGNAL];
    sigpending(uset: out SigMask) -> Nothing, [SIGNAL];
    sigsuspend(unused1: in Unused, unused2: in Unused, mask: in SigBits) -> Nothing, [SIGNAL];
    sgetmask() -> MASK, [SIGNAL];
    ssetmask(newmask: in SigBits) -> OLD_MASK, [SIGNAL];
};
