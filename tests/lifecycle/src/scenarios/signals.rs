//! Cases 37 to 43: signals and statuses.

use super::{End, run, word};
use crate::plan::{ATTACH, Plan};
use crate::programs;
use crate::scenario::Scenario;
use crate::stage::Stage;
use crate::tally::Word;
use crate::target::Target;
use crate::trace::Trace;
use crate::tracer::Tracer;
use crate::wait_until;
use anyhow::ensure;
use rustix::process::Signal;
use std::time::Duration;

/// The scenarios.
pub const SCENARIOS: &[Scenario] = &[
    Scenario::story("case37_real_time_signals_while_traced", |stage| while_traced(stage, "values")),
    Scenario::story("case38_stops_are_real_for_the_parent", |stage| while_traced(stage, "jobs")),
    Scenario::plan("case38_the_same_with_tracers_that_come_and_go", Plan { program: &["jobs"], tracers: 5, ..ATTACH })
        .racy(),
    Scenario::story("case39_sigtrap_by_a_user", |stage| while_traced(stage, "traps")),
    Scenario::plan("case39_the_same_with_tracers_that_come_and_go", Plan { program: &["traps"], tracers: 5, ..ATTACH })
        .rarely_beats("loses a SIGTRAP")
        .racy(),
    Scenario::story("case40_terminal_ctrl_c", terminal),
    Scenario::plan(
        "case41_the_parent_s_waits_are_its_own",
        Plan { program: &["jobs"], options: &[], tracers: 5, ..ATTACH },
    )
    .racy(),
    Scenario::story("case42_exit_statuses", statuses),
    Scenario::story("case42_killing_signals", killing_signals),
    Scenario::story("case43_target_killed", |stage| killed(stage, &["threads", "400", "50000"])),
    Scenario::story("case43_target_killed_in_churn", |stage| killed(stage, &["churn", "16", "100"])).racy(),
    Scenario::story("case43_target_killed_in_execves", |stage| killed(stage, &["execs"]))
        .rarely_beats("refuses with EPERM")
        .racy(),
];

/// A program under the tracer from its start, that checks its accounts itself.
fn while_traced(stage: &Stage, program: &str) -> anyhow::Result<()> {
    let (mut tracer, target) = stage.traced(&["-f"], &[program])?;
    target.until_ready()?;
    std::thread::sleep(Duration::from_millis(300));
    target.tally.set(Word::Stop, 1)?;
    let status = tracer.end()?;
    ensure!(status.success(), "{status}: {}", target.said());
    Trace::read(&stage.path("trace"))?.has_no_gaps()
}

/// What the terminal's Ctrl-C means reaches the command; the tracer goes on to the command's end.
fn terminal(stage: &mut Stage) -> anyhow::Result<()> {
    let program = programs::program("interrupted")?;
    let mut command = stage.command(&["terminal"])?;
    command.arg(&stage.tracer).args(["-o", word(&stage.path("trace"))?, word(&program)?]);
    let tally = Target::tally(&mut command, &stage.folder)?;
    let mut terminal = Tracer::start(command, &stage.folder)?;
    End::Code(5).is(terminal.end()?)?;
    ensure!(tally.get(Word::Ready) == 1, "the command was not started");
    Trace::read(&stage.path("trace"))?.has("+++ exited with 5 +++")
}

fn statuses(stage: &mut Stage) -> anyhow::Result<()> {
    for code in [0, 1, 77, 255] {
        let end = End::Code(code);
        run(stage, &[], &["deaths", "exit", &code.to_string()], end)?.has(&format!("+++ exited with {code} +++"))?;
    }
    Ok(())
}

fn killing_signals(stage: &mut Stage) -> anyhow::Result<()> {
    for (signal, name) in [(9, "SIGKILL"), (15, "SIGTERM"), (11, "SIGSEGV"), (10, "SIGUSR1"), (34, "SIGRT_2")] {
        let end = End::Signal(signal);
        run(stage, &[], &["deaths", "signal", &signal.to_string()], end)?.has(&format!("+++ killed by {name}"))?;
    }
    Ok(())
}

/// The target's death is the tracer's end, and told.
fn killed(stage: &mut Stage, words: &[&str]) -> anyhow::Result<()> {
    let mut target = stage.target(words)?;
    let mut tracer = stage.follow(&target)?;
    let id = target.id();
    let is_traced = || crate::look::threads(id).iter().any(|thread| thread.tracer != 0);
    ensure!(wait_until(crate::LONG, is_traced), "it is never traced");
    stage.pause(30);
    target.send(Signal::KILL)?;
    tracer.gone()?;
    End::Signal(9).is(target.end()?)?;
    Trace::read(&stage.path("trace"))?.has("+++ killed by SIGKILL +++")
}
