//! Buffers of sockets: bytes, or messages of netlink.

use crate::kinds::{Buffer, IoVec};
use crate::netlink::messages;
use crate::{Cx, Kind, Len, Shape, Value};
use abi::Abi;

/// The longest buffer that is looked at for messages, in bytes: no message of the kernel's is longer.
const MOST: u64 = 1 << 17;

/// A buffer of a socket, which is the first argument, of a stated length.
#[derive(Clone, Copy, Debug)]
pub struct SocketBuffer(pub Len);

impl Kind for SocketBuffer {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.0.of(cx, &[]) {
            Some(length) => buffer(cx, word, length),
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(self.0)
    }
}

/// Decodes a buffer.
fn buffer<'a>(cx: &Cx<'a>, address: u64, length: u64) -> Value<'a> {
    netlink(cx, address, length).unwrap_or_else(|| Buffer::at(cx, address, length))
}

/// Messages, where the socket is one of netlink.
fn netlink<'a>(cx: &Cx<'a>, address: u64, length: u64) -> Option<Value<'a>> {
    if address == 0 || !is_plausible(cx, address, length) {
        return None;
    }
    let protocol = cx.tracee.netlink(cx.arg(0) as i32)?;
    messages(cx, protocol, cx.read(address, length.min(MOST) as usize)?)
}

/// Whether a buffer may begin with a message: looking at it is cheaper than asking what the socket is, and what other
/// sockets carry hardly ever begins with so small a number in four bytes.
fn is_plausible(cx: &Cx<'_>, address: u64, length: u64) -> bool {
    length >= 16 && cx.number(address, 4).is_some_and(|stated| stated < MOST || stated == 0xffff_ffff)
}

/// Decodes the vectors of a message, of whose buffers `filled` bytes count.
pub(super) fn vectors<'a>(cx: &Cx<'a>, address: u64, count: u64, filled: u64) -> Value<'a> {
    let show = if count > 1 && begins_with_message(cx, address, filled) { piece } else { buffer };
    IoVec::of(cx, address, count, Some(filled), show)
}

/// Whether the first vector holds messages: the others then hold what goes with them.
fn begins_with_message(cx: &Cx<'_>, vectors: u64, filled: u64) -> bool {
    let size = cx.abi().pointer_size();
    let (Some(base), Some(length)) = (cx.word(vectors), cx.word(vectors.wrapping_add(size as u64))) else {
        return false;
    };
    netlink(cx, base, length.min(filled)).is_some()
}

/// Decodes a buffer of a message of netlink, however short.
fn piece<'a>(cx: &Cx<'a>, address: u64, length: u64) -> Value<'a> {
    let messages = || messages(cx, cx.tracee.netlink(cx.arg(0) as i32)?, cx.read(address, length.min(MOST) as usize)?);
    let shown = if address == 0 || length == 0 { None } else { messages() };
    shown.unwrap_or_else(|| Buffer::at(cx, address, length))
}
