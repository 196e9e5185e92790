//! Buffers.

use crate::{Cx, Kind, Len, Quote, Shape, Value};
use abi::Abi;

/// Bytes of a stated length, shown up to the limit of `-s`.
#[derive(Clone, Copy, Debug)]
pub struct Buffer(pub Len);

impl Buffer {
    /// Decodes `length` bytes at `address`.
    pub fn at<'a>(cx: &Cx<'a>, address: u64, length: u64) -> Value<'a> {
        if address == 0 {
            return Value::Address(0);
        }
        let limit = cx.options.limit;
        // strace reads one byte more than it shows, and gives up if that one cannot be read.
        match cx.read(address, length.min(limit as u64 + 1) as usize) {
            Some(bytes) => {
                let shown = &bytes[..bytes.len().min(limit)];
                Value::Bytes { bytes: shown, more: shown.len() < bytes.len(), quote: Quote::Buffer }
            }
            None => Value::Unreadable(address),
        }
    }
}

/// Bytes of a stated length that mean nothing as text: every one is shown as `\x..`.
#[derive(Clone, Copy, Debug)]
pub struct Noise(pub Len);

impl Kind for Noise {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match Buffer(self.0).value(cx, word) {
            Value::Bytes { bytes, more, .. } => Value::Bytes { bytes, more, quote: Quote::Binary },
            other => other,
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Shown { count: self.0 }
    }
}

impl Kind for Buffer {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.0.of(cx, &[]) {
            Some(length) => Self::at(cx, word, length),
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Shown { count: self.0 }
    }
}
