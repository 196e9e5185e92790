//! Control messages of sendmsg(2) and recvmsg(2): cmsg(3).

use super::control_data;
use crate::{Cx, Field, Value};
use abi::generated::layouts::network::CMSGHDR;
use abi::generated::sets::network as sets;
use abi::{Abi, Place};

/// The most bytes of control messages that are looked at; the kernel takes fewer (`net.core.optmem_max`, socket(7)).
const MOST: u64 = 1 << 17;

const LENGTH: Place = CMSGHDR.member("cmsg_len");
const LEVEL: Place = CMSGHDR.member("cmsg_level");
const KIND: Place = CMSGHDR.member("cmsg_type");

/// Decodes the control messages in `length` bytes at `address`.
pub(super) fn at<'a>(cx: &Cx<'a>, address: u64, length: u64) -> Value<'a> {
    if address == 0 || length < header(cx.abi()) as u64 {
        return cx.address(address);
    }
    match cx.read(address, length.min(MOST) as usize) {
        Some(bytes) => messages(cx, bytes, address),
        None => Value::Unreadable(address),
    }
}

/// The length of what stands before a message's data.
const fn header(abi: Abi) -> usize {
    CMSGHDR.size(abi)
}

fn messages<'a>(cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
    let header = header(cx.abi());
    let mut items = cx.list();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| rest.len() >= header) {
        let length = stated(cx, rest);
        items.push(message(cx, rest, length));
        // A message that lies about its length still takes its header.
        at += aligned(length.max(header), cx.abi());
        if length < header {
            break;
        }
    }
    if at < bytes.len() {
        let place = cx.format(format_args!("{:#x}", address.wrapping_add(at as u64)));
        items.push(Value::Commented(cx.put(Value::Word("...")), place));
    }
    Value::Array { items: items.into_bump_slice(), more: false }
}

/// What a message says about its length, which may be anything: no more than counts here.
fn stated(cx: &Cx<'_>, bytes: &[u8]) -> usize {
    LENGTH.get(cx.abi(), bytes).unwrap_or(0).min(MOST * 2) as usize
}

/// Messages begin at multiples of a word (`CMSG_ALIGN`, cmsg(3)).
const fn aligned(length: usize, abi: Abi) -> usize {
    length.next_multiple_of(abi.long_size())
}

fn message<'a>(cx: &Cx<'a>, bytes: &'a [u8], length: usize) -> Value<'a> {
    let abi = cx.abi();
    let level = LEVEL.get(abi, bytes).unwrap_or(0) as u32;
    let kind = KIND.get(abi, bytes).unwrap_or(0) as u32;
    let mut fields = cx.list();
    fields.push(Field::new("cmsg_len", Value::Unsigned(LENGTH.get(abi, bytes).unwrap_or(0))));
    fields.push(Field::new("cmsg_level", Value::Const { value: level.into(), set: &sets::SOL }));
    fields.push(Field::new("cmsg_type", kind_value(level, kind)));
    let data = bytes.get(header(abi)..length.min(bytes.len())).unwrap_or(&[]);
    if !data.is_empty() {
        fields.push(Field::new("cmsg_data", control_data::value(cx, level, kind, data)));
    }
    Value::Struct { fields: fields.into_bump_slice(), more: false }
}

fn kind_value<'a>(level: u32, kind: u32) -> Value<'a> {
    let value = u64::from(kind);
    match u64::from(level) {
        control_data::SOL_SOCKET => Value::Const { value, set: &sets::SCM },
        control_data::SOL_IP => Value::Const { value, set: &sets::SCM_IP },
        _ => Value::Hex(value),
    }
}
