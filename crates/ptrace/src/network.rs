//! Network interfaces and netlink sockets, by what `/proc` and `/sys` say of them.

use std::{fs, path::Path};
use tracer::Tid;

/// The name of the interface with this index, as the tracer sees it.
pub(crate) fn interface(index: u32) -> Option<String> {
    let wanted = index.to_string();
    let entries = fs::read_dir("/sys/class/net").ok()?;
    entries.flatten().find_map(|entry| {
        let number = fs::read_to_string(entry.path().join("ifindex")).ok()?;
        (number.trim_end() == wanted).then(|| entry.file_name().to_string_lossy().into_owned())
    })
}

/// The protocol of a netlink socket, given what its descriptor points to (`socket:[INODE]`).
pub(crate) fn netlink(tid: Tid, target: &Path) -> Option<u32> {
    let inode = target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?;
    let table = fs::read_to_string(format!("/proc/{tid}/net/netlink")).ok()?;
    table.lines().skip(1).find_map(|line| {
        // sk, Eth (the protocol), Pid, …, Inode
        let mut words = line.split_ascii_whitespace();
        let protocol = words.nth(1)?;
        (words.next_back()? == inode).then(|| protocol.parse().ok())?
    })
}
