//! What stat(2) and its like tell.

use super::date::{Seconds, SecondsBeforeNanoseconds};
use super::device::{Device, FileMode, is_device};
use super::{Given, Structure, Uint, Ulong};
use crate::{Cx, Kind, Value, structure};
use abi::Abi;
use abi::generated::layouts::file as layouts;

/// Makes a condition on the file's type.
macro_rules! mode {
    ($layout:path, $test:expr) => {
        Given { place: const { $layout.member("st_mode") }, test: $test }
    };
}

/// Makes the structure of stat(2) and its like, all of which have the same members.
macro_rules! stat {
    ($layout:path) => {
        structure!($layout {
            st_dev: Device,
            st_ino: Ulong,
            st_mode: FileMode => brief,
            st_nlink: Ulong,
            st_uid: Uint,
            st_gid: Uint,
            st_blksize: Ulong,
            st_blocks: Ulong,
            [mode!($layout, is_device)] st_rdev: Device => brief,
            [mode!($layout, |mode| !is_device(mode))] st_size: Ulong => brief,
            st_atime: SecondsBeforeNanoseconds,
            st_atime_nsec: Ulong,
            st_mtime: SecondsBeforeNanoseconds,
            st_mtime_nsec: Ulong,
            st_ctime: SecondsBeforeNanoseconds,
            st_ctime_nsec: Ulong,
        })
    };
}

/// `struct stat`.
pub static STAT: Structure = stat!(layouts::STAT);

/// `struct stat64` of i386.
pub static STAT64: Structure = stat!(layouts::STAT64);

/// The first `struct stat`, of oldstat(2) on i386: there are no blocks and no fractions of times in it.
pub static OLD_STAT: Structure = structure!(layouts::OLD_STAT {
    st_dev: Device,
    st_ino: Ulong,
    st_mode: FileMode => brief,
    st_nlink: Ulong,
    st_uid: Uint,
    st_gid: Uint,
    st_blksize @ "st_dev": Absent,
    st_blocks @ "st_dev": Absent,
    [mode!(layouts::OLD_STAT, is_device)] st_rdev: Device => brief,
    [mode!(layouts::OLD_STAT, |mode| !is_device(mode))] st_size: Ulong => brief,
    st_atime: Seconds,
    st_mtime: Seconds,
    st_ctime: Seconds,
});

/// A field that is shown for the sake of likeness where the structure has none: zero.
struct Absent;

impl Kind for Absent {
    fn value<'a>(&self, _cx: &Cx<'a>, _word: u64) -> Value<'a> {
        Value::Unsigned(0)
    }

    fn size(&self, _abi: Abi) -> usize {
        0
    }
}
