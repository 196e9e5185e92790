//! Network interfaces (netdevice(7)).

use super::{Request, requests};
use crate::kinds::net::{colons, socket_address};
use crate::kinds::{Flags, Hex, Int, Structure};
use crate::{Cx, Dir, Field, Kind, Len, Nested, Quote, Shape, Value, structure};
use abi::generated::layouts::network::{IFCONF, IFMAP, IFREQ};
use abi::generated::sets::{ioctl::IFF, network::ARPHRD};
use abi::{Abi, Place};

/// The requests of network interfaces.
pub(super) static REQUESTS: &[Request] = requests! {
    SIOCGIFNAME: inout NameByIndex;
    SIOCGIFCONF: inout Configuration;
    SIOCGIFFLAGS: inout Member::of("ifr_flags", FLAGS, &Flags(&IFF));
    SIOCSIFFLAGS: in Member::of("ifr_flags", FLAGS, &Flags(&IFF)).set();
    SIOCGIFADDR: inout Member::of("ifr_addr", ADDRESS, &SocketAddress);
    SIOCSIFADDR: in Member::of("ifr_addr", ADDRESS, &SocketAddress).set();
    SIOCGIFDSTADDR: inout Member::of("ifr_dstaddr", ADDRESS, &SocketAddress);
    SIOCSIFDSTADDR: in Member::of("ifr_dstaddr", ADDRESS, &SocketAddress).set();
    SIOCGIFBRDADDR: inout Member::of("ifr_broadaddr", ADDRESS, &SocketAddress);
    SIOCSIFBRDADDR: in Member::of("ifr_broadaddr", ADDRESS, &SocketAddress).set();
    SIOCGIFNETMASK: inout Member::of("ifr_netmask", ADDRESS, &SocketAddress);
    SIOCSIFNETMASK: in Member::of("ifr_netmask", ADDRESS, &SocketAddress).set();
    SIOCGIFMETRIC: inout Member::of("ifr_metric", NUMBER, &Int);
    SIOCSIFMETRIC: in Member::of("ifr_metric", NUMBER, &Int).set();
    SIOCGIFMTU: inout Member::of("ifr_mtu", NUMBER, &Int);
    SIOCSIFMTU: in Member::of("ifr_mtu", NUMBER, &Int).set();
    SIOCGIFINDEX: inout Member::of("ifr_ifindex", NUMBER, &Int);
    SIOCGIFTXQLEN: inout Member::of("ifr_qlen", NUMBER, &Int);
    SIOCSIFTXQLEN: in Member::of("ifr_qlen", NUMBER, &Int).set();
    SIOCGIFHWADDR: inout Member::of("ifr_hwaddr", ADDRESS, &HardwareAddress);
    SIOCSIFHWADDR: in Member::of("ifr_hwaddr", ADDRESS, &HardwareAddress).set();
    SIOCSIFHWBROADCAST: in Member::of("ifr_hwaddr", ADDRESS, &HardwareAddress).set();
    SIOCADDMULTI: in Member::of("ifr_hwaddr", ADDRESS, &HardwareAddress).set();
    SIOCDELMULTI: in Member::of("ifr_hwaddr", ADDRESS, &HardwareAddress).set();
    SIOCGIFSLAVE: inout Member::of("ifr_slave", SECOND_NAME, &Name);
    SIOCSIFSLAVE: in Member::of("ifr_slave", SECOND_NAME, &Name).set();
    SIOCSIFNAME: in Member::of("ifr_newname", SECOND_NAME, &Name).set();
    SIOCGIFMAP: inout Member::of("ifr_map", MAP_PLACE, &MAP);
    SIOCSIFMAP: in Member::of("ifr_map", MAP_PLACE, &MAP).set();
    SIOCBRADDBR: in BridgeName;
    SIOCBRDELBR: in BridgeName;
    SIOCBRADDIF: in Index;
    SIOCBRDELIF: in Index;
};

const NAME: Place = IFREQ.member("ifr_ifrn.ifrn_name");
const FLAGS: Place = IFREQ.member("ifr_ifru.ifru_flags");
const ADDRESS: Place = IFREQ.member("ifr_ifru.ifru_addr");
const NUMBER: Place = IFREQ.member("ifr_ifru.ifru_ivalue");
const SECOND_NAME: Place = IFREQ.member("ifr_ifru.ifru_newname");
const MAP_PLACE: Place = IFREQ.member("ifr_ifru.ifru_map");

/// `struct ifmap`.
static MAP: Structure =
    structure!(IFMAP { mem_start: Hex, mem_end: Hex, base_addr: Hex, irq: Hex, dma: Hex, port: Hex });

/// An interface's name in an array, of which the last byte is its NUL's.
struct Name;

impl Kind for Name {
    fn load<'a>(&self, _cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let room = bytes.len().saturating_sub(1);
        match bytes.iter().position(|byte| *byte == 0) {
            Some(end) => Value::Bytes { bytes: &bytes[..end], more: false, quote: Quote::Path },
            None => Value::Bytes { bytes: &bytes[..room], more: true, quote: Quote::Path },
        }
    }

    fn size(&self, abi: Abi) -> usize {
        NAME.size(abi)
    }
}

/// An address of a family, in `struct sockaddr`.
struct SocketAddress;

impl Kind for SocketAddress {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        socket_address(cx, bytes)
    }

    fn size(&self, abi: Abi) -> usize {
        ADDRESS.size(abi)
    }
}

/// A hardware address: the family is the sort of hardware, which tells how long it is.
struct HardwareAddress;

/// The bytes of an address of Ethernet (`ETH_ALEN`).
const ETHERNET: usize = 6;

/// The length of a hardware address of AX.25, which NET/ROM has too (`AX25_ADDR_LEN` of the kernel's `net/ax25.h`).
const AMATEUR_RADIO: usize = 7;

impl Kind for HardwareAddress {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let (family, data) = bytes.split_at(bytes.len().min(2));
        let family = crate::kind::extend(family, false);
        let data = match ARPHRD.name(family) {
            Some("ARPHRD_ETHER" | "ARPHRD_LOOPBACK") => &data[..data.len().min(ETHERNET)],
            Some("ARPHRD_NETROM") => &data[..data.len().min(AMATEUR_RADIO)],
            _ => data,
        };
        let raw = Value::Bytes { bytes: data, more: false, quote: Quote::Binary };
        let fields = [
            Field::new("sa_family", Value::Const { value: family, set: &ARPHRD }),
            Field::new("sa_data", Value::Either { raw: cx.put(raw), meaning: cx.put(colons(cx, data)) }),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        ADDRESS.size(abi)
    }
}

/// `struct ifreq` with one of its members: the caller gives the name and gets or sets the member.
struct Member {
    name: &'static str,
    place: Place,
    kind: &'static dyn Kind,
    /// Whether the caller gives the member, too.
    given: bool,
}

impl Member {
    const fn of(name: &'static str, place: Place, kind: &'static dyn Kind) -> Self {
        Self { name, place, kind, given: false }
    }

    const fn set(self) -> Self {
        Self { given: true, ..self }
    }
}

/// The bytes of a member.
fn part<'a>(cx: &Cx<'_>, bytes: &'a [u8], place: Place) -> &'a [u8] {
    let start = place.offset(cx.abi());
    bytes.get(start..start + place.size(cx.abi())).unwrap_or(&[])
}

impl Kind for Member {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let mut fields = cx.list();
        fields.push(Field::new("ifr_name", Name.load(cx, part(cx, bytes, NAME), address)));
        if self.given || !cx.failed() {
            let value = self.kind.load(cx, part(cx, bytes, self.place), address);
            fields.push(Field::new(self.name, value));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        IFREQ.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}

/// An interface's index, and the name that the kernel finds for it.
struct NameByIndex;

impl Kind for NameByIndex {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let index = Int.load(cx, part(cx, bytes, NUMBER), address);
        let mut fields = cx.list();
        fields.push(Field::new("ifr_ifindex", index));
        if !cx.failed() {
            fields.push(Field::new("ifr_name", Name.load(cx, part(cx, bytes, NAME), address)));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        IFREQ.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}

/// An interface's index alone.
struct Index;

impl Kind for Index {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let index = Int.load(cx, part(cx, bytes, NUMBER), address);
        Value::Struct { fields: cx.slice(&[Field::new("ifr_ifindex", index)]), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        IFREQ.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}

/// The name of a bridge, as a string.
struct BridgeName;

impl Kind for BridgeName {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match cx.string(word, NAME.size(cx.abi()) - 1) {
            Some((bytes, more)) => Value::Bytes { bytes, more, quote: Quote::Path },
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Text { max: NAME.size(abi) }
    }
}

/// `struct ifconf`: the addresses of all interfaces.
struct Configuration;

const LENGTH: Place = IFCONF.member("ifc_len");
const BUFFER: Place = IFCONF.member("ifc_ifcu");

/// The length that the caller gave; the call changes it.
const LENGTH_KEY: u32 = 2;

/// Whether there was a buffer.
const BUFFER_KEY: u32 = 2 + 256;

/// An interface with its address.
static ENTRY: Member = Member::of("ifr_addr", ADDRESS, &SocketAddress);

impl Configuration {
    /// A number of bytes, and of how many interfaces if it is that of whole ones.
    fn length<'a>(cx: &Cx<'a>, bytes: u64) -> Value<'a> {
        let length = Value::Signed(i64::from(bytes as i32));
        let one = IFREQ.size(cx.abi()) as u64;
        if bytes == 0 || !bytes.is_multiple_of(one) {
            return length;
        }
        let count = cx.format(format_args!("{} * sizeof(struct ifreq)", bytes / one));
        Value::Commented(cx.put(length), count)
    }
}

impl Kind for Configuration {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let (Some(before), Some(bytes)) = (cx.saved(LENGTH_KEY), cx.read(word, IFCONF.size(cx.abi()))) else {
            return cx.address(word);
        };
        let buffer = crate::kind::extend(part(cx, bytes, BUFFER), false);
        let after = LENGTH.get(cx.abi(), bytes).unwrap_or(0) & 0xffff_ffff;
        let room = Self::length(cx, before);
        let (length, list) = if cx.failed() {
            (room, cx.address(buffer))
        } else {
            let count = after / IFREQ.size(cx.abi()) as u64;
            let list = crate::kinds::Array::at(cx, &ENTRY, buffer, count);
            let changed = Value::Changed(cx.put(room), cx.put(Self::length(cx, after)));
            // Who passes no buffer asks for the length alone.
            let asked = cx.saved(BUFFER_KEY) == Some(0) && before == 0;
            let length = match before == after {
                true => room,
                false if asked => Self::length(cx, after),
                false => changed,
            };
            (length, list)
        };
        let fields = [Field::new("ifc_len", length), Field::new("ifc_buf", list)];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        IFCONF.size(abi)
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        if word != 0
            && cx.options.dereference
            && let Some(bytes) = cx.read(word, IFCONF.size(cx.abi()))
        {
            cx.save(LENGTH_KEY, LENGTH.get(cx.abi(), bytes).unwrap_or(0) & 0xffff_ffff);
            cx.save(BUFFER_KEY, crate::kind::extend(part(cx, bytes, BUFFER), false));
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        let count = Len::Field { offset: LENGTH.of(abi).offset, size: 4 };
        let nested = vec![Nested { offset: BUFFER.offset(abi), shape: Shape::buffer(count) }];
        Shape::Records { stride: self.size(abi), count: Len::Fixed(1), nested }
    }
}
