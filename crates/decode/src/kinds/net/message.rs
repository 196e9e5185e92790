//! Messages of sendmsg(2) and recvmsg(2) and their vectors.

use super::sockaddr::{self, Lengths};
use super::{control, netlink_buffer};
use crate::{Cx, Dir, Field, Kind, Len, Nested, Shape, Value};
use abi::generated::layouts::network::{MMSGHDR, MSGHDR};
use abi::generated::sets::network as sets;
use abi::{Abi, Place};
use bumpalo::collections::Vec;

const NAME: Place = MSGHDR.member("msg_name");
const NAME_LENGTH: Place = MSGHDR.member("msg_namelen");
const VECTORS: Place = MSGHDR.member("msg_iov");
const VECTOR_COUNT: Place = MSGHDR.member("msg_iovlen");
const CONTROL: Place = MSGHDR.member("msg_control");
const CONTROL_LENGTH: Place = MSGHDR.member("msg_controllen");
const FLAGS: Place = MSGHDR.member("msg_flags");

/// A message as it goes out: all that its buffers hold.
#[derive(Clone, Copy, Debug)]
pub struct Sent;

/// A message as it came in: as much as the call returned. After a failure only the room for its name is known.
#[derive(Clone, Copy, Debug)]
pub struct Received;

impl Kind for Sent {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        header(cx, bytes, None, None)
    }

    fn size(&self, abi: Abi) -> usize {
        MSGHDR.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        shape(abi)
    }
}

impl Kind for Received {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let room = cx.saved(INDEX);
        if cx.failed() {
            let field = Field::new("msg_namelen", Value::Signed(i64::from(room.unwrap_or(0) as i32)));
            return Value::Struct { fields: cx.slice(&[field]), more: false };
        }
        header(cx, bytes, room, Some(cx.result() as u64))
    }

    fn size(&self, abi: Abi) -> usize {
        MSGHDR.size(abi)
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        keep_room(cx, INDEX, word);
    }

    fn shape(&self, abi: Abi) -> Shape {
        shape(abi)
    }
}

/// The index of the argument that points to messages, in every call that takes them.
const INDEX: u32 = 1;

/// Keeps how much room there is for the name of the message at `address`.
fn keep_room(cx: &Cx<'_>, key: u32, address: u64) {
    let place = address.wrapping_add(NAME_LENGTH.offset(cx.abi()) as u64);
    if let Some(room) = cx.number(place, 4) {
        cx.save(key, room);
    }
}

/// Decodes a message. `room` is what there was for its name before the call; `filled` how many bytes the call has put
/// into its buffers, `None` when all of them count.
fn header<'a>(cx: &Cx<'a>, bytes: &'a [u8], room: Option<u64>, filled: Option<u64>) -> Value<'a> {
    let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
    let used = number(NAME_LENGTH) as i32;
    let lengths = Lengths { room: room.map_or(used, |room| room as i32), used };
    let mut fields = cx.list();
    fields.push(Field::new("msg_name", sockaddr::at(cx, number(NAME), lengths.room.min(used))));
    fields.push(Field::new("msg_namelen", lengths.value(cx)));
    let vectors = netlink_buffer::vectors(cx, number(VECTORS), number(VECTOR_COUNT), filled.unwrap_or(u64::MAX));
    fields.push(Field::new("msg_iov", vectors));
    fields.push(Field::new("msg_iovlen", Value::Unsigned(number(VECTOR_COUNT))));
    let length = number(CONTROL_LENGTH);
    if length != 0 {
        fields.push(Field::new("msg_control", control::at(cx, number(CONTROL), length)));
    }
    fields.push(Field::new("msg_controllen", Value::Unsigned(length)));
    fields.push(Field::new("msg_flags", Value::Flags { value: number(FLAGS), set: &sets::MSG }));
    Value::Struct { fields: fields.into_bump_slice(), more: false }
}

/// The memory that a message consists of.
fn shape(abi: Abi) -> Shape {
    Shape::Records { stride: MSGHDR.size(abi), count: Len::Fixed(1), nested: nested(abi) }
}

fn nested(abi: Abi) -> std::vec::Vec<Nested> {
    let length = |place: Place| Len::Field { offset: place.of(abi).offset, size: place.of(abi).size as u8 };
    let vectors = crate::kinds::IoVec { count: length(VECTOR_COUNT), data: crate::kinds::Data::Whole };
    vec![
        Nested { offset: NAME.offset(abi), shape: Shape::buffer(length(NAME_LENGTH)) },
        Nested { offset: VECTORS.offset(abi), shape: vectors.shape(abi) },
        Nested { offset: CONTROL.offset(abi), shape: Shape::buffer(length(CONTROL_LENGTH)) },
    ]
}

/// The messages of sendmmsg(2): all of them, and how much was sent of those that were.
#[derive(Clone, Copy, Debug)]
pub struct SentMany;

/// The messages of recvmmsg(2): those that came in.
#[derive(Clone, Copy, Debug)]
pub struct ReceivedMany;

const MESSAGE_LENGTH: Place = MMSGHDR.member("msg_len");

/// No more messages than this are looked at in one call, whatever it says; the kernel takes 1024 (sendmmsg(2)).
const MOST: u64 = 1024;

/// How many messages there are at most: the third argument.
fn stated(cx: &Cx<'_>) -> u64 {
    u64::from(cx.arg(2) as u32)
}

/// Decodes `count` messages at `address` by `decode`, as many as an abbreviated trace shows.
fn many<'a>(
    cx: &Cx<'a>,
    address: u64,
    count: u64,
    decode: impl Fn(u64, &'a [u8], &mut Vec<'a, Field<'a>>),
) -> Value<'a> {
    if address == 0 || !cx.options.dereference {
        return cx.address(address);
    }
    let size = MMSGHDR.size(cx.abi());
    let most = if cx.options.abbreviate { cx.options.limit as u64 } else { MOST };
    let mut items = cx.list();
    for index in 0..count {
        let at = address.wrapping_add(index * size as u64);
        let Some(bytes) = cx.read(at, size) else {
            if index == 0 {
                return Value::Unreadable(address);
            }
            let place = cx.format(format_args!("{at:#x}"));
            items.push(Value::Commented(cx.put(Value::Word("...")), place));
            return Value::Array { items: items.into_bump_slice(), more: false };
        };
        if index >= most {
            return Value::Array { items: items.into_bump_slice(), more: true };
        }
        let mut fields = cx.list();
        decode(index, bytes, &mut fields);
        items.push(Value::Struct { fields: fields.into_bump_slice(), more: false });
    }
    Value::Array { items: items.into_bump_slice(), more: false }
}

/// How much of a message went through.
fn length<'a>(cx: &Cx<'_>, bytes: &[u8]) -> (u64, Field<'a>) {
    let length = MESSAGE_LENGTH.get(cx.abi(), bytes).unwrap_or(0);
    (length, Field::new("msg_len", Value::Unsigned(length)))
}

impl Kind for SentMany {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let sent = Len::Result.of(cx, &[]).unwrap_or(0);
        many(cx, word, stated(cx), |index, bytes, fields| {
            fields.push(Field::new("msg_hdr", header(cx, bytes, None, None)));
            if index < sent {
                fields.push(length(cx, bytes).1);
            }
        })
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Records { stride: MMSGHDR.size(abi), count: Len::Arg(2), nested: nested(abi) }
    }
}

impl Kind for ReceivedMany {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.failed() {
            return cx.address(word);
        }
        many(cx, word, Len::Result.of(cx, &[]).unwrap_or(0), |index, bytes, fields| {
            let (filled, length) = length(cx, bytes);
            fields.push(Field::new("msg_hdr", header(cx, bytes, cx.saved(key(index)), Some(filled))));
            fields.push(length);
        })
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        let size = MMSGHDR.size(cx.abi()) as u64;
        let most = if cx.options.abbreviate { cx.options.limit as u64 } else { MOST };
        for index in 0..stated(cx).min(most).min(MOST) {
            keep_room(cx, key(index), word.wrapping_add(index * size));
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Records { stride: MMSGHDR.size(abi), count: Len::Arg(2), nested: nested(abi) }
    }
}

/// The result of recvmmsg(2): how many messages came in, and in passing the time left, behind the fifth argument.
#[derive(Clone, Copy)]
pub struct Arrived(pub &'static dyn Kind);

impl Kind for Arrived {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Signed(word as i64)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        match (cx.result(), cx.arg(4)) {
            (0, _) => Value::Word("Timeout"),
            (_, 0) => Value::Omitted,
            _ if !cx.options.dereference => Value::Omitted,
            (_, time) => Value::Titled("left", cx.put(self.0.value(cx, time))),
        }
    }

    fn looks_back(&self) -> &'static [usize] {
        &[4]
    }
}

/// Where the room for the name of a message is kept.
const fn key(index: u64) -> u32 {
    INDEX + 256 * (index as u32 + 1)
}
