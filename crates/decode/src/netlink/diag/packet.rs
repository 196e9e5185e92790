//! Sockets of packet(7) (`linux/packet_diag.h`).

use super::{Format, memory};
use crate::kinds::filter::Instruction;
use crate::kinds::net::Interface;
use crate::kinds::{Const, Flags, Hex32, Id, Pair, Structure, U16, Uint};
use crate::netlink::attribute::{Attributes, Holds, records};
use crate::netlink::route::FAMILY;
use crate::{Cx, Field, Kind, Quote, Value, structure};
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::netlink as sets;
use abi::generated::sets::network::{ETH_P, SOCK_TYPE};
use abi::{Abi, Place};

/// `struct packet_diag_req`.
pub(super) static REQUEST: Format = Format {
    head: &structure!(layouts::PACKET_DIAG_REQ {
        sdiag_family: FAMILY,
        sdiag_protocol: Hex32,
        pdiag_ino: Uint,
        pdiag_show: Flags(&sets::PACKET_SHOW),
        pdiag_cookie: Pair(&Uint),
    }),
    attributes: None,
};

/// `struct packet_diag_msg`.
pub(super) static ANSWER: Format = Format {
    head: &structure!(layouts::PACKET_DIAG_MSG {
        pdiag_family: FAMILY,
        pdiag_type: Const(&SOCK_TYPE),
        pdiag_num: Const(&ETH_P),
        pdiag_ino: Uint,
        pdiag_cookie: Pair(&Uint),
    }),
    attributes: Some(&Attributes {
        names: &sets::PACKET_DIAG,
        holds: &[
            (sets::PACKET_DIAG.of("PACKET_DIAG_INFO"), Holds::Record(&INFO, 24)),
            (sets::PACKET_DIAG.of("PACKET_DIAG_MCLIST"), Holds::Function(memberships)),
            (sets::PACKET_DIAG.of("PACKET_DIAG_RX_RING"), Holds::Record(&RING, 28)),
            (sets::PACKET_DIAG.of("PACKET_DIAG_TX_RING"), Holds::Record(&RING, 28)),
            (sets::PACKET_DIAG.of("PACKET_DIAG_FANOUT"), Holds::Number(&Uint)),
            (sets::PACKET_DIAG.of("PACKET_DIAG_UID"), Holds::Number(&Id)),
            (sets::PACKET_DIAG.of("PACKET_DIAG_MEMINFO"), memory::USES),
            (sets::PACKET_DIAG.of("PACKET_DIAG_FILTER"), Holds::Function(filter)),
        ],
        other: Holds::Bytes,
    }),
};

/// `struct packet_diag_info`.
static INFO: Structure = structure!(layouts::PACKET_DIAG_INFO {
    pdi_index: Interface,
    pdi_version: Const(&sets::TPACKET),
    pdi_reserve: Uint,
    pdi_copy_thresh: Uint,
    pdi_tstamp: Uint,
    pdi_flags: Flags(&sets::PACKET_FLAG),
});

/// `struct packet_diag_ring`.
static RING: Structure = structure!(layouts::PACKET_DIAG_RING {
    pdr_block_size: Uint,
    pdr_block_nr: Uint,
    pdr_frame_size: Uint,
    pdr_frame_nr: Uint,
    pdr_retire_tmo: Uint,
    pdr_sizeof_priv: Uint,
    pdr_features: Uint,
});

/// The addresses that a socket listens to, too.
fn memberships<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    records(cx, &Membership, data)
}

/// `struct packet_diag_mclist`.
struct Membership;

impl Kind for Membership {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        const INDEX: Place = layouts::PACKET_DIAG_MCLIST.member("pdmc_index");
        const COUNT: Place = layouts::PACKET_DIAG_MCLIST.member("pdmc_count");
        const KIND: Place = layouts::PACKET_DIAG_MCLIST.member("pdmc_type");
        const LENGTH: Place = layouts::PACKET_DIAG_MCLIST.member("pdmc_alen");
        const ADDRESS: Place = layouts::PACKET_DIAG_MCLIST.member("pdmc_addr");
        let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let address = bytes.get(ADDRESS.offset(cx.abi())..).unwrap_or(&[]);
        let address = &address[..address.len().min(number(LENGTH) as usize)];
        let fields = [
            Field::new("pdmc_index", Interface.value(cx, number(INDEX))),
            Field::new("pdmc_count", Uint.value(cx, number(COUNT))),
            Field::new("pdmc_type", U16.value(cx, number(KIND))),
            Field::new("pdmc_alen", U16.value(cx, number(LENGTH))),
            Field::new("pdmc_addr", Value::Bytes { bytes: address, more: false, quote: Quote::Binary }),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        layouts::PACKET_DIAG_MCLIST.size(abi)
    }
}

/// The program that chooses packets; an abbreviated trace only says that there is one.
fn filter<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    let instruction = Instruction { results: &Hex32 };
    let program = records(cx, &instruction, data)?;
    Some(if cx.options.abbreviate { Value::Array { items: &[], more: true } } else { program })
}
