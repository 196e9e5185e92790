//! What a signal's handler comes back to: the frame on the stack that sigreturn(2) restores.

use super::signals;
use crate::{Cx, Field, Kind, Value};
use abi::Abi;
use abi::generated::layouts::signal::{FPSTATE32, SIGCONTEXT32, SIGINFO, UCONTEXT};

/// The mask of signals in the frame of rt_sigreturn(2).
#[derive(Clone, Copy, Debug)]
pub struct Frame;

impl Kind for Frame {
    fn value<'a>(&self, cx: &Cx<'a>, _word: u64) -> Value<'a> {
        let abi = cx.abi();
        // On i386 the handler's three arguments and the siginfo stand before it.
        let before = if abi == Abi::I386 { 3 * abi.pointer_size() + SIGINFO.size(abi) } else { 0 };
        let offset = before + const { UCONTEXT.member("uc_sigmask") }.offset(abi);
        let address = cx.call.sp.wrapping_add(offset as u64);
        let mask = match cx.number(address, 8) {
            Some(mask) => signals(cx, mask, 64),
            None => Value::Unreadable(address),
        };
        Value::Struct { fields: cx.slice(&[Field::new("mask", mask)]), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }
}

/// The mask of signals in the frame of sigreturn(2) of i386: its second half lies behind the floating-point state.
#[derive(Clone, Copy, Debug)]
pub struct OldFrame;

impl Kind for OldFrame {
    fn value<'a>(&self, cx: &Cx<'a>, _word: u64) -> Value<'a> {
        let (abi, start) = (cx.abi(), cx.call.sp);
        let at = |offset: usize| cx.number(start.wrapping_add(offset as u64), 4);
        let low = at(const { SIGCONTEXT32.member("oldmask") }.offset(abi));
        let high = at(SIGCONTEXT32.size(abi) + FPSTATE32.size(abi));
        match low.zip(high) {
            Some((low, high)) => {
                let mask = signals(cx, high << 32 | low, 64);
                Value::Struct { fields: cx.slice(&[Field::new("mask", mask)]), more: false }
            }
            None => Value::Unreadable(start),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }
}
