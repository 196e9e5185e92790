//! Arguments of fanotify_mark(2).

use super::descriptor::named;
use super::{DirFd, wide};
use crate::{Cx, Kind, Role, Value};
use abi::Abi;
use abi::generated::sets::file as sets;

/// The events, 64 bits: two words on i386.
#[derive(Clone, Copy, Debug)]
pub struct FanotifyMask;

impl Kind for FanotifyMask {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Flags { value: wide::word(cx, 2, word), set: &sets::FAN_EVENT }
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}

/// The directory to which the path is relative; there may be none.
#[derive(Clone, Copy, Debug)]
pub struct FanotifyDirectory;

impl Kind for FanotifyDirectory {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match sets::FAN_FD.name(u64::from(word as u32)) {
            Some("FAN_NOFD") => named(cx, word as i32, "FAN_NOFD"),
            _ => DirFd.value(cx, word),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn role(&self) -> Role {
        Role::Directory
    }
}
