//! Directory entries, as getdents(2) and readdir(2) give them.

use super::Ulong;
use crate::{Cx, Field, Kind, Len, Quote, Shape, Value, kind::extend, structure};
use abi::generated::{layouts::file as layouts, sets::file::DENTRY_TYPE};
use abi::{Abi, Place};

/// The most bytes of entries that are looked at: more than any directory stream asks for at once.
const MOST: u64 = 1 << 20;

/// The argument that says how much room there is.
const ROOM: usize = 2;

/// The longest name, with its NUL (`NAME_MAX`, pathconf(3)).
const LONGEST_NAME: usize = 256;

/// The entries that getdents(2) or getdents64(2) has filled in: how many there are, or with `-v` what they say.
pub struct Dirents {
    inode: Place,
    next: Place,
    length: Place,
    name: Place,
    /// Where the type lies; `None` where it is the last byte of the entry.
    kind: Option<Place>,
}

/// The entries of getdents(2).
pub static DIRENTS: Dirents = Dirents {
    inode: layouts::LINUX_DIRENT.member("d_ino"),
    next: layouts::LINUX_DIRENT.member("d_off"),
    length: layouts::LINUX_DIRENT.member("d_reclen"),
    name: layouts::LINUX_DIRENT.member("d_name"),
    kind: None,
};

/// The entries of getdents64(2).
pub static DIRENTS64: Dirents = Dirents {
    inode: layouts::LINUX_DIRENT64.member("d_ino"),
    next: layouts::LINUX_DIRENT64.member("d_off"),
    length: layouts::LINUX_DIRENT64.member("d_reclen"),
    name: layouts::LINUX_DIRENT64.member("d_name"),
    kind: Some(layouts::LINUX_DIRENT64.member("d_type")),
};

impl Kind for Dirents {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if !cx.options.dereference {
            return cx.address(word);
        }
        let length = Len::Result.of(cx, &[]).unwrap_or(0);
        if length > u64::from(cx.arg(ROOM) as u32) {
            return cx.address(word);
        }
        let bytes = cx.read_some(word, length.min(MOST) as usize);
        let walk = Walk { cx, dirents: self, bytes, address: word, length, at: 0 };
        if cx.options.abbreviate { count(walk) } else { list(walk) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Len::Result)
    }
}

/// A way through the entries.
struct Walk<'a, 'c> {
    cx: &'c Cx<'a>,
    dirents: &'c Dirents,
    /// What could be read.
    bytes: &'a [u8],
    /// Where it lies.
    address: u64,
    /// How much there is.
    length: u64,
    /// How far one has come.
    at: u64,
}

/// A step of the way.
enum Step<'a> {
    /// An entry.
    Entry(Entry<'a>),
    /// Bytes that are too few for an entry.
    Rest(&'a [u8]),
    /// What cannot be read from here on.
    Unreadable(u64),
}

/// An entry as it lies in the buffer.
struct Entry<'a> {
    address: u64,
    /// Its length as it says.
    stated: u64,
    /// Its length as far as the buffer goes.
    length: u64,
    /// What of it could be read.
    bytes: &'a [u8],
    /// What is wrong with the stated length.
    trouble: Option<&'a str>,
    /// Whether the stated length is less than what every entry has, so that no way leads further.
    stuck: bool,
}

impl<'a> Iterator for Walk<'a, '_> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        let left = self.length.checked_sub(self.at).filter(|left| *left > 0)?;
        let address = self.address.wrapping_add(self.at);
        let abi = self.cx.abi();
        let bytes = self.bytes.get(self.at as usize..).unwrap_or(&[]);
        let head = self.dirents.name.offset(abi) as u64;
        self.at = self.length;
        if left < head && bytes.len() as u64 == left {
            return Some(Step::Rest(bytes));
        }
        if (bytes.len() as u64) < head {
            return Some(Step::Unreadable(address));
        }
        let stated = self.dirents.length.get(abi, bytes).unwrap_or(0);
        let trouble = if stated > left {
            Some(format_args!("{} bytes overflow", stated - left).to_string())
        } else if stated < head {
            Some(format_args!("{} bytes underflow", head - stated).to_string())
        } else {
            None
        };
        let length = stated.min(left);
        if stated >= head {
            self.at = self.length - left + length;
        }
        let bytes = &bytes[..bytes.len().min(length.max(head) as usize)];
        let trouble = trouble.map(|text| &*self.cx.arena.alloc_str(&text));
        Some(Step::Entry(Entry { address, stated, length, bytes, trouble, stuck: stated < head }))
    }
}

/// The address and how many entries are there; `+` when there is something behind them.
fn count<'a>(walk: Walk<'a, '_>) -> Value<'a> {
    let cx = walk.cx;
    let start = walk.address;
    let mut value = Value::Address(start);
    let mut number = 0;
    let mut more = "";
    for step in walk {
        let entry = match step {
            Step::Entry(entry) => entry,
            Step::Rest(_) | Step::Unreadable(_) => {
                more = "+";
                break;
            }
        };
        number += 1;
        if let Some(trouble) = entry.trouble {
            value = Value::Commented(cx.put(value), cx.format(format_args!("d_reclen {trouble}")));
        }
        if entry.stuck {
            more = "+";
        }
    }
    Value::Commented(cx.put(value), cx.format(format_args!("{number}{more} entries")))
}

fn list<'a>(walk: Walk<'a, '_>) -> Value<'a> {
    let Walk { cx, dirents, address, .. } = walk;
    let mut items = cx.list();
    for step in walk {
        items.push(match step {
            Step::Entry(entry) => dirents.entry(cx, &entry),
            Step::Rest(bytes) => binary(cx, bytes),
            Step::Unreadable(_) if items.is_empty() => return cx.address(address),
            Step::Unreadable(at) => Value::Commented(cx.put(Value::Word("...")), cx.format(format_args!("{at:#x}"))),
        });
    }
    Value::Array { items: items.into_bump_slice(), more: false }
}

/// Bytes without a meaning.
fn binary<'a>(cx: &Cx<'a>, bytes: &'a [u8]) -> Value<'a> {
    let shown = &bytes[..bytes.len().min(cx.options.limit)];
    Value::Bytes { bytes: shown, more: shown.len() < bytes.len(), quote: Quote::Binary }
}

impl Dirents {
    fn entry<'a>(&self, cx: &Cx<'a>, entry: &Entry<'a>) -> Value<'a> {
        let number = |place: Place| {
            let start = place.offset(cx.abi());
            entry.bytes.get(start..start + place.size(cx.abi())).map_or(0, |raw| extend(raw, false))
        };
        let stated = Value::Unsigned(entry.stated);
        let stated = match entry.trouble {
            Some(text) => Value::Commented(cx.put(stated), text),
            None => stated,
        };
        let mut fields = cx.list();
        fields.push(Field::new("d_ino", Ulong.value(cx, number(self.inode))));
        fields.push(Field::new("d_off", Ulong.value(cx, number(self.next))));
        fields.push(Field::new("d_reclen", stated));
        if let Some(place) = self.kind {
            fields.push(Field::new("d_type", Value::Const { value: number(place), set: &DENTRY_TYPE }));
        }
        let start = self.name.offset(cx.abi());
        let behind = (entry.length as usize).saturating_sub(start);
        let last = usize::from(self.kind.is_none());
        if behind > last {
            fields.push(Field::new("d_name", name(entry, start, behind - last)));
        }
        if self.kind.is_none() && behind > 0 {
            fields.push(Field::new("d_type", last_byte(entry)));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }
}

/// The name of at most `room` bytes, its NUL among them.
fn name<'a>(entry: &Entry<'a>, start: usize, room: usize) -> Value<'a> {
    let room = room.min(LONGEST_NAME);
    let bytes = &entry.bytes[start..entry.bytes.len().min(start + room)];
    match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => Value::Bytes { bytes: &bytes[..end], more: false, quote: Quote::Path },
        None if bytes.len() < room => Value::Unreadable(entry.address.wrapping_add(start as u64)),
        None => Value::Bytes { bytes: &bytes[..room - 1], more: true, quote: Quote::Path },
    }
}

/// The type where it is the last byte.
fn last_byte<'a>(entry: &Entry<'a>) -> Value<'a> {
    let last = entry.length - 1;
    match entry.bytes.get(last as usize) {
        Some(byte) => Value::Const { value: (*byte).into(), set: &DENTRY_TYPE },
        None => Value::Unreadable(entry.address.wrapping_add(last)),
    }
}

/// The one entry that readdir(2) gives: nothing at the end of the directory.
pub struct OldDirent;

/// Where readdir(2) puts the length of the name.
const NAME_LENGTH: Place = layouts::LINUX_DIRENT.member("d_reclen");

impl Kind for OldDirent {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let start = layouts::LINUX_DIRENT.member("d_name").offset(cx.abi());
        let Some(head) = cx.read(word, start).filter(|_| cx.result() != 0 && cx.options.dereference) else {
            return cx.address(word);
        };
        let length = NAME_LENGTH.get(cx.abi(), head).unwrap_or(0);
        let place = word.wrapping_add(start as u64);
        let Value::Struct { fields, .. } = HEAD.load(cx, head, word) else { return cx.address(word) };
        let mut fields = bumpalo::collections::Vec::from_iter_in(fields.iter().copied(), cx.arena);
        let name = match cx.string(place, (length as usize).min(LONGEST_NAME - 1)) {
            Some((bytes, _)) => Value::Bytes { bytes, more: false, quote: Quote::Path },
            None => Value::Unreadable(place),
        };
        fields.push(Field::new("d_name", name));
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(layouts::LINUX_DIRENT.member("d_name").offset(abi) + LONGEST_NAME)
    }
}

/// What stands before the name.
static HEAD: super::Structure = structure!(layouts::LINUX_DIRENT { d_ino: Ulong, d_off: Ulong, d_reclen: super::U16 });
