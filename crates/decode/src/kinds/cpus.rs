//! Sets of processors.

use crate::{Cx, Kind, Len, Shape, Value};
use abi::Abi;

/// Of how many bytes the processors are shown.
const LONGEST: u64 = 128;

/// A pointer to a set of processors of so many bytes: `[0 2]`. The kernel takes it in words of `long`.
#[derive(Clone, Copy, Debug)]
pub struct CpuSet {
    /// How many bytes it has.
    pub length: Len,
}

impl Kind for CpuSet {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word == 0 || !cx.options.dereference {
            return cx.address(word);
        }
        match self.length.of(cx, &[]) {
            Some(length) => self.at(cx, word, length),
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(self.length)
    }
}

impl CpuSet {
    fn at<'a>(&self, cx: &Cx<'a>, address: u64, length: u64) -> Value<'a> {
        let shown = length.min(LONGEST);
        let Some(bytes) = cx.read(address, shown as usize) else { return Value::Unreadable(address) };
        let mut items = cx.list();
        for (index, byte) in bytes.iter().enumerate() {
            for bit in (0..8).filter(|bit| byte >> bit & 1 != 0) {
                items.push(Value::Unsigned((8 * index + bit) as u64));
            }
        }
        if shown < length {
            items.push(Value::Word("..."));
        }
        Value::Choice { items: items.into_bump_slice(), inverted: false }
    }
}
