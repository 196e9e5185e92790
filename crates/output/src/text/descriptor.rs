//! Descriptors, with what they point to and what they are.

use super::value::{either, signed};
use super::{HexStrings, Style, bracketed, quoted};
use abi::generated::sets::network::NETLINK_FAMILY;
use decode::{Value, signal_name};
use std::net::SocketAddr;
use tracer::{Detail, UnixName};

/// The special descriptor whose target is shown after its name (`AT_FDCWD`, openat(2)).
const AT_FDCWD: i32 = -100;

/// Writes a descriptor: `3</dev/null<char 1:3>>`, `4<TCP:[127.0.0.1:80]>`.
pub(super) fn descriptor(out: &mut Vec<u8>, fd: i32, target: Option<&[u8]>, detail: Option<&Detail>, style: Style) {
    if fd == AT_FDCWD && target.is_some() {
        let (raw, name) = (Value::Signed(fd.into()), Value::Word("AT_FDCWD"));
        either(out, &raw, &name, style);
    } else {
        signed(out, i64::from(fd));
    }
    match (detail, target) {
        (Some(Detail::Device { .. }) | None, Some(target)) => path(out, target, style),
        (Some(_), _) => out.push(b'<'),
        (None, None) => {}
    }
    if let Some(detail) = detail {
        if target.is_some() && matches!(detail, Detail::Device { .. }) {
            // The device stands within the brackets of its path.
            out.pop();
        }
        self::detail(out, detail, style);
        out.push(b'>');
    }
}

fn path(out: &mut Vec<u8>, target: &[u8], style: Style) {
    // What the kernel marks as deleted stands behind the brackets.
    match target.strip_suffix(b" (deleted)") {
        Some(path) => {
            bracketed(out, path, style.hex);
            out.extend_from_slice(b"(deleted)");
        }
        None => bracketed(out, target, style.hex),
    }
}

fn detail(out: &mut Vec<u8>, detail: &Detail, style: Style) {
    let text = match *detail {
        Detail::Inet { protocol, local, remote } => {
            let other = remote.map_or_else(String::new, |remote| format!("->{}", end(remote)));
            format!("{protocol}:[{}{other}]", end(local))
        }
        Detail::Unix { protocol, inode, peer, name } => return unix(out, protocol, inode, peer, name.as_ref(), style),
        Detail::Netlink { protocol, port } => format!("NETLINK:[{}:{port}]", family(protocol)),
        Detail::Socket { protocol, inode } => format!("{protocol}:[{inode}]"),
        Detail::Device { block, major, minor, terminal } => {
            let kind = if block { "block" } else { "char" };
            let slave = terminal.map_or_else(String::new, |number| format!(" @/dev/pts/{number}"));
            format!("<{kind} {major}:{minor}{slave}>")
        }
        Detail::Process(pid) => format!("pid:{pid}"),
        Detail::Event { count, id, semaphore } => {
            let semaphore = u8::from(semaphore);
            format!("{{eventfd-count={count:#x}, eventfd-id={id}, eventfd-semaphore={semaphore}}}")
        }
        Detail::Signals(mask) => format!("signalfd:{}", signals(mask)),
    };
    out.extend_from_slice(text.as_bytes());
}

/// An end of a connection: `127.0.0.1:80`, `[::1]:80`.
fn end(address: SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.to_string(),
        SocketAddr::V6(address) => format!("[{}]:{}", address.ip(), address.port()),
    }
}

fn unix(out: &mut Vec<u8>, protocol: &str, inode: u64, peer: Option<u64>, name: Option<&UnixName>, style: Style) {
    let other = peer.map_or_else(String::new, |peer| format!("->{peer}"));
    out.extend_from_slice(format!("{protocol}:[{inode}{other}").as_bytes());
    if let Some(name) = name {
        out.push(b',');
        self::name(out, name.bytes(), style.hex);
    }
    out.push(b']');
}

/// A path, or a name in the abstract namespace; of both what stands before the next NUL.
fn name(out: &mut Vec<u8>, bytes: &[u8], hex: HexStrings) {
    let (mark, bytes) = bytes.strip_prefix(b"\0").map_or((&b""[..], bytes), |rest| (&b"@"[..], rest));
    out.extend_from_slice(mark);
    quoted(out, bytes.split(|byte| *byte == 0).next().unwrap_or_default(), hex);
}

/// A protocol of netlink(7) by the name that its constant has behind `NETLINK_`.
fn family(protocol: u32) -> String {
    let name = NETLINK_FAMILY.name(protocol.into()).and_then(|name| name.strip_prefix("NETLINK_"));
    name.map_or_else(|| protocol.to_string(), str::to_owned)
}

/// The signals of a mask; what is not in it when that is less: `~[KILL STOP]`.
fn signals(mask: u64) -> String {
    let inverted = mask.count_ones() >= 2 * u64::BITS / 3;
    let shown = if inverted { !mask } else { mask };
    let names = (1..=u64::BITS).filter(|signal| shown >> (signal - 1) & 1 != 0).filter_map(signal_name);
    let names: Vec<_> = names.map(|name| name.trim_start_matches("SIG").to_owned()).collect();
    format!("{}[{}]", if inverted { "~" } else { "" }, names.join(" "))
}
