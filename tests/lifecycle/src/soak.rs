//! The soak: tracers come and go, by chance, on a program that is busy in every way at once. Its accounts must balance.

use crate::chance::Chance;
use crate::look;
use crate::stage::Stage;
use crate::target::Target;
use crate::tracer::Tracer;
use crate::{LONG, wait_until};
use anyhow::{Context, ensure};
use rustix::process::Signal;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What tracers are asked for, by chance.
const OPTIONS: &[&[&str]] = &[
    &["-f"],
    &["-f", "-c"],
    &["-f", "-ttT"],
    &["-f", "-y", "-s", "200"],
    &["-f", "-e", "trace=%process"],
    &["-f", "-q", "-e", "signal=none"],
    &["-f", "-ff"],
    &[],
];

/// How tracers end, by chance: most of them because somebody asks, and some because somebody kills them.
const ENDS: &[Signal] =
    &[Signal::INT, Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT, Signal::KILL, Signal::KILL, Signal::KILL];

/// The longest lives of tracers in milliseconds, by chance.
const LIVES: &[u64] = &[1, 5, 20, 100, 500];

/// So often the accounts are told of.
const NEWS: Duration = Duration::from_secs(30);

/// Does it for so long, or up to the first thing that is wrong; prints what came of it.
pub fn soak(tracer: &Path, seed: u64, length: Duration) -> anyhow::Result<ExitCode> {
    println!("{}, soak of {} s, seed {seed}", tracer.display(), length.as_secs());
    let start = Instant::now();
    let mut stage = Stage::new(tracer, "soak", seed)?;
    let done = go_on(&mut stage, length);
    let seconds = start.elapsed().as_secs();
    match done {
        Ok(Accounts { tracers, notes: [jobs, signals, to_threads, children, threads] }) => {
            println!("soak: passed, {seconds} s; all accounts balance:");
            for (what, count) in [
                ("tracers came and went", tracers),
                ("jobs done", jobs),
                ("signals to the process", signals),
                ("signals to its threads", to_threads),
                ("children reaped", children),
                ("threads run", threads),
            ] {
                println!("{count:>10} {what}");
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            let kept = stage.keep("soak", seed, &format!("{error:#}"))?;
            println!("soak: FAILED after {seconds} s: {error:#}\n    --seed {seed}; kept: {}", kept.display());
            Ok(ExitCode::FAILURE)
        }
    }
}

/// What the program counts, all of which balances.
struct Accounts {
    tracers: u64,
    notes: [u64; 5],
}

/// Has tracers come and go for so long.
fn go_on(stage: &mut Stage, length: Duration) -> anyhow::Result<Accounts> {
    let mut target = stage.target(&["soak"])?;
    let (start, mut told) = (Instant::now(), Instant::now());
    let mut tracers = 0;
    while start.elapsed() < length {
        visit(stage, &target).with_context(|| format!("tracer {tracers}"))?;
        tracers += 1;
        if told.elapsed() > NEWS {
            told = Instant::now();
            println!("{:>5} s, {tracers} tracers, {:?}", start.elapsed().as_secs(), target.tally.counts());
        }
    }
    target.finish()?;
    Ok(Accounts { tracers, notes: [1, 2, 3, 4, 5].map(|number| target.tally.note(number)) })
}

/// A tracer, sometimes two at once, comes and goes.
fn visit(stage: &mut Stage, target: &Target) -> anyhow::Result<()> {
    let mut tracers = vec![come(stage, target)?];
    if stage.chance.below(4) == 0 {
        tracers.push(come(stage, target)?);
    }
    let life = stage.chance.one_of(LIVES).context("there are lives")?;
    stage.pause(life);
    for tracer in &mut tracers {
        go(&mut stage.chance, tracer)?;
    }
    for tracer in &mut tracers {
        tracer.gone()?;
    }
    // Its children stop each other now and then; a stop that lasts is seen by a counter that does not move.
    let is_free = || target.threads().iter().all(|thread| thread.tracer == 0);
    ensure!(wait_until(LONG, is_free), "left traced: {}", look::describe(&target.threads()));
    target.moves()
}

fn come(stage: &mut Stage, target: &Target) -> anyhow::Result<Tracer> {
    let options = stage.chance.one_of(OPTIONS).context("there are options")?;
    let id = target.id().to_string();
    let mut arguments = options.to_vec();
    arguments.extend(["-p", &id]);
    stage.trace(&arguments)
}

/// Asks a tracer to end, now and then twice. One that has ended already, since another had the program, does not mind.
fn go(chance: &mut Chance, tracer: &mut Tracer) -> anyhow::Result<()> {
    let end = chance.one_of(ENDS).context("there are ends")?;
    let times = 1 + chance.below(8) / 7;
    for _ in 0..times {
        ensure!(tracer.send(end).is_ok() || times > 1, "a tracer that is not waited for can be sent a signal");
    }
    Ok(())
}
