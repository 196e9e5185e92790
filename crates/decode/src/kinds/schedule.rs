//! Scheduling.

use crate::{Cx, Kind, Value};
use abi::Abi;
use abi::generated::sets::process as sets;

/// A scheduling policy, with the flag that it may have.
#[derive(Clone, Copy, Debug)]
pub struct Policy;

impl Kind for Policy {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = word & 0xffff_ffff;
        let flag = sets::SCHED_RESET.value("SCHED_RESET_ON_FORK").unwrap_or(0);
        if word & flag == 0 || sets::SCHED.name(word & !flag).is_none() {
            return Value::Const { value: word, set: &sets::SCHED };
        }
        let parts = [
            Value::Flags { value: flag, set: &sets::SCHED_RESET },
            Value::Const { value: word & !flag, set: &sets::SCHED },
        ];
        Value::Bits { value: word, parts: cx.slice(&parts) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
