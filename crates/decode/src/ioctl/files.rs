//! Files and file systems (ioctl_fs(2)).

use super::{Request, requests};
use crate::kinds::{Fd, Flags, Hex, Hex32, Ref, Structure, U64, Uint};
use crate::{Cx, Dir, Field, Kind, Quote, Shape, Value, structure};
use abi::generated::{layouts::ioctl as layouts, sets::file::FILE_XFLAG, sets::ioctl as sets};
use abi::{Abi, Place};

/// The requests that files of many file systems know.
pub(super) static REQUESTS: &[Request] = requests! {
    FICLONE: in Fd;
    FICLONERANGE: in CLONE_RANGE;
    FIDEDUPERANGE: inout Deduplication;
    FIFREEZE;
    FITHAW;
    FITRIM: in TRIM;
    FS_IOC_GETFLAGS: out Ref(&Attributes);
    FS_IOC_SETFLAGS: in Ref(&Attributes);
    FS_IOC32_GETFLAGS: out Ref(&Flags(&sets::FILE_ATTRIBUTE));
    FS_IOC32_SETFLAGS: in Ref(&Flags(&sets::FILE_ATTRIBUTE));
    FS_IOC_FSGETXATTR: out XATTR;
    FS_IOC_FSSETXATTR: in XATTR_SET;
    FS_IOC_GETFSLABEL: out Label;
    FS_IOC_SETFSLABEL: in Label;
    FS_IOC_GETFSUUID: out UUID;
    FS_IOC_GETFSSYSFSPATH: out SYSFS_PATH;
    FS_IOC_FIEMAP: inout ExtentMap;
};

/// The flags of a file (ioctl_iflags(2)), as wide as the request says: a `long`.
struct Attributes;

impl Kind for Attributes {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        // The kernel looks at 32 bits of them.
        Value::Flags { value: u64::from(word as u32), set: &sets::FILE_ATTRIBUTE }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

static CLONE_RANGE: Structure =
    structure!(layouts::FILE_CLONE_RANGE { src_fd: SourceFd, src_offset: U64, src_length: U64, dest_offset: U64 });

/// A descriptor in 64 bits.
struct SourceFd;

impl Kind for SourceFd {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        cx.descriptor(word as i32)
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}

static TRIM: Structure = structure!(layouts::FSTRIM_RANGE { start: Hex, len: U64, minlen: U64 });

static XATTR: Structure = structure!(layouts::FSXATTR {
    fsx_xflags: Flags(&FILE_XFLAG),
    fsx_extsize: Uint,
    fsx_nextents: Uint,
    fsx_projid: Hex32,
    fsx_cowextsize: Uint,
});

/// The number of extents cannot be set.
static XATTR_SET: Structure = structure!(layouts::FSXATTR {
    fsx_xflags: Flags(&FILE_XFLAG),
    fsx_extsize: Uint,
    fsx_projid: Hex32,
    fsx_cowextsize: Uint,
});

static UUID: Structure = structure!(layouts::FSUUID2 { len: Uint, uuid: Identity });

static SYSFS_PATH: Structure = structure!(layouts::FS_SYSFS_PATH { len: Uint, name: SysfsName });

/// The bytes of an identity, as many as the first byte of the record says.
struct Identity;

/// The bytes of an array that follows its length, a byte.
fn counted<'a>(cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> &'a [u8] {
    let length = cx.number(address.wrapping_sub(1), 1).unwrap_or(0);
    &bytes[..bytes.len().min(length as usize)]
}

impl Kind for Identity {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        Value::Bytes { bytes: counted(cx, bytes, address), more: false, quote: Quote::Binary }
    }

    fn size(&self, _abi: Abi) -> usize {
        16
    }
}

/// A name in `/sys/fs`, as long as the first byte of the record says.
struct SysfsName;

impl Kind for SysfsName {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let name = counted(cx, bytes, address);
        match bytes.iter().position(|byte| *byte == 0) {
            Some(end) if end <= name.len() => Value::Bytes { bytes: &name[..end], more: false, quote: Quote::Path },
            _ => Value::Bytes { bytes: name, more: true, quote: Quote::Path },
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        128
    }
}

/// The name of a file system (ioctl_fslabel(2)).
struct Label;

/// The longest name, with its NUL (`FSLABEL_MAX`).
const LONGEST_LABEL: usize = 256;

impl Kind for Label {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match cx.string(word, LONGEST_LABEL - 1).filter(|_| cx.options.dereference) {
            Some((bytes, more)) => Value::Bytes { bytes, more, quote: Quote::Path },
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Text { max: LONGEST_LABEL }
    }
}

/// `struct file_dedupe_range`: what is to be shared with which files, and how that went (ioctl_fideduperange(2)).
struct Deduplication;

const SOURCE: Place = layouts::FILE_DEDUPE_RANGE.member("src_offset");
const LENGTH: Place = layouts::FILE_DEDUPE_RANGE.member("src_length");
const COUNT: Place = layouts::FILE_DEDUPE_RANGE.member("dest_count");
const INFO: Place = layouts::FILE_DEDUPE_RANGE.member("info");

static TARGET: Structure = structure!(layouts::FILE_DEDUPE_RANGE_INFO { dest_fd: SourceFd, dest_offset: U64 });

static OUTCOME: Structure =
    structure!(layouts::FILE_DEDUPE_RANGE_INFO { bytes_deduped: U64, status: crate::kinds::Int });

impl Deduplication {
    fn list<'a>(cx: &Cx<'a>, element: &dyn Kind, bytes: &[u8], address: u64) -> Field<'a> {
        let count = COUNT.get(cx.abi(), bytes).unwrap_or(0);
        let start = address.wrapping_add(INFO.offset(cx.abi()) as u64);
        Field::new("info", crate::kinds::Array::at(cx, element, start, count))
    }
}

impl Kind for Deduplication {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let head = INFO.offset(cx.abi());
        let Some(bytes) = cx.read(word, head).filter(|_| word != 0 && cx.options.dereference) else {
            return cx.address(word);
        };
        let get = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let wish = [
            Field::new("src_offset", Value::Unsigned(get(SOURCE))),
            Field::new("src_length", Value::Unsigned(get(LENGTH))),
            Field::new("dest_count", Value::Unsigned(get(COUNT))),
            Self::list(cx, &TARGET, bytes, word),
        ];
        let wish = Value::Struct { fields: cx.slice(&wish), more: false };
        if cx.failed() {
            return wish;
        }
        let outcome = [Self::list(cx, &OUTCOME, bytes, word)];
        let outcome = Value::Struct { fields: cx.slice(&outcome), more: false };
        Value::Changed(cx.put(wish), cx.put(outcome))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(INFO.offset(abi))
    }
}

/// `struct fiemap`: where the pieces of a file lie (ioctl_fiemap(2)).
struct ExtentMap;

const START: Place = layouts::FIEMAP.member("fm_start");
const MAP_LENGTH: Place = layouts::FIEMAP.member("fm_length");
const FLAGS: Place = layouts::FIEMAP.member("fm_flags");
const MAPPED: Place = layouts::FIEMAP.member("fm_mapped_extents");
const ROOM: Place = layouts::FIEMAP.member("fm_extent_count");
const EXTENTS: Place = layouts::FIEMAP.member("fm_extents");

/// The flags that the caller gave; the call changes them.
const FLAGS_KEY: u32 = 2;

static EXTENT: Structure = structure!(layouts::FIEMAP_EXTENT {
    fe_logical: U64,
    fe_physical: U64,
    fe_length: U64,
    fe_flags: Flags(&sets::FIEMAP_EXTENT),
});

impl Kind for ExtentMap {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let head = EXTENTS.offset(cx.abi());
        let (Some(bytes), Some(flags)) = (cx.read(word, head), cx.saved(FLAGS_KEY).filter(|_| cx.options.dereference))
        else {
            return cx.address(word);
        };
        let get = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let flags_of = |value| Field::new("fm_flags", Value::Flags { value, set: &sets::FIEMAP_FLAG });
        let wish = [
            Field::new("fm_start", Value::Unsigned(get(START))),
            Field::new("fm_length", Value::Unsigned(get(MAP_LENGTH))),
            flags_of(flags),
            Field::new("fm_extent_count", Value::Unsigned(get(ROOM))),
        ];
        let wish = Value::Struct { fields: cx.slice(&wish), more: false };
        if cx.failed() {
            return wish;
        }
        let mut fields = cx.list();
        fields.push(flags_of(get(FLAGS)));
        fields.push(Field::new("fm_mapped_extents", Value::Unsigned(get(MAPPED))));
        let abbreviated = cx.options.abbreviate;
        if !abbreviated {
            let start = word.wrapping_add(head as u64);
            fields.push(Field::new("fm_extents", crate::kinds::Array::at(cx, &EXTENT, start, get(MAPPED))));
        }
        let outcome = Value::Struct { fields: fields.into_bump_slice(), more: abbreviated };
        Value::Changed(cx.put(wish), cx.put(outcome))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        if word != 0
            && let Some(bytes) = cx.read(word, EXTENTS.offset(cx.abi()))
        {
            cx.save(FLAGS_KEY, FLAGS.get(cx.abi(), bytes).unwrap_or(0));
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(EXTENTS.offset(abi))
    }
}
