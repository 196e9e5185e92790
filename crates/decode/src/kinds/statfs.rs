//! What statfs(2) tells.

use super::{Array, Given, Hex32, Structure, Ulong, WideConst, WideFlags};
use crate::{Cx, Field, Kind, Len, Value, structure};
use abi::Abi;
use abi::generated::layouts::file as layouts;
use abi::generated::sets::file::{STATFS_FLAGS, STATFS_TYPE};

/// Makes the structure of statfs(2) or statfs64(2), which have the same members.
macro_rules! statfs {
    ($layout:path) => {
        structure!($layout {
            f_type: WideConst(&STATFS_TYPE),
            f_bsize: Ulong,
            f_blocks: Ulong,
            f_bfree: Ulong,
            f_bavail: Ulong,
            f_files: Ulong,
            f_ffree: Ulong,
            f_fsid: FileSystemId,
            f_namelen: Ulong,
            f_frsize: Ulong,
            [Given { place: const { $layout.member("f_flags") }, test: is_valid }] f_flags: WideFlags(&STATFS_FLAGS),
        })
    };
}

/// `struct statfs`.
pub static STATFS: Structure = statfs!(layouts::STATFS);

/// `struct statfs64`.
pub static STATFS64: Structure = statfs!(layouts::STATFS64);

/// Whether the kernel has filled the flags in.
fn is_valid(flags: u64) -> bool {
    flags & const { STATFS_FLAGS.of("ST_VALID") } != 0
}

/// `fsid_t`: two numbers that mean something to the file system only.
struct FileSystemId;

impl Kind for FileSystemId {
    fn load<'a>(&self, cx: &Cx<'a>, _bytes: &'a [u8], address: u64) -> Value<'a> {
        let halves = Array::at(cx, &Hex32, address, 2);
        Value::Struct { fields: cx.slice(&[Field::new("val", halves)]), more: false }
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}

/// A structure that is shown only if the caller states its size rightly.
#[derive(Clone, Copy)]
pub struct OfSize {
    /// The structure.
    pub structure: &'static Structure,
    /// The size that the caller states.
    pub size: Len,
}

impl Kind for OfSize {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.size.of(cx, &[]) {
            Some(size) if size == self.structure.size(cx.abi()) as u64 => self.structure.value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> crate::Shape {
        self.structure.shape(abi)
    }
}
