//! What socket(2) takes: types and protocols.

use crate::kinds::Flags;
use crate::kinds::named::decimal;
use crate::{Cx, Kind, Value};
use abi::generated::sets::network as sets;
use abi::{Abi, Set};

/// The bits of a socket's type (`SOCK_TYPE_MASK` of the kernel's `linux/net.h`); flags stand above them.
const TYPE_BITS: u64 = 0xf;

/// The flags that may come with a socket's type.
pub const SOCKET_FLAGS: Flags = Flags(&sets::SOCK_FLAGS);

/// A type with flags: `SOCK_STREAM|SOCK_CLOEXEC`.
#[derive(Clone, Copy, Debug)]
pub struct SocketType;

impl Kind for SocketType {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let whole = u64::from(word as u32);
        let kind = whole & TYPE_BITS;
        if sets::SOCK_TYPE.name(kind).is_none() {
            return Value::Flags { value: whole, set: &sets::SOCK_FLAGS };
        }
        let flags = Value::Flags { value: whole & !TYPE_BITS, set: &sets::SOCK_FLAGS };
        let parts = [Value::Const { value: kind, set: &sets::SOCK_TYPE }, flags];
        Value::Joined { value: whole, parts: cx.slice(&parts) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The protocols of a family.
struct Protocols {
    family: u64,
    set: &'static Set,
}

/// The families whose protocols have names.
static PROTOCOLS: [Protocols; 9] = [
    Protocols { family: sets::AF.of("AF_INET"), set: &sets::IPPROTO },
    Protocols { family: sets::AF.of("AF_INET6"), set: &sets::IPPROTO },
    Protocols { family: sets::AF.of("AF_NETLINK"), set: &sets::NETLINK_FAMILY },
    Protocols { family: sets::AF.of("AF_BLUETOOTH"), set: &sets::BTPROTO },
    Protocols { family: sets::AF.of("AF_CAN"), set: &sets::CAN_PROTO },
    Protocols { family: sets::AF.of("AF_AX25"), set: &sets::AX25_P },
    Protocols { family: sets::AF.of("AF_PHONET"), set: &sets::PN_PROTO },
    Protocols { family: sets::AF.of("AF_NFC"), set: &sets::NFC_SOCKPROTO },
    Protocols { family: sets::AF.of("AF_KCM"), set: &sets::KCMPROTO },
];

const AF_PACKET: u64 = sets::AF.of("AF_PACKET");
const AF_AX25: u64 = sets::AF.of("AF_AX25");
const AF_RXRPC: u64 = sets::AF.of("AF_RXRPC");

/// A protocol: what it means depends on the family, the call's first argument.
#[derive(Clone, Copy, Debug)]
pub struct Protocol;

impl Kind for Protocol {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let protocol = u64::from(word as u32);
        match u64::from(cx.arg(0) as u32) {
            AF_PACKET => ethernet(cx, word as u16),
            // The transport of rxrpc is a family itself.
            AF_RXRPC => Value::Const { value: protocol, set: &sets::AF },
            // Of this family alone strace shows the whole word.
            AF_AX25 if sets::AX25_P.name(protocol).is_none() => {
                Value::Commented(cx.put(Value::Hex(word)), sets::AX25_P.unknown)
            }
            family => match PROTOCOLS.iter().find(|p| p.family == family) {
                Some(found) => Value::Const { value: protocol, set: found.set },
                None => Value::Unsigned(word),
            },
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// A protocol of Ethernet in network order: `htons(ETH_P_ALL)`.
pub(super) fn ethernet<'a>(cx: &Cx<'a>, number: u16) -> Value<'a> {
    let protocol = Value::Const { value: u64::from(number.swap_bytes()), set: &sets::ETH_P };
    Value::Call { name: "htons", items: cx.slice(&[protocol]), main: Some(0) }
}

/// Which part of socketcall(2) is meant, where it is not shown as the call that it is.
#[derive(Clone, Copy, Debug)]
pub struct WhichSocketCall;

impl Kind for WhichSocketCall {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let number = i64::from(word as i32);
        match sets::SOCKETCALL.name(u64::from(word as u32)) {
            Some(name) => decimal(cx.arena, number, name),
            None => Value::Signed(number),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
