//! Messages and their headers.

use super::{ALIGNMENT, attribute, binary, diag, most, route};
use crate::kinds::decimal;
use crate::{Cx, Field, Kind, Quote, Value};
use abi::generated::layouts::netlink::NLMSGHDR;
use abi::generated::sets::{netlink as sets, network::NETLINK_FAMILY};
use abi::{Place, Set};

const LENGTH: Place = NLMSGHDR.member("nlmsg_len");
const KIND: Place = NLMSGHDR.member("nlmsg_type");
const FLAGS: Place = NLMSGHDR.member("nlmsg_flags");
const SEQUENCE: Place = NLMSGHDR.member("nlmsg_seq");
const PORT: Place = NLMSGHDR.member("nlmsg_pid");

/// The length of a header in bytes.
pub(super) const HEADER: usize = 16;

/// Types below this mean the same in every protocol (`NLMSG_MIN_TYPE`, `linux/netlink.h`).
const FIRST_OWN: u64 = 16;

const NLMSG_ERROR: u64 = sets::NLMSG.of("NLMSG_ERROR");
const NLMSG_DONE: u64 = sets::NLMSG.of("NLMSG_DONE");
const CAPPED: u64 = sets::NLM_F_ACKNOWLEDGE.of("NLM_F_CAPPED");
const EXPLAINED: u64 = sets::NLM_F_ACKNOWLEDGE.of("NLM_F_ACK_TLVS");

pub(super) const NETLINK_ROUTE: u32 = NETLINK_FAMILY.of("NETLINK_ROUTE") as u32;
const NETLINK_SOCK_DIAG: u32 = NETLINK_FAMILY.of("NETLINK_SOCK_DIAG") as u32;
const NETLINK_KOBJECT_UEVENT: u32 = NETLINK_FAMILY.of("NETLINK_KOBJECT_UEVENT") as u32;

/// Decodes the messages in a buffer of a socket of this protocol; one alone stands without brackets. `None` for what is
/// no message.
pub(crate) fn messages<'a>(cx: &Cx<'a>, protocol: u32, bytes: &'a [u8]) -> Option<Value<'a>> {
    if protocol == NETLINK_KOBJECT_UEVENT {
        return None;
    }
    if bytes.len() < HEADER {
        return Some(binary(cx, bytes));
    }
    let mut items = cx.list();
    let mut rest = bytes;
    while !rest.is_empty() {
        if items.len() >= most(cx) {
            return Some(Value::Array { items: items.into_bump_slice(), more: true });
        }
        if rest.len() < HEADER {
            items.push(binary(cx, rest));
            break;
        }
        let length = Message { cx, protocol, bytes: rest }.number(LENGTH) as usize;
        items.push(Message { cx, protocol, bytes: &rest[..length.clamp(HEADER, rest.len())] }.value());
        if length < HEADER {
            break;
        }
        rest = rest.get(length.next_multiple_of(ALIGNMENT)..).unwrap_or(&[]);
    }
    Some(match items.as_slice() {
        [only] => *only,
        _ => Value::Array { items: items.into_bump_slice(), more: false },
    })
}

/// One message, from its header to its end.
struct Message<'c, 'a> {
    cx: &'c Cx<'a>,
    protocol: u32,
    bytes: &'a [u8],
}

impl<'a> Message<'_, 'a> {
    fn number(&self, place: Place) -> u64 {
        place.get(self.cx.abi(), self.bytes).unwrap_or(0)
    }

    /// The header, and in brackets with what follows it where there is something.
    fn value(&self) -> Value<'a> {
        let header = self.header();
        let content = &self.bytes[HEADER..];
        if content.is_empty() {
            return header;
        }
        let mut items = self.cx.list();
        items.push(header);
        self.content(content, &mut items);
        Value::Array { items: items.into_bump_slice(), more: false }
    }

    fn header(&self) -> Value<'a> {
        let kind = self.number(KIND);
        let names = if kind < FIRST_OWN { &sets::NLMSG } else { self.names() };
        let flags = Value::Flags { value: self.number(FLAGS), set: self.flags(kind) };
        let fields = [
            Field::new("nlmsg_len", Value::Unsigned(self.number(LENGTH))),
            Field::new("nlmsg_type", Value::Const { value: kind, set: names }),
            Field::new("nlmsg_flags", flags),
            Field::new("nlmsg_seq", Value::Unsigned(self.number(SEQUENCE))),
            Field::new("nlmsg_pid", Value::Signed(i64::from(self.number(PORT) as i32))),
        ];
        Value::Struct { fields: self.cx.slice(&fields), more: false }
    }

    /// The types of the protocol's own messages.
    fn names(&self) -> &'static Set {
        match self.protocol {
            NETLINK_ROUTE => &sets::RTM,
            NETLINK_SOCK_DIAG => &sets::SOCK_DIAG,
            _ => &sets::NLMSG,
        }
    }

    /// What the flags mean: some bits have a meaning of their own for each sort of message.
    fn flags(&self, kind: u64) -> &'static Set {
        match (kind, self.protocol) {
            (NLMSG_ERROR, _) => &sets::NLM_F_ACKNOWLEDGE,
            (0..FIRST_OWN, _) => &sets::NLM_F,
            (_, NETLINK_ROUTE) => route::flags(kind),
            (_, NETLINK_SOCK_DIAG) => &sets::NLM_F_GET,
            _ => &sets::NLM_F,
        }
    }

    /// What follows the header.
    fn content(&self, content: &'a [u8], items: &mut bumpalo::collections::Vec<'a, Value<'a>>) {
        match self.number(KIND) {
            NLMSG_DONE if content.len() == 4 => items.push(crate::kinds::Int.load(self.cx, content, 0)),
            NLMSG_ERROR => items.push(self.error(content)),
            0..FIRST_OWN => items.push(binary(self.cx, content)),
            kind => match self.protocol {
                NETLINK_ROUTE => route::content(self.cx, kind, content, items),
                NETLINK_SOCK_DIAG => diag::content(self.cx, kind, self.number(FLAGS), content, items),
                _ => items.push(binary(self.cx, content)),
            },
        }
    }

    /// The answer to a message: an errno and the message itself, of which there may be only the header.
    fn error(&self, content: &'a [u8]) -> Value<'a> {
        const ERRNO: usize = 4;
        if content.len() < ERRNO + HEADER {
            return binary(self.cx, content);
        }
        let (number, answered) = content.split_at(ERRNO);
        let flags = self.number(FLAGS);
        let length = Message { cx: self.cx, protocol: self.protocol, bytes: answered }.number(LENGTH) as usize;
        let end = if flags & CAPPED != 0 { HEADER } else { length.clamp(HEADER, answered.len()) };
        let message = Message { cx: self.cx, protocol: self.protocol, bytes: &answered[..end] };
        let fields = [Field::new("error", errno(self.cx, number)), Field::new("msg", message.value())];
        let answer = Value::Struct { fields: self.cx.slice(&fields), more: false };
        let explained = answered.get(end.next_multiple_of(ALIGNMENT)..).filter(|rest| !rest.is_empty());
        match explained.filter(|_| flags & EXPLAINED != 0) {
            Some(rest) => {
                let explanation = attribute::list(self.cx, &attribute::ERROR, 0, rest);
                Value::Array { items: self.cx.slice(&[answer, explanation]), more: false }
            }
            None => answer,
        }
    }
}

/// An errno as netlink has it: negative, `-ENOENT`.
fn errno<'a>(cx: &Cx<'a>, bytes: &[u8]) -> Value<'a> {
    let number = crate::kind::extend(bytes, true) as i64;
    match abi::generated::errnos::name(number.unsigned_abs() as u32).filter(|_| number < 0) {
        Some(name) => decimal(cx.arena, number, cx.format(format_args!("-{name}"))),
        None => Value::Signed(number),
    }
}

/// A family, and what nothing is known of.
pub(super) fn family_and_data<'a>(cx: &Cx<'a>, content: &'a [u8]) -> Value<'a> {
    let (family, data) = content.split_at(content.len().min(1));
    let mut fields = cx.list();
    fields.push(Field::new("family", route::FAMILY.load(cx, family, 0)));
    if !data.is_empty() {
        let Value::Bytes { bytes, more, .. } = binary(cx, data) else { return binary(cx, content) };
        fields.push(Field::new("data", Value::Bytes { bytes, more, quote: Quote::Binary }));
    }
    Value::Struct { fields: fields.into_bump_slice(), more: false }
}
