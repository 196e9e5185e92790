//! Arguments of seccomp(2): what they are depends on the operation.

use super::filter::{Program, Verdict};
use super::{Const, Flags, Hex32, Ref, Structure, U16};
use crate::{Case, Cx, Dir, Kind, Shape, Value, structure};
use abi::Abi;
use abi::generated::{layouts::process as layouts, sets::process as sets};

/// `struct seccomp_notif_sizes` (seccomp_unotify(2)).
static NOTIF_SIZES: Structure =
    structure!(layouts::SECCOMP_NOTIF_SIZES { seccomp_notif: U16, seccomp_notif_resp: U16, seccomp_data: U16 });

/// The filter.
pub static PROGRAM: Program = Program { results: &Verdict };

/// The action that is asked for.
static ACTION: Ref = Ref(&Const(&sets::SECCOMP_RETURN));

fn operation(cx: &Cx<'_>) -> &'static str {
    sets::SECCOMP.name(cx.arg(0) & 0xffff_ffff).unwrap_or("")
}

/// The second argument.
#[derive(Clone, Copy, Debug)]
pub struct SeccompFlags;

impl Kind for SeccompFlags {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match operation(cx) {
            "SECCOMP_SET_MODE_FILTER" => Flags(&sets::SECCOMP_FILTER).value(cx, word),
            _ => Hex32.value(cx, word),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The third argument.
#[derive(Clone, Copy, Debug)]
pub struct SeccompArgument;

impl Kind for SeccompArgument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match operation(cx) {
            "SECCOMP_SET_MODE_FILTER" => PROGRAM.value(cx, word),
            "SECCOMP_GET_ACTION_AVAIL" => ACTION.value(cx, word),
            "SECCOMP_GET_NOTIF_SIZES" => NOTIF_SIZES.value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        if operation(cx) == "SECCOMP_GET_NOTIF_SIZES" { Dir::Out } else { stated }
    }

    fn shape(&self, abi: Abi) -> Shape {
        let case =
            |name, direction, shape| Case { values: sets::SECCOMP.value(name).into_iter().collect(), direction, shape };
        Shape::Switch {
            arg: 0,
            cases: vec![
                case("SECCOMP_SET_MODE_FILTER", Dir::In, PROGRAM.shape(abi)),
                case("SECCOMP_GET_ACTION_AVAIL", Dir::In, Shape::flat(4)),
                case("SECCOMP_GET_NOTIF_SIZES", Dir::Out, NOTIF_SIZES.shape(abi)),
            ],
        }
    }
}
