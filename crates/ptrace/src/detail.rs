//! What descriptors are, by what `/proc` says of them.

use crate::network;
use crate::watchdog;
use std::fs;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use tracer::{Aspect, Detail, Tid};

/// What a descriptor of a thread is in one respect.
pub(crate) fn detail(tid: Tid, fd: i32, aspect: Aspect) -> Option<Detail> {
    match aspect {
        Aspect::Socket => network::socket(tid, fd),
        Aspect::Device => device(tid, fd),
        Aspect::Process => process(tid, fd),
        Aspect::Event => event(tid, fd),
        Aspect::Signals => signals(tid, fd),
    }
}

fn device(tid: Tid, fd: i32) -> Option<Detail> {
    let metadata = watchdog::guarded(tid, || fs::metadata(format!("/proc/{tid}/fd/{fd}"))).ok()?;
    let kind = metadata.file_type();
    if !kind.is_block_device() && !kind.is_char_device() {
        return None;
    }
    let number = metadata.rdev();
    Some(Detail::Device {
        block: kind.is_block_device(),
        major: libc::major(number),
        minor: libc::minor(number),
        terminal: member(&information(tid, fd), "tty-index").and_then(|text| text.parse().ok()),
    })
}

/// A process that has been waited for has no id any more.
fn process(tid: Tid, fd: i32) -> Option<Detail> {
    let pid = member(&information(tid, fd), "Pid")?.parse().ok()?;
    (pid > 0).then_some(Detail::Process(pid))
}

fn event(tid: Tid, fd: i32) -> Option<Detail> {
    let text = information(tid, fd);
    Some(Detail::Event {
        count: u64::from_str_radix(member(&text, "eventfd-count")?, 16).ok()?,
        id: member(&text, "eventfd-id")?.parse().ok()?,
        semaphore: member(&text, "eventfd-semaphore") == Some("1"),
    })
}

fn signals(tid: Tid, fd: i32) -> Option<Detail> {
    let mask = u64::from_str_radix(member(&information(tid, fd), "sigmask")?, 16).ok()?;
    Some(Detail::Signals(mask))
}

/// What `/proc/TID/fdinfo/FD` holds; empty where it cannot be read.
fn information(tid: Tid, fd: i32) -> String {
    fs::read_to_string(format!("/proc/{tid}/fdinfo/{fd}")).unwrap_or_default()
}

/// What stands behind a name and its colon.
fn member<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    text.lines().find_map(|line| Some(line.strip_prefix(name)?.strip_prefix(':')?.trim()))
}
