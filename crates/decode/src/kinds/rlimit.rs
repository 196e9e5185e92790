//! Limits of resources.

use super::Structure;
use crate::{Cx, Kind, Value, structure};
use abi::Abi;
use abi::generated::{layouts::process as layouts, sets::process as sets};

/// The unit in which limits are shown.
const UNIT: u64 = 1024;

fn limit<'a>(value: u64) -> Value<'a> {
    if value > UNIT && value.is_multiple_of(UNIT) {
        return Value::Multiple { count: value / UNIT, unit: UNIT };
    }
    Value::Unsigned(value)
}

/// No limit, which as a number is decimal.
fn infinity<'a>(cx: &Cx<'a>, value: u64, name: &'static str) -> Value<'a> {
    let meaning = Value::Spelled(cx.put(Value::Named { value, name }));
    Value::Either { raw: cx.put(Value::Unsigned(value)), meaning: cx.put(meaning) }
}

/// A limit of 32 bits on i386, of 64 elsewhere.
#[derive(Clone, Copy, Debug)]
struct Limit;

impl Kind for Limit {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.abi() != Abi::I386 {
            return WideLimit.value(cx, word);
        }
        if word & cx.abi().word_mask() == cx.abi().word_mask() {
            return infinity(cx, word & cx.abi().word_mask(), sets::RLIM.entries[0].name);
        }
        limit(word)
    }

    fn size(&self, abi: Abi) -> usize {
        if abi == Abi::I386 { 4 } else { 8 }
    }
}

/// A limit of 64 bits under every personality.
#[derive(Clone, Copy, Debug)]
struct WideLimit;

impl Kind for WideLimit {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match sets::RLIM64.name(word) {
            Some(name) => infinity(cx, word, name),
            None => limit(word),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}

/// `struct rlimit` (getrlimit(2)).
pub static RLIMIT: Structure = structure!(layouts::RLIMIT { rlim_cur: Limit, rlim_max: Limit });

/// `struct rlimit64` (prlimit(2)).
pub static RLIMIT64: Structure = structure!(layouts::RLIMIT64 { rlim_cur: WideLimit, rlim_max: WideLimit });
