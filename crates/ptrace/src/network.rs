//! Network interfaces and netlink sockets, by what `/proc` and `/sys` say of them.

use crate::sys::attribute_is;
use std::{ffi::CString, fs, os::unix::fs::MetadataExt};
use tracer::{Tid, UNKNOWN_PROTOCOL};

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
    let path = format!("/proc/{tid}/fd/{fd}");
    let name = CString::new(path.as_str()).ok()?;
    if !attribute_is(&name, c"system.sockprotoname", b"NETLINK\0") {
        return None;
    }
    let inode = fs::metadata(path).ok()?.ino().to_string();
    Some(listed(tid, &inode).unwrap_or(UNKNOWN_PROTOCOL))
}

/// The protocol of the socket with this inode, if it is listed.
fn listed(tid: Tid, inode: &str) -> Option<u32> {
    let table = fs::read_to_string(format!("/proc/{tid}/net/netlink")).ok()?;
    table.lines().skip(1).find_map(|line| {
        // sk, Eth (the protocol), Pid, …, Inode
        let mut words = line.split_ascii_whitespace();
        let protocol = words.nth(1)?;
        (words.next_back()? == inode).then(|| protocol.parse().ok())?
    })
}
