//! Which calls a filter picks, as runs of numbers that it answers alike.

use crate::servers::{self, Serving};
use crate::words::X32;
use abi::Abi;

/// What a filter answers for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is made.
    Pass,
    /// The thread stops.
    Pick,
    /// The thread stops where the second argument is [`REQUEST`].
    PickRequest,
}

/// See [`Verdict::PickRequest`]: the ioctl(2) by which a tracee comes to serve the pages of others.
pub(super) const REQUEST: u32 = servers::NEW as u32;

/// No call has a number as high: from here on all are alike.
const END: u32 = 1024;

/// A number from which on a verdict holds, up to that of the next run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) first: u32,
    pub(super) verdict: Verdict,
}

/// All numbers of 32 bits in runs; the first begins at 0.
#[derive(Debug)]
pub(super) struct Runs(Vec<Run>);

impl Runs {
    /// Those of 64-bit programs; x32 calls have their numbers among them.
    pub(super) fn of_64_bits(wanted: &impl Fn(Abi, u64) -> bool) -> Self {
        let nobody_s = Run { first: 1 << 31, verdict: verdict(wanted, Abi::X86_64, END) };
        Self::joined(numbers(wanted, Abi::X86_64, 0).chain(numbers(wanted, Abi::X32, X32 as u32)).chain([nobody_s]))
    }

    /// Those of 32-bit programs.
    pub(super) fn of_32_bits(wanted: &impl Fn(Abi, u64) -> bool) -> Self {
        Self::joined(numbers(wanted, Abi::I386, 0))
    }

    fn joined(numbers: impl Iterator<Item = Run>) -> Self {
        let mut runs: Vec<Run> = numbers.collect();
        runs.dedup_by_key(|run| run.verdict);
        Self(runs)
    }

    /// The runs, in order.
    pub(super) fn as_slice(&self) -> &[Run] {
        &self.0
    }
}

/// Each number of a convention as a run of its own.
fn numbers(wanted: &impl Fn(Abi, u64) -> bool, abi: Abi, base: u32) -> impl Iterator<Item = Run> {
    (0..=END).map(move |number| Run { first: base + number, verdict: verdict(wanted, abi, number) })
}

/// The answer for a call. What the tracer must know of is picked, wanted or not.
fn verdict(wanted: &impl Fn(Abi, u64) -> bool, abi: Abi, number: u32) -> Verdict {
    let number = u64::from(number);
    let serves = |second| servers::by_call(abi, number, second) != Serving::No;
    match (wanted(abi, number) || serves(0), serves(servers::NEW)) {
        (true, _) => Verdict::Pick,
        (false, true) => Verdict::PickRequest,
        (false, false) => Verdict::Pass,
    }
}
