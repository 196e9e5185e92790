//! Every scenario, a few rounds each, as a test of its own.

use lifecycle::rounds::{self, Result, Rounds};
use lifecycle::scenario::Scenario;
use lifecycle::scenarios;
use std::process::ExitCode;
use tests::places;

/// So many at a time: most of them wait most of the time.
const AT_A_TIME: usize = 3;

/// So many rounds of one in which chance plays a part.
const RACY_ROUNDS: u32 = 3;

/// The parts of names that were asked for. All options of the usual harness are for other harnesses.
fn parts() -> Vec<String> {
    std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect()
}

fn tell(scenario: &Scenario, result: &Result) {
    let word = match (&result.skipped, result.failed) {
        (Some(why), _) => format!("ignored, {why}"),
        (None, 0) => "ok".to_owned(),
        (None, _) => "FAILED".to_owned(),
    };
    println!("test {} ... {word}", scenario.name);
    for reason in result.reasons.keys() {
        println!("    {reason}");
    }
    for failure in &result.failures {
        println!("    kept: {}", failure.evidence.display());
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let tracer = places::tracewell()?;
    let parts = parts();
    let mut scenarios = scenarios::all();
    scenarios.retain(|scenario| parts.is_empty() || parts.iter().any(|part| scenario.name.contains(part.as_str())));
    println!("\nrunning {} tests", scenarios.len());
    let play = |scenario: &Scenario| {
        let rounds = Rounds { most: if scenario.racy { RACY_ROUNDS } else { 1 }, to_failure: false };
        rounds::play(scenario, &tracer, rounds, u64::from(std::process::id()))
    };
    let results = rounds::play_all(&scenarios, AT_A_TIME, play, tell);
    let ignored = results.iter().filter(|result| result.skipped.is_some()).count();
    let failed = results.iter().filter(|result| result.failed > 0).count();
    let passed = results.len() - ignored - failed;
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {failed} failed; {ignored} ignored");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
