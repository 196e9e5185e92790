//! Extended attributes.

use super::Buffer;
use crate::{Cx, Kind, Len, Quote, Shape, Value};
use abi::Abi;

/// The value of an attribute: bytes of a stated length, mostly a string of which the NUL is not shown.
#[derive(Clone, Copy, Debug)]
pub struct AttributeValue {
    /// How long it is.
    pub length: Len,
    /// The argument that states the room for it; where that is 0 the length was all that was asked for.
    pub room: Option<u8>,
}

/// The value of an attribute that is set: argument `size` says how long it is.
pub const fn attribute(size: u8) -> AttributeValue {
    AttributeValue { length: Len::Arg(size), room: None }
}

/// The value of an attribute that the call gives where argument `size` left room for it.
pub const fn attribute_result(size: u8) -> AttributeValue {
    AttributeValue { length: Len::Result, room: Some(size) }
}

/// The names of attributes, each with its NUL, where argument N left room for them.
#[derive(Clone, Copy, Debug)]
pub struct AttributeNames(pub u8);

impl Kind for AttributeNames {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.arg(self.0.into()) == 0 { cx.address(word) } else { Buffer(Len::Result).value(cx, word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Len::Result)
    }
}

impl AttributeValue {
    fn at<'a>(cx: &Cx<'a>, address: u64, length: u64) -> Value<'a> {
        if address == 0 {
            return Value::Address(0);
        }
        let limit = cx.options.limit as u64;
        // One byte beyond the limit tells whether it is only a NUL that is left out.
        let Some(bytes) = cx.read(address, length.min(limit + 1) as usize) else { return Value::Unreadable(address) };
        let bytes = match bytes.split_last() {
            Some((0, front)) if bytes.len() as u64 == length => front,
            _ => bytes,
        };
        let shown = &bytes[..bytes.len().min(limit as usize)];
        Value::Bytes { bytes: shown, more: shown.len() < bytes.len(), quote: Quote::Buffer }
    }
}

impl Kind for AttributeValue {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let asked = self.room.is_none_or(|index| cx.arg(index.into()) != 0);
        match self.length.of(cx, &[]) {
            Some(length) if asked => Self::at(cx, word, length),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(self.length)
    }
}
