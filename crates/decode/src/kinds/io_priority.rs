//! Priorities of input and output.

use crate::{Cx, Kind, Value};
use abi::Abi;
use abi::generated::sets::asynchronous as sets;

/// A class and a priority within it: `IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 3)` (ioprio_set(2)).
#[derive(Clone, Copy, Debug)]
pub struct IoPriority;

/// Where the class begins.
const SHIFT: u64 = sets::IOPRIO_SHIFT.of("IOPRIO_CLASS_SHIFT");

impl Kind for IoPriority {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = u64::from(word as u32);
        let items = [
            Value::Const { value: word >> SHIFT, set: &sets::IOPRIO_CLASS },
            Value::Unsigned(word & ((1 << SHIFT) - 1)),
        ];
        let meaning = Value::Call { name: "IOPRIO_PRIO_VALUE", items: cx.slice(&items), main: None };
        Value::Either { raw: cx.put(Value::Hex(word)), meaning: cx.put(meaning) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
