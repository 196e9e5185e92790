//! Execution domains (personality(2)).

use crate::{Cx, Kind, Value};
use abi::Abi;
use abi::generated::sets::process as sets;

/// The value that asks without changing anything (personality(2)).
const QUERY: u64 = 0xffff_ffff;

/// The bits that are the domain (`PER_MASK`, `linux/personality.h`).
const DOMAIN: u64 = 0xff;

/// A domain and flags: `PER_LINUX|ADDR_NO_RANDOMIZE`.
#[derive(Clone, Copy, Debug)]
pub struct Personality;

impl Personality {
    /// The meaning of a persona.
    pub fn of<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = word & 0xffff_ffff;
        let parts = [
            Value::Const { value: word & DOMAIN, set: &sets::PERSONALITY },
            Value::Flags { value: word & !DOMAIN, set: &sets::PERSONALITY_FLAG },
        ];
        Value::Joined { value: word, parts: cx.slice(&parts) }
    }
}

impl Kind for Personality {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word & 0xffff_ffff == QUERY { Value::Hex(QUERY) } else { Self::of(cx, word) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
