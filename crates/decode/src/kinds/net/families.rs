//! What addresses hold, family by family.

use super::address::{in_network_order, in6_field};
use super::socket::ethernet;
use crate::{Cx, Field, Kind, Quote, Value};
use abi::generated::layouts::network as layouts;
use abi::generated::sets::network as sets;
use abi::{Layouts, Place};
use bumpalo::collections::Vec;

/// Decodes what follows the family; `false` when the family is not known or its address is too short.
pub(super) fn decode<'a>(cx: &Cx<'a>, family: u64, bytes: &'a [u8], fields: &mut Vec<'a, Field<'a>>) -> bool {
    let format = FORMATS.iter().find(|format| format.family == family && bytes.len() >= format.least);
    let Some(format) = format else { return false };
    (format.decode)(&Content { cx, bytes }, fields);
    true
}

/// The addresses of a family.
struct Format {
    family: u64,
    /// How long an address is at least, in bytes.
    least: usize,
    decode: for<'c, 'a> fn(&Content<'c, 'a>, &mut Vec<'a, Field<'a>>),
}

static FORMATS: [Format; 9] = [
    Format { family: sets::AF.of("AF_UNIX"), least: size(&layouts::SOCKADDR_UN, "sun_path") + 1, decode: unix },
    Format { family: sets::AF.of("AF_INET"), least: 16, decode: inet },
    Format { family: sets::AF.of("AF_INET6"), least: size(&layouts::SOCKADDR_IN6, "sin6_scope_id"), decode: inet6 },
    Format { family: sets::AF.of("AF_NETLINK"), least: 12, decode: netlink },
    Format { family: sets::AF.of("AF_PACKET"), least: 20, decode: packet },
    Format { family: sets::AF.of("AF_VSOCK"), least: 16, decode: vsock },
    Format { family: sets::AF.of("AF_ALG"), least: size(&layouts::SOCKADDR_ALG, "salg_name") + 1, decode: alg },
    Format { family: sets::AF.of("AF_XDP"), least: 16, decode: xdp },
    Format { family: sets::AF.of("AF_QIPCRTR"), least: 12, decode: qrtr },
];

/// Where a member begins: the length of what stands before it.
const fn size(layout: &Layouts, member: &str) -> usize {
    layout.member(member).offset(abi::Abi::X86_64)
}

/// The bytes of an address, from the family on.
struct Content<'c, 'a> {
    cx: &'c Cx<'a>,
    bytes: &'a [u8],
}

impl<'a> Content<'_, 'a> {
    /// A member as a number; 0 where the address ends before it.
    fn number(&self, place: Place) -> u64 {
        place.get(self.cx.abi(), self.bytes).unwrap_or(0)
    }

    /// A member's bytes, as many as there are.
    fn part(&self, place: Place) -> &'a [u8] {
        let start = place.offset(self.cx.abi());
        let end = (start + place.size(self.cx.abi())).min(self.bytes.len());
        self.bytes.get(start..end).unwrap_or(&[])
    }

    /// A member that holds a string.
    fn string(&self, place: Place) -> Value<'a> {
        terminated(self.part(place))
    }

    /// The index of a network interface.
    fn interface(&self, place: Place) -> Value<'a> {
        Interface.value(self.cx, self.number(place))
    }
}

/// The index of a network interface: `if_nametoindex("lo")` where its name is known.
pub(crate) struct Interface;

impl Kind for Interface {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let index = word as u32;
        let Some(name) = cx.tracee.interface(index) else { return Value::Unsigned(index.into()) };
        let name = Value::Bytes { bytes: cx.slice(name.as_bytes()), more: false, quote: Quote::String };
        let meaning = Value::Call { name: "if_nametoindex", items: cx.slice(&[name]), main: None };
        Value::Either { raw: cx.put(Value::Unsigned(index.into())), meaning: cx.put(meaning) }
    }

    fn size(&self, _abi: abi::Abi) -> usize {
        4
    }
}

/// A hardware address with colons: `01:02:03:04:05:06`.
pub(crate) fn colons<'a>(cx: &Cx<'a>, bytes: &[u8]) -> Value<'a> {
    let digits: std::vec::Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Value::Word(cx.format(format_args!("{}", digits.join(":"))))
}

/// A string in an array: shown up to its NUL, with a mark where it has none.
fn terminated(bytes: &[u8]) -> Value<'_> {
    let quote = Quote::Path;
    match bytes.iter().position(|b| *b == 0) {
        Some(end) => Value::Bytes { bytes: &bytes[..end], more: false, quote },
        None => Value::Bytes { bytes: &bytes[..bytes.len().saturating_sub(1)], more: true, quote },
    }
}

/// unix(7): a path, or a name in the abstract namespace, which begins with a NUL and may hold others.
fn unix<'a>(content: &Content<'_, 'a>, fields: &mut Vec<'a, Field<'a>>) {
    const PATH: Place = layouts::SOCKADDR_UN.member("sun_path");
    let bytes = content.part(PATH);
    let (end, quote) = match bytes {
        [0, ..] => (bytes.len(), Quote::Abstract),
        _ => (bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len()), Quote::Path),
    };
    fields.push(Field::new("sun_path", Value::Bytes { bytes: &bytes[..end], more: false, quote }));
}

/// ip(7).
fn inet<'a>(content: &Content<'_, 'a>, fields: &mut Vec<'a, Field<'a>>) {
    const PORT: Place = layouts::SOCKADDR_IN.member("sin_port");
    const ADDRESS: Place = layouts::SOCKADDR_IN.member("sin_addr");
    fields.push(Field::new("sin_port", super::Port.value(content.cx, content.number(PORT))));
    fields.push(Field::new("sin_addr", super::InAddr.value(content.cx, content.number(ADDRESS))));
}

/// ipv6(7).
fn inet6<'a>(content: &Content<'_, 'a>, fields: &mut Vec<'a, Field<'a>>) {
    const PORT: Place = layouts::SOCKADDR_IN6.member("sin6_port");
    const FLOW: Place = layouts::SOCKADDR_IN6.member("sin6_flowinfo");
    const ADDRESS: Place = layouts::SOCKADDR_IN6.member("sin6_addr");
    const SCOPE: Place = layouts::SOCKADDR_IN6.member("sin6_scope_id");
    let cx = content.cx;
    let flow = (content.number(FLOW) as u32).swap_bytes();
    let Ok(address) = content.part(ADDRESS).try_into() else { return };
    fields.push(Field::new("sin6_port", super::Port.value(cx, content.number(PORT))));
    fields.push(Field::new("sin6_flowinfo", super::HostLong.value(cx, flow.swap_bytes().into())));
    fields.push(in6_field(cx, "sin6_addr", "&sin6_addr", address));
    let scope = content.part(SCOPE);
    if scope.is_empty() {
        return;
    }
    let scope = crate::kind::extend(scope, false);
    // Only where addresses are those of a link does the scope stand for an interface.
    let linked = address[0] == 0xfe && address[1] & 0xc0 == 0x80 || address[0] == 0xff && address[1] & 0xf == 2;
    let scope = if linked { Interface.value(cx, scope) } else { Value::Unsigned(scope) };
    fields.push(Field::new("sin6_scope_id", scope));
}

/// netlink(7).
fn netlink<'a>(content: &Content<'_, 'a>, fields: &mut Vec<'a, Field<'a>>) {
    const PAD: Place = layouts::SOCKADDR_NL.member("nl_pad");
    const PORT: Place = layouts::SOCKADDR_NL.member("nl_pid");
    const GROUPS: Place = layouts::SOCKADDR_NL.member("nl_groups");
    if content.number(PAD) != 0 {
        fields.push(Field::new("nl_pad", Value::Hex(content.number(PAD))));
    }
    fields.push(Field::new("nl_pid", Value::Signed(i64::from(content.number(PORT) as i32))));
    fields.push(Field::new("nl_groups", Value::Padded { value: content.number(GROUPS), digits: 6 }));
}

/// packet(7).
fn packet<'a>(content: &Content<'_, 'a>, fields: &mut Vec<'a, Field<'a>>) {
    const PROTOCOL: Place = layouts::SOCKADDR_LL.member("sll_protocol");
    const INTERFACE: Place = layouts::SOCKADDR_LL.member("sll_ifindex");
    const HARDWARE: Place = layouts::SOCKADDR_LL.member("sll_hatype");
    const KIND: Place = layouts::SOCKADDR_LL.member("sll_pkttype");
    const LENGTH: Place = layouts::SOCKADDR_LL.member("sll_halen");
    const ADDRESS: Place = layouts::SOCKADDR_LL.member("sll_addr");
    let cx = content.cx;
    let length = content.number(LENGTH);
    fields.push(Field::new(
        "sll_protocol",
        in_network_order(cx, content.part(PROTOCOL), ethernet(cx, content.number(PROTOCOL) as u16)),
    ));
    fields.push(Field::new("sll_ifindex", content.interface(INTERFACE)));
    fields.push(Field::new("sll_hatype", Value::Const { value: content.number(HARDWARE), set: &sets::ARPHRD }));
    fields.push(Field::new("sll_pkttype", Value::Const { value: content.number(KIND), set: &sets::PACKET_TYPE }));
    fields.push(Field::new("sll_halen", Value::Unsigned(length)));
    if length != 0 {
        let bytes = content.bytes.get(ADDRESS.offset(cx.abi())..).unwrap_or(&[]);
        let shown = bytes.len().min(length as usize);
        fields.push(Field::new("sll_addr", hardware(cx, &bytes[..shown], shown < length as usize)));
    }
}

/// Bytes one by one, as hardware addresses are shown.
fn hardware<'a>(cx: &Cx<'a>, bytes: &[u8], more: bool) -> Value<'a> {
    let items =
        cx.arena.alloc_slice_fill_iter(bytes.iter().map(|byte| Value::Padded { value: u64::from(*byte), digits: 0 }));
    Value::Array { items, more }
}

/// vsock(7).
fn vsock<'a>(content: &Content<'_, 'a>, fields: &mut Vec<'a, Field<'a>>) {
    const RESERVED: Place = layouts::SOCKADDR_VM.member("svm_reserved1");
    const PORT: Place = layouts::SOCKADDR_VM.member("svm_port");
    const CID: Place = layouts::SOCKADDR_VM.member("svm_cid");
    const FLAGS: Place = layouts::SOCKADDR_VM.member("svm_flags");
    const ZERO: Place = layouts::SOCKADDR_VM.member("svm_zero");
    if content.number(RESERVED) != 0 {
        fields.push(Field::new("svm_reserved1", Value::Hex(content.number(RESERVED))));
    }
    fields.push(Field::new("svm_cid", Value::Const { value: content.number(CID), set: &sets::VMADDR_CID }));
    fields.push(Field::new("svm_port", Value::Const { value: content.number(PORT), set: &sets::VMADDR_PORT }));
    fields.push(Field::new("svm_flags", Value::Flags { value: content.number(FLAGS), set: &sets::VMADDR_FLAG }));
    let zero = content.part(ZERO);
    if zero.iter().any(|byte| *byte != 0) {
        fields.push(Field::new("svm_zero", Value::Bytes { bytes: zero, more: false, quote: Quote::Binary }));
    }
}

/// The kernel's crypto API (`linux/if_alg.h`). A name may be longer than the structure says.
fn alg<'a>(content: &Content<'_, 'a>, fields: &mut Vec<'a, Field<'a>>) {
    const TYPE: Place = layouts::SOCKADDR_ALG.member("salg_type");
    const FEATURES: Place = layouts::SOCKADDR_ALG.member("salg_feat");
    const MASK: Place = layouts::SOCKADDR_ALG.member("salg_mask");
    const NAME: Place = layouts::SOCKADDR_ALG.member("salg_name");
    let name = content.bytes.get(NAME.offset(content.cx.abi())..).unwrap_or(&[]);
    fields.push(Field::new("salg_type", content.string(TYPE)));
    fields.push(Field::new("salg_feat", algorithm_flags(content.cx, content.number(FEATURES))));
    fields.push(Field::new("salg_mask", algorithm_flags(content.cx, content.number(MASK))));
    fields.push(Field::new("salg_name", terminated(name)));
}

/// Flags of which only one is known outside the kernel: the number with its names in passing.
fn algorithm_flags<'a>(cx: &Cx<'a>, value: u64) -> Value<'a> {
    const KNOWN: u64 = sets::CRYPTO_ALG.of("CRYPTO_ALG_KERN_DRIVER_ONLY");
    let comment = match (value & KNOWN, value & !KNOWN) {
        (0, _) => return Value::Flags { value, set: &sets::CRYPTO_ALG },
        (_, 0) => "CRYPTO_ALG_KERN_DRIVER_ONLY",
        (_, rest) => cx.format(format_args!("CRYPTO_ALG_KERN_DRIVER_ONLY|{rest:#x}")),
    };
    Value::Commented(cx.put(Value::Hex(value)), comment)
}

/// AF_XDP (`linux/if_xdp.h`).
fn xdp<'a>(content: &Content<'_, 'a>, fields: &mut Vec<'a, Field<'a>>) {
    const FLAGS: Place = layouts::SOCKADDR_XDP.member("sxdp_flags");
    const INTERFACE: Place = layouts::SOCKADDR_XDP.member("sxdp_ifindex");
    const QUEUE: Place = layouts::SOCKADDR_XDP.member("sxdp_queue_id");
    const SHARED: Place = layouts::SOCKADDR_XDP.member("sxdp_shared_umem_fd");
    const SHARES: u64 = sets::XDP_FLAGS.of("XDP_SHARED_UMEM");
    let flags = content.number(FLAGS);
    let shared = content.number(SHARED);
    fields.push(Field::new("sxdp_flags", Value::Flags { value: flags, set: &sets::XDP_FLAGS }));
    fields.push(Field::new("sxdp_ifindex", content.interface(INTERFACE)));
    fields.push(Field::new("sxdp_queue_id", Value::Unsigned(content.number(QUEUE))));
    if flags & SHARES != 0 {
        fields.push(Field::new("sxdp_shared_umem_fd", content.cx.descriptor(shared as i32)));
    } else if shared != 0 {
        fields.push(Field::new("sxdp_shared_umem_fd", Value::Hex(shared)));
    }
}

/// Qualcomm's IPC router (`linux/qrtr.h`).
fn qrtr<'a>(content: &Content<'_, 'a>, fields: &mut Vec<'a, Field<'a>>) {
    const NODE: Place = layouts::SOCKADDR_QRTR.member("sq_node");
    const PORT: Place = layouts::SOCKADDR_QRTR.member("sq_port");
    fields.push(Field::new("sq_node", Value::Hex(content.number(NODE))));
    fields.push(Field::new("sq_port", Value::Hex(content.number(PORT))));
}
