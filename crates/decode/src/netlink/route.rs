//! The messages of NETLINK_ROUTE: rtnetlink(7).

use super::attribute::{self, Attributes};
use super::message::family_and_data;
use super::{ALIGNMENT, address, link, neighbour, queueing, routing};
use crate::kinds::{Structure, U8};
use crate::{Cx, Field, Kind, Value, structure};
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::{netlink as sets, network::AF};
use abi::{Abi, Set};
use bumpalo::collections::Vec;

/// What a sort of message is made of.
pub(super) struct Format {
    /// The structure after the header; its first field is the family.
    pub(super) head: &'static Structure,
    /// The attributes after that.
    pub(super) attributes: &'static Attributes,
}

/// A family in one byte.
pub(super) const FAMILY: crate::kinds::Const = crate::kinds::Const(&AF);

/// Messages come in fours: new, delete, get, set. The lists are of their first types.
static FORMATS: [(u64, &Format); 12] = [
    (sets::RTM.of("RTM_NEWLINK"), &link::LINK),
    (sets::RTM.of("RTM_NEWADDR"), &address::ADDRESS),
    (sets::RTM.of("RTM_NEWMULTICAST"), &address::ADDRESS),
    (sets::RTM.of("RTM_NEWANYCAST"), &address::ADDRESS),
    (sets::RTM.of("RTM_NEWADDRLABEL"), &address::LABEL),
    (sets::RTM.of("RTM_NEWROUTE"), &routing::ROUTE),
    (sets::RTM.of("RTM_NEWRULE"), &routing::RULE),
    (sets::RTM.of("RTM_NEWNEIGH"), &neighbour::NEIGHBOUR),
    (sets::RTM.of("RTM_NEWNEIGHTBL"), &neighbour::TABLE),
    (sets::RTM.of("RTM_NEWNETCONF"), &address::CONFIGURATION),
    (sets::RTM.of("RTM_NEWNSID"), &NAMESPACE),
    (sets::RTM.of("RTM_NEWQDISC"), &queueing::QUEUEING),
];

/// The types whose four are all of the format of RTM_NEWQDISC, beside it.
const QUEUEING: [u64; 3] =
    [sets::RTM.of("RTM_NEWTCLASS"), sets::RTM.of("RTM_NEWTFILTER"), sets::RTM.of("RTM_NEWCHAIN")];

/// The format of a type of message; `None` for what is not known.
fn format(kind: u64) -> Option<&'static Format> {
    sets::RTM.name(kind)?;
    let first = kind & !3;
    if QUEUEING.contains(&first) {
        return Some(&queueing::QUEUEING);
    }
    FORMATS.iter().find(|(of, _)| *of == first).map(|(_, format)| *format)
}

/// The flags of a type of message.
pub(super) fn flags(kind: u64) -> &'static Set {
    match (sets::RTM.name(kind), kind & 3) {
        (None, _) => &sets::NLM_F,
        (_, 0) => &sets::NLM_F_NEW,
        (_, 1) => &sets::NLM_F_DELETE,
        (_, 2) => &sets::NLM_F_GET,
        _ => &sets::NLM_F,
    }
}

/// Decodes what follows the header of a message.
pub(super) fn content<'a>(cx: &Cx<'a>, kind: u64, content: &'a [u8], items: &mut Vec<'a, Value<'a>>) {
    const AF_BRIDGE: u8 = AF.of("AF_BRIDGE") as u8;
    const RTM_GETNEIGH: u64 = sets::RTM.of("RTM_GETNEIGH");
    let family = content.first().copied().unwrap_or(0);
    let format = match format(kind) {
        // A bridge's table of addresses is asked for by the message of links.
        Some(_) if kind == RTM_GETNEIGH && family == AF_BRIDGE => &link::LINK,
        Some(format) => format,
        None => return items.push(family_and_data(cx, content)),
    };
    let size = format.head.size(cx.abi());
    items.push(head(cx, format.head, content));
    if let Some(rest) = content.get(size.next_multiple_of(ALIGNMENT)..).filter(|rest| !rest.is_empty()) {
        items.push(attribute::list(cx, format.attributes, family.into(), rest));
    }
}

/// The structure of a message; where it is too short only the family.
pub(super) fn head<'a>(cx: &Cx<'a>, structure: &'static Structure, content: &'a [u8]) -> Value<'a> {
    if content.len() >= structure.size(cx.abi()) {
        return structure.load(cx, content, 0);
    }
    let name = structure.parts.first().map_or("family", |part| part.name);
    let family = Field::new(name, FAMILY.load(cx, &content[..content.len().min(1)], 0));
    Value::Struct { fields: cx.slice(&[family]), more: structure.parts.len() > 1 }
}

/// RTM_NEWNSID and its like: ids of network namespaces.
static NAMESPACE: Format = Format {
    head: &structure!(layouts::RTGENMSG { rtgen_family: FAMILY }),
    attributes: &Attributes {
        names: &sets::NETNSA,
        holds: &[
            (sets::NETNSA.of("NETNSA_PID"), attribute::Holds::Number(&crate::kinds::Uint)),
            (sets::NETNSA.of("NETNSA_NONE"), attribute::Holds::Bytes),
        ],
        other: attribute::Holds::Number(&crate::kinds::Int),
    },
};

/// A number of one byte with names, shown as it is where it has none.
pub(super) struct Small(pub(super) &'static Set);

impl Kind for Small {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Const { value: word, set: self.0 }
    }

    fn size(&self, abi: Abi) -> usize {
        U8.size(abi)
    }
}

/// A number of two bytes with names.
pub(super) struct Short(pub(super) &'static Set);

impl Kind for Short {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Const { value: word, set: self.0 }
    }

    fn size(&self, _abi: Abi) -> usize {
        2
    }
}
