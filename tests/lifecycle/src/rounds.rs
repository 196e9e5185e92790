//! Playing scenarios again and again, and what came of it.

use crate::scenario::{Scenario, Skipped};
use crate::stage::Stage;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What came of the rounds of one scenario.
#[derive(Debug, Default)]
pub struct Result {
    /// How many rounds went well.
    pub passed: u32,
    /// How many did not.
    pub failed: u32,
    /// How many of them failed because of the suite or the machine, which says nothing about the tracer.
    pub broken: u32,
    /// Why it was not played.
    pub skipped: Option<String>,
    /// What went wrong, and how often.
    pub reasons: BTreeMap<String, u32>,
    /// How long all took.
    pub took: Duration,
}

impl Result {
    fn add(&mut self, played: anyhow::Result<()>) {
        match played {
            Ok(()) => self.passed += 1,
            Err(error) => match error.downcast::<Skipped>() {
                Ok(Skipped(why)) => self.skipped = Some(why),
                Err(error) => {
                    self.failed += 1;
                    self.broken += u32::from(error.is::<std::io::Error>());
                    *self.reasons.entry(format!("{error:#}")).or_default() += 1;
                }
            },
        }
    }
}

/// Plays a scenario so many times.
pub fn play(scenario: &Scenario, tracer: &Path, rounds: u32, seed: u64) -> Result {
    let mut result = Result::default();
    let start = Instant::now();
    for round in 0..rounds {
        let stage = Stage::new(tracer, scenario.name, seed.wrapping_add(u64::from(round)));
        result.add(stage.and_then(|mut stage| scenario.play(&mut stage)));
        if result.skipped.is_some() {
            break;
        }
    }
    result.took = start.elapsed();
    result
}

/// Plays many scenarios, several at a time; tells each result as it comes.
pub fn play_all(
    scenarios: &[&Scenario],
    at_a_time: usize,
    play: impl Fn(&Scenario) -> Result + Sync,
    tell: impl Fn(&Scenario, &Result) + Sync,
) -> Vec<Result> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..at_a_time {
            scope.spawn(|| {
                while let Some((at, scenario)) = take(scenarios, &next) {
                    let result = play(scenario);
                    tell(scenario, &result);
                    results.lock().unwrap_or_else(PoisonError::into_inner).insert(at, result);
                }
            });
        }
    });
    results.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

fn take<'a>(scenarios: &[&'a Scenario], next: &AtomicUsize) -> Option<(usize, &'a Scenario)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    scenarios.get(at).map(|&scenario| (at, scenario))
}
