//! Memory mappings.

use crate::Row;
use crate::kinds::{
    Address, Const, FdOrNone, Flags, Hex, Nothing, Size, WideFlags,
    by_abi::{ByAbi, is_not_i386},
    mapping::{MapFlags, OldMapping, PageOffset, Residency, moves},
};
use abi::generated::sets::memory as sets;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    brk(brk: in Address) -> Hex, [MEMORY];
    mmap(addr: in ByAbi { i386: &OldMapping, other: &Address }, len: in Size => is_not_i386, prot: in WideFlags(&sets::PROT) => is_not_i386, flags: in MapFlags => is_not_i386,
        fd: in FdOrNone => is_not_i386, off: in Hex => is_not_i386) -> Hex, [DESC MEMORY];
    mmap2(addr: in Address, len: in Size, prot: in WideFlags(&sets::PROT), flags: in MapFlags, fd: in FdOrNone,
        pgoff: in PageOffset) -> Hex, [DESC MEMORY];
    munmap(addr: in Address, len: in Size) -> Nothing, [MEMORY];
    mprotect(start: in Address, len: in Size, prot: in WideFlags(&sets::PROT)) -> Nothing, [MEMORY];
    mremap(addr: in Address, old_len: in Size, new_len: in Size, flags: in WideFlags(&sets::MREMAP),
        new_addr: in Address => moves) -> Hex, [MEMORY];
    madvise(start: in Address, len: in Size, behavior: in Const(&sets::MADV)) -> Nothing, [MEMORY];
    mincore(start: in Address, len: in Size, vec: out Residency) -> Nothing, [MEMORY];
    msync(start: in Address, len: in Size, flags: in Flags(&sets::MSYNC)) -> Nothing, [MEMORY];
    mlock(start: in Address, len: in Size) -> Nothing, [MEMORY];
    mlock2(start: in Address, len: in Size, flags: in Flags(&sets::MLOCK)) -> Nothing, [MEMORY];
    munlock(start: in Address, len: in Size) -> Nothing, [MEMORY];
    mlockall(flags: in Flags(&sets::MLOCKALL)) -> Nothing, [MEMORY];
    munlockall() -> Nothing, [MEMORY];
};
