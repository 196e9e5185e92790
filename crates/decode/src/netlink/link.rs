//! Network interfaces.

use super::attribute::{Attributes, Holds};
use super::route::{FAMILY, Format, Small};
use crate::kinds::net::Interface;
use crate::kinds::{Const, Fd, Flags, Hex32, Int, Structure, U8, U16, U64, Uint};
use crate::{Cx, Kind, Value, structure};
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::netlink as sets;
use abi::generated::sets::network::{AF, ARPHRD};

/// `struct ifinfomsg` (rtnetlink(7)).
pub(super) static LINK: Format = Format {
    head: &structure!(layouts::IFINFOMSG {
        ifi_family: FAMILY,
        ifi_type: Const(&ARPHRD),
        ifi_index: Interface,
        ifi_flags: Flags(&sets::IFF),
        ifi_change: Hex32,
    }),
    attributes: &LINK_ATTRIBUTES,
};

const fn link(name: &str, holds: Holds) -> (u64, Holds) {
    (sets::IFLA.of(name), holds)
}

static LINK_ATTRIBUTES: Attributes = Attributes {
    names: &sets::IFLA,
    holds: &[
        link("IFLA_UNSPEC", Holds::Bytes),
        link("IFLA_ADDRESS", Holds::Hardware),
        link("IFLA_BROADCAST", Holds::Hardware),
        link("IFLA_PERM_ADDRESS", Holds::Hardware),
        link("IFLA_IFNAME", Holds::Text),
        link("IFLA_QDISC", Holds::Text),
        link("IFLA_IFALIAS", Holds::Text),
        link("IFLA_PHYS_PORT_NAME", Holds::Text),
        link("IFLA_ALT_IFNAME", Holds::Text),
        link("IFLA_PARENT_DEV_NAME", Holds::Text),
        link("IFLA_PARENT_DEV_BUS_NAME", Holds::Text),
        link("IFLA_STATS", Holds::Record(&STATISTICS, 92)),
        link("IFLA_STATS64", Holds::Record(&STATISTICS64, 184)),
        link("IFLA_MAP", Holds::Record(&MAP, 28)),
        link("IFLA_COST", Holds::Bytes),
        link("IFLA_PRIORITY", Holds::Bytes),
        link("IFLA_WIRELESS", Holds::Bytes),
        link("IFLA_PROTINFO", Holds::Function(of_family)),
        link("IFLA_VFINFO_LIST", Holds::Bytes),
        link("IFLA_VF_PORTS", Holds::Bytes),
        link("IFLA_PORT_SELF", Holds::Bytes),
        link("IFLA_PHYS_PORT_ID", Holds::Bytes),
        link("IFLA_PHYS_SWITCH_ID", Holds::Bytes),
        link("IFLA_PAD", Holds::Bytes),
        link("IFLA_DPLL_PIN", Holds::Bytes),
        link("IFLA_OPERSTATE", Holds::Number(&U8)),
        link("IFLA_LINKMODE", Holds::Number(&U8)),
        link("IFLA_CARRIER", Holds::Number(&U8)),
        link("IFLA_PROTO_DOWN", Holds::Number(&U8)),
        link("IFLA_NETNS_IMMUTABLE", Holds::Number(&U8)),
        link("IFLA_HEADROOM", Holds::Number(&U16)),
        link("IFLA_TAILROOM", Holds::Number(&U16)),
        link("IFLA_MAX_PACING_OFFLOAD_HORIZON", Holds::Number(&U64)),
        link("IFLA_NET_NS_FD", Holds::Number(&Fd)),
        link("IFLA_LINK_NETNSID", Holds::Number(&Int)),
        link("IFLA_NEW_NETNSID", Holds::Number(&Int)),
        link("IFLA_IF_NETNSID", Holds::Number(&Int)),
        link("IFLA_NEW_IFINDEX", Holds::Number(&Interface)),
        link("IFLA_EVENT", Holds::Number(&Const(&sets::IFLA_EVENT))),
        link("IFLA_EXT_MASK", Holds::AnyNumber(filter)),
        link("IFLA_LINKINFO", Holds::Nested(&INFO)),
        link("IFLA_AF_SPEC", Holds::Nested(&FAMILIES)),
        link("IFLA_XDP", Holds::Nested(&XDP)),
        link("IFLA_PROP_LIST", Holds::Nested(&NAMES)),
        link("IFLA_PROTO_DOWN_REASON", Holds::Nested(&REASON)),
    ],
    other: Holds::Number(&Uint),
};

/// What a dump of links is asked to tell (`IFLA_EXT_MASK`, `linux/rtnetlink.h`).
fn filter(value: u64) -> Value<'static> {
    Value::Flags { value: value & 0xffff_ffff, set: &sets::RTEXT_FILTER }
}

/// What the message's family has to say of an interface.
fn of_family<'a>(cx: &Cx<'a>, family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    (family == AF.of("AF_INET6")).then(|| super::attribute::list(cx, &INET6, family, data))
}

/// What sort of interface it is.
static INFO: Attributes = Attributes {
    names: &sets::IFLA_INFO,
    holds: &[
        (sets::IFLA_INFO.of("IFLA_INFO_KIND"), Holds::Text),
        (sets::IFLA_INFO.of("IFLA_INFO_SLAVE_KIND"), Holds::Text),
    ],
    other: Holds::Bytes,
};

/// The other names of an interface.
static NAMES: Attributes =
    Attributes { names: &sets::IFLA, holds: &[link("IFLA_ALT_IFNAME", Holds::Text)], other: Holds::Bytes };

/// Why an interface is held down.
static REASON: Attributes = Attributes {
    names: &sets::IFLA_PROTO_DOWN_REASON,
    holds: &[(sets::IFLA_PROTO_DOWN_REASON.of("IFLA_PROTO_DOWN_REASON_UNSPEC"), Holds::Bytes)],
    other: Holds::Number(&Hex32),
};

/// Programs on an interface (`linux/if_link.h`).
static XDP: Attributes = Attributes {
    names: &sets::IFLA_XDP,
    holds: &[
        (sets::IFLA_XDP.of("IFLA_XDP_UNSPEC"), Holds::Bytes),
        (sets::IFLA_XDP.of("IFLA_XDP_FD"), Holds::Number(&Fd)),
        (sets::IFLA_XDP.of("IFLA_XDP_EXPECTED_FD"), Holds::Number(&Fd)),
        (sets::IFLA_XDP.of("IFLA_XDP_ATTACHED"), Holds::Number(&Small(&sets::XDP_ATTACHED))),
        (sets::IFLA_XDP.of("IFLA_XDP_FLAGS"), Holds::Number(&Flags(&sets::XDP_LINK_FLAGS))),
    ],
    other: Holds::Number(&Uint),
};

/// What the families of addresses have to say of an interface; the types are families.
static FAMILIES: Attributes = Attributes {
    names: &AF,
    holds: &[(AF.of("AF_INET"), Holds::Nested(&INET)), (AF.of("AF_INET6"), Holds::Nested(&INET6))],
    other: Holds::Bytes,
};

static INET: Attributes = Attributes {
    names: &sets::IFLA_INET,
    holds: &[(sets::IFLA_INET.of("IFLA_INET_CONF"), Holds::Indexed(&Int, &sets::IPV4_DEVCONF, 1))],
    other: Holds::Bytes,
};

static INET6: Attributes = Attributes {
    names: &sets::IFLA_INET6,
    holds: &[
        (sets::IFLA_INET6.of("IFLA_INET6_FLAGS"), Holds::AnyNumber(condition)),
        (sets::IFLA_INET6.of("IFLA_INET6_STATS"), Holds::Indexed(&U64, &sets::IPSTATS, 0)),
        (sets::IFLA_INET6.of("IFLA_INET6_ICMP6STATS"), Holds::Indexed(&U64, &sets::ICMP6_MIB, 0)),
        (sets::IFLA_INET6.of("IFLA_INET6_ADDR_GEN_MODE"), Holds::AnyNumber(generation)),
        (sets::IFLA_INET6.of("IFLA_INET6_RA_MTU"), Holds::Number(&Uint)),
        (sets::IFLA_INET6.of("IFLA_INET6_CONF"), Holds::Indexed(&Int, &sets::IPV6_DEVCONF, 0)),
        (sets::IFLA_INET6.of("IFLA_INET6_CACHEINFO"), Holds::Record(&CACHE, 16)),
        (sets::IFLA_INET6.of("IFLA_INET6_TOKEN"), Holds::Function(token)),
    ],
    other: Holds::Bytes,
};

/// How far the configuration of an interface has come.
fn condition(value: u64) -> Value<'static> {
    Value::Flags { value: value & 0xffff_ffff, set: &sets::IF_INET6 }
}

/// How addresses are made up.
fn generation(value: u64) -> Value<'static> {
    Value::Const { value: value & 0xff, set: &sets::IN6_ADDR_GEN_MODE }
}

/// An address of IPv6, whatever family the message states.
fn token<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    super::attribute::address(cx, AF.of("AF_INET6"), data)
}

/// `struct ifla_cacheinfo` (`linux/if_link.h`).
static CACHE: Structure =
    structure!(layouts::IFLA_CACHEINFO { max_reasm_len: Uint, tstamp: Uint, reachable_time: Uint, retrans_time: Uint });

/// `struct rtnl_link_ifmap` (`linux/if_link.h`).
static MAP: Structure = structure!(layouts::RTNL_LINK_IFMAP {
    mem_start: Hex64,
    mem_end: Hex64,
    base_addr: Hex64,
    irq: U16,
    dma: U8,
    port: U8,
});

/// A number of 64 bits in base 16.
struct Hex64;

impl Kind for Hex64 {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Hex(word)
    }

    fn size(&self, _abi: abi::Abi) -> usize {
        8
    }
}

/// Makes the two structures of statistics, which differ in the size of their numbers.
macro_rules! statistics {
    ($layout:path, $kind:expr $(, $more:ident)?) => {
        structure!($layout {
            rx_packets: $kind,
            tx_packets: $kind,
            rx_bytes: $kind,
            tx_bytes: $kind,
            rx_errors: $kind,
            tx_errors: $kind,
            rx_dropped: $kind,
            tx_dropped: $kind,
            multicast: $kind,
            collisions: $kind,
            rx_length_errors: $kind,
            rx_over_errors: $kind,
            rx_crc_errors: $kind,
            rx_frame_errors: $kind,
            rx_fifo_errors: $kind,
            rx_missed_errors: $kind,
            tx_aborted_errors: $kind,
            tx_carrier_errors: $kind,
            tx_fifo_errors: $kind,
            tx_heartbeat_errors: $kind,
            tx_window_errors: $kind,
            rx_compressed: $kind,
            tx_compressed: $kind,
            rx_nohandler: $kind,
            $($more: $kind,)?
        })
    };
}

/// `struct rtnl_link_stats` (`linux/if_link.h`).
static STATISTICS: Structure = statistics!(layouts::RTNL_LINK_STATS, Uint);

/// `struct rtnl_link_stats64` (`linux/if_link.h`).
static STATISTICS64: Structure = statistics!(layouts::RTNL_LINK_STATS64, U64, rx_otherhost_dropped);
