//! Second looks at cases 24 to 43: at what the first ones do not see.

use super::End;
use crate::look;
use crate::programs::program;
use crate::scenario::{Scenario, skip};
use crate::stage::Stage;
use crate::tally::Word;
use crate::target::Target;
use crate::trace::Trace;
use crate::tracer::Tracer;
use crate::{LONG, wait_until};
use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};

/// A user without rights, nobody.
const NOBODY: u32 = 65534;

/// Another one, who need not exist.
const SOMEBODY: u32 = 1000;

/// The scenarios.
pub const SCENARIOS: &[Scenario] = &[
    Scenario::story("case24_execve_by_a_thread_of_the_command", execve_by_a_thread).racy(),
    Scenario::story("case35_setuid_program_of_a_tracer_without_rights", setuid_by_nobody),
    Scenario::story("case35_process_of_somebody_else", somebody_elses),
    Scenario::story("case37_every_signal_is_in_the_trace", every_signal),
    Scenario::story("case40_ctrl_c_when_the_tracer_is_in_the_foreground", ctrl_c),
    Scenario::story("case40_ctrl_z_and_fg", ctrl_z),
    Scenario::story("case43_command_killed_amid_forks", killed_amid_forks).racy(),
];

fn execve_by_a_thread(stage: &mut Stage) -> anyhow::Result<()> {
    let (mut tracer, target) = stage.traced(&["-f"], &["execs"])?;
    target.until_ready()?;
    let executed = || target.tally.counts().first().copied().unwrap_or(0);
    ensure!(wait_until(LONG, || executed() > 20), "the program does not go on");
    target.tally.set(Word::Stop, 1)?;
    End::Code(0).is(tracer.end()?).with_context(|| target.said())?;
    // Each takes the leader's place.
    let superseded = Trace::read(&stage.path("trace"))?.count("+++ superseded by execve");
    ensure!(superseded as u64 >= executed(), "{} execves, of which the trace tells {superseded}", executed());
    Ok(())
}

/// A program as another user; as the own one, if that is no superuser.
pub(super) fn as_somebody(program: &str) -> Command {
    if !rustix::process::geteuid().is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args([format!("--reuid={SOMEBODY}"), format!("--regid={SOMEBODY}")]);
    command.args(["--clear-groups", "--inh-caps=-all"]).arg(program);
    command
}

/// The tracer as another user.
fn tracer_of_somebody(stage: &Stage, arguments: &[&str]) -> anyhow::Result<Tracer> {
    if !rustix::process::geteuid().is_root() {
        return Err(skip("becoming another user needs root"));
    }
    let mut command = as_somebody(super::word(&stage.tracer)?);
    command.args(["-o", "/dev/null"]).args(arguments).current_dir("/");
    Tracer::start(command, &stage.folder)
}

/// Waits for the end of another user's tracer, who may not even get at its file.
pub(super) fn end_of_somebodys(tracer: &mut Tracer) -> anyhow::Result<ExitStatus> {
    let status = tracer.end()?;
    if tracer.errors().contains("setpriv: ") || tracer.errors().contains("Permission denied") {
        return Err(skip("another user cannot get at the programs"));
    }
    Ok(status)
}

fn setuid_by_nobody(stage: &mut Stage) -> anyhow::Result<()> {
    let copy = stage.copy(&program("owner")?, "owner")?;
    if std::os::unix::fs::chown(&copy, Some(NOBODY), None).is_err() {
        return Err(skip("a program cannot be given to another user"));
    }
    std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o4755))?;
    let mut tracer = tracer_of_somebody(stage, &[super::word(&copy)?])?;
    let status = end_of_somebodys(&mut tracer)?;
    // It is neither root nor anybody but the user that runs it.
    End::Code(42).is(status).with_context(|| tracer.errors())
}

fn somebody_elses(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["threads", "2"])?;
    let mut tracer = tracer_of_somebody(stage, &["-p", &target.id().to_string()])?;
    let status = end_of_somebodys(&mut tracer)?;
    End::Code(1).is(status)?;
    for part in ["Operation not permitted", &format!("process {} may be owned by a different user", target.id())] {
        ensure!(tracer.errors().contains(part), "no clear line, but {:?}", tracer.errors());
    }
    target.is_left_alone()?;
    target.moves()?;
    target.finish()
}

fn every_signal(stage: &mut Stage) -> anyhow::Result<()> {
    let (mut tracer, target) = stage.traced(&["-f"], &["values"])?;
    target.until_ready()?;
    ensure!(wait_until(LONG, || target.tally.counts().iter().sum::<u64>() > 300), "no signals arrive");
    target.tally.set(Word::Stop, 1)?;
    End::Code(0).is(tracer.end()?).with_context(|| target.said())?;
    let sent = 2 * target.tally.note(1) as usize;
    let trace = Trace::read(&stage.path("trace"))?;
    let told = trace.count("--- SIGRT_4 {") + trace.count("--- SIGRT_5 {");
    ensure!(told == sent, "{sent} signals were sent, {told} are in the trace");
    Ok(())
}

/// What the suite asks `foreground.c` for.
#[derive(Clone, Copy)]
enum Key {
    Fg = 1,
    CtrlC = 3,
    CtrlZ = 26,
}

/// The notes of `foreground.c`: the tracer's status, how often it stopped, whether it has ended.
const STATUS: u64 = 1;
const STOPS: u64 = 2;
const ENDED: u64 = 4;

/// A tracer in the foreground of a terminal, which it writes to, with a program that counts.
fn in_the_foreground(stage: &Stage) -> anyhow::Result<Target> {
    let mut command = stage.command(&["foreground"])?;
    command.arg(&stage.tracer).arg("-f").arg(program("threads")?).arg("2");
    let target = Target::start(command, &stage.folder)?;
    if !wait_until(LONG, || target.tally.get(Word::Ready) == 1) {
        return Err(skip("no terminal can be had"));
    }
    ensure!(wait_until(LONG, || counts_from(&target.tally.counts(), 5)), "the program does not count");
    Ok(target)
}

fn counts_from(counts: &[u64], least: u64) -> bool {
    counts.iter().all(|&count| count >= least)
}

fn press(target: &Target, key: Key) -> anyhow::Result<()> {
    Ok(target.tally.set(Word::Note, key as u64)?)
}

/// Waits until the tracer has ended; its status.
fn end_in_the_foreground(target: &mut Target) -> anyhow::Result<ExitStatus> {
    ensure!(wait_until(LONG, || target.tally.note(ENDED) == 1), "the tracer does not end");
    target.end()?;
    Ok(ExitStatus::from_raw(target.tally.note(STATUS) as i32))
}

fn ctrl_c(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = in_the_foreground(stage)?;
    let command = target.tally.get(Word::Pid) as u32;
    press(&target, Key::CtrlC)?;
    End::Signal(Signal::INT.as_raw()).is(end_in_the_foreground(&mut target)?)?;
    let is_gone = || look::thread(command).is_none_or(|thread| thread.is_dead());
    ensure!(wait_until(LONG, is_gone), "the Ctrl-C has not reached the command");
    Ok(())
}

fn ctrl_z(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = in_the_foreground(stage)?;
    press(&target, Key::CtrlZ)?;
    ensure!(wait_until(LONG, || target.tally.note(STOPS) > 0), "the Ctrl-Z does not stop the tracer");
    press(&target, Key::Fg)?;
    let least = target.tally.counts().iter().max().copied().unwrap_or(0) + 5;
    ensure!(wait_until(LONG, || counts_from(&target.tally.counts(), least)), "the program does not go on after fg");
    target.tally.set(Word::Stop, 1)?;
    End::Code(0).is(end_in_the_foreground(&mut target)?)
}

/// The parent of a child that has just stopped for the first time is killed before it can tell of the child.
fn killed_amid_forks(stage: &mut Stage) -> anyhow::Result<()> {
    let (mut tracer, target) = stage.traced(&["-f"], &["soak"])?;
    target.until_ready()?;
    stage.pause(60);
    target.send(Signal::KILL)?;
    // Its children go on, and are traced; they are ended one by one, as the group is the tracer's own.
    let own = tracer.id();
    let is_over = || {
        let mut left = look::group(own);
        left.retain(|&pid| pid != own && look::thread(pid).is_some_and(|thread| !thread.is_dead()));
        for pid in left.iter().filter_map(|&pid| Pid::from_raw(pid as i32)) {
            // It may be gone already.
            let _ = kill_process(pid, Signal::KILL);
        }
        left.is_empty()
    };
    ensure!(wait_until(LONG, is_over), "children of the command cannot be killed");
    let status = tracer.end().with_context(|| look::describe(&look::group_threads(own)))?;
    End::Signal(Signal::KILL.as_raw()).is(status)?;
    Trace::read(&stage.path("trace"))?.has("+++ killed by SIGKILL +++")
}
