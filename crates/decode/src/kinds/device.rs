//! Device numbers and file modes.

use crate::{Cx, Kind, Value};
use abi::Abi;
use abi::generated::sets::file::{FILE_TYPE, FILE_TYPE_MASK, SET_ID};

/// A device's number, taken apart: `makedev(0x8, 0x1)` (makedev(3)).
#[derive(Clone, Copy, Debug)]
pub struct Device;

impl Kind for Device {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let major = (word >> 8 & 0xfff) | (word >> 32 & !0xfff);
        let minor = (word & 0xff) | (word >> 12 & 0xffff_ff00);
        let items = cx.slice(&[Value::Hex(major), Value::Hex(minor)]);
        let meaning = Value::Call { name: "makedev", items, main: None };
        Value::Either { raw: cx.put(Value::Hex(word)), meaning: cx.put(meaning) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// A device's number as a 32-bit argument.
#[derive(Clone, Copy, Debug)]
pub struct Device32;

impl Kind for Device32 {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Device.value(cx, u64::from(word as u32))
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The bits of a mode that are the file's type (`S_IFMT`, inode(7)).
pub const TYPE_BITS: u64 = FILE_TYPE_MASK.of("S_IFMT");

/// A file's type and permissions: `S_IFREG|S_ISUID|0755`.
#[derive(Clone, Copy, Debug)]
pub struct FileMode;

impl Kind for FileMode {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let kind = word & TYPE_BITS;
        if kind != 0 && FILE_TYPE.name(kind).is_none() {
            return Value::Octal(word);
        }
        let special = SET_ID.entries.iter().fold(0, |all, entry| all | entry.value) & word;
        let parts = [
            if kind == 0 { Value::Omitted } else { Value::Const { value: kind, set: &FILE_TYPE } },
            Value::Flags { value: special, set: &SET_ID },
            Value::Octal(word & !TYPE_BITS & !special),
        ];
        let meaning = Value::Bits { value: word, parts: cx.slice(&parts) };
        Value::Either { raw: cx.put(Value::Octal(word)), meaning: cx.put(Value::Spelled(cx.put(meaning))) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// A file's type and permissions as a 16-bit argument.
#[derive(Clone, Copy, Debug)]
pub struct FileMode16;

impl Kind for FileMode16 {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        FileMode.value(cx, u64::from(word as u16))
    }

    fn size(&self, _abi: Abi) -> usize {
        2
    }
}

/// Whether a mode is that of a device.
pub fn is_device(mode: u64) -> bool {
    matches!(FILE_TYPE.name(mode & TYPE_BITS), Some("S_IFCHR" | "S_IFBLK"))
}
