//! What control messages hold, by level and type.

use super::address::InAddr;
use super::sockaddr;
use crate::kinds::{Fd, Structure, TIMESPEC, TIMESPEC64, TIMEVAL, Uint, Wide};
use crate::{Cx, Field, Kind, Quote, Value, structure};
use abi::generated::layouts::network as layouts;
use abi::generated::sets::network as sets;

pub(super) const SOL_SOCKET: u64 = sets::SOL.of("SOL_SOCKET");
pub(super) const SOL_IP: u64 = sets::SOL.of("SOL_IP");

/// The data of one type of message.
struct Format {
    level: u64,
    kind: u64,
    holds: Holds,
}

/// What data is.
enum Holds {
    /// One value; data that is too short for it is shown byte by byte.
    One(&'static dyn Kind),
    /// One time; data that is too short for it is not shown.
    Time(&'static dyn Kind),
    /// As many times as the kernel gives (`SO_TIMESTAMPING`): three.
    Times(&'static dyn Kind),
    /// As many values as fit; data that is too short for one is shown byte by byte.
    Many(&'static dyn Kind),
    /// Bytes as a list of numbers.
    Numbers,
    /// A string.
    Text,
    /// An address of IP.
    Address,
}

const fn socket(name: &str, holds: Holds) -> Format {
    Format { level: SOL_SOCKET, kind: sets::SCM.of(name), holds }
}

const fn ip(name: &str, holds: Holds) -> Format {
    Format { level: SOL_IP, kind: sets::SCM_IP.of(name), holds }
}

/// Types of message that are not listed are shown byte by byte.
static FORMATS: [Format; 20] = [
    socket("SCM_RIGHTS", Holds::Many(&Fd)),
    socket("SCM_CREDENTIALS", Holds::One(&UCRED)),
    socket("SCM_SECURITY", Holds::Text),
    socket("SCM_PIDFD", Holds::One(&Fd)),
    socket("SO_TIMESTAMP_OLD", Holds::Time(&TIMEVAL)),
    socket("SO_TIMESTAMPNS_OLD", Holds::Time(&TIMESPEC)),
    socket("SO_TIMESTAMPING_OLD", Holds::Times(&TIMESPEC)),
    socket("SO_TIMESTAMP_NEW", Holds::Time(&SOCK_TIMEVAL)),
    socket("SO_TIMESTAMPNS_NEW", Holds::Time(&TIMESPEC64)),
    socket("SO_TIMESTAMPING_NEW", Holds::Times(&TIMESPEC64)),
    ip("IP_PKTINFO", Holds::One(&PKTINFO)),
    ip("SCM_SECURITY", Holds::Text),
    ip("IP_TTL", Holds::Many(&Uint)),
    ip("IP_CHECKSUM", Holds::Many(&Uint)),
    ip("IP_PROTOCOL", Holds::One(&super::option_data::Protocol)),
    ip("IP_TOS", Holds::Numbers),
    ip("IP_RECVOPTS", Holds::Numbers),
    ip("IP_RETOPTS", Holds::Numbers),
    ip("IP_RECVERR", Holds::One(&ExtendedError)),
    ip("IP_ORIGDSTADDR", Holds::Address),
];

/// Decodes a message's data.
pub(super) fn value<'a>(cx: &Cx<'a>, level: u32, kind: u32, data: &'a [u8]) -> Value<'a> {
    let (level, kind) = (u64::from(level), u64::from(kind));
    match FORMATS.iter().find(|f| f.level == level && f.kind == kind) {
        Some(format) => format.holds.value(cx, data),
        None => binary(data),
    }
}

impl Holds {
    fn value<'a>(&self, cx: &Cx<'a>, data: &'a [u8]) -> Value<'a> {
        let size = |kind: &dyn Kind| kind.size(cx.abi());
        match *self {
            Self::One(kind) if data.len() < size(kind) => binary(data),
            Self::One(kind) | Self::Time(kind) if data.len() >= size(kind) => kind.load(cx, &data[..size(kind)], 0),
            Self::Times(kind) if data.len() >= 3 * size(kind) => list(cx, kind, &data[..3 * size(kind)]),
            Self::One(_) | Self::Time(_) | Self::Times(_) => Value::Word("???"),
            Self::Many(kind) if data.len() < size(kind) => binary(data),
            Self::Many(kind) => list(cx, kind, data),
            Self::Numbers => list(cx, &Byte, data),
            Self::Text => text(data),
            Self::Address if data.len() < layouts::SOCKADDR_IN.size(cx.abi()) => binary(data),
            Self::Address => sockaddr::decoded(cx, data),
        }
    }
}

fn binary(bytes: &[u8]) -> Value<'_> {
    Value::Bytes { bytes, more: false, quote: Quote::Binary }
}

fn text(bytes: &[u8]) -> Value<'_> {
    Value::Bytes { bytes, more: false, quote: Quote::Buffer }
}

/// The elements that fit, as many as an abbreviated trace shows.
pub(super) fn list<'a>(cx: &Cx<'a>, kind: &dyn Kind, data: &'a [u8]) -> Value<'a> {
    let most = if cx.options.abbreviate { cx.options.limit } else { usize::MAX };
    let chunks = data.chunks_exact(kind.size(cx.abi()));
    let more = chunks.len() > most;
    let mut items = cx.list();
    items.extend(chunks.take(most).map(|bytes| kind.load(cx, bytes, 0)));
    Value::Array { items: items.into_bump_slice(), more }
}

/// A byte in base 16.
struct Byte;

impl Kind for Byte {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Hex(word)
    }

    fn size(&self, _abi: abi::Abi) -> usize {
        1
    }
}

/// `struct ucred` (unix(7)).
pub(super) static UCRED: Structure =
    structure!(layouts::UCRED { pid: crate::kinds::Pid, uid: crate::kinds::Id, gid: crate::kinds::Id });

/// `struct __kernel_sock_timeval` (`linux/time_types.h`).
static SOCK_TIMEVAL: Structure = structure!(layouts::SOCK_TIMEVAL { tv_sec: Wide, tv_usec: Wide });

/// `struct in_pktinfo` (ip(7)).
static PKTINFO: Structure =
    structure!(layouts::IN_PKTINFO { ipi_ifindex: super::families::Interface, ipi_spec_dst: InAddr, ipi_addr: InAddr });

/// `struct sock_extended_err` with the address of who reported the error behind it (ip(7), `IP_RECVERR`).
struct ExtendedError;

impl ExtendedError {
    /// Decodes the error itself.
    const FIELDS: Structure = structure!(layouts::SOCK_EXTENDED_ERR {
        ee_errno: Uint,
        ee_origin: Uint,
        ee_type: Uint,
        ee_code: Uint,
        ee_info: Uint,
        ee_data: Uint,
    });

    /// How much of the address counts: `struct sockaddr_in`.
    const OFFENDER: usize = 16;
}

impl Kind for ExtendedError {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let (error, offender) = bytes.split_at(Self::FIELDS.size(cx.abi()).min(bytes.len()));
        let mut fields = cx.list();
        if let Value::Struct { fields: first, .. } = Self::FIELDS.load(cx, error, address) {
            fields.extend_from_slice(first);
        }
        fields.push(Field::new("offender", sockaddr::decoded(cx, offender)));
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: abi::Abi) -> usize {
        Self::FIELDS.size(abi) + Self::OFFENDER
    }
}
