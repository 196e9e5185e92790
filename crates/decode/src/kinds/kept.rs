//! Records that a call changes and that are shown as they were.

use crate::{Cx, Dir, Kind, Shape, Value};
use abi::Abi;

/// A pointer to a record that is shown at the exit as it was at the entry, although the call writes to it.
#[derive(Clone, Copy)]
pub struct Kept {
    /// The record, of at most [`Kept::MOST`] bytes.
    pub record: &'static dyn Kind,
    /// The index of this argument.
    pub index: u8,
}

impl Kept {
    /// The longest record that is kept, in bytes.
    pub const MOST: usize = 32;

    /// Where a word of the record is kept: the first keys are those of the arguments themselves.
    fn key(self, word: usize) -> u32 {
        u32::from(self.index) + 256 * (word as u32 + 1)
    }

    /// What was kept, if all of it was.
    fn bytes<'a>(self, cx: &Cx<'a>) -> Option<&'a [u8]> {
        let mut bytes = [0; Self::MOST];
        let size = self.record.size(cx.abi()).min(Self::MOST);
        for (word, chunk) in bytes[..size].chunks_mut(8).enumerate() {
            let value = cx.saved(self.key(word))?.to_le_bytes();
            chunk.copy_from_slice(&value[..chunk.len()]);
        }
        Some(cx.slice(&bytes[..size]))
    }
}

impl Kind for Kept {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.bytes(cx) {
            Some(bytes) if cx.options.dereference => self.record.load(cx, bytes, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        let size = self.record.size(cx.abi()).min(Self::MOST);
        let mut bytes = [0; Self::MOST];
        if word == 0 || cx.fetch(word, &mut bytes[..size]) < size {
            return;
        }
        for (index, chunk) in bytes[..size].chunks(8).enumerate() {
            cx.save(self.key(index), crate::kind::extend(chunk, false));
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        self.record.shape(abi)
    }
}
