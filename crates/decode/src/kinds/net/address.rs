//! Ports, and addresses of the Internet.

use crate::{Cx, Field, Kind, Quote, Value};
use abi::Abi;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A port in network order: `htons(80)`.
#[derive(Clone, Copy, Debug)]
pub struct Port;

impl Kind for Port {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let number = (word as u16).swap_bytes();
        in_network_order(cx, &number.to_be_bytes(), host_order(cx, "htons", number.into()))
    }

    fn size(&self, _abi: Abi) -> usize {
        2
    }
}

/// A 32-bit number in network order: `htonl(1)`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HostLong;

impl Kind for HostLong {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let number = (word as u32).swap_bytes();
        in_network_order(cx, &number.to_be_bytes(), host_order(cx, "htonl", number.into()))
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// What stands in network order is a number to nobody: text that shows no names shows its bytes.
pub(crate) fn in_network_order<'a>(cx: &Cx<'a>, bytes: &[u8], meaning: Value<'a>) -> Value<'a> {
    let raw = Value::Bytes { bytes: cx.slice(bytes), more: false, quote: Quote::Binary };
    Value::Either { raw: cx.put(raw), meaning: cx.put(Value::Spelled(cx.put(meaning))) }
}

/// A number that went through `htons` or `htonl`.
fn host_order<'a>(cx: &Cx<'a>, name: &'static str, number: u64) -> Value<'a> {
    Value::Call { name, items: cx.slice(&[Value::Unsigned(number)]), main: Some(0) }
}

/// `struct in_addr` (ip(7)): `inet_addr("127.0.0.1")`.
#[derive(Clone, Copy, Debug)]
pub struct InAddr;

impl InAddr {
    /// An address at the beginning of some room, all of which is shown where text shows bytes.
    pub(crate) fn in_room<'a>(cx: &Cx<'a>, room: &[u8]) -> Value<'a> {
        let address: [u8; 4] = room.first_chunk().copied().unwrap_or_default();
        let text = text(cx, format_args!("{}", Ipv4Addr::from(address)));
        in_network_order(cx, room, Value::Call { name: "inet_addr", items: cx.slice(&[text]), main: Some(0) })
    }
}

impl Kind for InAddr {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Self::in_room(cx, &(word as u32).to_le_bytes())
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// An address of IPv6 as a field: `inet_pton(AF_INET6, "::1", &sin6_addr)`; `place` is the last argument.
pub(crate) fn in6_field<'a>(cx: &Cx<'a>, name: &'static str, place: &'static str, bytes: [u8; 16]) -> Field<'a> {
    let items = [Value::Word("AF_INET6"), in6_text(cx, bytes), Value::Word(place)];
    let call = |items| Value::Call { name: "inet_pton", items: cx.slice(items), main: Some(1) };
    // Beside the bytes there is no need for the place.
    let raw = in_network_order(cx, &bytes, call(&items[..2]));
    Field::bare(name, Value::Either { raw: cx.put(raw), meaning: cx.put(call(&items)) })
}

/// An address of IPv6 in the words of inet_ntop(3), which writes the last two of eight as IPv4 where the first six are
/// zero (RFC 4291, 2.5.5.1).
pub(crate) fn in6_text<'a>(cx: &Cx<'a>, bytes: [u8; 16]) -> Value<'a> {
    let address = Ipv6Addr::from(bytes);
    match address.segments() {
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => {
            let compatible = Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
            text(cx, format_args!("::{compatible}"))
        }
        _ => text(cx, format_args!("{address}")),
    }
}

fn text<'a>(cx: &Cx<'a>, text: std::fmt::Arguments<'_>) -> Value<'a> {
    Value::Bytes { bytes: cx.format(text).as_bytes(), more: false, quote: Quote::String }
}
