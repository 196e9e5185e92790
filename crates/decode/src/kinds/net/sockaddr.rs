//! Addresses of sockets.

use super::families;
use crate::{Cx, Dir, Field, Kind, Len, Quote, Shape, Value};
use abi::{Abi, generated::sets::network::AF};

/// The longest address that the kernel takes (`struct sockaddr_storage`, sockaddr(3type)).
pub(super) const LONGEST: usize = 128;

/// The family stands in the first two bytes of every address.
const FAMILY: usize = 2;

/// Decodes an address of `length` bytes.
pub(super) fn at<'a>(cx: &Cx<'a>, address: u64, length: i32) -> Value<'a> {
    let length = usize::try_from(length).unwrap_or(0);
    if address == 0 || !cx.options.dereference || length < FAMILY {
        return cx.address(address);
    }
    match cx.read(address, length.min(LONGEST)) {
        Some(bytes) => decoded(cx, bytes),
        None => Value::Unreadable(address),
    }
}

/// Decodes the bytes of an address.
pub(crate) fn decoded<'a>(cx: &Cx<'a>, bytes: &'a [u8]) -> Value<'a> {
    let family = crate::kind::extend(&bytes[..FAMILY.min(bytes.len())], false);
    let mut fields = cx.list();
    fields.push(Field::new("sa_family", Value::Const { value: family, set: &AF }));
    if !families::decode(cx, family, bytes, &mut fields) && bytes.len() > FAMILY {
        fields.push(Field::new("sa_data", Value::Bytes { bytes: &bytes[FAMILY..], more: false, quote: Quote::Buffer }));
    }
    Value::Struct { fields: fields.into_bump_slice(), more: false }
}

/// A pointer to an address that the call takes; its length is argument `length`.
#[derive(Clone, Copy, Debug)]
pub struct SockAddr {
    /// The index of the argument that says how long it is.
    pub length: u8,
}

impl Kind for SockAddr {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        at(cx, word, cx.arg(self.length.into()) as i32)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Len::Int(self.length))
    }
}

/// A pointer to an address that the call fills in; argument `length` points to its length ([`SockLen`]).
#[derive(Clone, Copy, Debug)]
pub struct SockAddrBack {
    /// The index of the argument that points to the length.
    pub length: u8,
}

impl Kind for SockAddrBack {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match Lengths::of(cx, self.length) {
            Some(lengths) if !cx.failed() => at(cx, word, lengths.room.min(lengths.used)),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Len::At(self.length))
    }
}

/// A pointer to the length of an address: what there was room for, and what the address takes: `[128 => 16]`.
#[derive(Clone, Copy, Debug)]
pub struct SockLen {
    /// The index of the argument that points to the address, where a length without one means nothing.
    pub address: Option<u8>,
    /// The index of this argument.
    pub index: u8,
}

impl Kind for SockLen {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let without = self.address.is_some_and(|index| cx.arg(index.into()) == 0);
        if without || !cx.options.dereference {
            return cx.address(word);
        }
        match Lengths::of(cx, self.index) {
            Some(lengths) => Value::Pointee(cx.put(lengths.value(cx))),
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, index: usize, word: u64) {
        if let Some(room) = cx.number(word, 4) {
            cx.save(index as u32, room);
        }
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(4)
    }
}

/// A length before and after the call.
#[derive(Clone, Copy)]
pub(super) struct Lengths {
    /// How many bytes there was room for.
    pub(super) room: i32,
    /// How many bytes there are.
    pub(super) used: i32,
}

impl Lengths {
    /// What argument `index` pointed to at the entry and points to now.
    pub(super) fn of(cx: &Cx<'_>, index: u8) -> Option<Self> {
        let room = cx.saved(index.into())? as i32;
        let used = cx.number(cx.arg(index.into()), 4)? as i32;
        Some(Self { room, used })
    }

    /// One number where the call has not changed it, else both.
    pub(super) fn value<'a>(self, cx: &Cx<'a>) -> Value<'a> {
        let value = |number| Value::Signed(i64::from(number));
        if self.room == self.used {
            return value(self.room);
        }
        Value::Changed(cx.put(value(self.room)), cx.put(value(self.used)))
    }
}
