//! Playing scenarios again and again, and what came of it.

use crate::scenario::{Scenario, Skipped};
use crate::stage::Stage;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Of so many failures of a scenario the evidence is kept.
const KEPT: usize = 5;

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
    /// The rounds that went wrong, of which evidence is kept.
    pub failures: Vec<Failure>,
    /// What went wrong, and how often.
    pub reasons: BTreeMap<String, u32>,
    /// How long all took.
    pub took: Duration,
}

/// A round that went wrong.
#[derive(Debug)]
pub struct Failure {
    /// The seed that makes the same choices again.
    pub seed: u64,
    /// Where the trace, what was said, and the states of whoever was left are kept.
    pub evidence: PathBuf,
}

/// How often a scenario is played.
#[derive(Clone, Copy, Debug)]
pub struct Rounds {
    /// So often.
    pub most: u32,
    /// No more, once a round has failed.
    pub to_failure: bool,
}

impl Result {
    fn add(&mut self, played: anyhow::Result<()>) -> Option<String> {
        let error = match played {
            Ok(()) => {
                self.passed += 1;
                return None;
            }
            Err(error) => error,
        };
        match error.downcast::<Skipped>() {
            Ok(Skipped(why)) => {
                self.skipped = Some(why);
                None
            }
            Err(error) => {
                self.failed += 1;
                self.broken += u32::from(error.is::<std::io::Error>());
                let reason = format!("{error:#}");
                *self.reasons.entry(reason.clone()).or_default() += 1;
                Some(reason)
            }
        }
    }

    /// One round.
    fn play(&mut self, scenario: &Scenario, tracer: &Path, seed: u64) -> anyhow::Result<()> {
        let mut stage = Stage::new(tracer, scenario.name, seed)?;
        if let Some(reason) = self.add(scenario.play(&mut stage))
            && self.failures.len() < KEPT
        {
            self.failures.push(Failure { seed, evidence: stage.keep(scenario.name, seed, &reason)? });
        }
        Ok(())
    }
}

/// Plays a scenario some times.
pub fn play(scenario: &Scenario, tracer: &Path, rounds: Rounds, seed: u64) -> Result {
    let mut result = Result::default();
    let start = Instant::now();
    for round in 0..rounds.most {
        if let Err(error) = result.play(scenario, tracer, seed.wrapping_add(u64::from(round))) {
            // The suite's own folders cannot be had.
            result.add(Err(error));
            result.broken += 1;
        }
        if result.skipped.is_some() || (rounds.to_failure && result.failed > 0) {
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
