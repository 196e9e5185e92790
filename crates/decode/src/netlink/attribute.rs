//! Attributes: a length, a type, and data that the type tells (`struct nlattr`, `linux/netlink.h`).

use super::{ALIGNMENT, binary, most};
use crate::kinds::decimal;
use crate::kinds::net::{InAddr, colons, in_network_order, in6_text};
use crate::kinds::{Structure, Uint};
use crate::{Cx, Field, Kind, Quote, Value};
use abi::generated::layouts::netlink::NLATTR;
use abi::generated::sets::{netlink as sets, network::AF};
use abi::{Meaning, Place, Set};

const LENGTH: Place = NLATTR.member("nla_len");
const KIND: Place = NLATTR.member("nla_type");

/// The length of an attribute's header in bytes.
const HEADER: usize = 4;

/// The bits of a type that are flags (`NLA_TYPE_MASK`, `linux/netlink.h`).
const FLAGS: u64 = sets::NLA_F.of("NLA_F_NESTED") | sets::NLA_F.of("NLA_F_NET_BYTEORDER");

/// The attributes of some place.
pub(super) struct Attributes {
    /// The names of the types.
    pub(super) names: &'static Set,
    /// What data is, by the name of the type.
    pub(super) holds: &'static [(u64, Holds)],
    /// What the data of all other types is.
    pub(super) other: Holds,
}

/// What data is. Data that does not fit is shown byte by byte.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// Nothing is known.
    Bytes,
    /// A number of the kind's size at least.
    Number(&'static dyn Kind),
    /// A number of whatever size up to 64 bits.
    AnyNumber(fn(u64) -> Value<'static>),
    /// A string.
    Text,
    /// The address of a device.
    Hardware,
    /// An address of the family that the message states.
    Address,
    /// A structure of so many bytes at least, shown as far as it goes.
    Record(&'static Structure, usize),
    /// So many values of a kind as fit, each behind its index, the first of which stands for the given value of the set.
    Indexed(&'static dyn Kind, &'static Set, u64),
    /// Other attributes.
    Nested(&'static Attributes),
    /// Something else.
    Function(for<'a> fn(&Cx<'a>, family: u64, &'a [u8]) -> Option<Value<'a>>),
}

/// What explains an error.
pub(super) static ERROR: Attributes = Attributes {
    names: &sets::NLMSGERR_ATTR,
    holds: &[
        (sets::NLMSGERR_ATTR.of("NLMSGERR_ATTR_MSG"), Holds::Text),
        (sets::NLMSGERR_ATTR.of("NLMSGERR_ATTR_OFFS"), Holds::Number(&Uint)),
        (sets::NLMSGERR_ATTR.of("NLMSGERR_ATTR_COOKIE"), Holds::Function(cookie)),
    ],
    other: Holds::Bytes,
};

/// Bytes as numbers.
fn cookie<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    let numbers = data.iter().map(|byte| Value::Unsigned(u64::from(*byte)));
    Some(Value::Array { items: cx.arena.alloc_slice_fill_iter(numbers), more: false })
}

/// Decodes attributes; one alone stands without brackets. `family` is that of the message.
pub(super) fn list<'a>(cx: &Cx<'a>, attributes: &Attributes, family: u64, bytes: &'a [u8]) -> Value<'a> {
    let mut items = cx.list();
    let mut rest = bytes;
    while !rest.is_empty() {
        if items.len() >= most(cx) {
            return Value::Array { items: items.into_bump_slice(), more: true };
        }
        if rest.len() < HEADER {
            items.push(binary(cx, rest));
            break;
        }
        let length = LENGTH.get(cx.abi(), rest).unwrap_or(0) as usize;
        items.push(attribute(cx, attributes, family, &rest[..length.clamp(HEADER, rest.len())]));
        if length < HEADER {
            break;
        }
        rest = rest.get(length.next_multiple_of(ALIGNMENT)..).unwrap_or(&[]);
    }
    match items.as_slice() {
        [only] => *only,
        _ => Value::Array { items: items.into_bump_slice(), more: false },
    }
}

fn attribute<'a>(cx: &Cx<'a>, attributes: &Attributes, family: u64, bytes: &'a [u8]) -> Value<'a> {
    let whole = KIND.get(cx.abi(), bytes).unwrap_or(0);
    let kind = whole & !FLAGS;
    let fields = [
        Field::new("nla_len", Value::Unsigned(LENGTH.get(cx.abi(), bytes).unwrap_or(0))),
        Field::new("nla_type", kind_value(cx, whole, attributes.names)),
    ];
    let header = Value::Struct { fields: cx.slice(&fields), more: false };
    let data = &bytes[HEADER..];
    if data.is_empty() {
        return header;
    }
    let holds = attributes.holds.iter().find(|(of, _)| *of == kind).map_or(attributes.other, |(_, holds)| *holds);
    let known = attributes.names.name(kind).is_some();
    let value = if known { holds.value(cx, family, data) } else { None };
    Value::Array { items: cx.slice(&[header, value.unwrap_or_else(|| binary(cx, data))]), more: false }
}

fn kind_value<'a>(cx: &Cx<'a>, whole: u64, names: &'static Set) -> Value<'a> {
    let kind = Value::Const { value: whole & !FLAGS, set: names };
    if whole & FLAGS == 0 {
        return kind;
    }
    let parts = [Value::Flags { value: whole & FLAGS, set: &sets::NLA_F }, kind];
    Value::Bits { value: whole, parts: cx.slice(&parts) }
}

impl Holds {
    /// The value of some data, if it fits.
    pub(super) fn value<'a>(self, cx: &Cx<'a>, family: u64, data: &'a [u8]) -> Option<Value<'a>> {
        match self {
            Self::Bytes => None,
            Self::Number(kind) => Some(kind.load(cx, data.get(..kind.size(cx.abi()))?, 0)),
            Self::AnyNumber(value) => (data.len() <= 8).then(|| value(crate::kind::extend(data, false))),
            Self::Text => Some(text(cx, data)),
            Self::Hardware => (data.len() <= MOST_HARDWARE).then(|| in_network_order(cx, data, colons(cx, data))),
            Self::Address => address(cx, family, data),
            Self::Record(structure, least) => (data.len() >= least).then(|| structure.load(cx, data, 0)),
            Self::Indexed(kind, set, first) => indexed(cx, kind, set, first, data),
            Self::Nested(attributes) => Some(list(cx, attributes, family, data)),
            Self::Function(value) => value(cx, family, data),
        }
    }
}

/// The longest address of a device (`MAX_ADDR_LEN`, the kernel's `linux/netdevice.h`).
const MOST_HARDWARE: usize = 32;

/// A string, as much as `-s` allows; with a mark where no NUL ends it.
fn text<'a>(cx: &Cx<'a>, data: &'a [u8]) -> Value<'a> {
    let shown = data.len().min(cx.options.limit);
    Value::Bytes { bytes: &data[..shown], more: true, quote: Quote::Attribute }
}

/// An address of IPv4 or IPv6.
pub(super) fn address<'a>(cx: &Cx<'a>, family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    const AF_INET: u64 = AF.of("AF_INET");
    const AF_INET6: u64 = AF.of("AF_INET6");
    match family {
        AF_INET => Some(InAddr.load(cx, data.get(..4)?, 0)),
        AF_INET6 => {
            let bytes = *data.first_chunk()?;
            let items = [Value::Word("AF_INET6"), in6_text(cx, bytes)];
            let call = Value::Call { name: "inet_pton", items: cx.slice(&items), main: Some(1) };
            Some(in_network_order(cx, &bytes, call))
        }
        _ => None,
    }
}

fn indexed<'a>(cx: &Cx<'a>, kind: &dyn Kind, set: &'static Set, first: u64, data: &'a [u8]) -> Option<Value<'a>> {
    let chunks = data.chunks_exact(kind.size(cx.abi()));
    if chunks.len() == 0 {
        return None;
    }
    let more = chunks.len() > most(cx);
    let mut items = cx.list();
    for (number, bytes) in chunks.take(most(cx)).enumerate() {
        let index = cx.put(index(cx, set, first, number as u64));
        items.push(Value::Subscripted(index, cx.put(kind.load(cx, bytes, 0))));
    }
    Some(Value::Array { items: items.into_bump_slice(), more })
}

/// The index of an element, by its name where it has one: `IPV4_DEVCONF_TAG-1`.
fn index<'a>(cx: &Cx<'a>, set: &'static Set, first: u64, number: u64) -> Value<'a> {
    let value = number + first;
    match (set.name(value), first) {
        (Some(name), 0) => decimal(cx.arena, number as i64, name),
        (Some(name), _) => decimal(cx.arena, number as i64, cx.format(format_args!("{name}-{first}"))),
        (None, _) => {
            let raw = cx.put(Value::Unsigned(value));
            Value::Either { raw, meaning: cx.put(Value::Commented(raw, set.unknown)) }
        }
    }
}

/// So many records as fit; `None` where none does.
pub(super) fn records<'a>(cx: &Cx<'a>, kind: &dyn Kind, data: &'a [u8]) -> Option<Value<'a>> {
    let chunks = data.chunks_exact(kind.size(cx.abi()));
    if chunks.len() == 0 {
        return None;
    }
    let more = chunks.len() > most(cx);
    let mut items = cx.list();
    items.extend(chunks.take(most(cx)).map(|bytes| kind.load(cx, bytes, 0)));
    Some(Value::Array { items: items.into_bump_slice(), more })
}

/// A number with its names in passing, unless only numbers are wanted.
pub(super) fn annotated<'a>(cx: &Cx<'a>, value: u64, set: &'static Set) -> Value<'a> {
    let names = match set.meaning {
        Meaning::Values => set.name(value).unwrap_or(set.unknown),
        Meaning::Bits => bits(cx, value, set),
    };
    let meaning = cx.put(Value::Commented(cx.put(Value::Hex(value)), names));
    Value::Either { raw: cx.put(Value::Hex(value)), meaning }
}

/// The names of bits, and what has none.
fn bits<'a>(cx: &Cx<'a>, value: u64, set: &'static Set) -> &'a str {
    let mut rest = value;
    let mut words = Vec::new();
    for entry in set.entries.iter().filter(|entry| value & entry.value != 0) {
        rest &= !entry.value;
        words.push(entry.name.to_owned());
    }
    if words.is_empty() {
        return set.unknown;
    }
    if rest != 0 {
        words.push(format!("{rest:#x}"));
    }
    cx.arena.alloc_str(&words.join("|"))
}
