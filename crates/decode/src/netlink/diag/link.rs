//! Sockets of netlink(7) itself (`linux/netlink_diag.h`).

use super::{Format, memory};
use crate::kinds::{Const, Flags, Pair, Structure, Uint};
use crate::netlink::attribute::{Attributes, Holds, records};
use crate::netlink::route::FAMILY;
use crate::{Cx, Kind, Value, structure};
use abi::Abi;
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::netlink as sets;
use abi::generated::sets::network::{NETLINK_FAMILY, SOCK_TYPE};

/// `struct netlink_diag_req`.
pub(super) static REQUEST: Format = Format {
    head: &structure!(layouts::NETLINK_DIAG_REQ {
        sdiag_family: FAMILY,
        sdiag_protocol: Protocol,
        ndiag_ino: Uint,
        ndiag_show: Flags(&sets::NETLINK_SHOW),
        ndiag_cookie: Pair(&Uint),
    }),
    attributes: None,
};

/// `struct netlink_diag_msg`.
pub(super) static ANSWER: Format = Format {
    head: &structure!(layouts::NETLINK_DIAG_MSG {
        ndiag_family: FAMILY,
        ndiag_type: Const(&SOCK_TYPE),
        ndiag_protocol: Const(&NETLINK_FAMILY),
        ndiag_state: Const(&sets::NETLINK_STATE),
        ndiag_portid: Uint,
        ndiag_dst_portid: Uint,
        ndiag_dst_group: Uint,
        ndiag_ino: Uint,
        ndiag_cookie: Pair(&Uint),
    }),
    attributes: Some(&Attributes {
        names: &sets::NETLINK_DIAG,
        holds: &[
            (sets::NETLINK_DIAG.of("NETLINK_DIAG_MEMINFO"), memory::USES),
            (sets::NETLINK_DIAG.of("NETLINK_DIAG_GROUPS"), Holds::Function(groups)),
            (sets::NETLINK_DIAG.of("NETLINK_DIAG_RX_RING"), Holds::Record(&RING, 16)),
            (sets::NETLINK_DIAG.of("NETLINK_DIAG_TX_RING"), Holds::Record(&RING, 16)),
            (sets::NETLINK_DIAG.of("NETLINK_DIAG_FLAGS"), Holds::Number(&Flags(&sets::NETLINK_FLAG))),
        ],
        other: Holds::Bytes,
    }),
};

/// The protocol whose sockets are asked for, or all of them.
struct Protocol;

impl Kind for Protocol {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        let all = sets::NDIAG_PROTO.name(word).is_some();
        Value::Const { value: word, set: if all { &sets::NDIAG_PROTO } else { &NETLINK_FAMILY } }
    }

    fn size(&self, _abi: Abi) -> usize {
        1
    }
}

/// The groups that a socket listens to, a bit for each.
fn groups<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    records(cx, &Mask, data)
}

/// A mask as wide as a pointer.
struct Mask;

impl Kind for Mask {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        // The width that zeros fill up counts `0x`.
        Value::Padded { value: word, digits: 2 * self.size(cx.abi()) as u8 - 2 }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// `struct netlink_diag_ring`.
static RING: Structure = structure!(layouts::NETLINK_DIAG_RING {
    ndr_block_size: Uint,
    ndr_block_nr: Uint,
    ndr_frame_size: Uint,
    ndr_frame_nr: Uint,
});
