//! How densely stops come, and what is done for them to come faster.
//!
//! Most of what a stop costs is the wake-up of a sleeping processor, for the tracer when the tracee stops and for the
//! tracee when it is answered. Two things help, and each is done only while it pays:
//!
//! * Keeping processors from falling asleep ([`Latency`]), for as long as stops come densely. It needs rights.
//! * Not waiting but looking, giving the processor away between the looks, for as long as one thread makes all the
//!   stops: the tracee then often runs where the tracer just ran. Where a look after look is in vain, the next are
//!   put off, for longer each time.

use crate::options::Wakeup;
use crate::sys::Latency;
use std::time::{Duration, Instant};
use tracer::Tid;

/// So many stops in [`DENSE`] count as dense.
const STOPS: u32 = 16;

/// See [`STOPS`].
const DENSE: Duration = Duration::from_millis(5);

/// After so many stops in a row a thread counts as the only one that makes any.
const RUN: u32 = 64;

/// For how long a stop is looked for before it is waited for.
pub(crate) const LOOKING: Duration = Duration::from_micros(30);

/// After a look in vain so many stops are waited for, at least and at most.
const PUT_OFF: (u32, u32) = (4, 512);

/// See the module.
pub(crate) struct Pace {
    wakeup: Wakeup,
    latency: Latency,
    /// Stops since `since`.
    stops: u32,
    since: Instant,
    /// Stops since the last tick.
    recent: u32,
    /// Who made the last stops, and how many.
    run: (Tid, u32),
    /// For so many stops no look.
    put_off: u32,
    /// How long the next pause is.
    pause: u32,
}

impl Pace {
    /// Before any stop.
    pub(crate) fn new(wakeup: Wakeup) -> Self {
        Self {
            wakeup,
            latency: Latency::default(),
            stops: 0,
            since: Instant::now(),
            recent: 0,
            run: (Tid(0), 0),
            put_off: 0,
            pause: PUT_OFF.0,
        }
    }

    /// A thread has stopped.
    pub(crate) fn note(&mut self, tid: Tid) {
        self.run = (tid, if self.run.0 == tid { self.run.1.saturating_add(1) } else { 0 });
        self.put_off = self.put_off.saturating_sub(1);
        self.recent += 1;
        self.stops += 1;
        if self.stops == STOPS {
            self.stops = 0;
            let before = std::mem::replace(&mut self.since, Instant::now());
            if self.wakeup.keeps_awake() && self.since - before < DENSE {
                self.latency.hold();
            }
        }
    }

    /// Some time has passed; answers whether it was silent.
    pub(crate) fn tick(&mut self) -> bool {
        let recent = std::mem::take(&mut self.recent);
        if recent < STOPS {
            self.latency.release();
        }
        recent == 0
    }

    /// The thread to be looked for, where that may pay.
    pub(crate) fn looks_for(&self) -> Option<Tid> {
        let (tid, length) = self.run;
        (self.wakeup.looks() && length >= RUN && self.put_off == 0).then_some(tid)
    }

    /// Looking has paid.
    pub(crate) const fn found(&mut self) {
        self.pause = PUT_OFF.0;
    }

    /// Looking has not paid.
    pub(crate) fn in_vain(&mut self) {
        self.put_off = self.pause;
        self.pause = (self.pause * 2).min(PUT_OFF.1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(stops: impl IntoIterator<Item = i32>) -> Pace {
        let mut pace = Pace::new(Wakeup::Spin);
        stops.into_iter().for_each(|tid| pace.note(Tid(tid)));
        pace
    }

    #[test]
    fn only_a_thread_that_makes_all_stops_is_looked_for() {
        assert_eq!(after([7; 20]).looks_for(), None);
        assert_eq!(after([7; 100]).looks_for(), Some(Tid(7)));
        assert_eq!(after((0..200).map(|at| 7 + at % 2)).looks_for(), None);
    }

    #[test]
    fn looking_in_vain_is_put_off_for_longer_each_time() {
        let mut pace = after([7; 100]);
        let mut pauses = Vec::new();
        for _ in 0..9 {
            pace.in_vain();
            let pause = (1..).find(|_| {
                pace.note(Tid(7));
                pace.looks_for().is_some()
            });
            pauses.extend(pause);
        }
        assert_eq!(pauses, [4, 8, 16, 32, 64, 128, 256, 512, 512]);
    }

    #[test]
    fn silence_is_a_tick_without_stops() {
        let mut pace = after([7]);
        assert!(!pace.tick());
        assert!(pace.tick());
    }
}
