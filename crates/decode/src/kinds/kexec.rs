//! Arguments of kexec_load(2).

use super::{Address, Array, Size, Structure};
use crate::{Cx, Kind, Len, Shape, Value, structure};
use abi::Abi;
use abi::generated::{layouts::system::KEXEC_SEGMENT, sets::system as sets};

/// `struct kexec_segment` (kexec_load(2)).
static SEGMENT: Structure = structure!(KEXEC_SEGMENT { buf: Address, bufsz: Size, mem: Address, memsz: Size });

/// How many segments the kernel takes (`KEXEC_SEGMENT_MAX`, `linux/kexec.h`); a list of more is not looked at.
const MOST: u64 = 16;

/// As many segments as argument 1 says.
#[derive(Clone, Copy, Debug)]
pub struct Segments;

impl Segments {
    const LIST: Array = Array { element: &SEGMENT, count: Len::Arg(1) };
}

impl Kind for Segments {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match Self::LIST.count.of(cx, &[]) {
            Some(count) if count <= MOST => Self::LIST.value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Self::LIST.shape(abi)
    }
}

/// The bits that say for which architecture the kernel is (`KEXEC_ARCH_MASK`, `linux/kexec.h`).
const ARCHITECTURE: u64 = 0xffff_0000;

/// An architecture and flags.
#[derive(Clone, Copy, Debug)]
pub struct KexecFlags;

impl Kind for KexecFlags {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let bits = word & !ARCHITECTURE;
        let known = sets::KEXEC.entries.iter().any(|flag| bits & flag.value != 0);
        let flags = match bits {
            0 => Value::Omitted,
            _ if known => Value::Flags { value: bits, set: &sets::KEXEC },
            _ => Value::Commented(cx.put(Value::Hex(bits)), sets::KEXEC.unknown),
        };
        let parts = [Value::Const { value: word & ARCHITECTURE, set: &sets::KEXEC_ARCH }, flags];
        Value::Bits { value: word, parts: cx.slice(&parts) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}
