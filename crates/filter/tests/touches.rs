//! What calls are about: `-P` and `--trace-fds` on a call whose memory and descriptors are known.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use abi::Abi;
use decode::{
    Cx, Options, Row, Saved,
    kinds::{DirFd, Fd, FdOrNone, Path, Uint},
};
use filter::{Filter, NumberSet};
use std::{cell::RefCell, path::PathBuf};
use tracer::{Call, Memory, Tid, Tracee};

/// A tracee with the path `/a` at 0x1000, `b` at 0x2000 and descriptor 3 open on `/a`.
struct Fake;

impl Memory for Fake {
    fn read(&self, address: u64, buffer: &mut [u8]) -> usize {
        let text: &[u8] = match address {
            0x1000 => b"/a\0",
            0x2000 => b"b\0",
            _ => return 0,
        };
        let count = text.len().min(buffer.len());
        buffer[..count].copy_from_slice(&text[..count]);
        count
    }
}

impl Tracee for Fake {
    fn tid(&self) -> Tid {
        Tid(1)
    }

    fn pid(&self) -> Tid {
        Tid(1)
    }

    fn descriptor(&self, fd: i32) -> Option<PathBuf> {
        (fd == 3).then(|| "/a".into())
    }

    fn directory(&self) -> Option<PathBuf> {
        Some("/".into())
    }
}

const ROWS: &[Row] = decode::calls! {
    open_at(dir: in DirFd, path: in Path) -> Uint, [FILE];
    close(fd: in Fd) -> Uint, [DESC];
    map(fd: in FdOrNone) -> Uint, [DESC];
    wait(time: in Uint) -> Uint, [];
};

/// Whether a filter wants a call of a row with these arguments.
fn touches(filter: &Filter, row: &str, args: [u64; 2]) -> bool {
    let row = ROWS.iter().find(|r| r.name == row).unwrap();
    let call = Call { abi: Abi::X86_64, number: 0, args: [args[0], args[1], 0, 0, 0, 0], ip: 0, sp: 0 };
    let (arena, saved) = (bumpalo::Bump::new(), RefCell::new(Saved::default()));
    let options = Options::default();
    let cx = Cx {
        arena: &arena,
        tracee: &Fake,
        call,
        ret: None,
        options,
        saved: &saved,
        interrupted: None,
        budget: decode::Budget::new(32),
    };
    filter.touches(row, &cx)
}

#[test]
fn paths_are_compared_as_they_are_written_and_as_descriptors_show_them() {
    let filter = Filter { paths: vec!["/a".into()], ..Filter::default() };
    assert!(filter.selects_objects());
    assert!(touches(&filter, "open_at", [9, 0x1000]));
    assert!(touches(&filter, "open_at", [3, 0x2000]));
    assert!(!touches(&filter, "open_at", [9, 0x2000]));
    assert!(!touches(&filter, "open_at", [9, 0xdead]));
    assert!(!touches(&filter, "open_at", [-100_i64 as u64, 0]));
    assert!(touches(&filter, "close", [3, 0]));
    assert!(!touches(&filter, "close", [4, 0]));
    assert!(!touches(&filter, "wait", [3, 0]));
}

#[test]
fn descriptors_are_compared_by_number() {
    let mut set = NumberSet::NONE;
    set.insert(4);
    let filter = Filter { descriptors: Some(set.clone()), ..Filter::default() };
    assert!(touches(&filter, "close", [4, 0]));
    assert!(!touches(&filter, "close", [3, 0]));
    assert!(!touches(&filter, "map", [u64::MAX, 0]));
    assert!(touches(&filter, "open_at", [4, 0x2000]));
    let others = Filter { descriptors: Some(set.inverted()), ..Filter::default() };
    assert!(touches(&others, "close", [3, 0]) && !touches(&others, "close", [4, 0]));
    assert!(!touches(&others, "map", [u64::MAX, 0]) && !touches(&others, "wait", [3, 0]));
}

#[test]
fn nothing_is_selected_by_default() {
    assert!(!Filter::default().selects_objects());
}
