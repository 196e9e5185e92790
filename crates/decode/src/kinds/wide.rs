//! Arguments whose word differs between personalities: 64-bit numbers take two words on i386, and move what follows.

use crate::{Cx, Kind, Role, Shape, Value};
use abi::{Abi, generated::sets::file::RWF};

/// A 64-bit argument that on i386 lies in words `low` and `low + 1`.
#[derive(Clone, Copy, Debug)]
pub struct Halves {
    low: u8,
    signed: bool,
}

/// A 64-bit argument with a sign, in two words from `low` on i386.
pub const fn offset(low: u8) -> Halves {
    Halves { low, signed: true }
}

/// A 64-bit argument without a sign, in two words from `low` on i386.
pub const fn length(low: u8) -> Halves {
    Halves { low, signed: false }
}

/// The whole of a 64-bit argument that begins with word `low` on i386, and is `word` elsewhere.
pub fn word(cx: &Cx<'_>, low: usize, word: u64) -> u64 {
    match cx.abi() {
        Abi::I386 => cx.arg(low) & 0xffff_ffff | cx.arg(low + 1) << 32,
        Abi::X86_64 | Abi::X32 => word,
    }
}

impl Kind for Halves {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let whole = self::word(cx, self.low.into(), word);
        if self.signed { Value::Signed(whole as i64) } else { Value::Unsigned(whole) }
    }

    fn word(&self, abi: Abi, index: usize) -> usize {
        if abi == Abi::I386 { self.low.into() } else { index }
    }

    fn words(&self, abi: Abi) -> usize {
        if abi == Abi::I386 { 2 } else { 1 }
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}

/// An argument that on i386 lies in another word, because a 64-bit one stands before it.
#[derive(Clone, Copy)]
pub struct Moved {
    word: u8,
    kind: &'static dyn Kind,
}

/// An argument that lies in this word on i386.
pub const fn moved(word: u8, kind: &'static dyn Kind) -> Moved {
    Moved { word, kind }
}

impl Kind for Moved {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match cx.abi() {
            Abi::I386 => self.kind.value(cx, cx.arg(self.word.into())),
            Abi::X86_64 | Abi::X32 => self.kind.value(cx, word),
        }
    }

    fn on_failure<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match cx.abi() {
            Abi::I386 => self.kind.on_failure(cx, cx.arg(self.word.into())),
            Abi::X86_64 | Abi::X32 => self.kind.on_failure(cx, word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        self.kind.size(abi)
    }

    fn word(&self, abi: Abi, index: usize) -> usize {
        match abi {
            Abi::I386 => self.word.into(),
            Abi::X86_64 | Abi::X32 => index,
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        self.kind.shape(abi)
    }

    fn role(&self) -> Role {
        self.kind.role()
    }
}

/// A 64-bit argument of which the upper half comes first, in words N and N + 1 (llseek(2)).
#[derive(Clone, Copy, Debug)]
pub struct HighFirst(pub u8);

impl Kind for HighFirst {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let low = cx.arg(usize::from(self.0) + 1) & 0xffff_ffff;
        Value::Signed((word << 32 | low) as i64)
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}

/// The flags of preadv2(2) and pwritev2(2): behind a position of two words, but of one under x32.
#[derive(Clone, Copy, Debug)]
pub struct TransferFlags;

impl Kind for TransferFlags {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = if cx.abi() == Abi::X32 { cx.arg(4) } else { word };
        Value::Flags { value: u64::from(word as u32), set: &RWF }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
