//! Sockets of the Internet (`linux/inet_diag.h`).

use super::positions::Positions;
use super::{Format, bytecode, layers, memory};
use crate::kinds::net::{InAddr, Interface, Port, in6_field, socket_address};
use crate::kinds::{Const, Hex32, Pair, Structure, U8, U16, U64, Uint};
use crate::netlink::attribute::{Attributes, Holds, annotated, records};
use crate::netlink::binary;
use crate::netlink::route::FAMILY;
use crate::{Cx, Field, Kind, Quote, Value, structure};
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::netlink as sets;
use abi::generated::sets::network::{AF, IPPROTO};
use abi::{Abi, Place};

/// `struct inet_diag_sockid`: the ends of a connection.
pub(super) struct SocketId {
    /// Whether its addresses are those of IPv6.
    pub(super) six: bool,
}

impl Kind for SocketId {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        const SOURCE_PORT: Place = layouts::INET_DIAG_SOCKID.member("idiag_sport");
        const PORT: Place = layouts::INET_DIAG_SOCKID.member("idiag_dport");
        const SOURCE: Place = layouts::INET_DIAG_SOCKID.member("idiag_src");
        const DESTINATION: Place = layouts::INET_DIAG_SOCKID.member("idiag_dst");
        const INTERFACE: Place = layouts::INET_DIAG_SOCKID.member("idiag_if");
        const COOKIE: Place = layouts::INET_DIAG_SOCKID.member("idiag_cookie");
        let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let part = |place: Place| bytes.get(place.offset(cx.abi())..).unwrap_or(&[]);
        let address = |name, place, at| address(cx, self.six, name, place, &part(at)[..16]);
        let fields = [
            Field::new("idiag_sport", Port.value(cx, number(SOURCE_PORT))),
            Field::new("idiag_dport", Port.value(cx, number(PORT))),
            address("idiag_src", "&idiag_src", SOURCE),
            address("idiag_dst", "&idiag_dst", DESTINATION),
            Field::new("idiag_if", Interface.value(cx, number(INTERFACE))),
            Field::new("idiag_cookie", Pair(&Uint).load(cx, &part(COOKIE)[..8], 0)),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        layouts::INET_DIAG_SOCKID.size(abi)
    }
}

/// An address as a field: IPv4, at the beginning of the room that there is, or IPv6 (`place` is what inet_pton(3) would fill).
fn address<'a>(cx: &Cx<'a>, six: bool, name: &'static str, place: &'static str, bytes: &'a [u8]) -> Field<'a> {
    match bytes.first_chunk() {
        Some(bytes) if six => in6_field(cx, name, place, *bytes),
        _ => Field::new(name, InAddr::in_room(cx, bytes)),
    }
}

/// The states that are asked for.
const STATES: Positions = Positions { set: &sets::TCP_STATE, first: 0 };

/// What is asked for beside the structure.
const ASKED: Positions = Positions { set: &sets::INET_ASKED, first: 1 };

/// Makes the formats of one family of addresses.
macro_rules! formats {
    ($six:literal, $request:ident, $old:ident, $answer:ident) => {
        /// `struct inet_diag_req_v2`.
        pub(super) static $request: Format = Format {
            head: &structure!(layouts::INET_DIAG_REQ_V2 {
                sdiag_family: FAMILY,
                sdiag_protocol: Const(&IPPROTO),
                idiag_ext: ASKED,
                idiag_states: STATES,
                id: SocketId { six: $six },
            }),
            attributes: Some(&REQUEST_ATTRIBUTES),
        };

        /// `struct inet_diag_req`, the older request.
        pub(super) static $old: Format = Format {
            head: &structure!(layouts::INET_DIAG_REQ {
                idiag_family: FAMILY,
                idiag_src_len: U8,
                idiag_dst_len: U8,
                idiag_ext: ASKED,
                id: SocketId { six: $six },
                idiag_states: STATES,
                idiag_dbs: Uint,
            }),
            attributes: Some(&REQUEST_ATTRIBUTES),
        };

        /// `struct inet_diag_msg`.
        pub(super) static $answer: Format = Format {
            head: &structure!(layouts::INET_DIAG_MSG {
                idiag_family: FAMILY,
                idiag_state: Const(&sets::TCP_STATE),
                idiag_timer: U8,
                idiag_retrans: U8,
                id: SocketId { six: $six },
                idiag_expires: Uint,
                idiag_rqueue: Uint,
                idiag_wqueue: Uint,
                idiag_uid: Uint,
                idiag_inode: Uint,
            }),
            attributes: Some(&ANSWER_ATTRIBUTES),
        };
    };
}

formats!(false, REQUEST, OLD_REQUEST, ANSWER);
formats!(true, REQUEST6, OLD_REQUEST6, ANSWER6);

static REQUEST_ATTRIBUTES: Attributes = Attributes {
    names: &sets::INET_DIAG_REQUEST,
    holds: &[
        (sets::INET_DIAG_REQUEST.of("INET_DIAG_REQ_BYTECODE"), Holds::Function(bytecode::value)),
        (sets::INET_DIAG_REQUEST.of("INET_DIAG_REQ_PROTOCOL"), Holds::AnyNumber(protocol)),
    ],
    other: Holds::Bytes,
};

const fn answer(name: &str, holds: Holds) -> (u64, Holds) {
    (sets::INET_DIAG.of(name), holds)
}

static ANSWER_ATTRIBUTES: Attributes = Attributes {
    names: &sets::INET_DIAG,
    holds: &[
        answer("INET_DIAG_MEMINFO", Holds::Record(&MEMORY, 16)),
        answer("INET_DIAG_VEGASINFO", Holds::Record(&VEGAS, 16)),
        answer("INET_DIAG_CONG", Holds::Text),
        answer("INET_DIAG_TOS", Holds::Number(&U8)),
        answer("INET_DIAG_TCLASS", Holds::Number(&U8)),
        answer("INET_DIAG_SKMEMINFO", memory::USES),
        answer("INET_DIAG_SHUTDOWN", Holds::Function(shutdown)),
        answer("INET_DIAG_DCTCPINFO", Holds::Record(&DATA_CENTER, 16)),
        answer("INET_DIAG_PROTOCOL", Holds::AnyNumber(protocol)),
        answer("INET_DIAG_SKV6ONLY", Holds::Number(&U8)),
        answer("INET_DIAG_LOCALS", Holds::Function(addresses)),
        answer("INET_DIAG_PEERS", Holds::Function(addresses)),
        answer("INET_DIAG_MARK", Holds::Number(&Uint)),
        answer("INET_DIAG_BBRINFO", Holds::Record(&BOTTLENECK, 20)),
        answer("INET_DIAG_CLASS_ID", Holds::Number(&Uint)),
        answer("INET_DIAG_MD5SIG", Holds::Function(keys)),
        answer("INET_DIAG_ULP_INFO", Holds::Nested(&layers::UPPER)),
        answer("INET_DIAG_SK_BPF_STORAGES", Holds::Nested(&layers::STORAGES)),
        answer("INET_DIAG_CGROUP_ID", Holds::Number(&U64)),
        answer("INET_DIAG_SOCKOPT", Holds::Function(options)),
    ],
    other: Holds::Bytes,
};

fn protocol(value: u64) -> Value<'static> {
    Value::Const { value, set: &IPPROTO }
}

/// `struct inet_diag_meminfo`.
static MEMORY: Structure =
    structure!(layouts::INET_DIAG_MEMINFO { idiag_rmem: Uint, idiag_wmem: Uint, idiag_fmem: Uint, idiag_tmem: Uint });

/// `struct tcpvegas_info`.
static VEGAS: Structure =
    structure!(layouts::TCPVEGAS_INFO { tcpv_enabled: Uint, tcpv_rttcnt: Uint, tcpv_rtt: Uint, tcpv_minrtt: Uint });

/// `struct tcp_dctcp_info`.
static DATA_CENTER: Structure = structure!(layouts::TCP_DCTCP_INFO {
    dctcp_enabled: U16,
    dctcp_ce_state: U16,
    dctcp_alpha: Uint,
    dctcp_ab_ecn: Uint,
    dctcp_ab_tot: Uint,
});

/// `struct tcp_bbr_info`.
static BOTTLENECK: Structure = structure!(layouts::TCP_BBR_INFO {
    bbr_bw_lo: Hex32,
    bbr_bw_hi: Hex32,
    bbr_min_rtt: Uint,
    bbr_pacing_gain: Uint,
    bbr_cwnd_gain: Uint,
});

/// Which ways are shut.
fn shutdown<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    let value = crate::kind::extend(data, false) & 0xff;
    let shown = if value == 0 { Value::Unsigned(0) } else { annotated(cx, value, &sets::SOCKET_SHUTDOWN) };
    (data.len() <= 8).then_some(shown)
}

/// The addresses of a socket that has several.
fn addresses<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    records(cx, &Storage, data)
}

/// `struct sockaddr_storage`.
struct Storage;

impl Kind for Storage {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        socket_address(cx, bytes)
    }

    fn size(&self, _abi: Abi) -> usize {
        128
    }
}

/// The keys by which segments are signed.
fn keys<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    records(cx, &SigningKey, data)
}

/// `struct tcp_diag_md5sig` (`linux/tcp.h`).
struct SigningKey;

impl Kind for SigningKey {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        const FAMILY_OF: Place = layouts::TCP_DIAG_MD5SIG.member("tcpm_family");
        const PREFIX: Place = layouts::TCP_DIAG_MD5SIG.member("tcpm_prefixlen");
        const LENGTH: Place = layouts::TCP_DIAG_MD5SIG.member("tcpm_keylen");
        const ADDRESS: Place = layouts::TCP_DIAG_MD5SIG.member("tcpm_addr");
        const KEY: Place = layouts::TCP_DIAG_MD5SIG.member("tcpm_key");
        let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let part = |place: Place, most: usize| {
            let part = bytes.get(place.offset(cx.abi())..).unwrap_or(&[]);
            &part[..part.len().min(place.size(cx.abi())).min(most)]
        };
        let key = part(KEY, number(LENGTH) as usize);
        let fields = [
            Field::new("tcpm_family", FAMILY.value(cx, number(FAMILY_OF))),
            Field::new("tcpm_prefixlen", U8.value(cx, number(PREFIX))),
            Field::new("tcpm_keylen", U16.value(cx, number(LENGTH))),
            any_address(cx, number(FAMILY_OF), "tcpm_addr", "&tcpm_addr", part(ADDRESS, usize::MAX)),
            Field::new("tcpm_key", Value::Bytes { bytes: key, more: false, quote: Quote::Binary }),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        layouts::TCP_DIAG_MD5SIG.size(abi)
    }
}

/// An address of a family as a field; byte by byte where it is of another family or too short.
pub(super) fn any_address<'a>(
    cx: &Cx<'a>,
    family: u64,
    name: &'static str,
    place: &'static str,
    bytes: &'a [u8],
) -> Field<'a> {
    const AF_INET: u64 = AF.of("AF_INET");
    const AF_INET6: u64 = AF.of("AF_INET6");
    match family {
        AF_INET if bytes.len() >= 4 => address(cx, false, name, place, bytes),
        AF_INET6 if bytes.len() >= 16 => address(cx, true, name, place, bytes),
        _ => Field::new(name, binary(cx, bytes)),
    }
}

/// `struct inet_diag_sockopt`: bit-fields, and behind them what newer kernels have.
fn options<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    const NAMES: [&str; 11] = [
        "recverr",
        "is_icsk",
        "freebind",
        "hdrincl",
        "mc_loop",
        "transparent",
        "mc_all",
        "nodefrag",
        "bind_address_no_port",
        "recverr_rfc4884",
        "defer_connect",
    ];
    let size = layouts::INET_DIAG_SOCKOPT.size(cx.abi());
    let bits = crate::kind::extend(data.get(..size)?, false);
    let mut fields = cx.list();
    let unused = bits >> NAMES.len();
    // An abbreviated structure shows what is set.
    let shown = |value: u64| value != 0 || !cx.options.abbreviate;
    let known = NAMES.iter().enumerate().map(|(at, name)| (name, bits >> at & 1)).filter(|(_, value)| shown(*value));
    fields.extend(known.map(|(name, value)| Field::new(name, Value::Unsigned(value))));
    if shown(unused) {
        fields.push(Field::new("unused", Value::Commented(cx.put(Value::Hex(unused)), "bits 3..8")));
    }
    let known = Value::Struct { fields: fields.into_bump_slice(), more: false };
    let rest = &data[size..];
    if rest.iter().all(|byte| *byte == 0) {
        return Some(known);
    }
    let place = cx.format(format_args!("bytes {size}..{}", data.len() - 1));
    Some(Value::Sequence(cx.slice(&[known, Value::Prefaced(place, cx.put(binary(cx, rest)))])))
}
