//! File descriptors.

use super::named::decimal;
use crate::{Cx, Kind, Role, Shape, Value};
use abi::Abi;
use std::os::unix::ffi::OsStrExt;

/// The value that stands for the current directory (`AT_FDCWD`, openat(2)).
const AT_FDCWD: i32 = -100;

/// A descriptor.
#[derive(Clone, Copy, Debug)]
pub struct Fd;

impl Kind for Fd {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        cx.descriptor(word as i32)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn signed(&self) -> bool {
        true
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Descriptor
    }

    fn role(&self) -> Role {
        Role::Descriptor
    }
}

/// A descriptor where a negative number means none (mmap(2) without a file).
#[derive(Clone, Copy, Debug)]
pub struct FdOrNone;

impl Kind for FdOrNone {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        cx.descriptor(word as i32)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Descriptor
    }

    fn role(&self) -> Role {
        Role::Descriptor
    }
}

/// A directory's descriptor, or `AT_FDCWD`.
#[derive(Clone, Copy, Debug)]
pub struct DirFd;

impl Kind for DirFd {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word as i32 != AT_FDCWD {
            return cx.descriptor(word as i32);
        }
        let name = named(cx, AT_FDCWD, "AT_FDCWD");
        let directory = if cx.options.descriptors.paths { cx.tracee.directory() } else { None };
        match directory {
            Some(path) => {
                Value::Descriptor { fd: AT_FDCWD, target: Some(cx.slice(path.as_os_str().as_bytes())), detail: None }
            }
            None => name,
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn signed(&self) -> bool {
        true
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Descriptor
    }

    fn role(&self) -> Role {
        Role::Directory
    }
}

/// A number that stands for something else than a descriptor.
pub fn named<'a>(cx: &Cx<'a>, number: i32, name: &'static str) -> Value<'a> {
    decimal(cx.arena, number.into(), name)
}
