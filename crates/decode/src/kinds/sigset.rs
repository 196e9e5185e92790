//! Sets of signals.

use super::named::decimal;
use crate::{Cx, Kind, Len, Shape, Value, kind::extend, signal_name};
use abi::Abi;

/// The size of the kernel's `sigset_t` in bytes.
const SIZE: usize = 8;

/// The signals of a mask of so many bits: `[INT TERM]`; what is not in it when that is less: `~[KILL STOP]`.
pub fn signals<'a>(cx: &Cx<'a>, mask: u64, bits: u32) -> Value<'a> {
    let inverted = mask.count_ones() >= bits * 2 / 3;
    let shown = if inverted { !mask } else { mask };
    let mut items = cx.list();
    for signal in (1..=bits).filter(|signal| shown >> (signal - 1) & 1 != 0) {
        if let Some(name) = signal_name(signal) {
            items.push(decimal(cx.arena, signal.into(), short(cx, &name)));
        }
    }
    Value::Choice { items: items.into_bump_slice(), inverted }
}

fn short<'a>(cx: &Cx<'a>, name: &str) -> &'a str {
    cx.arena.alloc_str(name.strip_prefix("SIG").unwrap_or(name))
}

/// A pointer to a set whose stated size must be the kernel's, which refuses all others (rt_sigprocmask(2)); on i386 a
/// single word is shown as well.
#[derive(Clone, Copy, Debug)]
pub struct SigSet(pub Len);

impl SigSet {
    /// Decodes a set of `size` bytes at `address`.
    pub fn at<'a>(cx: &Cx<'a>, address: u64, size: u64) -> Value<'a> {
        let least = if cx.abi() == Abi::I386 { SIZE / 2 } else { SIZE };
        if !(least as u64..=SIZE as u64).contains(&size) || !cx.options.dereference {
            return cx.address(address);
        }
        part(cx, address, size as usize)
    }
}

impl Kind for SigSet {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.0.of(cx, &[]) {
            Some(size) => Self::at(cx, word, size),
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(SIZE)
    }
}

/// A pointer to a set of which the kernel fills as many bytes as are stated (rt_sigpending(2)).
#[derive(Clone, Copy, Debug)]
pub struct PartialSigSet(pub Len);

impl Kind for PartialSigSet {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.0.of(cx, &[]) {
            Some(size @ 1..=8) if cx.options.dereference => part(cx, word, size as usize),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(self.0)
    }
}

fn part<'a>(cx: &Cx<'a>, address: u64, size: usize) -> Value<'a> {
    match cx.read(address, size) {
        Some(bytes) if address != 0 => signals(cx, extend(bytes, false), 8 * SIZE as u32),
        _ => cx.address(address),
    }
}

/// A set as a member of a record, or the single word of the older calls behind a pointer (sigprocmask(2) of i386).
#[derive(Clone, Copy, Debug)]
pub struct SigMask;

impl Kind for SigMask {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        signals(cx, extend(bytes, false), 8 * bytes.len() as u32)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}

/// A set of the first 32 signals in an argument (ssetmask(2)).
#[derive(Clone, Copy, Debug)]
pub struct SigBits;

impl Kind for SigBits {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        signals(cx, u64::from(word as u32), 32)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
