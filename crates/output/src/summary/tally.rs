//! Durations of the calls of one sort.

/// The sum and the extremes of durations in nanoseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// All together.
    pub(super) total: u64,
    /// The shortest.
    pub(super) shortest: Option<u64>,
    /// The longest.
    pub(super) longest: u64,
}

impl Tally {
    /// Adds one duration.
    pub(super) fn add(&mut self, duration: u64) {
        self.merge(&Self { total: duration, shortest: Some(duration), longest: duration });
    }

    /// Adds the durations that another tally has seen.
    pub(super) fn merge(&mut self, other: &Self) {
        self.total = self.total.saturating_add(other.total);
        self.shortest = self.shortest.into_iter().chain(other.shortest).min();
        self.longest = self.longest.max(other.longest);
    }

    /// The mean in whole microseconds, rounded down.
    pub(super) const fn mean_micros(&self, calls: u64) -> u64 {
        match self.total.checked_div(calls) {
            Some(mean) => mean / 1000,
            None => 0,
        }
    }
}
