//! What a signal's handler comes back to: the frame on the stack that sigreturn(2) restores.

use super::signals;
use crate::{Cx, Field, Kind, Shape, Value};
use abi::Abi;
use abi::generated::layouts::signal::{FPSTATE32, SIGCONTEXT32, SIGINFO, UCONTEXT};

/// The mask of signals in the frame of rt_sigreturn(2).
#[derive(Clone, Copy, Debug)]
pub struct Frame;

impl Kind for Frame {
    fn value<'a>(&self, cx: &Cx<'a>, _word: u64) -> Value<'a> {
        let address = cx.call.sp.wrapping_add(mask_offset(cx.abi()) as u64);
        let mask = match cx.number(address, MASK) {
            _ if !cx.options.dereference => Value::Unreadable(address),
            Some(mask) => signals(cx, mask, 64),
            None => Value::Unreadable(address),
        };
        Value::Struct { fields: cx.slice(&[Field::new("mask", mask)]), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn words(&self, _abi: Abi) -> usize {
        0
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Stack { parts: vec![(mask_offset(abi), MASK)] }
    }
}

/// The size of a mask of signals in bytes.
const MASK: usize = 8;

/// Where the mask lies, from the stack pointer.
fn mask_offset(abi: Abi) -> usize {
    // On i386 the handler's three arguments and the siginfo stand before it.
    let before = if abi == Abi::I386 { 3 * abi.pointer_size() + SIGINFO.size(abi) } else { 0 };
    before + const { UCONTEXT.member("uc_sigmask") }.offset(abi)
}

/// The mask of signals in the frame of sigreturn(2) of i386: its second half lies behind the floating-point state.
#[derive(Clone, Copy, Debug)]
pub struct OldFrame;

impl Kind for OldFrame {
    fn value<'a>(&self, cx: &Cx<'a>, _word: u64) -> Value<'a> {
        let (abi, start) = (cx.abi(), cx.call.sp);
        let [low, high] = half_offsets(abi).map(|offset| cx.number(start.wrapping_add(offset as u64), HALF));
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

    fn words(&self, _abi: Abi) -> usize {
        0
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Stack { parts: half_offsets(abi).map(|offset| (offset, HALF)).to_vec() }
    }
}

/// The size of half a mask of signals in bytes.
const HALF: usize = 4;

/// Where the two halves lie, from the stack pointer.
fn half_offsets(abi: Abi) -> [usize; 2] {
    [const { SIGCONTEXT32.member("oldmask") }.offset(abi), SIGCONTEXT32.size(abi) + FPSTATE32.size(abi)]
}
