//! Sockets of AF_SMC (`linux/smc_diag.h`).

use super::Format;
use super::inet::SocketId;
use super::positions::Positions;
use crate::kinds::{Const, Hex64, Structure, U8, U16, U64, Uint};
use crate::netlink::attribute::{Attributes, Holds, annotated};
use crate::netlink::route::FAMILY;
use crate::{Cx, Field, Kind, Quote, Value, structure};
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::netlink as sets;
use abi::{Abi, Place};

/// `struct smc_diag_req`.
pub(super) static REQUEST: Format = Format {
    head: &structure!(layouts::SMC_DIAG_REQ {
        diag_family: FAMILY,
        diag_ext: Positions { set: &sets::SMC_ASKED, first: 1 },
        id: SocketId { six: false },
    }),
    attributes: None,
};

/// `struct smc_diag_msg`.
pub(super) static ANSWER: Format = Format {
    head: &structure!(layouts::SMC_DIAG_MSG {
        diag_family: FAMILY,
        diag_state: Const(&sets::SMC_STATE),
        diag_fallback: Const(&sets::SMC_MODE),
        diag_shutdown: U8,
        id: SocketId { six: false },
        diag_uid: Uint,
        diag_inode: U64,
    }),
    attributes: Some(&Attributes {
        names: &sets::SMC_DIAG,
        holds: &[
            (sets::SMC_DIAG.of("SMC_DIAG_CONNINFO"), Holds::Record(&CONNECTION, 76)),
            (sets::SMC_DIAG.of("SMC_DIAG_LGRINFO"), Holds::Function(group)),
            (sets::SMC_DIAG.of("SMC_DIAG_SHUTDOWN"), Holds::AnyNumber(shutdown)),
            (sets::SMC_DIAG.of("SMC_DIAG_DMBINFO"), Holds::Record(&BUFFER, 40)),
            (sets::SMC_DIAG.of("SMC_DIAG_FALLBACK"), Holds::Record(&FALLBACK, 8)),
        ],
        other: Holds::Bytes,
    }),
};

fn shutdown(value: u64) -> Value<'static> {
    Value::Flags { value: value & 0xff, set: &sets::SOCKET_SHUTDOWN }
}

/// `struct smc_diag_cursor`.
static CURSOR: Structure = structure!(layouts::SMC_DIAG_CURSOR { reserved: U16, wrap: U16, count: Uint });

/// A member that is one.
struct Cursor;

impl Kind for Cursor {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        CURSOR.load(cx, bytes, address)
    }

    fn size(&self, abi: Abi) -> usize {
        CURSOR.size(abi)
    }
}

/// `struct smc_diag_conninfo`.
static CONNECTION: Structure = structure!(layouts::SMC_DIAG_CONNINFO {
    token: Uint,
    sndbuf_size: Uint,
    rmbe_size: Uint,
    peer_rmbe_size: Uint,
    rx_prod: Cursor,
    rx_cons: Cursor,
    tx_prod: Cursor,
    tx_cons: Cursor,
    rx_prod_flags: HexByte,
    rx_conn_state_flags: HexByte,
    tx_prod_flags: HexByte,
    tx_conn_state_flags: HexByte,
    tx_prep: Cursor,
    tx_sent: Cursor,
    tx_fin: Cursor,
});

/// A byte of flags.
struct HexByte;

impl Kind for HexByte {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Padded { value: word, digits: 0 }
    }

    fn size(&self, _abi: Abi) -> usize {
        1
    }
}

/// `struct smcd_diag_dmbinfo`.
static BUFFER: Structure = structure!(layouts::SMCD_DIAG_DMBINFO {
    linkid: Uint,
    peer_gid: Hex64,
    my_gid: Hex64,
    token: Hex64,
    peer_token: Hex64,
    peer_gid_ext: Hex64,
    my_gid_ext: Hex64,
});

/// `struct smc_diag_fallback`.
static FALLBACK: Structure = structure!(layouts::SMC_DIAG_FALLBACK { reason: Reason, peer_diagnosis: Reason });

/// Why a connection is one of TCP after all.
struct Reason;

impl Kind for Reason {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        annotated(cx, word, &sets::SMC_DECLINE)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// `struct smc_diag_lgrinfo`: the link of a connection, and which end of it this is.
fn group<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    const ROLE: Place = layouts::SMC_DIAG_LGRINFO.member("role");
    let data = data.get(..layouts::SMC_DIAG_LGRINFO.size(cx.abi()))?;
    let role = ROLE.get(cx.abi(), data).unwrap_or(0);
    let fields = [
        Field::new("lnk", Value::Array { items: cx.slice(&[link(cx, data)]), more: false }),
        Field::new("role", Value::Const { value: role, set: &sets::SMC_ROLE }),
    ];
    Some(Value::Struct { fields: cx.slice(&fields), more: false })
}

/// `struct smc_diag_linkinfo`.
fn link<'a>(cx: &Cx<'a>, data: &'a [u8]) -> Value<'a> {
    const ID: Place = layouts::SMC_DIAG_LINKINFO.member("link_id");
    const NAME: Place = layouts::SMC_DIAG_LINKINFO.member("ibname");
    const PORT: Place = layouts::SMC_DIAG_LINKINFO.member("ibport");
    const OWN: Place = layouts::SMC_DIAG_LINKINFO.member("gid");
    const PEER: Place = layouts::SMC_DIAG_LINKINFO.member("peer_gid");
    let number = |place: Place| place.get(cx.abi(), data).unwrap_or(0);
    let text = |place: Place| terminated(data.get(place.offset(cx.abi())..).unwrap_or(&[]), place.size(cx.abi()));
    let fields = [
        Field::new("link_id", U8.value(cx, number(ID))),
        Field::new("ibname", text(NAME)),
        Field::new("ibport", U8.value(cx, number(PORT))),
        Field::new("gid", text(OWN)),
        Field::new("peer_gid", text(PEER)),
    ];
    Value::Struct { fields: cx.slice(&fields), more: false }
}

/// A string in an array: shown up to its NUL, with a mark where it has none.
fn terminated(bytes: &[u8], size: usize) -> Value<'_> {
    let bytes = &bytes[..bytes.len().min(size)];
    let (end, more) = match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => (end, false),
        None => (bytes.len().saturating_sub(1), true),
    };
    Value::Bytes { bytes: &bytes[..end], more, quote: Quote::Path }
}
