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

/// A limit as wide as a pointer.
#[derive(Clone, Copy, Debug)]
struct Limit;

impl Kind for Limit {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word & cx.abi().word_mask() == cx.abi().word_mask() {
            return Value::Named { value: word, name: sets::RLIM.entries[0].name };
        }
        limit(word)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// A limit of 64 bits under every personality.
#[derive(Clone, Copy, Debug)]
struct WideLimit;

impl Kind for WideLimit {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        match sets::RLIM64.name(word) {
            Some(name) => Value::Named { value: word, name },
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
