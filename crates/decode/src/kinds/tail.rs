//! Structures that grow: the caller says how many bytes there are, and may have more of them than is known here.

use crate::{Cx, Field, Kind, Len, Quote, Shape, Value};
use abi::Abi;
use bumpalo::collections::Vec;

/// The kernel takes no structure that is longer (openat2(2): "usize exceeds the page size").
pub const LONGEST: usize = 4096;

/// A pointer to a structure of a stated size, of which at least what is known must be there.
pub struct Extensible {
    /// What is known of it.
    pub known: &'static dyn Kind,
    /// How many bytes the caller says there are.
    pub size: Len,
}

impl Kind for Extensible {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let known = self.known.size(cx.abi()) as u64;
        match self.size.of(cx, &[]) {
            Some(size) if size >= known => with_tail(cx, self.known.value(cx, word), word, known, size),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        match self.known.shape(abi) {
            Shape::Records { nested, .. } => Shape::Records { stride: LONGEST, count: Len::Fixed(1), nested },
            other => other,
        }
    }
}

/// The same where more than a page is not looked at at all.
pub struct PageLimited(pub Extensible);

impl Kind for PageLimited {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.0.size.of(cx, &[]) {
            Some(size) if size <= LONGEST as u64 => self.0.value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        self.0.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        self.0.shape(abi)
    }
}

/// Adds to a structure what lies behind the part that is known.
fn with_tail<'a>(cx: &Cx<'a>, value: Value<'a>, address: u64, known: u64, size: u64) -> Value<'a> {
    let Value::Struct { fields, more } = value else { return value };
    let mut all = Vec::from_iter_in(fields.iter().copied(), cx.arena);
    all.extend(tail(cx, address, known, size));
    Value::Struct { fields: all.into_bump_slice(), more }
}

/// What lies behind the part of a structure that is known: nothing when it is zero, as new members are when unused.
pub fn tail<'a>(cx: &Cx<'a>, address: u64, known: u64, size: u64) -> Option<Field<'a>> {
    let end = size.min(LONGEST as u64);
    let length = end.checked_sub(known).filter(|length| *length > 0)?;
    let Some(bytes) = cx.read(address.wrapping_add(known), length as usize) else {
        return Some(Field::bare("unknown", Value::Word("???")));
    };
    if bytes.iter().all(|byte| *byte == 0) {
        return None;
    }
    let shown = &bytes[..bytes.len().min(cx.options.limit)];
    let value = Value::Bytes { bytes: shown, more: shown.len() < bytes.len(), quote: Quote::Binary };
    let place = cx.format(format_args!("bytes {known}..{}", end - 1));
    Some(Field::bare("unknown", Value::Prefaced(place, cx.put(value))))
}
