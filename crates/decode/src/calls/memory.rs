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
    brk(addr: in Address) -> Hex, [MEMORY];
    mmap(addr: in ByAbi { i386: &OldMapping, other: &Address }, length: in Size => is_not_i386, prot: in WideFlags(&sets::PROT) => is_not_i386, flags: in MapFlags => is_not_i386,
        fd: in FdOrNone => is_not_i386, offset: in Hex => is_not_i386) -> Hex, [DESC MEMORY];
    mmap2(addr: in Address, length: in Size, prot: in WideFlags(&sets::PROT), flags: in MapFlags, fd: in FdOrNone,
        offset: in PageOffset) -> Hex, [DESC MEMORY];
    munmap(addr: in Address, length: in Size) -> Nothing, [MEMORY];
    mprotect(addr: in Address, length: in Size, prot: in WideFlags(&sets::PROT)) -> Nothing, [MEMORY];
    mremap(old_address: in Address, old_size: in Size, new_size: in Size, flags: in WideFlags(&sets::MREMAP),
        new_addr: in Address => moves) -> Hex, [MEMORY];
    madvise(addr: in Address, length: in Size, advice: in Const(&sets::MADV)) -> Nothing, [MEMORY];
    mincore(addr: in Address, length: in Size, vec: out Residency) -> Nothing, [MEMORY];
    msync(addr: in Address, length: in Size, flags: in Flags(&sets::MSYNC)) -> Nothing, [MEMORY];
    mlock(addr: in Address, length: in Size) -> Nothing, [MEMORY];
    mlock2(addr: in Address, length: in Size, flags: in Flags(&sets::MLOCK)) -> Nothing, [MEMORY];
    munlock(addr: in Address, length: in Size) -> Nothing, [MEMORY];
    mlockall(flags: in Flags(&sets::MLOCKALL)) -> Nothing, [MEMORY];
    munlockall() -> Nothing, [MEMORY];
};
