//! Extended attributes.

use super::Buffer;
use crate::{Cx, Field, Kind, Len, Nested, Quote, Shape, Value};
use abi::generated::{layouts::file::XATTR_ARGS, sets::file::XATTR};
use abi::{Abi, Place};

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

/// The longest value that the kernel takes (`XATTR_SIZE_MAX`, xattr(7)).
const LONGEST: u64 = 65_536;

impl AttributeValue {
    fn at<'a>(cx: &Cx<'a>, address: u64, length: u64) -> Value<'a> {
        if address == 0 {
            return Value::Address(0);
        }
        // Within a structure an address has 64 bits, whatever the personality.
        if length > LONGEST || address > cx.abi().word_mask() {
            return Value::Unreadable(address);
        }
        let limit = cx.options.limit;
        // strace reads one byte more than it shows, and gives up if that one cannot be read.
        let Some(bytes) = cx.read(address, (length as usize).min(limit + 1)) else { return Value::Unreadable(address) };
        let shown = &bytes[..bytes.len().min(limit)];
        Value::Bytes { bytes: shown, more: shown.len() < bytes.len(), quote: Quote::Terminated }
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

/// `struct xattr_args` (setxattrat(2)).
pub struct AttributeArguments {
    /// How long the value is, if not as the structure itself says.
    pub length: Option<Len>,
}

const VALUE: Place = XATTR_ARGS.member("value");
const SIZE: Place = XATTR_ARGS.member("size");
const FLAGS: Place = XATTR_ARGS.member("flags");

impl Kind for AttributeArguments {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let get = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let value = match self.length {
            None => AttributeValue::at(cx, get(VALUE), get(SIZE)),
            Some(_) if cx.failed() => Value::Address(get(VALUE)),
            Some(length) => AttributeValue::at(cx, get(VALUE), length.of(cx, &[]).unwrap_or(0)),
        };
        let fields = [
            Field::new("value", value),
            Field::new("size", Value::Unsigned(get(SIZE))),
            Field::new("flags", Value::Flags { value: get(FLAGS), set: &XATTR }),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        XATTR_ARGS.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        let stated = Len::Field { offset: SIZE.of(abi).offset, size: SIZE.of(abi).size as u8 };
        let value = Nested { offset: VALUE.offset(abi), shape: Shape::buffer(self.length.unwrap_or(stated)) };
        Shape::Records { stride: self.size(abi), count: Len::Fixed(1), nested: vec![value] }
    }
}
