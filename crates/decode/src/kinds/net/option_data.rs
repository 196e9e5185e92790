//! What the options of sockets hold.

use super::address::{InAddr, in6_field};
use super::control_data::{UCRED, list};
use super::families::{Interface, colons};
use super::option::Access;
use super::sockaddr;
use crate::kinds::{Buffer, Const, Fd, Int, Structure, U16, Uint};
use crate::{Cx, Field, Kind, Quote, Value, structure};
use abi::generated::layouts::network as layouts;
use abi::generated::layouts::process::SOCK_FPROG;
use abi::generated::sets::network as sets;
use abi::{Abi, Place};

/// One option.
struct Format {
    level: u64,
    option: u64,
    /// What getsockopt(2) gives, where that is not only bytes.
    read: Holds,
    /// What setsockopt(2) takes.
    write: Holds,
}

/// What an option's memory is.
#[derive(Clone, Copy)]
enum Holds {
    /// A number where it is as long as one, else bytes: what every option is that is not listed.
    Plain,
    /// A number in so many bytes at least.
    Number(&'static dyn Kind),
    /// A number, however few of its bytes there are.
    AlwaysNumber,
    /// A number where it is exactly as long as one; else bytes, each as `\x..`.
    Exact(&'static dyn Kind),
    /// A structure of so many bytes at least.
    AtLeast(&'static dyn Kind),
    /// A structure of exactly so many bytes.
    Exactly(&'static dyn Kind),
    /// A structure whose fields are shown as far as they go.
    Partly(&'static Structure),
    /// As many numbers as fit.
    Numbers,
    /// The types of ICMP that are filtered, one bit each.
    IcmpTypes,
    /// Only its address.
    Address,
}

const fn option(level: &str, option: u64, read: Holds, write: Holds) -> Format {
    Format { level: sets::SOCKOPT_LEVEL.of(level), option, read, write }
}

const fn socket(name: &str, read: Holds, write: Holds) -> Format {
    option("SOL_SOCKET", sets::OPTION_SOCKET.of(name), read, write)
}

const fn ip(name: &str, read: Holds, write: Holds) -> Format {
    option("SOL_IP", sets::OPTION_IP.of(name), read, write)
}

const fn ipv6(name: &str, write: Holds) -> Format {
    option("SOL_IPV6", sets::OPTION_IPV6.of(name), Holds::Plain, write)
}

const fn packet(name: &str, read: Holds, write: Holds) -> Format {
    option("SOL_PACKET", sets::OPTION_PACKET.of(name), read, write)
}

static FORMATS: [Format; 25] = [
    socket("SO_LINGER", Holds::Partly(&LINGER), Holds::AtLeast(&LINGER)),
    socket("SO_PEERCRED", Holds::Partly(&UCRED), Holds::Plain),
    socket("SO_ERROR", Holds::Number(&Errno), Holds::Plain),
    socket("SO_PEERPIDFD", Holds::Number(&Fd), Holds::Plain),
    socket("SO_ATTACH_FILTER", Holds::Address, Holds::Exactly(&FILTER)),
    socket("SO_ATTACH_REUSEPORT_CBPF", Holds::Plain, Holds::Exactly(&FILTER)),
    socket("SO_TXREHASH", Holds::Number(&TxRehash), Holds::Number(&TxRehash)),
    ip("IP_ADD_MEMBERSHIP", Holds::Plain, Holds::AtLeast(&MEMBERSHIP)),
    ip("IP_DROP_MEMBERSHIP", Holds::Plain, Holds::AtLeast(&MEMBERSHIP)),
    ip("MCAST_JOIN_GROUP", Holds::Plain, Holds::AtLeast(&GROUP)),
    ip("MCAST_LEAVE_GROUP", Holds::Plain, Holds::AtLeast(&GROUP)),
    ip("IP_LOCAL_PORT_RANGE", Holds::Exact(&PortRange), Holds::Exact(&PortRange)),
    ip("IP_PROTOCOL", Holds::Exact(&Const(&sets::IPPROTO)), Holds::Plain),
    ipv6("IPV6_ADD_MEMBERSHIP", Holds::AtLeast(&Membership6)),
    ipv6("IPV6_DROP_MEMBERSHIP", Holds::AtLeast(&Membership6)),
    ipv6("IPV6_JOIN_ANYCAST", Holds::AtLeast(&Membership6)),
    ipv6("IPV6_LEAVE_ANYCAST", Holds::AtLeast(&Membership6)),
    ipv6("MCAST_JOIN_GROUP", Holds::AtLeast(&GROUP)),
    ipv6("MCAST_LEAVE_GROUP", Holds::AtLeast(&GROUP)),
    packet("PACKET_ADD_MEMBERSHIP", Holds::Plain, Holds::Exactly(&PacketMembership)),
    packet("PACKET_DROP_MEMBERSHIP", Holds::Plain, Holds::Exactly(&PacketMembership)),
    packet("PACKET_RX_RING", Holds::Plain, Holds::Exactly(&RING)),
    packet("PACKET_TX_RING", Holds::Plain, Holds::Exactly(&RING)),
    packet("PACKET_STATISTICS", Holds::Partly(&STATISTICS), Holds::Plain),
    option("SOL_RAW", sets::OPTION_RAW.of("ICMP_FILTER"), Holds::IcmpTypes, Holds::IcmpTypes),
];

/// What an option holds.
fn holds(level: u64, option: u64, access: Access) -> Holds {
    const SOL_SOCKET: u64 = sets::SOCKOPT_LEVEL.of("SOL_SOCKET");
    const SOL_NETLINK: u64 = sets::SOCKOPT_LEVEL.of("SOL_NETLINK");
    const SOL_TIPC: u64 = sets::SOCKOPT_LEVEL.of("SOL_TIPC");
    const MEMBERSHIPS: u64 = sets::OPTION_NETLINK.of("NETLINK_LIST_MEMBERSHIPS");
    if let Some(format) = FORMATS.iter().find(|f| f.level == level && f.option == option) {
        return if access == Access::Read { format.read } else { format.write };
    }
    match (level, access) {
        (SOL_SOCKET, _) if sets::OPTION_SOCKET_NUMBER.name(option).is_some() => Holds::Number(&Int),
        (SOL_NETLINK, Access::Read) if option == MEMBERSHIPS => Holds::Numbers,
        (SOL_NETLINK | SOL_TIPC, Access::Read) => Holds::AlwaysNumber,
        (SOL_NETLINK | SOL_TIPC, Access::Write) => Holds::Number(&Int),
        _ => Holds::Plain,
    }
}

/// The memory at `address` of an option, `length` bytes of it.
pub(super) fn value<'a>(cx: &Cx<'a>, access: Access, address: u64, length: i32) -> Value<'a> {
    let known = usize::try_from(length).unwrap_or(0);
    if address == 0 || !cx.options.dereference || (known == 0 && access == Access::Read) {
        return cx.address(address);
    }
    let level = u64::from(cx.arg(1) as u32);
    let option = u64::from(cx.arg(2) as u32);
    let memory = Memory { cx, address, length, known, access };
    memory.value(holds(level, option, access)).unwrap_or_else(|| cx.address(address))
}

/// The memory of an option.
struct Memory<'c, 'a> {
    cx: &'c Cx<'a>,
    address: u64,
    /// Its length as the call states it.
    length: i32,
    /// The same, 0 where it is negative.
    known: usize,
    access: Access,
}

impl<'a> Memory<'_, 'a> {
    fn value(&self, holds: Holds) -> Option<Value<'a>> {
        match holds {
            Holds::Plain if self.length == 4 => self.one(&Int),
            Holds::Plain => Some(Buffer::at(self.cx, self.address, self.length as u32 as u64)),
            Holds::Number(kind) if self.known >= 4 => self.one(kind),
            Holds::Number(_) if self.access == Access::Read => Some(self.binary()),
            Holds::AlwaysNumber => self.one(&Int),
            Holds::Exact(kind) if self.length == 4 => self.one(kind),
            Holds::Exact(_) => Some(self.binary()),
            Holds::AtLeast(kind) if self.known >= kind.size(self.cx.abi()) => self.record(kind),
            Holds::Exactly(kind) if self.known == kind.size(self.cx.abi()) => self.record(kind),
            Holds::Partly(structure) => self.partly(structure),
            Holds::Numbers => Some(list(self.cx, &Uint, self.cx.read_some(self.address, self.known.min(1 << 16)))),
            Holds::IcmpTypes if self.known > 0 => self.icmp_types(),
            _ => None,
        }
    }

    fn read(&self, length: usize) -> Option<&'a [u8]> {
        self.cx.read(self.address, length)
    }

    /// One number in brackets.
    fn one(&self, kind: &dyn Kind) -> Option<Value<'a>> {
        let value = kind.load(self.cx, self.read(4)?, self.address);
        Some(Value::Pointee(self.cx.put(value)))
    }

    fn record(&self, kind: &dyn Kind) -> Option<Value<'a>> {
        self.cx.options.dereference.then_some(())?;
        Some(kind.load(self.cx, self.read(kind.size(self.cx.abi()))?, self.address))
    }

    /// Bytes, each as `\x..`.
    fn binary(&self) -> Value<'a> {
        match Buffer::at(self.cx, self.address, self.length as u32 as u64) {
            Value::Bytes { bytes, more, .. } => Value::Bytes { bytes, more, quote: Quote::Binary },
            other => other,
        }
    }

    /// The fields that are there; of one that is there in part its bytes.
    fn partly(&self, structure: &Structure) -> Option<Value<'a>> {
        let abi = self.cx.abi();
        let bytes = self.read(self.known.min(structure.size(abi)))?;
        let mut fields = self.cx.list();
        for part in structure.parts {
            let start = part.place.offset(abi);
            let whole = part.place.size(abi);
            let Some(raw) = bytes.get(start..).filter(|raw| !raw.is_empty()) else { break };
            let value = match raw.get(..whole) {
                Some(raw) => part.kind.load(self.cx, raw, self.address),
                None => Value::Bytes { bytes: raw, more: false, quote: Quote::Binary },
            };
            fields.push(Field::new(part.name, value));
        }
        Some(Value::Struct { fields: fields.into_bump_slice(), more: false })
    }

    /// Which types of ICMP are held back (raw(7), `ICMP_FILTER`); where most are, which are not. Bits that are not
    /// there count as set.
    fn icmp_types(&self) -> Option<Value<'a>> {
        let mut raw = [0xff; 4];
        let bytes = self.read(self.known.min(4))?;
        raw[..bytes.len()].copy_from_slice(bytes);
        let mask = u32::from_le_bytes(raw);
        let inverted = mask.count_ones() > 16;
        let shown = if inverted { !mask } else { mask };
        let types = (0..32).filter(|bit| shown >> bit & 1 != 0);
        let mut items = self.cx.list();
        items.extend(types.map(|value| Value::Const { value, set: &sets::ICMP_TYPE }));
        Some(Value::Choice { items: items.into_bump_slice(), inverted })
    }
}

/// `struct linger` (socket(7)).
static LINGER: Structure = structure!(layouts::LINGER { l_onoff: Int, l_linger: Int });

/// `struct sock_fprog` (`linux/filter.h`).
static FILTER: Structure = structure!(SOCK_FPROG { len: U16, filter: crate::kinds::Address });

/// `struct ip_mreq` (ip(7)).
static MEMBERSHIP: Structure = structure!(layouts::IP_MREQ { imr_multiaddr: InAddr, imr_interface: InAddr });

/// `struct group_req` (`linux/in.h`).
static GROUP: Structure = structure!(layouts::GROUP_REQ { gr_interface: Interface, gr_group: GroupAddress });

/// `struct tpacket_req` (packet(7)).
static RING: Structure =
    structure!(layouts::TPACKET_REQ { tp_block_size: Uint, tp_block_nr: Uint, tp_frame_size: Uint, tp_frame_nr: Uint });

/// `struct tpacket_stats_v3`, of which `struct tpacket_stats` is the beginning (packet(7)).
static STATISTICS: Structure =
    structure!(layouts::TPACKET_STATS_V3 { tp_packets: Uint, tp_drops: Uint, tp_freeze_q_cnt: Uint });

/// A 32-bit scalar shown by a function.
macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $value:expr) => {
        $(#[$doc])*
        struct $name;

        impl Kind for $name {
            fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
                let value: fn(&Cx<'a>, u32) -> Value<'a> = $value;
                value(cx, word as u32)
            }

            fn size(&self, _abi: Abi) -> usize {
                4
            }
        }
    };
}

number!(
    /// An errno by its name.
    Errno,
    |_, number| match abi::generated::errnos::name(number) {
        Some(name) => Value::Named { value: number.into(), name },
        None => Value::Signed(i64::from(number as i32)),
    }
);
number!(
    /// How a hash is chosen again (`SO_TXREHASH`, `linux/socket.h`).
    TxRehash,
    |cx, number| match sets::TXREHASH.name(number.into()) {
        Some(name) => Value::Named { value: number.into(), name },
        None => Value::Commented(cx.put(Value::Signed(i64::from(number as i32))), sets::TXREHASH.unknown),
    }
);
number!(
    /// The first and the last port of a range (`IP_LOCAL_PORT_RANGE`, ip(7)).
    PortRange,
    |cx, number| {
        let port = |port: u32| if port == 0 { String::new() } else { port.to_string() };
        let range = cx.format(format_args!("{}..{}", port(number & 0xffff), port(number >> 16)));
        let value = Value::Hex(number.into());
        if number == 0 { value } else { Value::Commented(cx.put(value), range) }
    }
);

/// A protocol of IP in a control message.
pub(super) struct Protocol;

impl Kind for Protocol {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let value = u64::from(word as u32);
        let shown = match sets::IPPROTO.name(value) {
            Some(name) => Value::Named { value, name },
            None => Value::Commented(cx.put(Value::Hex(value)), sets::SCM_IP.unknown),
        };
        Value::Pointee(cx.put(shown))
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// `struct sockaddr_storage` within another structure.
struct GroupAddress;

impl Kind for GroupAddress {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        sockaddr::decoded(cx, bytes)
    }

    fn size(&self, _abi: Abi) -> usize {
        sockaddr::LONGEST
    }
}

/// `struct ipv6_mreq` (ipv6(7)).
struct Membership6;

impl Kind for Membership6 {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        const INTERFACE: Place = layouts::IPV6_MREQ.member("ipv6mr_ifindex");
        let group = bytes.first_chunk().copied().unwrap_or_default();
        let interface = Interface.value(cx, INTERFACE.get(cx.abi(), bytes).unwrap_or(0));
        let fields =
            [in6_field(cx, "ipv6mr_multiaddr", "&ipv6mr_multiaddr", group), Field::new("ipv6mr_interface", interface)];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        layouts::IPV6_MREQ.size(abi)
    }
}

/// `struct packet_mreq` (packet(7)).
struct PacketMembership;

impl Kind for PacketMembership {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        const INTERFACE: Place = layouts::PACKET_MREQ.member("mr_ifindex");
        const KIND: Place = layouts::PACKET_MREQ.member("mr_type");
        const LENGTH: Place = layouts::PACKET_MREQ.member("mr_alen");
        const ADDRESS: Place = layouts::PACKET_MREQ.member("mr_address");
        let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let start = ADDRESS.offset(cx.abi());
        let room = bytes.get(start..).unwrap_or(&[]);
        let fields = [
            Field::new("mr_ifindex", Interface.value(cx, number(INTERFACE))),
            Field::new("mr_type", Value::Const { value: number(KIND), set: &sets::PACKET_MR }),
            Field::new("mr_alen", Value::Unsigned(number(LENGTH))),
            Field::new("mr_address", colons(cx, &room[..room.len().min(number(LENGTH) as usize)])),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        layouts::PACKET_MREQ.size(abi)
    }
}
