//! Arguments of arch_prctl(2).

use super::{Address, Ref};
use crate::{Case, Cx, Dir, Kind, Shape, Value};
use abi::Abi;
use abi::generated::sets::process::ARCH_PRCTL;

/// What an operation takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// Nothing.
    Nothing,
    /// A number.
    Number,
    /// A place for an address.
    Place,
    /// A place for a set of features of the processor.
    Features,
    /// An address that is not looked into.
    Address,
}

fn takes(code: u64) -> Takes {
    match ARCH_PRCTL.name(code & 0xffff_ffff) {
        Some("ARCH_GET_CPUID") => Takes::Nothing,
        Some("ARCH_GET_FS" | "ARCH_GET_GS") => Takes::Place,
        Some("ARCH_GET_XCOMP_SUPP" | "ARCH_GET_XCOMP_PERM" | "ARCH_GET_XCOMP_GUEST_PERM") => Takes::Features,
        Some("ARCH_SET_FS" | "ARCH_SET_GS") => Takes::Address,
        _ => Takes::Number,
    }
}

/// Whether the operation has an argument.
pub fn has_argument(cx: &Cx<'_>) -> bool {
    takes(cx.arg(0)) != Takes::Nothing
}

/// The argument.
#[derive(Clone, Copy, Debug)]
pub struct ArchArgument;

impl Kind for ArchArgument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match takes(cx.arg(0)) {
            Takes::Place => Ref(&Address).value(cx, word),
            Takes::Features => Ref(&Hex64).value(cx, word),
            Takes::Address => Value::Address(word),
            Takes::Nothing | Takes::Number => Value::Hex(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        match takes(cx.arg(0)) {
            Takes::Place | Takes::Features => Dir::Out,
            _ => stated,
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        let places = ARCH_PRCTL.entries.iter().map(|entry| entry.value).filter(|code| takes(*code) == Takes::Place);
        let features =
            ARCH_PRCTL.entries.iter().map(|entry| entry.value).filter(|code| takes(*code) == Takes::Features);
        Shape::Switch {
            arg: 0,
            cases: vec![
                Case { values: places.collect(), direction: Dir::Out, shape: Shape::flat(abi.pointer_size()) },
                Case { values: features.collect(), direction: Dir::Out, shape: Shape::flat(8) },
            ],
        }
    }
}

/// A set of features.
#[derive(Clone, Copy, Debug)]
struct Hex64;

impl Kind for Hex64 {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Hex(word)
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}
