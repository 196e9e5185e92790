//! Whole-program tests: small programs with one behaviour each (`programs/`), what strace prints of
//! them (`expected/`, recorded by `cargo xtask record`), and the means to compare two traces.
//!
//! The way: a [`case`] is one run of one program; [`program`] builds it, [`run`] traces it, [`trace`]
//! takes the text apart, [`pids`] and [`volatile`] replace what changes from run to run, and
//! [`streams`] and [`expectation`] put it together again; [`align`] and [`explain`] say where two texts
//! differ.
#![forbid(unsafe_code)]

pub mod align;
pub mod case;
pub mod differences;
pub mod expectation;
pub mod explain;
mod form;
mod pattern;
pub mod pending;
pub mod pids;
pub mod places;
pub mod program;
pub mod run;
pub mod streams;
pub mod trace;
pub mod volatile;

use anyhow::Context;
use case::Case;
use std::path::Path;

/// Every run of every test program.
pub fn cases() -> anyhow::Result<Vec<Case>> {
    case::cases(&places::programs())
}

/// Runs a tracer on a case; the text that `expected/` should hold.
pub fn trace_text(tracer: &Path, case: &Case) -> anyhow::Result<String> {
    Ok(expectation::text(case, &run::run(tracer, case)?))
}

/// Compares tracewell with what is recorded. The error explains the first difference.
pub fn verify(case: &Case) -> anyhow::Result<()> {
    verify_with(case, case)
}

/// Compares what tracewell prints when it is run as a case says with what is recorded of another.
pub fn verify_with(run: &Case, case: &Case) -> anyhow::Result<()> {
    let path = places::expectation(&case.name());
    let recorded = std::fs::read_to_string(&path).with_context(|| format!("{}: record it", path.display()))?;
    let expected: Vec<_> = recorded.lines().filter(|line| !line.starts_with('#')).collect();
    let found = trace_text(&places::tracewell()?, run)?;
    match explain::first_difference(&expected, &found.lines().collect::<Vec<_>>()) {
        None => Ok(()),
        Some(difference) => anyhow::bail!("{}: not what strace prints\n{difference}", case.name()),
    }
}

/// The body of a test: compares one case by its name.
///
/// # Panics
/// Where the text differs, which is how a test fails.
#[expect(clippy::panic, reason = "it is the body of a test")]
pub fn check(name: &str) {
    let case = cases().map(|cases| cases.into_iter().find(|case| case.name() == name));
    let verdict = case.and_then(|case| verify(&case.context("no such case")?));
    if let Err(error) = verdict {
        panic!("{error:#}");
    }
}
