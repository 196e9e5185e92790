//! Arguments of kcmp(2): which there are depends on what is compared.

use super::{Hex, Uint};
use crate::{Case, Cx, Dir, Kind, Shape, Value, structure};
use abi::Abi;
use abi::generated::{layouts::process::KCMP_EPOLL_SLOT, sets::process::KCMP};

/// `struct kcmp_epoll_slot` (kcmp(2)).
static SLOT: super::Structure = structure!(KCMP_EPOLL_SLOT { efd: Uint, tfd: Uint, toff: Uint });

fn compared(cx: &Cx<'_>) -> &'static str {
    KCMP.name(cx.arg(2) & 0xffff_ffff).unwrap_or("")
}

/// Whether there are arguments behind the kind of resource.
pub fn has_arguments(cx: &Cx<'_>) -> bool {
    matches!(compared(cx), "" | "KCMP_FILE" | "KCMP_EPOLL_TFD")
}

/// The first: a descriptor of the first process.
#[derive(Clone, Copy, Debug)]
pub struct First;

impl Kind for First {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if compared(cx).is_empty() { Hex.value(cx, word) } else { Value::Signed(i64::from(word as i32)) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// The second: a descriptor of the other process, or where such a one is watched.
#[derive(Clone, Copy, Debug)]
pub struct Second;

impl Kind for Second {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if compared(cx) == "KCMP_EPOLL_TFD" { SLOT.value(cx, word) } else { First.value(cx, word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        let values = KCMP.value("KCMP_EPOLL_TFD").into_iter().collect();
        Shape::Switch { arg: 2, cases: vec![Case { values, direction: Dir::In, shape: SLOT.shape(abi) }] }
    }
}
