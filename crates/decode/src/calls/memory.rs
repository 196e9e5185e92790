//! Memory mappings.

use crate::kinds::{
    Address, Array, Const, FdOrNone, Flags, Hex, Int, Long, Nothing, Pid, Ref, Size, Ulong, WideFlags,
    by_abi::{ByAbi, is_not_i386},
    mapping::{MapFlags, OldMapping, PageOffset, Residency, moves},
    numa::{self, Nodes, PageStatus, WideMode},
};
use crate::{Len, Row};
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
        new_address: in Address => moves) -> Hex, [MEMORY];
    madvise(addr: in Address, length: in Size, advice: in Const(&sets::MADV)) -> Nothing, [MEMORY];
    mincore(addr: in Address, length: in Size, vec: out Residency) -> Nothing, [MEMORY];
    msync(addr: in Address, length: in Size, flags: in Flags(&sets::MSYNC)) -> Nothing, [MEMORY];
    mlock(addr: in Address, length: in Size) -> Nothing, [MEMORY];
    mlock2(addr: in Address, length: in Size, flags: in Flags(&sets::MLOCK)) -> Nothing, [MEMORY];
    munlock(addr: in Address, length: in Size) -> Nothing, [MEMORY];
    mlockall(flags: in Flags(&sets::MLOCKALL)) -> Nothing, [MEMORY];
    mbind(addr: in Address, len: in Ulong, mode: in WideMode, nodemask: in Nodes { count: 4 }, maxnode: in Ulong,
        flags: in Flags(&sets::MPOL_MOVE)) -> Nothing, [MEMORY];
    set_mempolicy(mode: in numa::Mode, nodemask: in Nodes { count: 2 }, maxnode: in Ulong) -> Nothing, [MEMORY];
    get_mempolicy(mode: out Ref(&Const(&sets::MPOL)), nodemask: out Nodes { count: 2 }, maxnode: in Ulong, addr: in Address,
        flags: in WideFlags(&sets::MPOL_GET)) -> Nothing, [MEMORY];
    migrate_pages(pid: in Pid, maxnode: in Ulong, old_nodes: in Nodes { count: 1 }, new_nodes: in Nodes { count: 1 }) -> Long, [MEMORY];
    move_pages(pid: in Pid, count: in Ulong, pages: in Array { element: &Address, count: Len::Arg(1) },
        nodes: in Array { element: &Int, count: Len::Arg(1) }, status: out Array { element: &PageStatus, count: Len::Arg(1) },
        flags: in Flags(&sets::MPOL_MOVE_PAGES)) -> Long, [MEMORY];
    set_mempolicy_home_node(start: in Address, len: in Ulong, home_node: in Ulong, flags: in Hex) -> Nothing, [MEMORY];
    remap_file_pages(addr: in Address, size: in Ulong, prot: in WideFlags(&sets::PROT), pgoff: in Ulong, flags: in MapFlags)
        -> Nothing, [MEMORY];
    pkey_alloc(flags: in Hex, access_rights: in WideFlags(&sets::PKEY)) -> Long, [];
    pkey_free(pkey: in Int) -> Nothing, [];
    pkey_mprotect(addr: in Address, length: in Size, prot: in WideFlags(&sets::PROT), pkey: in Int) -> Nothing, [MEMORY];
    mseal(addr: in Address, length: in Size, flags: in Hex) -> Nothing, [MEMORY];
    map_shadow_stack(addr: in Address, len: in Ulong, flags: in Flags(&sets::SHADOW_STACK)) -> Hex, [MEMORY];
    munlockall() -> Nothing, [MEMORY];
};
