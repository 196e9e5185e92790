//! `cargo xtask bench`: what tracing costs, beside the peer, in turns on the same work.

use crate::peer;
use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use tests::places;

/// One kind of work: what it is called, and its command, in which `BENCH` is the folder of built programs.
struct Work {
    name: &'static str,
    command: &'static [&'static str],
}

const WORKS: &[Work] = &[
    Work { name: "dd bs=1", command: &["dd", "if=/dev/zero", "of=/dev/null", "bs=1", "count=10000", "status=none"] },
    Work { name: "open, fstat, read, close", command: &["BENCH/reopen", "5000"] },
    Work { name: "fork and exec", command: &["BENCH/storm", "100"] },
];

/// The options of every trace.
const OPTIONS: &[&str] = &["-f", "-o"];

/// Who does the work: nobody's tracee, the peer's, ours.
const RUNNERS: [&str; 3] = ["native", "strace", "tracewell"];

/// Prints a row for each work; fails where tracewell's median is above the peer's.
pub fn main(words: Vec<String>) -> anyhow::Result<ExitCode> {
    let (mut asked, mut rounds) = (None, 7);
    let mut parser = lexopt::Parser::from_args(words);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("peer") => asked = Some(parser.value()?.into()),
            lexopt::Arg::Long("rounds") => rounds = parser.value()?.to_string_lossy().parse()?,
            other => return Err(other.unexpected().into()),
        }
    }
    let peer = peer::find(asked);
    println!("{}, {rounds} rounds in turns; medians, ratios of the rounds from least to most", peer::version(&peer)?);
    let tracers = [None, Some(peer), Some(release_build()?)];
    let folder = places::scratch("bench")?;
    build_programs(&folder)?;
    let mut slower = false;
    for work in WORKS {
        let rounds: Vec<_> = (0..rounds).map(|_| round(work, &tracers, &folder)).collect::<anyhow::Result<_>>()?;
        slower |= report(work.name, &rounds);
    }
    std::fs::remove_dir_all(folder)?;
    Ok(if slower { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Times and numbers of lines, as [`RUNNERS`] are ordered.
type Round = [(Duration, usize); 3];

fn round(work: &Work, tracers: &[Option<PathBuf>; 3], folder: &Path) -> anyhow::Result<Round> {
    let mut round = [(Duration::ZERO, 0); 3];
    for (slot, tracer) in round.iter_mut().zip(tracers) {
        *slot = run(work, tracer.as_deref(), folder)?;
    }
    ensure!(round[1].1 == round[2].1, "{}: strace writes {} lines, tracewell {}", work.name, round[1].1, round[2].1);
    Ok(round)
}

fn run(work: &Work, tracer: Option<&Path>, folder: &Path) -> anyhow::Result<(Duration, usize)> {
    let trace = folder.join("trace");
    let words = work.command.iter().map(|word| word.replace("BENCH", &folder.to_string_lossy()));
    let mut words: Vec<_> = words.map(std::ffi::OsString::from).collect();
    if let Some(tracer) = tracer {
        let options = OPTIONS.iter().map(std::ffi::OsString::from);
        words.splice(0..0, [tracer.into()].into_iter().chain(options).chain([trace.clone().into()]));
    }
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status().with_context(|| format!("starting {:?}", words[0]))?;
    let time = start.elapsed();
    ensure!(status.success(), "{}: {status}", work.name);
    Ok((time, if tracer.is_some() { count_events(&std::fs::read_to_string(&trace)?) } else { 0 }))
}

/// Lines, one for each call: whether a call's line is cut in two is a matter of chance.
fn count_events(trace: &str) -> usize {
    trace.lines().filter(|line| !line.contains(" resumed>")).count()
}

/// Prints one row; true if tracewell's median is above the peer's.
fn report(name: &str, rounds: &[Round]) -> bool {
    let medians: Vec<_> = (0..RUNNERS.len()).map(|at| median(rounds.iter().map(|round| round[at].0))).collect();
    let ratios = rounds.iter().map(|round| round[2].0.as_secs_f64() / round[1].0.as_secs_f64());
    let (least, most) = ratios.fold((f64::MAX, 0.0_f64), |(least, most), ratio| (least.min(ratio), most.max(ratio)));
    let lines = rounds.first().map_or(0, |round| round[1].1);
    print!("{name:26} {lines:7} lines");
    for (runner, time) in RUNNERS.iter().zip(&medians) {
        print!("  {runner} {:.3} s", time.as_secs_f64());
    }
    let ratio = medians[2].as_secs_f64() / medians[1].as_secs_f64();
    println!("  tracewell/strace {ratio:.2} ({least:.2}–{most:.2})");
    ratio > 1.0
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<_> = times.collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The optimised tracewell, as users have it.
fn release_build() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo).args(["build", "--release", "--quiet", "--package", "tracewell"]).status()?;
    ensure!(status.success(), "tracewell does not build");
    places::release()
}

fn build_programs(folder: &Path) -> anyhow::Result<()> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    for name in ["reopen", "storm"] {
        let source = places::bench().join(name).with_extension("c");
        let status = Command::new(&compiler).args(["-O2", "-o"]).arg(folder.join(name)).arg(source).status()?;
        ensure!(status.success(), "{compiler} cannot build {name}.c");
    }
    Ok(())
}
