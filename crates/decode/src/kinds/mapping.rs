//! Arguments of mmap(2).

use super::{Address, Array, FdOrNone, Hex, Ulong, WideFlags};
use crate::{Cx, Field, Kind, Len, Shape, Value};
use abi::generated::layouts::process::MMAP_ARG_STRUCT;
use abi::generated::sets::memory as sets;
use abi::{Abi, Place};

/// The bits of the mapping's type (`MAP_TYPE`, `asm-generic/mman-common.h`).
const TYPE: u64 = 0xf;

/// Where the logarithm of the size of huge pages lies (`MAP_HUGE_SHIFT` and `MAP_HUGE_MASK`, mmap(2)).
const HUGE_SHIFT: u32 = 26;
const HUGE_MASK: u64 = 0x3f;

/// The flags of mmap(2): a type, flags, and the size of huge pages.
#[derive(Clone, Copy, Debug)]
pub struct MapFlags;

impl Kind for MapFlags {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = u64::from(word as u32);
        let huge = word >> HUGE_SHIFT & HUGE_MASK;
        let flags = word & !TYPE & !(HUGE_MASK << HUGE_SHIFT);
        let mut parts = cx.list();
        parts.push(Value::Const { value: word & TYPE, set: &sets::MAP_TYPE });
        parts.push(Value::Flags { value: flags, set: &sets::MAP });
        if huge != 0 {
            parts.push(Value::Shifted(cx.put(Value::Unsigned(huge)), "MAP_HUGE_SHIFT"));
        }
        Value::Bits { value: word, parts: parts.into_bump_slice() }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The offset of mmap2(2): in pages of 4096 bytes.
#[derive(Clone, Copy, Debug)]
pub struct PageOffset;

impl Kind for PageOffset {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Hex((word & 0xffff_ffff) << 12)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// All arguments of the first mmap(2) of i386, behind its only one.
#[derive(Clone, Copy, Debug)]
pub struct OldMapping;

/// The arguments in their order.
const OLD: &[(&str, Place, &dyn Kind)] = &[
    ("addr", const { MMAP_ARG_STRUCT.member("addr") }, &Address),
    ("length", const { MMAP_ARG_STRUCT.member("len") }, &Ulong),
    ("prot", const { MMAP_ARG_STRUCT.member("prot") }, &WideFlags(&sets::PROT)),
    ("flags", const { MMAP_ARG_STRUCT.member("flags") }, &MapFlags),
    ("fd", const { MMAP_ARG_STRUCT.member("fd") }, &FdOrNone),
    ("offset", const { MMAP_ARG_STRUCT.member("offset") }, &Hex),
];

impl Kind for OldMapping {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let Some(bytes) = cx.read(word, self.size(cx.abi())) else { return cx.address(word) };
        let mut fields = cx.list();
        for (name, place, kind) in OLD {
            fields.push(Field::new(name, kind.value(cx, place.get(cx.abi(), bytes).unwrap_or(0))));
        }
        Value::Arguments(fields.into_bump_slice())
    }

    fn size(&self, abi: Abi) -> usize {
        MMAP_ARG_STRUCT.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}

/// Whether mremap(2) has a new address: only when it is told where to move.
pub fn moves(cx: &Cx<'_>) -> bool {
    let set = |name| sets::MREMAP.value(name).is_some_and(|bit| cx.arg(3) & bit != 0);
    set("MREMAP_MAYMOVE") && (set("MREMAP_FIXED") || set("MREMAP_DONTUNMAP"))
}

/// The size of a page in bytes, as on every processor of this family.
const PAGE: u64 = 4096;

/// The vector of mincore(2): a byte for each page, of which the lowest bit says whether it is resident.
#[derive(Clone, Copy, Debug)]
pub struct Residency;

impl Kind for Residency {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let length = cx.arg(1) & cx.abi().word_mask();
        if length == 0 && word != 0 {
            return Value::Array { items: &[], more: false };
        }
        Array::at(cx, &Resident, word, length.div_ceil(PAGE))
    }

    fn on_failure<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.arg(1) & cx.abi().word_mask() == 0 { self.value(cx, word) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        // More than there are pages, but how many there are is in no plan's words.
        Shape::buffer(Len::Arg(1))
    }
}

/// Whether a page is resident.
#[derive(Clone, Copy, Debug)]
struct Resident;

impl Kind for Resident {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Unsigned(word & 1)
    }

    fn size(&self, _abi: Abi) -> usize {
        1
    }
}
