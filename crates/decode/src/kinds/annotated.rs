//! Results with their meaning in passing.

use crate::{Cx, Kind, Value};
use abi::{Abi, Set};

/// A result shown by one kind, with its meaning in parentheses: `= 0x40000 (PER_LINUX|ADDR_NO_RANDOMIZE)`.
pub struct Annotated {
    /// How the result itself is shown.
    pub value: &'static dyn Kind,
    /// What it means; [`Value::Omitted`] when it means nothing.
    pub note: for<'a> fn(&Cx<'a>, u64) -> Value<'a>,
}

impl Kind for Annotated {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        self.value.value(cx, word)
    }

    fn size(&self, abi: Abi) -> usize {
        self.value.size(abi)
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        (self.note)(cx, cx.result() as u64 & cx.abi().word_mask())
    }
}

/// The name of a value where the set has one.
pub fn constant_or_nothing<'a>(cx: &Cx<'a>, value: u64, set: &'static Set) -> Value<'a> {
    if set.name(value).is_some() { Value::Spelled(cx.put(Value::Const { value, set })) } else { Value::Omitted }
}
