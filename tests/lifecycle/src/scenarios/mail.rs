//! Cases 1 to 6: from the mail that the project comes from.

use super::v::FIRST_MOMENTS;
use super::{End, ended_and_left_alone, run};
use crate::plan::{ATTACH, Plan, When};
use crate::scenario::Scenario;
use crate::stage::Stage;
use crate::trace::Trace;
use anyhow::{Context, ensure};
use rustix::process::Signal;

/// The scenarios.
pub const SCENARIOS: &[Scenario] = &[
    Scenario::story("case01_killed_while_being_set_up", killed_while_being_set_up).racy(),
    Scenario::plan("case02_a_thread_that_does_not_stop", Plan { program: &["vfork_thread"], ..ATTACH }).beats("hangs"),
    Scenario::plan("case03_threads_before_their_leader", Plan { program: &["threads", "40"], tracers: 3, ..ATTACH }),
    Scenario::plan(
        "case03_the_same_while_threads_come_and_go",
        Plan { program: &["churn", "4", "500"], when: When::By(80), tracers: 3, ..ATTACH },
    )
    .racy(),
    Scenario::story("case04_zombie_leader_sigterm", zombie_leader).beats("refuses with EPERM"),
    Scenario::story("case05_killed_while_being_let_go_of", killed_while_being_let_go_of).racy(),
    Scenario::story("case06_fork_and_threads_then_sigfpe", sigfpe),
    Scenario::story("case06_the_same_ended_at_some_moment", sigfpe_ended)
        .beats_one_in(3, "leaves the command stopped")
        .racy(),
];

/// The number of calls and of errors of a row of a summary.
fn row(summary: &Trace, call: &str) -> Option<(u64, u64)> {
    let line = summary.0.lines().find(|line| line.ends_with(&format!(" {call}")))?;
    let mut fields = line.split_whitespace().skip(3);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn killed_while_being_set_up(stage: &mut Stage) -> anyhow::Result<()> {
    let summary = run(stage, &["-f", "-c"], &["kills", "60"], End::Code(0))?;
    let (_, errors) = row(&summary, "close").context("the summary has no row of close")?;
    ensure!(errors == 60, "the program's 60 steps count as {errors}");
    Ok(())
}

fn zombie_leader(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["leaderless"])?;
    target.until("without leader", |threads| threads.iter().any(|thread| thread.state == 'Z'))?;
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    tracer.send(Signal::TERM)?;
    ended_and_left_alone(&mut tracer, &mut target)
}

fn killed_while_being_let_go_of(stage: &mut Stage) -> anyhow::Result<()> {
    for first in [true, false] {
        let mut target = stage.target(&["threads", "16"])?;
        let mut tracer = stage.follow(&target)?;
        target.until_taken()?;
        if first {
            target.send(Signal::KILL)?;
        }
        stage.pause(2);
        // It may have ended with its last tracee.
        let _ = tracer.send(Signal::INT);
        stage.pause(2);
        let _ = target.send(Signal::KILL);
        tracer.gone()?;
        End::Signal(9).is(target.end()?)?;
    }
    Ok(())
}

fn sigfpe(stage: &mut Stage) -> anyhow::Result<()> {
    let trace = run(stage, &["-f"], &["fpe", "8"], End::Signal(8))?;
    let killed = trace.count("+++ killed by SIGFPE");
    // Every thread of both processes ends by it.
    ensure!(killed == 18, "the trace tells of {killed} threads that SIGFPE killed, not of 18");
    Ok(())
}

fn sigfpe_ended(stage: &mut Stage) -> anyhow::Result<()> {
    for moments in FIRST_MOMENTS {
        let (mut tracer, target) = stage.traced(&["-f", "-I2"], &["fpe", "8"])?;
        stage.pause(2 * moments);
        // It may have ended with the program.
        let _ = tracer.send(Signal::INT);
        tracer.gone()?;
        target.is_left_alone()?;
    }
    Ok(())
}
