//! Levels and names of the options of sockets.

use crate::{Cx, Kind, Value};
use abi::generated::sets::network as sets;
use abi::{Abi, Set};

/// The level of an option.
pub const LEVEL: crate::kinds::Const = crate::kinds::Const(&sets::SOCKOPT_LEVEL);

/// The options of a level.
struct Level {
    level: u64,
    /// Those that can be read and set, and those for which there is no other set.
    both: &'static Set,
    /// Those that can only be read.
    read: Option<&'static Set>,
    /// Those that can only be set.
    written: Option<&'static Set>,
}

/// A level whose options have one name each.
const fn level(name: &str, both: &'static Set) -> Level {
    Level { level: sets::SOCKOPT_LEVEL.of(name), both, read: None, written: None }
}

/// A level where the same number means one thing to getsockopt(2) and another to setsockopt(2).
const fn split(name: &str, both: &'static Set, read: &'static Set, written: &'static Set) -> Level {
    Level { level: sets::SOCKOPT_LEVEL.of(name), both, read: Some(read), written: Some(written) }
}

static LEVELS: [Level; 27] = [
    split("SOL_SOCKET", &sets::OPTION_SOCKET, &sets::OPTION_SOCKET_GET, &sets::OPTION_SOCKET_SET),
    level("SOL_TCP", &sets::OPTION_TCP),
    split("SOL_IP", &sets::OPTION_IP, &sets::OPTION_IP_GET, &sets::OPTION_IP_SET),
    split("SOL_IPV6", &sets::OPTION_IPV6, &sets::OPTION_IPV6_GET, &sets::OPTION_IPV6_SET),
    level("SOL_UDP", &sets::OPTION_UDP),
    level("AF_VSOCK", &sets::OPTION_VSOCK),
    level("SOL_ALG", &sets::OPTION_ALG),
    level("SOL_AX25", &sets::OPTION_AX25),
    level("SOL_BLUETOOTH", &sets::OPTION_BLUETOOTH),
    level("SOL_CAN_RAW", &sets::OPTION_CAN_RAW),
    level("SOL_DCCP", &sets::OPTION_DCCP),
    level("SOL_IPX", &sets::OPTION_IPX),
    level("SOL_IUCV", &sets::OPTION_IUCV),
    level("SOL_KCM", &sets::OPTION_KCM),
    level("SOL_LLC", &sets::OPTION_LLC),
    level("SOL_NETLINK", &sets::OPTION_NETLINK),
    level("SOL_NFC", &sets::OPTION_NFC),
    level("SOL_PACKET", &sets::OPTION_PACKET),
    level("SOL_PNPIPE", &sets::OPTION_PNPIPE),
    level("SOL_PPPOL2TP", &sets::OPTION_PPPOL2TP),
    level("SOL_RAW", &sets::OPTION_RAW),
    level("SOL_RDS", &sets::OPTION_RDS),
    level("SOL_RXRPC", &sets::OPTION_RXRPC),
    level("SOL_SCTP", &sets::OPTION_SCTP),
    level("SOL_TIPC", &sets::OPTION_TIPC),
    level("SOL_TLS", &sets::OPTION_TLS),
    level("SOL_XDP", &sets::OPTION_XDP),
];

/// What a call does with an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// getsockopt(2).
    Read,
    /// setsockopt(2).
    Write,
}

/// The name of an option; its level is the second argument.
#[derive(Clone, Copy, Debug)]
pub struct SockOpt(pub Access);

impl Kind for SockOpt {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let value = u64::from(word as u32);
        let number = u64::from(cx.arg(1) as u32);
        let Some(level) = LEVELS.iter().find(|level| level.level == number) else { return Value::Unsigned(value) };
        let own = match self.0 {
            Access::Read => level.read,
            Access::Write => level.written,
        };
        let set = own.filter(|set| set.name(value).is_some()).unwrap_or(level.both);
        Value::Const { value, set }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
