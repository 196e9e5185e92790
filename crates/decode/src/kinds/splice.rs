//! Offsets that calls move on, and flags with a size in them.

use crate::{Cx, Dir, Kind, Shape, Value};
use abi::Abi;
use abi::generated::sets::file as sets;

/// Where sendfile(2) begins to read: what it was, and, if anything was sent, where it is now.
#[derive(Clone, Copy)]
pub struct SendOffset(pub &'static dyn Kind);

/// An offset as sendfile(2) has it in memory: a `long` of the kernel, which only i386 has with 32 bits.
#[derive(Clone, Copy, Debug)]
pub struct FileOffset;

impl Kind for FileOffset {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Unsigned(word)
    }

    fn size(&self, abi: Abi) -> usize {
        if abi == Abi::I386 { 4 } else { 8 }
    }
}

/// The argument that holds it.
const INDEX: u32 = 2;

impl Kind for SendOffset {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let Some(before) = cx.saved(INDEX).filter(|_| cx.options.dereference) else { return cx.address(word) };
        let before = self.0.value(cx, before);
        if cx.failed() || cx.result() == 0 {
            return Value::Pointee(cx.put(before));
        }
        let after = match cx.number(word, self.0.size(cx.abi())) {
            Some(number) => self.0.value(cx, number),
            None => Value::Unreadable(word),
        };
        Value::Pointee(cx.put(Value::Changed(cx.put(before), cx.put(after))))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        if word != 0
            && let Some(number) = cx.number(word, self.0.size(cx.abi()))
        {
            cx.save(INDEX, number);
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.0.size(abi))
    }
}

/// The flags of memfd_create(2): bits, and the size of pages as a power of two.
#[derive(Clone, Copy, Debug)]
pub struct MemfdFlags;

/// Where that power lies.
const SHIFT: u64 = sets::MEMFD_HUGE.of("MFD_HUGE_SHIFT");

/// The bits that it has.
const MASK: u64 = sets::MEMFD_HUGE.of("MFD_HUGE_MASK") << SHIFT;

impl Kind for MemfdFlags {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = u64::from(word as u32);
        let power = (word & MASK) >> SHIFT;
        if power == 0 {
            return Value::Flags { value: word, set: &sets::MEMFD };
        }
        let parts = [
            Value::Flags { value: word & !MASK, set: &sets::MEMFD },
            Value::Shifted(cx.put(Value::Unsigned(power)), "MFD_HUGE_SHIFT"),
        ];
        Value::Bits { value: word, parts: cx.slice(&parts) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
