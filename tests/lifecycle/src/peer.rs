//! What strace 7.2 makes of the scenarios: which must fail, how many rounds that takes, and the table of it.

use crate::rounds::{Result, Rounds};
use crate::scenario::{Often, Scenario};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How often a scenario is played with strace: one that it must fail, until it does. All but one suite in a thousand see
/// it then.
pub fn rounds(scenario: &Scenario, asked: u32) -> Rounds {
    match scenario.beats.map(|flaw| flaw.often) {
        Some(Often::OneIn(rounds)) => Rounds { most: 7 * rounds, to_failure: true },
        None | Some(Often::Rarely) if scenario.racy => Rounds { most: asked, to_failure: false },
        _ => Rounds { most: 1, to_failure: false },
    }
}

/// Whether strace does wrong what it is said to do wrong, and no more.
pub fn is_right(scenario: &Scenario, result: &Result) -> bool {
    let is_expected = match scenario.beats.map(|flaw| flaw.often) {
        None => result.failed == 0,
        Some(Often::Rarely) => true,
        Some(Often::Always | Often::OneIn(_)) => result.failed > 0,
    };
    result.skipped.is_some() || (result.broken == 0 && is_expected)
}

/// Where the table stands.
pub fn place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("peer.md")
}

/// The table, in the order of the contract.
pub fn table(version: &str, scenarios: &[&Scenario], results: &[Result]) -> String {
    let failing = results.iter().filter(|result| result.failed > 0).count();
    let skipped = results.iter().filter(|result| result.skipped.is_some()).count();
    let passing = results.len() - failing - skipped;
    let mut text = format!(
        "# What {version} makes of the scenarios\n\n\
         Written by `cargo run --release -p tracewell-lifecycle -- --expect-peer --write --tracer PATH`. A scenario that \
         strace\nis known to fail by chance is played until it does; one that it fails rarely need not fail here. Of {} \
         scenarios\nit passes {passing} and fails {failing}; {skipped} were skipped.\n\n\
         | scenario | rounds that fail | what strace does wrong |\n|---|---|---|\n",
        results.len()
    );
    for (scenario, result) in scenarios.iter().zip(results) {
        let rounds = match &result.skipped {
            Some(why) => format!("skipped: {why}"),
            None => format!("{} of {}", result.failed, result.passed + result.failed),
        };
        let flaw = scenario.beats.map(|flaw| match flaw.often {
            Often::Always => flaw.what.to_owned(),
            Often::OneIn(rounds) => format!("{}, in about one round of {rounds}", flaw.what),
            Often::Rarely => format!("{}, rarely", flaw.what),
        });
        // A String takes everything.
        let _ = writeln!(text, "| {} | {rounds} | {} |", scenario.name, flaw.unwrap_or_default());
    }
    text
}
