//! Network interfaces and netlink sockets, by what `/proc` and `/sys` say of them.

use crate::{sockets, sys::attribute};
use std::os::unix::{ffi::OsStrExt, fs::MetadataExt};
use std::{ffi::CString, fs};
use tracer::{Detail, Tid, UNKNOWN_PROTOCOL};

/// The name of the interface with this index, as the tracer sees it.
pub(crate) fn interface(index: u32) -> Option<String> {
    let wanted = index.to_string();
    let entries = fs::read_dir("/sys/class/net").ok()?;
    entries.flatten().find_map(|entry| {
        let number = fs::read_to_string(entry.path().join("ifindex")).ok()?;
        (number.trim_end() == wanted).then(|| entry.file_name().to_string_lossy().into_owned())
    })
}

/// The protocol of a descriptor that is a netlink socket. A socket without an address of its own stands in no list: it
/// tells what it is, but not its protocol.
pub(crate) fn netlink(tid: Tid, fd: i32) -> Option<u32> {
    let (protocol, inode) = identity(tid, fd)?;
    if protocol != NETLINK {
        return None;
    }
    Some(listed(tid, inode).map_or(UNKNOWN_PROTOCOL, |(protocol, _)| protocol))
}

/// The name of the protocol of netlink(7).
const NETLINK: &str = "NETLINK";

/// What a descriptor is that is a socket.
pub(crate) fn socket(tid: Tid, fd: i32) -> Option<Detail> {
    let (protocol, inode) = identity(tid, fd)?;
    if protocol != NETLINK {
        return sockets::find(&protocol, inode);
    }
    Some(match listed(tid, inode) {
        Some((protocol, port)) => Detail::Netlink { protocol, port },
        None => Detail::Socket { protocol: NETLINK, inode },
    })
}

/// The protocol of a socket, as the kernel calls it, and its inode.
fn identity(tid: Tid, fd: i32) -> Option<(String, u64)> {
    let path = format!("/proc/{tid}/fd/{fd}");
    // A file of FUSE is not asked: a tracee may be the one to answer.
    if !fs::read_link(&path).ok()?.as_os_str().as_bytes().starts_with(b"socket:") {
        return None;
    }
    let protocol = attribute(&CString::new(path.as_str()).ok()?, c"system.sockprotoname")?;
    let protocol = String::from_utf8(protocol.strip_suffix(b"\0")?.to_vec()).ok()?;
    Some((protocol, fs::metadata(path).ok()?.ino()))
}

/// The protocol and the address of the netlink socket with this inode, if it is listed.
fn listed(tid: Tid, inode: u64) -> Option<(u32, u32)> {
    let inode = inode.to_string();
    let table = fs::read_to_string(format!("/proc/{tid}/net/netlink")).ok()?;
    table.lines().skip(1).find_map(|line| {
        // sk, Eth (the protocol), Pid, …, Inode
        let mut words = line.split_ascii_whitespace();
        let protocol = words.nth(1)?;
        let port = words.next()?;
        (words.next_back()? == inode).then(|| Some((protocol.parse().ok()?, port.parse().ok()?)))?
    })
}
