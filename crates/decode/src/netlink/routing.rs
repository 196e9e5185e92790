//! Routes, and the rules that choose among their tables.

use super::attribute::{self, Attributes, Holds};
use super::route::{FAMILY, Format, Short, Small};
use super::{ALIGNMENT, binary};
use crate::kinds::net::{HostLong, Interface, in6_field};
use crate::kinds::{Const, Flags, Hex32, Structure, U8, U16, U64, Uint};
use crate::{Cx, Field, Kind, Value, structure};
use abi::Place;
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::netlink as sets;
use abi::generated::sets::network::{AF, IPPROTO};

/// `struct rtmsg` (rtnetlink(7)).
pub(super) static ROUTE: Format = Format {
    head: &structure!(layouts::RTMSG {
        rtm_family: FAMILY,
        rtm_dst_len: U8,
        rtm_src_len: U8,
        rtm_tos: Flags(&sets::IPTOS),
        rtm_table: Small(&sets::RT_TABLE),
        rtm_protocol: Small(&sets::RTPROT),
        rtm_scope: Small(&sets::RT_SCOPE),
        rtm_type: Small(&sets::RTN),
        rtm_flags: Flags(&sets::RTM_F),
    }),
    attributes: &ROUTE_ATTRIBUTES,
};

static ROUTE_ATTRIBUTES: Attributes = Attributes {
    names: &sets::RTA,
    holds: &[
        (sets::RTA.of("RTA_DST"), Holds::Address),
        (sets::RTA.of("RTA_SRC"), Holds::Address),
        (sets::RTA.of("RTA_IIF"), Holds::Number(&Interface)),
        (sets::RTA.of("RTA_OIF"), Holds::Number(&Interface)),
        (sets::RTA.of("RTA_GATEWAY"), Holds::Address),
        (sets::RTA.of("RTA_PRIORITY"), Holds::Number(&Uint)),
        (sets::RTA.of("RTA_PREFSRC"), Holds::Address),
        (sets::RTA.of("RTA_METRICS"), Holds::Nested(&METRICS)),
        (sets::RTA.of("RTA_MULTIPATH"), Holds::Function(paths)),
        (sets::RTA.of("RTA_PROTOINFO"), Holds::Number(&Uint)),
        (sets::RTA.of("RTA_FLOW"), Holds::Number(&Uint)),
        (sets::RTA.of("RTA_CACHEINFO"), Holds::Record(&CACHE, 32)),
        (sets::RTA.of("RTA_MP_ALGO"), Holds::Number(&Uint)),
        (sets::RTA.of("RTA_TABLE"), Holds::Number(&Const(&sets::RT_TABLE))),
        (sets::RTA.of("RTA_MARK"), Holds::Number(&Uint)),
        (sets::RTA.of("RTA_VIA"), Holds::Function(via)),
        (sets::RTA.of("RTA_NEWDST"), Holds::Address),
        (sets::RTA.of("RTA_PREF"), Holds::Number(&U8)),
        (sets::RTA.of("RTA_ENCAP_TYPE"), Holds::Number(&Short(&sets::LWTUNNEL))),
        (sets::RTA.of("RTA_EXPIRES"), Holds::Number(&U64)),
        (sets::RTA.of("RTA_UID"), Holds::Number(&Uint)),
        (sets::RTA.of("RTA_TTL_PROPAGATE"), Holds::Number(&U8)),
        (sets::RTA.of("RTA_IP_PROTO"), Holds::Number(&U8)),
        (sets::RTA.of("RTA_SPORT"), Holds::Number(&U16)),
        (sets::RTA.of("RTA_DPORT"), Holds::Number(&U16)),
        (sets::RTA.of("RTA_NH_ID"), Holds::Number(&Uint)),
        (sets::RTA.of("RTA_FLOWLABEL"), Holds::Number(&HostLong)),
    ],
    other: Holds::Bytes,
};

static METRICS: Attributes = Attributes {
    names: &sets::RTAX,
    holds: &[
        (sets::RTAX.of("RTAX_UNSPEC"), Holds::Bytes),
        (sets::RTAX.of("RTAX_CC_ALGO"), Holds::Text),
        (sets::RTAX.of("RTAX_FASTOPEN_NO_COOKIE"), Holds::Bytes),
    ],
    other: Holds::Number(&Uint),
};

/// `struct rta_cacheinfo` (`linux/rtnetlink.h`).
static CACHE: Structure = structure!(layouts::RTA_CACHEINFO {
    rta_clntref: Uint,
    rta_lastuse: Uint,
    rta_expires: Uint,
    rta_error: Uint,
    rta_used: Uint,
    rta_id: Hex32,
    rta_ts: Uint,
    rta_tsage: Uint,
});

/// `struct rtnexthop` (rtnetlink(7)).
static HOP: Structure = structure!(layouts::RTNEXTHOP {
    rtnh_len: U16,
    rtnh_flags: Flags(&sets::RTNH_F),
    rtnh_hops: U8,
    rtnh_ifindex: Interface,
});

/// The ways of a route, each with attributes of its own; one alone stands without brackets.
fn paths<'a>(cx: &Cx<'a>, family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    const LENGTH: Place = layouts::RTNEXTHOP.member("rtnh_len");
    let size = HOP.size(cx.abi());
    if data.len() < size {
        return None;
    }
    let mut items = cx.list();
    let mut rest = data;
    while !rest.is_empty() {
        if rest.len() < size {
            items.push(binary(cx, rest));
            break;
        }
        let length = LENGTH.get(cx.abi(), rest).unwrap_or(0) as usize;
        items.push(path(cx, family, &rest[..length.clamp(size, rest.len())]));
        if length < size {
            break;
        }
        rest = rest.get(length.next_multiple_of(ALIGNMENT)..).unwrap_or(&[]);
    }
    Some(match items.as_slice() {
        [only] => *only,
        _ => Value::Array { items: items.into_bump_slice(), more: false },
    })
}

fn path<'a>(cx: &Cx<'a>, family: u64, bytes: &'a [u8]) -> Value<'a> {
    let (hop, attributes) = bytes.split_at(HOP.size(cx.abi()));
    let hop = HOP.load(cx, hop, 0);
    if attributes.is_empty() {
        return hop;
    }
    let attributes = attribute::list(cx, &ROUTE_ATTRIBUTES, family, attributes);
    Value::Array { items: cx.slice(&[hop, attributes]), more: false }
}

/// `struct rtvia` (`linux/rtnetlink.h`): an address with its own family.
fn via<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    const AF_INET6: u64 = AF.of("AF_INET6");
    let (family, address) = data.split_at_checked(2)?;
    let family = crate::kind::extend(family, false);
    let mut fields = cx.list();
    fields.push(Field::new("rtvia_family", Value::Const { value: family, set: &AF }));
    match (family, address.first_chunk()) {
        (AF_INET6, Some(bytes)) => fields.push(in6_field(cx, "rtvia_addr", "&rtvia_addr", *bytes)),
        _ if address.is_empty() => {}
        _ => {
            let value = attribute::address(cx, family, address).unwrap_or_else(|| binary(cx, address));
            fields.push(Field::new("rtvia_addr", value));
        }
    }
    Some(Value::Struct { fields: fields.into_bump_slice(), more: false })
}

/// `struct fib_rule_hdr` (`linux/fib_rules.h`).
pub(super) static RULE: Format = Format {
    head: &structure!(layouts::FIB_RULE_HDR {
        family: FAMILY,
        dst_len: U8,
        src_len: U8,
        tos: Flags(&sets::IPTOS),
        table: Small(&sets::RULE_TABLE),
        action: Small(&sets::FR_ACT),
        flags: Flags(&sets::FIB_RULE),
    }),
    attributes: &Attributes {
        names: &sets::FRA,
        holds: &[
            (sets::FRA.of("FRA_DST"), Holds::Address),
            (sets::FRA.of("FRA_SRC"), Holds::Address),
            (sets::FRA.of("FRA_IIFNAME"), Holds::Text),
            (sets::FRA.of("FRA_GOTO"), Holds::Number(&Uint)),
            (sets::FRA.of("FRA_PRIORITY"), Holds::Number(&Uint)),
            (sets::FRA.of("FRA_FWMARK"), Holds::Number(&Uint)),
            (sets::FRA.of("FRA_FLOW"), Holds::Number(&Uint)),
            (sets::FRA.of("FRA_TUN_ID"), Holds::Function(tunnel_id)),
            (sets::FRA.of("FRA_SUPPRESS_IFGROUP"), Holds::Number(&Uint)),
            (sets::FRA.of("FRA_SUPPRESS_PREFIXLEN"), Holds::Number(&Uint)),
            (sets::FRA.of("FRA_TABLE"), Holds::Number(&Const(&sets::RT_TABLE))),
            (sets::FRA.of("FRA_FWMASK"), Holds::Number(&Uint)),
            (sets::FRA.of("FRA_OIFNAME"), Holds::Text),
            (sets::FRA.of("FRA_L3MDEV"), Holds::Number(&U8)),
            (sets::FRA.of("FRA_UID_RANGE"), Holds::Record(&USERS, 8)),
            (sets::FRA.of("FRA_PROTOCOL"), Holds::Number(&Small(&sets::RTPROT))),
            (sets::FRA.of("FRA_IP_PROTO"), Holds::AnyNumber(|value| Value::Const { value, set: &IPPROTO })),
            (sets::FRA.of("FRA_SPORT_RANGE"), Holds::Record(&PORTS, 4)),
            (sets::FRA.of("FRA_DPORT_RANGE"), Holds::Record(&PORTS, 4)),
            (sets::FRA.of("FRA_DSCP"), Holds::Number(&U8)),
            (sets::FRA.of("FRA_FLOWLABEL"), Holds::Number(&HostLong)),
            (sets::FRA.of("FRA_FLOWLABEL_MASK"), Holds::Number(&HostLong)),
        ],
        other: Holds::Bytes,
    },
};

/// `struct fib_rule_uid_range` (`linux/fib_rules.h`).
static USERS: Structure = structure!(layouts::FIB_RULE_UID_RANGE { start: Uint, end: Uint });

/// `struct fib_rule_port_range` (`linux/fib_rules.h`).
static PORTS: Structure = structure!(layouts::FIB_RULE_PORT_RANGE { start: U16, end: U16 });

/// A number of 64 bits in network order.
fn tunnel_id<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    let number = Value::Unsigned(u64::from_be_bytes(*data.first_chunk()?));
    Some(Value::Call { name: "htobe64", items: cx.slice(&[number]), main: Some(0) })
}
