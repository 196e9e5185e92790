//! What statx(2) tells.

use super::date::STATX_TIME;
use super::device::FileMode;
use super::{Choice, Flags, Given, Hex, Id, Joined, Structure, Uint, Ulong, WideFlags};
use crate::structure;
use abi::generated::layouts::file::STATX as LAYOUT;
use abi::generated::sets::file::{AT_STATX, STATX_ATTR, STATX_MASK as MASK, STATX_SYNC};

/// Makes a condition: the mask has one of these bits.
macro_rules! masked {
    ($($name:literal)|+) => {
        Given {
            place: const { LAYOUT.member("stx_mask") },
            test: |mask| mask & const { $(MASK.of($name))|+ } != 0,
        }
    };
}

/// Whether the file takes atomic writes, of which the kernel tells by an attribute.
const ATOMIC: Given = Given {
    place: LAYOUT.member("stx_attributes"),
    test: |attributes| attributes & const { STATX_ATTR.of("STATX_ATTR_WRITE_ATOMIC") } != 0,
};

/// `struct statx`.
pub static STATX: Structure = structure!(LAYOUT {
    stx_mask: Flags(&MASK) => brief,
    stx_blksize: Uint,
    stx_attributes: WideFlags(&STATX_ATTR) => brief,
    [masked!("STATX_NLINK")] stx_nlink: Uint,
    [masked!("STATX_UID")] stx_uid: Id,
    [masked!("STATX_GID")] stx_gid: Id,
    [masked!("STATX_TYPE" | "STATX_MODE")] stx_mode: FileMode => brief,
    [masked!("STATX_INO")] stx_ino: Ulong,
    [masked!("STATX_SIZE")] stx_size: Ulong => brief,
    [masked!("STATX_BLOCKS")] stx_blocks: Ulong,
    stx_attributes_mask: WideFlags(&STATX_ATTR),
    [masked!("STATX_ATIME")] stx_atime: STATX_TIME,
    [masked!("STATX_BTIME")] stx_btime: STATX_TIME,
    [masked!("STATX_CTIME")] stx_ctime: STATX_TIME,
    [masked!("STATX_MTIME")] stx_mtime: STATX_TIME,
    stx_rdev_major: Uint,
    stx_rdev_minor: Uint,
    stx_dev_major: Uint,
    stx_dev_minor: Uint,
    [masked!("STATX_MNT_ID" | "STATX_MNT_ID_UNIQUE")] stx_mnt_id: Hex,
    [masked!("STATX_DIOALIGN")] stx_dio_mem_align: Uint,
    [masked!("STATX_DIOALIGN")] stx_dio_offset_align: Uint,
    [masked!("STATX_SUBVOL")] stx_subvol: Hex,
    [ATOMIC] stx_atomic_write_unit_min: Uint,
    [ATOMIC] stx_atomic_write_unit_max: Uint,
    [ATOMIC] stx_atomic_write_segments_max: Uint,
    [masked!("STATX_DIO_READ_ALIGN")] stx_dio_read_offset_align: Uint,
    [ATOMIC] stx_atomic_write_unit_max_opt: Uint,
});

/// The bits of the flags that say how fresh the answer must be.
const SYNC: u64 = STATX_SYNC.of("AT_STATX_FORCE_SYNC") | STATX_SYNC.of("AT_STATX_DONT_SYNC");

/// The flags of statx(2).
pub static STATX_FLAGS: Joined =
    Joined(&[Choice { mask: SYNC, set: &STATX_SYNC }, Choice { mask: !SYNC, set: &AT_STATX }]);
