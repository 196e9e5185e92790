//! Plays scenarios with any tracer, and prints a table of what came of them; or, with `soak`, does the soak.

use anyhow::{Context, bail, ensure};
use lexopt::Arg::{Long, Value};
use lexopt::ValueExt as _;
use lifecycle::busy::Busy;
use lifecycle::rounds::{self, Result, Rounds};
use lifecycle::scenario::Scenario;
use lifecycle::{interruptions, peer, scenarios, soak};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;
use tests::places;

/// What was asked for.
struct Request {
    tracer: Option<PathBuf>,
    rounds: Option<u32>,
    jobs: usize,
    seed: u64,
    busy: bool,
    expect_peer: bool,
    write: bool,
    minutes: f64,
    names: Vec<String>,
}

/// So many rounds are played where no number is given.
const ROUNDS: u32 = 10;

/// So many of `racy`, all scenarios in which chance plays a part.
const RACY_ROUNDS: u32 = 50;

fn parse() -> anyhow::Result<Request> {
    let seed = u64::from(std::process::id());
    let mut request = Request {
        tracer: None,
        rounds: None,
        jobs: 2,
        seed,
        busy: false,
        expect_peer: false,
        write: false,
        minutes: 10.0,
        names: Vec::new(),
    };
    let mut words = lexopt::Parser::from_env();
    while let Some(word) = words.next()? {
        match word {
            Long("tracer") => request.tracer = Some(words.value()?.into()),
            Long("rounds") => request.rounds = Some(words.value()?.parse()?),
            Long("jobs") => request.jobs = words.value()?.parse()?,
            Long("seed") => request.seed = words.value()?.parse()?,
            Long("minutes") => request.minutes = words.value()?.parse()?,
            Long("busy") => request.busy = true,
            Long("expect-peer") => request.expect_peer = true,
            Long("write") => request.write = true,
            Value(name) => request.names.push(name.string()?),
            other => bail!(other.unexpected()),
        }
    }
    let is_whole = request.names == ["interruptions"] || (request.expect_peer && request.names.is_empty());
    ensure!(!request.write || is_whole, "--write is for `interruptions`, and for --expect-peer with all scenarios");
    Ok(request)
}

impl Request {
    /// Whether all racy scenarios are asked for.
    fn is_racy(&self) -> bool {
        self.names == ["racy"]
    }

    /// The scenarios that were asked for: by parts of their names; all where there are none.
    fn chosen(&self) -> anyhow::Result<Vec<&'static Scenario>> {
        let mut scenarios = scenarios::all();
        let is_named = |scenario: &Scenario| self.names.iter().any(|part| scenario.name.contains(part.as_str()));
        scenarios.retain(|scenario| match self.is_racy() {
            true => scenario.racy,
            false => self.names.is_empty() || is_named(scenario),
        });
        ensure!(!scenarios.is_empty(), "no scenario has such a name");
        Ok(scenarios)
    }

    /// How often a scenario is played.
    fn rounds(&self, scenario: &Scenario) -> Rounds {
        let most = self.rounds.unwrap_or(if self.is_racy() { RACY_ROUNDS } else { ROUNDS });
        if self.expect_peer { peer::rounds(scenario, most) } else { Rounds { most, to_failure: false } }
    }

    /// Whether a result is as it should be.
    fn is_right(&self, scenario: &Scenario, result: &Result) -> bool {
        if self.expect_peer { peer::is_right(scenario, result) } else { result.failed == 0 }
    }
}

fn print(scenario: &Scenario, result: &Result) {
    let Result { passed, failed, skipped, reasons, failures, took, .. } = result;
    let seconds = took.as_secs_f64();
    match skipped {
        Some(why) => println!("{:<56} skipped: {why}", scenario.name),
        None => println!("{:<56} {passed:>3}/{:<3} {seconds:>6.1} s", scenario.name, passed + failed),
    }
    for (reason, count) in reasons {
        println!("    {count} × {reason}");
    }
    for failure in failures {
        println!("    --seed {} --rounds 1 {}; kept: {}", failure.seed, scenario.name, failure.evidence.display());
    }
}

/// What a tracer says of its version.
fn version(tracer: &Path) -> anyhow::Result<String> {
    let output = Command::new(tracer).arg("-V").output().with_context(|| format!("{}", tracer.display()))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.lines().next().unwrap_or_default().replace("-- version ", ""))
}

/// Prints what interrupts a tracer, or with `--write` records it.
fn interrupt(request: &Request, tracer: &Path) -> anyhow::Result<ExitCode> {
    let lines = interruptions::lines(tracer, request.jobs, &BTreeMap::new())?;
    if request.write {
        std::fs::write(interruptions::recorded(), format!("# {}\n{lines}", version(tracer)?))?;
    } else {
        print!("{lines}");
    }
    Ok(ExitCode::SUCCESS)
}

fn play(request: &Request, tracer: &Path) -> anyhow::Result<ExitCode> {
    let scenarios = request.chosen()?;
    println!("{}, seed {}, busy: {}", tracer.display(), request.seed, request.busy);
    let play = |scenario: &Scenario| rounds::play(scenario, tracer, request.rounds(scenario), request.seed);
    let results = rounds::play_all(&scenarios, request.jobs, play, print);
    let both = || scenarios.iter().zip(&results);
    let wrong: Vec<_> = both().filter(|(scenario, result)| !request.is_right(scenario, result)).collect();
    let skipped = results.iter().filter(|result| result.skipped.is_some()).count();
    let rounds: u32 = results.iter().map(|result| result.passed + result.failed).sum();
    println!("{} scenarios, {rounds} rounds, {} not as expected, {skipped} skipped", scenarios.len(), wrong.len());
    for (scenario, result) in &wrong {
        println!("    {}: {} of {} failed", scenario.name, result.failed, result.passed + result.failed);
    }
    if request.write {
        std::fs::write(peer::place(), peer::table(&version(tracer)?, &scenarios, &results))?;
    }
    Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn main() -> anyhow::Result<ExitCode> {
    let request = parse()?;
    let tracer = match &request.tracer {
        Some(path) => path.clone(),
        None => places::tracewell()?,
    };
    let _busy = request.busy.then(Busy::start).transpose().context("starting other work")?;
    if request.names == ["soak"] {
        let length = Duration::try_from_secs_f64(60.0 * request.minutes)?;
        return soak::soak(&tracer, request.seed, length);
    }
    if request.names == ["interruptions"] {
        return interrupt(&request, &tracer);
    }
    play(&request, &tracer)
}
