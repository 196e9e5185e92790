//! Which of two ways of waiting for a thread's next stop is the faster one: found out by trying both.
//!
//! Which one it is depends on where the kernel lets tracer and tracee run, on how long the processors take to wake, and
//! on what the tracee does between its calls; none of it can be known beforehand. So each way is tried for a short
//! stretch of stops, the faster one is kept for a long stretch, and then the other is tried again. The stretch becomes
//! longer each time that the same way proves faster.

use std::mem;
use std::time::Duration;

/// For so many stops a way is tried.
const SHORT: u32 = 32;

/// For so many stops the faster way is kept, at least and at most.
const LONG: (u32, u32) = (16 * SHORT, 256 * SHORT);

/// A stop that takes longer counts as this: the tracee was busy or asleep, which says nothing about the ways.
const MOST: Duration = Duration::from_micros(200);

/// The two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Wait, and let the processor sleep.
    Wait,
    /// Look again and again for a while before waiting.
    Look,
}

impl Way {
    const fn other(self) -> Self {
        match self {
            Self::Wait => Self::Look,
            Self::Look => Self::Wait,
        }
    }
}

/// See the module.
pub(crate) struct Trial {
    way: Way,
    /// How many stops of this stretch are still to come.
    left: u32,
    /// How many stops the last long stretch had.
    long: u32,
    /// Whether the other way is to be tried after this stretch.
    settled: bool,
    /// What the last stops of this stretch took in all.
    time: Duration,
    /// What as many took in the other way.
    other: Duration,
}

impl Trial {
    /// Nothing is known: waiting is tried first.
    pub(crate) const fn new() -> Self {
        Self { way: Way::Wait, left: SHORT, long: 0, settled: true, time: Duration::ZERO, other: Duration::ZERO }
    }

    /// The way to take now.
    pub(crate) const fn way(&self) -> Way {
        self.way
    }

    /// A stop has come, so long after the one before.
    pub(crate) fn note(&mut self, time: Duration) {
        self.left -= 1;
        if self.left < SHORT {
            self.time += time.min(MOST);
        }
        if self.left == 0 {
            self.end_stretch();
        }
    }

    /// Decides how to go on.
    fn end_stretch(&mut self) {
        let time = mem::take(&mut self.time);
        if self.settled {
            self.other = time;
            self.way = self.way.other();
            (self.settled, self.left) = (false, SHORT);
        } else {
            let changes = is_better(self.way, time, self.other);
            if !changes {
                self.way = self.way.other();
            }
            self.long = if changes { LONG.0 } else { (self.long * 2).clamp(LONG.0, LONG.1) };
            (self.settled, self.left) = (true, self.long);
        }
    }
}

/// Whether a way that takes so long is to be preferred to the other. Looking costs a processor's time, so it must be
/// faster by a tenth.
fn is_better(way: Way, time: Duration, other: Duration) -> bool {
    let (look, wait) = if way == Way::Look { (time, other) } else { (other, time) };
    (look * 10 < wait * 9) == (way == Way::Look)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of so many stops are waited for, and looked for, where a stop takes so long.
    fn shares(stops: u32, wait: u64, look: u64) -> (u32, u32) {
        let mut trial = Trial::new();
        let mut counts = (0, 0);
        for _ in 0..stops {
            let micros = match trial.way() {
                Way::Wait => {
                    counts.0 += 1;
                    wait
                }
                Way::Look => {
                    counts.1 += 1;
                    look
                }
            };
            trial.note(Duration::from_micros(micros));
        }
        counts
    }

    #[test]
    fn the_faster_way_is_taken_and_the_other_now_and_then() {
        // One, two and four times the shortest of the long stretches.
        let long = 7 * LONG.0;
        let stops = SHORT + 3 * SHORT + long;
        assert_eq!(shares(stops, 48, 11), (3 * SHORT, SHORT + long));
        assert_eq!(shares(stops, 20, 30), (SHORT + long, 3 * SHORT));
        assert_eq!(shares(stops, 20, 19), (SHORT + long, 3 * SHORT), "too little is gained");
    }

    #[test]
    fn the_busy_and_the_sleeping_count_little() {
        let mut trial = Trial::new();
        for stop in 0..2 * SHORT {
            let micros = if stop % 4 == 0 {
                100_000
            } else if trial.way() == Way::Wait {
                40
            } else {
                10
            };
            trial.note(Duration::from_micros(micros));
        }
        assert_eq!(trial.way(), Way::Look);
    }
}
