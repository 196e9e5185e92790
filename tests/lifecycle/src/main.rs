//! Plays scenarios with any tracer, and prints a table of what came of them; or, with `soak`, does the soak.

use anyhow::{Context, bail};
use lexopt::Arg::{Long, Value};
use lexopt::ValueExt as _;
use lifecycle::busy::Busy;
use lifecycle::rounds::{self, Result};
use lifecycle::scenario::Scenario;
use lifecycle::{scenarios, soak};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use tests::places;

/// What was asked for.
struct Request {
    tracer: Option<PathBuf>,
    rounds: u32,
    jobs: usize,
    seed: u64,
    busy: bool,
    expect_peer: bool,
    minutes: f64,
    names: Vec<String>,
}

fn parse() -> anyhow::Result<Request> {
    let seed = u64::from(std::process::id());
    let mut request = Request {
        tracer: None,
        rounds: 10,
        jobs: 1,
        seed,
        busy: false,
        expect_peer: false,
        minutes: 10.0,
        names: Vec::new(),
    };
    let mut words = lexopt::Parser::from_env();
    while let Some(word) = words.next()? {
        match word {
            Long("tracer") => request.tracer = Some(words.value()?.into()),
            Long("rounds") => request.rounds = words.value()?.parse()?,
            Long("jobs") => request.jobs = words.value()?.parse()?,
            Long("seed") => request.seed = words.value()?.parse()?,
            Long("minutes") => request.minutes = words.value()?.parse()?,
            Long("busy") => request.busy = true,
            Long("expect-peer") => request.expect_peer = true,
            Value(name) => request.names.push(name.string()?),
            other => bail!(other.unexpected()),
        }
    }
    Ok(request)
}

/// The scenarios whose names have one of the parts; all where there are none.
fn chosen(parts: &[String]) -> Vec<&'static Scenario> {
    let mut scenarios = scenarios::all();
    scenarios.retain(|scenario| parts.is_empty() || parts.iter().any(|part| scenario.name.contains(part.as_str())));
    scenarios
}

fn print(scenario: &Scenario, result: &Result) {
    let Result { passed, failed, skipped, reasons, took, .. } = result;
    let seconds = took.as_secs_f64();
    match skipped {
        Some(why) => println!("{:<56} skipped: {why}", scenario.name),
        None => println!("{:<56} {passed:>3}/{:<3} {seconds:>6.1} s", scenario.name, passed + failed),
    }
    for (reason, count) in reasons {
        println!("    {count} × {reason}");
    }
}

/// Whether a result is as it should be.
fn is_right(scenario: &Scenario, result: &Result, expect_peer: bool) -> bool {
    let fails = result.failed > 0;
    result.skipped.is_some() || (result.broken == 0 && fails == (expect_peer && scenario.beats.is_some()))
}

fn main() -> anyhow::Result<ExitCode> {
    let request = parse()?;
    let tracer = match request.tracer {
        Some(path) => path,
        None => places::tracewell()?,
    };
    let _busy = request.busy.then(Busy::start).transpose().context("starting other work")?;
    if request.names == ["soak"] {
        let length = Duration::try_from_secs_f64(60.0 * request.minutes)?;
        return soak::soak(&tracer, request.seed, length).map(|()| ExitCode::SUCCESS);
    }
    let scenarios = chosen(&request.names);
    println!("{}, {} rounds, seed {}", tracer.display(), request.rounds, request.seed);
    let play = |scenario: &Scenario| rounds::play(scenario, &tracer, request.rounds, request.seed);
    let results = rounds::play_all(&scenarios, request.jobs, play, print);
    let wrong: Vec<&str> = scenarios
        .iter()
        .zip(&results)
        .filter(|(scenario, result)| !is_right(scenario, result, request.expect_peer))
        .map(|(scenario, _)| scenario.name)
        .collect();
    let skipped = results.iter().filter(|result| result.skipped.is_some()).count();
    println!("{} scenarios, {} not as expected, {skipped} skipped", scenarios.len(), wrong.len());
    for name in &wrong {
        println!("    {name}");
    }
    Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
