//! The messages of NETLINK_SOCK_DIAG: sock_diag(7). Which structure a message has depends on the family that its first
//! byte states, and on whether it asks or answers.

mod bytecode;
mod inet;
mod layers;
mod link;
mod memory;
mod packet;
mod positions;
mod smc;
mod unix;

use super::attribute::Attributes;
use super::message::family_and_data;
use super::{ALIGNMENT, attribute, route};
use crate::kinds::Structure;
use crate::{Cx, Kind, Value};
use abi::generated::sets::{netlink as sets, network::AF};
use bumpalo::collections::Vec;

/// What a message is made of.
struct Format {
    /// The structure after the header; its first field is the family.
    head: &'static Structure,
    /// The attributes after that, where it has some.
    attributes: Option<&'static Attributes>,
}

const ASKS: u64 = sets::NLM_F.of("NLM_F_REQUEST");
const BY_FAMILY: u64 = sets::SOCK_DIAG.of("SOCK_DIAG_BY_FAMILY");
const AF_UNIX: u64 = AF.of("AF_UNIX");
const AF_INET: u64 = AF.of("AF_INET");
const AF_INET6: u64 = AF.of("AF_INET6");
const AF_NETLINK: u64 = AF.of("AF_NETLINK");
const AF_PACKET: u64 = AF.of("AF_PACKET");
const AF_SMC: u64 = AF.of("AF_SMC");

/// The format of a message; `None` for a family of which nothing is known.
fn format(kind: u64, flags: u64, family: u64) -> Option<&'static Format> {
    let asks = flags & ASKS != 0;
    Some(match family {
        AF_UNIX if asks => &unix::REQUEST,
        AF_UNIX => &unix::ANSWER,
        AF_INET if asks && kind < BY_FAMILY => &inet::OLD_REQUEST,
        AF_INET6 if asks && kind < BY_FAMILY => &inet::OLD_REQUEST6,
        AF_INET if asks => &inet::REQUEST,
        AF_INET6 if asks => &inet::REQUEST6,
        AF_INET => &inet::ANSWER,
        AF_INET6 => &inet::ANSWER6,
        AF_NETLINK if asks => &link::REQUEST,
        AF_NETLINK => &link::ANSWER,
        AF_PACKET if asks => &packet::REQUEST,
        AF_PACKET => &packet::ANSWER,
        AF_SMC if asks => &smc::REQUEST,
        AF_SMC => &smc::ANSWER,
        _ => return None,
    })
}

/// Decodes what follows the header of a message.
pub(super) fn content<'a>(cx: &Cx<'a>, kind: u64, flags: u64, content: &'a [u8], items: &mut Vec<'a, Value<'a>>) {
    let family = content.first().copied().unwrap_or(0).into();
    let Some(format) = format(kind, flags, family).filter(|_| content.len() > 1) else {
        return items.push(family_and_data(cx, content));
    };
    let size = format.head.size(cx.abi());
    items.push(route::head(cx, format.head, content));
    let rest = content.get(size.next_multiple_of(ALIGNMENT)..).filter(|rest| !rest.is_empty());
    if let (Some(attributes), Some(rest)) = (format.attributes, rest) {
        items.push(attribute::list(cx, attributes, family, rest));
    }
}
