//! What a backend counts that is asked for nothing else.

use abi::Abi;

/// How many sorts of durations a histogram tells apart: one for each power of two.
pub const BUCKETS: usize = 40;

/// Durations in nanoseconds: their sum, their extremes, and how they are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Durations {
    /// All together.
    pub total: u64,
    /// The shortest.
    pub shortest: Option<u64>,
    /// The longest.
    pub longest: u64,
    /// By N: how many were from 2^N on and below 2^(N+1). The first includes 0, the last all that are longer.
    pub buckets: [u64; BUCKETS],
}

impl Default for Durations {
    fn default() -> Self {
        Self { total: 0, shortest: None, longest: 0, buckets: [0; BUCKETS] }
    }
}

impl Durations {
    /// Adds one duration.
    pub fn add(&mut self, duration: u64) {
        let mut one = Self { total: duration, shortest: Some(duration), longest: duration, ..Self::default() };
        let bucket = duration.checked_ilog2().unwrap_or(0) as usize;
        one.buckets[bucket.min(BUCKETS - 1)] = 1;
        self.merge(&one);
    }

    /// Adds the durations that another one has seen.
    pub fn merge(&mut self, other: &Self) {
        self.total = self.total.saturating_add(other.total);
        self.shortest = self.shortest.into_iter().chain(other.shortest).min();
        self.longest = self.longest.max(other.longest);
        for (count, more) in self.buckets.iter_mut().zip(other.buckets) {
            *count = count.saturating_add(more);
        }
    }
}

/// What was counted of the calls with one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// The convention by which they were made.
    pub abi: Abi,
    /// Their number; for [`Abi::X32`] without bit 30.
    pub number: u64,
    /// Their first argument, where calls with this number are several in one; otherwise 0.
    pub first: u64,
    /// How many have come back.
    pub calls: u64,
    /// How many of them have failed.
    pub errors: u64,
    /// How long they took from their entry to their exit.
    pub times: Durations,
}
