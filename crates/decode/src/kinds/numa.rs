//! Policies of memory on machines with several nodes.

use super::Array;
use crate::{Cx, Kind, Len, Shape, Value};
use abi::Abi;
use abi::generated::{errnos, sets::memory as sets};

/// A set of nodes, shown word by word. How many bits it has says argument `count`, one too many (mbind(2)).
#[derive(Clone, Copy, Debug)]
pub struct Nodes {
    /// The index of the argument that says how many bits there are.
    pub count: usize,
}

impl Kind for Nodes {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let bits = 8 * cx.abi().long_size() as u64;
        let count = cx.arg(self.count) & cx.abi().word_mask();
        // So many that the sum overflows are none, as for strace.
        match count.wrapping_add(bits - 2) / bits {
            0 if count > 0 => cx.address(word),
            words => Array::at(cx, &Mask, word, words),
        }
    }

    fn on_failure<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.arg(self.count) == 0 { self.value(cx, word) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Len::Arg(self.count as u8))
    }
}

/// A word of such a set.
#[derive(Clone, Copy, Debug)]
struct Mask;

impl Kind for Mask {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Padded { value: word, digits: 2 * cx.abi().long_size() as u8 - 2 }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// A policy with its flags, in an argument as wide as a pointer.
#[derive(Clone, Copy, Debug)]
pub struct WideMode;

impl Kind for WideMode {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let named = sets::MPOL_MODE.entries.iter().fold(0, |all, entry| all | entry.value);
        let (mode, flags) = (word & !named, word & named);
        if sets::MPOL.name(mode).is_none() {
            return Value::Flags { value: word, set: &sets::MPOL_MODE };
        }
        let parts =
            [Value::Const { value: mode, set: &sets::MPOL }, Value::Flags { value: flags, set: &sets::MPOL_MODE }];
        Value::Bits { value: word, parts: cx.slice(&parts) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// A policy with its flags, in 32 bits.
#[derive(Clone, Copy, Debug)]
pub struct Mode;

impl Kind for Mode {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        WideMode.value(cx, word & 0xffff_ffff)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// Where a page is now: a node, or an error.
#[derive(Clone, Copy, Debug)]
pub struct PageStatus;

impl Kind for PageStatus {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let status = word as i32;
        match (status < 0).then(|| errnos::name(status.unsigned_abs())).flatten() {
            Some(name) => {
                let name = cx.format(format_args!("-{name}"));
                Value::Named { value: status as i64 as u64, name }
            }
            None => Value::Signed(status.into()),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
