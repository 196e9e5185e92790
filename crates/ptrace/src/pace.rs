//! How densely stops come, and what is done for them to come faster.
//!
//! Most of what a stop costs is the wake-up of a sleeping processor, for the tracer when the tracee stops and for the
//! tracee when it is answered. Two things help, and each is done only while it pays:
//!
//! * Keeping processors from falling asleep ([`Latency`]), for as long as stops come densely. It needs rights.
//! * Not waiting but looking, giving the processor away between the looks, for as long as one thread makes all the
//!   stops: the tracee then often runs where the tracer just ran. Whether that is faster is tried ([`Trial`]).

use crate::options::Wakeup;
use crate::sys::Latency;
use crate::trial::{Trial, Way};
use std::time::{Duration, Instant};
use tracer::Tid;

/// So many stops in [`DENSE`] count as dense.
const STOPS: u32 = 16;

/// See [`STOPS`].
const DENSE: Duration = Duration::from_millis(5);

/// After so many stops in a row a thread counts as the only one that makes any. The shortest of programs, of which
/// storms are made, have ended by then: where every one begins on another processor, looking makes them slower.
const RUN: u32 = 64;

/// For how long a stop is looked for before it is waited for.
pub(crate) const LOOKING: Duration = Duration::from_micros(30);

/// See the module.
pub(crate) struct Pace {
    wakeup: Wakeup,
    latency: Latency,
    /// Stops since `since`.
    stops: u32,
    since: Instant,
    /// Stops since the last tick.
    recent: u32,
    /// Who made the last stops, how many, and when the last one came.
    run: (Tid, u32),
    last: Instant,
    trial: Trial,
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
            last: Instant::now(),
            trial: Trial::new(),
        }
    }

    /// A thread has stopped.
    pub(crate) fn note(&mut self, tid: Tid) {
        let now = Instant::now();
        let time = now - std::mem::replace(&mut self.last, now);
        self.run = (tid, if self.run.0 == tid { self.run.1.saturating_add(1) } else { 0 });
        if self.wakeup.looks() && self.run.1 > RUN {
            self.trial.note(time);
        }
        self.recent += 1;
        self.stops += 1;
        if self.stops == STOPS {
            self.stops = 0;
            let before = std::mem::replace(&mut self.since, now);
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
        (self.wakeup.looks() && length >= RUN && self.trial.way() == Way::Look).then_some(tid)
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
        assert_eq!(after([7; 90]).looks_for(), None, "waiting is tried first");
        assert_eq!(after([7; 100]).looks_for(), Some(Tid(7)));
        assert_eq!(after((0..200).map(|at| 7 + at % 2)).looks_for(), None);
    }

    #[test]
    fn silence_is_a_tick_without_stops() {
        let mut pace = after([7]);
        assert!(!pace.tick());
        assert!(pace.tick());
    }
}
