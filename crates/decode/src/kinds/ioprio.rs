//! Priorities of input and output (ioprio_set(2)).

use super::Long;
use super::annotated::Annotated;
use crate::{Cx, Kind, Value};
use abi::Abi;
use abi::generated::sets::process::IOPRIO_CLASS;

/// Where the class lies above the priority (`IOPRIO_CLASS_SHIFT`, `linux/ioprio.h`).
const SHIFT: u32 = 13;

/// A class and a priority within it.
#[derive(Clone, Copy, Debug)]
pub struct IoPriority;

impl Kind for IoPriority {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = word & 0xffff_ffff;
        let items =
            [Value::Const { value: word >> SHIFT, set: &IOPRIO_CLASS }, Value::Unsigned(word & ((1 << SHIFT) - 1))];
        let meaning = Value::Call { name: "IOPRIO_PRIO_VALUE", items: cx.slice(&items), main: None };
        Value::Either { raw: cx.put(Value::Unsigned(word)), meaning: cx.put(meaning) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The result of ioprio_get(2).
pub static PRIORITY: Annotated = Annotated { value: &Long, note: priority };

fn priority<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    match IoPriority.value(cx, word) {
        Value::Either { meaning, .. } => Value::Either { raw: &Value::Omitted, meaning },
        other => other,
    }
}
