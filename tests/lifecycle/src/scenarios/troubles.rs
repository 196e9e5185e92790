//! Cases 44 to 48: the tracer's own troubles.

use super::second_looks::{as_somebody, end_of_somebodys};
use super::{End, ended_and_left_alone, word};
use crate::plan::{ATTACH, Plan};
use crate::scenario::Scenario;
use crate::stage::Stage;
use crate::trace::Trace;
use crate::tracer::Tracer;
use anyhow::{Context, ensure};
use rustix::process::Signal;
use std::process::Command;
use std::time::Duration;

const FOUR: &[&str] = &["threads", "4"];

/// The scenarios.
pub const SCENARIOS: &[Scenario] = &[
    Scenario::story("case44_reader_goes_away", |stage| goes_on(stage, "|head -n1 >/dev/null").map(drop)),
    Scenario::story("case44_reader_stays_and_does_not_read", nobody_reads).beats("hangs"),
    Scenario::story("case45_disk_full", disk_full),
    Scenario::story("case45_file_too_large", too_large).beats("is killed by SIGXFSZ"),
    Scenario::story("case46_no_descriptors", |stage| limited(stage, "ulimit -n 4")),
    Scenario::story("case46_few_descriptors", |stage| limited(stage, "ulimit -n 6")),
    Scenario::story("case46_no_memory", |stage| limited(stage, "ulimit -v 12000")),
    Scenario::story("case46_memory_runs_out", memory_runs_out),
    Scenario::story("case46_no_processes", no_processes),
    Scenario::story("case47_output_is_complete_after_sigterm", complete),
    Scenario::plan(
        "case48_tracer_killed_among_calls",
        Plan { program: &["calls"], signal: Signal::KILL, tracers: 5, ..ATTACH },
    )
    .racy(),
    Scenario::plan(
        "case48_tracer_killed_among_children",
        Plan { program: &["forks"], signal: Signal::KILL, tracers: 5, ..ATTACH },
    )
    .racy(),
    Scenario::plan(
        "case48_tracer_killed_among_vforks",
        Plan { program: &["vforks"], signal: Signal::KILL, tracers: 5, ..ATTACH },
    )
    .racy(),
];

/// A command whose trace goes nowhere runs to its end.
fn goes_on(stage: &Stage, output: &str) -> anyhow::Result<Tracer> {
    let mut command = Command::new(&stage.tracer);
    command.args([
        "-o",
        output,
        "sh",
        "-c",
        "i=0; while [ $i -lt 300 ]; do cd /; i=$((i+1)); done; echo alive; exit 3",
    ]);
    let mut tracer = Tracer::start(command, &stage.folder)?;
    let status = tracer.end()?;
    let said = std::fs::read_to_string(stage.path("said"))?;
    ensure!(said == "alive\n", "the command did not go on to its end: {status}");
    Ok(tracer)
}

fn nobody_reads(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["calls"])?;
    let mut command = Command::new(&stage.tracer);
    command.args(["-f", "-o", "|exec sleep 20", "-p", &target.id().to_string()]);
    let mut tracer = Tracer::start(command, &stage.folder)?;
    let group = tracer.id();
    target.until_taken()?;
    std::thread::sleep(Duration::from_millis(300));
    tracer.send(Signal::INT)?;
    let result = ended_and_left_alone(&mut tracer, &mut target);
    if let Some(group) = rustix::process::Pid::from_raw(group as i32) {
        // The reader is left.
        let _ = rustix::process::kill_process_group(group, Signal::KILL);
    }
    result
}

fn disk_full(stage: &mut Stage) -> anyhow::Result<()> {
    let tracer = goes_on(stage, "/dev/full")?;
    let said = tracer.errors();
    ensure!(said.contains("/dev/full") && said.contains("No space left"), "nothing is said: {said}");
    Ok(())
}

/// A file that may grow no further is as a disk that is full: the command goes on, and the same limit kills it as ever.
fn too_large(stage: &mut Stage) -> anyhow::Result<()> {
    let (large, trace) = (stage.path("large"), stage.path("trace"));
    let command = format!(
        "i=0; while [ $i -lt 300 ]; do cd /; i=$((i+1)); done; echo alive; exec dd if=/dev/zero of={} bs=4096 count=1",
        word(&large)?
    );
    let mut shell = Command::new("sh");
    let script = format!("ulimit -f 1; exec \"$0\" -o {} sh -c \"$1\"", word(&trace)?);
    shell.args(["-c", &script, word(&stage.tracer)?, &command]);
    let mut tracer = Tracer::start(shell, &stage.folder)?;
    End::Signal(Signal::XFSZ.as_raw()).is(tracer.end()?)?;
    ensure!(std::fs::read_to_string(stage.path("said"))? == "alive\n", "the command did not go on");
    ensure!(tracer.errors().contains("trace: File too large"), "nothing is said: {}", tracer.errors());
    Ok(())
}

/// Writes of more than the tracer has memory for, shown in full.
fn memory_runs_out(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["large"])?;
    let script = format!(
        "ulimit -v 60000; exec {} -s 200000000 -e trace=write -o {} -p {}",
        word(&stage.tracer)?,
        word(&stage.path("trace"))?,
        target.id()
    );
    let mut command = Command::new("sh");
    command.args(["-c", &script]);
    let mut tracer = Tracer::start(command, &stage.folder)?;
    End::Code(1).is(tracer.end()?)?;
    ensure!(tracer.errors().contains("Out of memory"), "no clear line, but {:?}", tracer.errors());
    ended_and_left_alone(&mut tracer, &mut target)
}

/// No process can be made by a user who has as many as are allowed.
fn no_processes(stage: &mut Stage) -> anyhow::Result<()> {
    let mut command = as_somebody("prlimit");
    command.args(["--nproc=1", word(&stage.tracer)?, "true"]).current_dir("/");
    let mut tracer = Tracer::start(command, &stage.folder)?;
    let status = end_of_somebodys(&mut tracer)?;
    End::Code(1).is(status)?;
    let said = tracer.errors();
    ensure!(said.ends_with(": Resource temporarily unavailable\n") && said.lines().count() == 1, "it says {said:?}");
    Ok(())
}

/// A tracer that lacks something may refuse or give up, but harms nobody.
fn limited(stage: &mut Stage, limit: &str) -> anyhow::Result<()> {
    let mut target = stage.target(FOUR)?;
    let trace = stage.path("trace");
    let script = format!("{limit}; exec {} -f -o {} -p {}", word(&stage.tracer)?, word(&trace)?, target.id());
    let mut command = Command::new("sh");
    command.args(["-c", &script]);
    let mut tracer = Tracer::start(command, &stage.folder)?;
    std::thread::sleep(Duration::from_millis(150));
    let ended = tracer.runs().is_err();
    // One that gave up is gone already.
    let _ = tracer.send(Signal::INT);
    let status = tracer.gone()?;
    ensure!(!ended || (!status.success() && !tracer.errors().is_empty()), "it gave up without a word");
    ended_and_left_alone(&mut tracer, &mut target)
}

/// Every step from when all threads were taken to when the end was asked for is in the trace.
fn complete(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["calls"])?;
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    target.moves()?;
    let steps = |counts: Vec<u64>| counts.iter().sum::<u64>();
    let from = steps(target.tally.counts());
    std::thread::sleep(Duration::from_millis(100));
    let to = steps(target.tally.counts());
    tracer.send(Signal::TERM)?;
    tracer.gone()?;
    let trace = Trace::read(&stage.path("trace"))?;
    trace.has_no_gaps()?;
    // A thread counts a step just before the call: one of each may still be on its way.
    ensure!(trace.steps() + 4 >= to - from, "the trace has {} of {} steps", trace.steps(), to - from);
    ended_and_left_alone(&mut tracer, &mut target).context("after the end")
}
