//! Numbers with names: flags, constants, modes, signals.

use crate::{Cx, Kind, Value, signal_name};
use abi::{Abi, Set};
use bumpalo::Bump;

/// Flags in a 32-bit argument (or a field of any size).
#[derive(Clone, Copy, Debug)]
pub struct Flags(pub &'static Set);

impl Kind for Flags {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Flags { value: u64::from(word as u32), set: self.0 }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// Flags in an argument as wide as a pointer, or in a 64-bit field.
#[derive(Clone, Copy, Debug)]
pub struct WideFlags(pub &'static Set);

impl Kind for WideFlags {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Flags { value: word, set: self.0 }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// One constant of a set, 32 bits wide (or a field of any size).
#[derive(Clone, Copy, Debug)]
pub struct Const(pub &'static Set);

impl Kind for Const {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Const { value: u64::from(word as u32), set: self.0 }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// One constant of a set in an argument as wide as a pointer, or in a 64-bit field.
#[derive(Clone, Copy, Debug)]
pub struct WideConst(pub &'static Set);

impl Kind for WideConst {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Const { value: word, set: self.0 }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// A 32-bit number made of parts, each given by a mask and the set of what lies under it: first the constants, then
/// the flags. What no part claims is shown as flags of the last set.
#[derive(Clone, Copy, Debug)]
pub struct Bits(pub &'static [Choice]);

/// A part of [`Bits`].
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The bits of this part.
    pub mask: u64,
    /// Their names.
    pub set: &'static Set,
}

impl Kind for Bits {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Bits { value: u64::from(word as u32), parts: take_apart(cx, self.0, word) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// Like [`Bits`], for a number of which each part is a number in its own right (see [`Value::Joined`]).
#[derive(Clone, Copy, Debug)]
pub struct Joined(pub &'static [Choice]);

impl Kind for Joined {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Joined { value: u64::from(word as u32), parts: take_apart(cx, self.0, word) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

fn take_apart<'a>(cx: &Cx<'a>, choices: &[Choice], word: u64) -> &'a [Value<'a>] {
    let mut parts = cx.list();
    for Choice { mask, set } in choices {
        let value = u64::from(word as u32) & mask;
        parts.push(match set.meaning {
            abi::Meaning::Values => Value::Const { value, set },
            abi::Meaning::Bits => Value::Flags { value, set },
        });
    }
    parts.into_bump_slice()
}

/// A number of which a few values have a name, the rest being shown by another kind.
#[derive(Clone, Copy)]
pub struct Named {
    /// The values with a name.
    pub names: &'static [(u64, &'static str)],
    /// How all others are shown.
    pub other: &'static dyn Kind,
}

impl Kind for Named {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.names.iter().find(|(value, _)| *value == word) {
            Some((value, name)) => Value::Named { value: *value, name },
            None => self.other.value(cx, word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        self.other.size(abi)
    }

    fn signed(&self) -> bool {
        self.other.signed()
    }
}

/// Permission bits, base 8.
#[derive(Clone, Copy, Debug)]
pub struct Mode;

impl Kind for Mode {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Octal(word & 0xffff)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// A number that is decimal where text shows it, and its name.
pub fn decimal<'a>(arena: &'a Bump, number: i64, name: &'a str) -> Value<'a> {
    let meaning = arena.alloc(Value::Named { value: number as u64, name });
    Value::Either { raw: arena.alloc(Value::Signed(number)), meaning: arena.alloc(Value::Spelled(meaning)) }
}

/// A signal by its name, where it has one.
pub fn signal(arena: &Bump, number: u32) -> Value<'_> {
    let signed = i64::from(number as i32);
    match signal_name(number) {
        Some(name) => decimal(arena, signed, arena.alloc_str(&name)),
        None => Value::Signed(signed),
    }
}

/// A signal's number.
#[derive(Clone, Copy, Debug)]
pub struct Signal;

impl Kind for Signal {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let number = word as u32;
        signal(cx.arena, number)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
