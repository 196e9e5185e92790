//! Nothing that a tracee says is believed: whatever stands in its memory and in its words, decoding ends soon, reads
//! little, and does not panic.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use abi::Abi;
use bumpalo::Bump;
use decode::{Budget, Cx, Options, Row, Saved, arguments, calls::rows, keep, outcome};
use proptest::prelude::*;
use std::{
    cell::{Cell, RefCell},
    path::PathBuf,
};
use tracer::{Call, Memory, Return, Tid, Tracee};

/// Where memory begins; there is nothing before.
const BASE: u64 = 0x3456_7000;
const PAGE: u64 = 4096;

/// The most pages that there are.
const MOST_PAGES: u64 = 16;

/// The most reads that one call's decoding may need: one for each byte that there is, and some more.
const MOST_READS: u64 = MOST_PAGES * PAGE + 8192;
/// The most bytes that it may read: everything, for each element of an abbreviated list, at the entry and at the exit,
/// and as much again.
const MOST_BYTES: u64 = 4 * 32 * MOST_PAGES * PAGE;
/// The most memory that the decoded values may take, in bytes.
const MOST_KEPT: usize = 32 << 20;

/// What the budget of the two decodings of a call allows: bytes, reads, and memory for the values of so many reads.
const BUDGET: (u64, u64, usize) = (2 << 26, 2 << 18, (2 << 18) * 256 + (2 << 26));

/// Unless abbreviated, their messages and the buffers of each are shown whole, and a tracee may let every message have
/// the same buffers: only the budget of each of the two decodings ends that.
const LISTS_OF_LISTS: [&str; 5] = ["sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "recvmmsg_time64"];

/// What stands in memory.
#[derive(Clone, Copy, Debug)]
enum Content {
    /// The same byte everywhere: zeros, a string without an end, lengths of 2^63 and of -1.
    Same(u8),
    /// Each word points to itself.
    Cyclic,
    /// Each word points into the middle of its successor.
    Unaligned,
    /// Small numbers: types, and lengths of zero or shorter than a header.
    Small(u64),
    /// Lengths and pointers of the worst sort.
    Worst(u64),
    /// Anything.
    Noise(u64),
}

/// A memory that counts how much is read of it.
#[derive(Debug)]
struct Hostile<'m> {
    /// What there is from [`BASE`] on.
    there: &'m [u8],
    protocol: u32,
    bytes: Cell<u64>,
    reads: Cell<u64>,
    /// The most bytes that may be read, how many reads there may be, and the most that may be kept.
    most: (u64, u64, usize),
}

/// A number that looks like chance.
fn mix(seed: u64) -> u64 {
    let word = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

const WORST: [u64; 12] = [
    0,
    1,
    BASE,
    BASE + 1,
    BASE + PAGE - 1,
    1 << 63,
    u64::MAX,
    1 << 31,
    u32::MAX as u64,
    0x7fff_ffff,
    0x10000,
    0xffff_0000_0008,
];

impl Content {
    /// Fills a memory from [`BASE`] on.
    fn fill(self, pages: u64) -> Vec<u8> {
        (BASE..BASE + pages * PAGE).step_by(8).flat_map(|at| self.word(at).to_le_bytes()).collect()
    }

    fn word(self, at: u64) -> u64 {
        match self {
            Self::Same(byte) => u64::from_le_bytes([byte; 8]),
            Self::Cyclic => at,
            Self::Unaligned => at + 11,
            Self::Small(seed) => mix(seed ^ at) & 0x0003_001f_0007_001f,
            Self::Worst(seed) => WORST[(mix(seed ^ at) % WORST.len() as u64) as usize],
            Self::Noise(seed) => mix(seed ^ at),
        }
    }
}

impl Hostile<'_> {
    /// Whether more was read than may be; nothing can be read then, so that decoding ends.
    fn is_exhausted(&self) -> bool {
        self.bytes.get() > self.most.0 || self.reads.get() > self.most.1
    }
}

impl Memory for Hostile<'_> {
    fn read(&self, address: u64, buffer: &mut [u8]) -> usize {
        let offset = address.checked_sub(BASE).and_then(|offset| usize::try_from(offset).ok());
        let there = offset.and_then(|offset| self.there.get(offset..)).unwrap_or_default();
        let count = buffer.len().min(there.len());
        self.reads.set(self.reads.get() + 1);
        self.bytes.set(self.bytes.get() + count as u64);
        if self.is_exhausted() {
            return 0;
        }
        buffer[..count].copy_from_slice(&there[..count]);
        count
    }
}

impl Tracee for Hostile<'_> {
    fn tid(&self) -> Tid {
        Tid(1)
    }

    fn pid(&self) -> Tid {
        Tid(1)
    }

    fn descriptor(&self, _fd: i32) -> Option<PathBuf> {
        None
    }

    fn directory(&self) -> Option<PathBuf> {
        None
    }

    fn netlink(&self, _fd: i32) -> Option<u32> {
        Some(self.protocol)
    }
}

/// Decodes a call from its entry to its exit; says whether that took little.
fn decode(row: &Row, call: Call, value: i64, options: Options, memory: &Hostile<'_>) -> bool {
    let (arena, saved) = (Bump::new(), RefCell::new(Saved::default()));
    let cx = |ret| Cx {
        arena: &arena,
        tracee: memory,
        call,
        ret,
        options,
        saved: &saved,
        interrupted: None,
        budget: Budget::new(options.limit),
    };
    let entry = cx(None);
    let from = arguments(row, &entry, 0, |_, _, _| {});
    keep(row, &entry, from);
    let exit = cx(Some(Return { value, failed: (-4095..0).contains(&value), system_time: 0 }));
    arguments(row, &exit, from, |_, _, _| {});
    let _ = outcome(row, &exit);
    !memory.is_exhausted() && arena.allocated_bytes() <= memory.most.2
}

fn content() -> impl Strategy<Value = Content> {
    prop_oneof![
        prop::sample::select(vec![0, 0x41, 0x80, 0xff]).prop_map(Content::Same),
        Just(Content::Cyclic),
        Just(Content::Unaligned),
        any::<u64>().prop_map(Content::Small),
        any::<u64>().prop_map(Content::Worst),
        any::<u64>().prop_map(Content::Noise),
    ]
}

/// An argument or a result.
fn word() -> impl Strategy<Value = u64> {
    prop_oneof![
        3 => Just(BASE),
        1 => (0..PAGE).prop_map(|offset| BASE + offset),
        2 => 0..64_u64,
        2 => prop::sample::select(WORST.to_vec()),
        1 => Just(u64::MAX - 7),
        1 => any::<u64>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_tracee_makes_decoding_long(
        args in prop::array::uniform6(word()),
        result in word(),
        (content, pages, protocol) in (content(), prop::sample::select(vec![1, 2, MOST_PAGES]), 0..24_u32),
        abbreviate in any::<bool>(),
    ) {
        let there = content.fill(pages);
        let mut long = Vec::new();
        for row in rows() {
            for abi in Abi::ALL {
                let args = args.map(|word| word & abi.word_mask());
                let long_lists = !abbreviate && LISTS_OF_LISTS.contains(&row.name);
                let most = if long_lists { BUDGET } else { (MOST_BYTES, MOST_READS, MOST_KEPT) };
                let memory = Hostile { there: &there, protocol, bytes: Cell::new(0), reads: Cell::new(0), most };
                let call = Call { abi, number: 0, args, ip: BASE, sp: BASE };
                let options = Options { abbreviate, ..Options::default() };
                let short = decode(row, call, result as i64, options, &memory);
                if !short {
                    long.push((row.name, abi, memory.bytes.get(), memory.reads.get()));
                }
            }
        }
        prop_assert!(long.is_empty(), "{long:?}");
    }
}
