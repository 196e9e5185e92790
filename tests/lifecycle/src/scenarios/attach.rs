//! Cases 7 to 23: attaching and letting go.

use super::processes::ends_of_storm;
use super::{End, ended_and_left_alone, word};
use crate::freezer::Freezer;
use crate::plan::{ATTACH, Plan, When};
use crate::scenario::{Scenario, skip};
use crate::stage::Stage;
use crate::target::Target;
use crate::trace::Trace;
use crate::tracer::Tracer;
use crate::{LONG, look, wait_until};
use anyhow::{Context, ensure};
use rustix::process::Signal;
use std::process::Command;
use std::time::Duration;

const ONE: &[&str] = &["threads", "1"];
const SIXTEEN: &[&str] = &["threads", "16"];
const MANY: &[&str] = &["threads", "400", "50000"];

const fn ends(program: &'static [&'static str], signal: Signal) -> Plan {
    Plan { program, signal, ..ATTACH }
}

/// The scenarios.
pub const SCENARIOS: &[Scenario] = &[
    Scenario::plan("case07_one_thread_sigint", ends(ONE, Signal::INT)),
    Scenario::plan("case07_one_thread_sigterm", ends(ONE, Signal::TERM)),
    Scenario::plan("case07_one_thread_sighup", ends(ONE, Signal::HUP)),
    Scenario::plan("case07_one_thread_sigquit", ends(ONE, Signal::QUIT)),
    Scenario::plan("case07_one_thread_sigkill", ends(ONE, Signal::KILL)),
    Scenario::plan("case07_sixteen_threads_sigint", ends(SIXTEEN, Signal::INT)),
    Scenario::plan("case07_sixteen_threads_sigterm", ends(SIXTEEN, Signal::TERM)),
    Scenario::plan("case07_sixteen_threads_sighup", ends(SIXTEEN, Signal::HUP)),
    Scenario::plan("case07_sixteen_threads_sigquit", ends(SIXTEEN, Signal::QUIT)),
    Scenario::plan("case07_sixteen_threads_sigkill", ends(SIXTEEN, Signal::KILL)),
    Scenario::plan("case07_many_threads_sigint", ends(MANY, Signal::INT)),
    Scenario::plan("case07_many_threads_sigterm", ends(MANY, Signal::TERM)),
    Scenario::plan("case07_many_threads_sighup", ends(MANY, Signal::HUP)),
    Scenario::plan("case07_many_threads_sigquit", ends(MANY, Signal::QUIT)),
    Scenario::plan("case07_many_threads_sigkill", ends(MANY, Signal::KILL)),
    Scenario::plan(
        "case08_thread_churn",
        Plan { program: &["churn", "16", "100"], when: When::By(100), tracers: 3, ..ATTACH },
    )
    .racy(),
    Scenario::plan(
        "case08_clone_storm",
        Plan { program: &["churn", "64", "10"], when: When::By(100), tracers: 2, ..ATTACH },
    )
    .racy(),
    Scenario::plan(
        "case09_exec_during_attach_sigterm",
        Plan { program: &["execs"], when: When::By(60), signal: Signal::TERM, tracers: 5, ..ATTACH },
    )
    .beats_one_in(5, "deadlocks")
    .racy(),
    Scenario::plan(
        "case10_vfork_child_traced",
        Plan { program: &["vforks", "20000"], when: When::By(100), tracers: 3, ..ATTACH },
    )
    .rarely_beats("hangs")
    .racy(),
    Scenario::plan(
        "case10_vfork_child_not_traced_sigterm",
        Plan { program: &["vfork_parent"], options: &[], signal: Signal::TERM, ..ATTACH },
    )
    .beats("hangs"),
    Scenario::story("case11_stopped_before", |stage| stopped(stage, Moment::Before)),
    Scenario::story("case11_stopped_during", |stage| stopped(stage, Moment::During)),
    Scenario::story("case11_stopped_after", |stage| stopped(stage, Moment::After)),
    Scenario::plan("case12_every_call_that_blocks", Plan { program: &["blocked"], tracers: 5, ..ATTACH }),
    Scenario::story("case13_frozen_v2", frozen_v2),
    Scenario::story("case13_frozen_before_the_attach", frozen_before).beats("hangs"),
    Scenario::story("case14_already_traced", already_traced),
    Scenario::story("case14_no_such_process", |stage| refused(stage, "999999999")),
    Scenario::story("case14_zombie", zombie),
    Scenario::story("case14_kernel_thread", kernel_thread),
    Scenario::story("case14_an_ancestor", ancestor),
    Scenario::story("case14_itself", itself),
    Scenario::story("case14_no_permission", no_permission),
    Scenario::story("case15_several_and_one_is_gone", several),
    Scenario::story("case16_second_signal_many_threads", second_signal),
    Scenario::plan("case17_end_asked_at_once", Plan { program: ONE, when: When::By(6), tracers: 8, ..ATTACH }).racy(),
    Scenario::plan(
        "case18_queued_signals_sigterm",
        Plan { program: &["values"], signal: Signal::TERM, tracers: 3, ..ATTACH },
    )
    .beats_one_in(3, "loses signals")
    .racy(),
    Scenario::story("case18_sigterm_to_the_target_at_the_end", |stage| sigterm_at_the_end(stage, Signal::INT))
        .beats_one_in(8, "loses the SIGTERM")
        .racy(),
    Scenario::story("case18_sigterm_to_the_target_tracer_killed", |stage| sigterm_at_the_end(stage, Signal::KILL))
        .rarely_beats("loses the SIGTERM")
        .racy(),
    Scenario::story("case19_no_stop_is_left_pending", no_stop_left).racy(),
    Scenario::story("case20_tracer_as_grandchild", |stage| aside(stage, "-D")),
    Scenario::story("case20_tracer_in_its_own_group", |stage| aside(stage, "-DD")),
    Scenario::story("case20_tracer_in_its_own_session", |stage| aside(stage, "-DDD")),
    Scenario::story("case21_let_go_at_execve", let_go_at_execve),
    Scenario::story("case22_kill_on_exit", |stage| kill_on_exit(stage, KILLED, SIXTEEN, Signal::KILL)),
    Scenario::story("case22_kill_on_exit_sigterm", |stage| kill_on_exit(stage, KILLED, SIXTEEN, Signal::TERM)),
    Scenario::story("case22_kill_on_exit_amid_forks", |stage| kill_on_exit(stage, KILLED, &["forks"], Signal::TERM))
        .racy(),
    Scenario::story("case22_calls_filtered", |stage| kill_on_exit(stage, FILTERED, SIXTEEN, Signal::KILL)),
    Scenario::story("case22_calls_filtered_sigterm", |stage| kill_on_exit(stage, FILTERED, SIXTEEN, Signal::TERM)),
    Scenario::story("case22_calls_filtered_amid_forks", |stage| {
        kill_on_exit(stage, FILTERED, &["forks"], Signal::TERM)
    })
    .racy(),
    Scenario::story("case22_calls_filtered_amid_vforks", |stage| {
        kill_on_exit(stage, FILTERED, &["vforks"], Signal::INT)
    })
    .racy(),
    Scenario::story("case23_interruptible_any_time", |stage| interruptible(stage, "-I1", true)),
    Scenario::story("case23_interruptible_while_waiting", |stage| interruptible(stage, "-I2", true)),
    Scenario::story("case23_never_interruptible", |stage| interruptible(stage, "-I3", false)),
    Scenario::story("case23_never_interruptible_nor_stoppable", |stage| interruptible(stage, "-I4", false)),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Moment {
    Before,
    During,
    After,
}

fn stop(target: &Target) -> anyhow::Result<()> {
    target.send(Signal::STOP)?;
    target.until("stopped", |threads| threads.iter().all(look::Thread::is_stopped))
}

fn stopped(stage: &mut Stage, moment: Moment) -> anyhow::Result<()> {
    let mut target = stage.target(&["threads", "4"])?;
    if moment == Moment::Before {
        stop(&target)?;
    }
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    stage.pause(20);
    if moment == Moment::During {
        stop(&target)?;
    }
    tracer.send(Signal::INT)?;
    tracer.gone()?;
    if moment == Moment::After {
        stop(&target)?;
    }
    target
        .until("stopped by itself", |threads| threads.iter().all(|thread| thread.state == 'T' && thread.tracer == 0))?;
    target.send(Signal::CONT)?;
    target.is_left_alone()?;
    target.moves()?;
    target.finish()
}

fn frozen_v2(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["threads", "3"])?;
    let freezer = Freezer::v2(target.id())?;
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    freezer.freeze(true)?;
    stage.pause(20);
    tracer.send(Signal::INT)?;
    let gone = tracer.gone();
    freezer.freeze(false)?;
    gone?;
    ended_and_left_alone(&mut tracer, &mut target)
}

fn frozen_before(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["threads", "3"])?;
    let freezer = Freezer::v1(target.id())?;
    freezer.freeze(true)?;
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    stage.pause(50);
    // One that did not wait has ended already.
    let _ = tracer.send(Signal::INT);
    let gone = tracer.gone();
    freezer.freeze(false)?;
    gone?;
    ended_and_left_alone(&mut tracer, &mut target)
}

/// Attaching to such an id must fail, with a line that names it.
fn refused(stage: &Stage, id: &str) -> anyhow::Result<()> {
    let mut tracer = stage.trace(&["-p", id])?;
    let status = tracer.end()?;
    ensure!(!status.success(), "attaching to {id} succeeds");
    ensure!(tracer.errors().contains(id), "no line names {id}: {}", tracer.errors());
    Ok(())
}

fn already_traced(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(ONE)?;
    let mut first = stage.follow(&target)?;
    target.until_taken()?;
    let second = Command::new(&stage.tracer).args(["-p", &target.id().to_string()]).output()?;
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    ensure!(!second.status.success(), "a second tracer succeeds");
    ensure!(said.contains(&first.id().to_string()), "the first tracer is not named: {said}");
    first.runs()?;
    first.send(Signal::INT)?;
    ended_and_left_alone(&mut first, &mut target)
}

fn zombie(stage: &mut Stage) -> anyhow::Result<()> {
    // The shell makes a child and becomes a program that does not wait for it.
    let mut parent = Command::new("sh").args(["-c", "true & exec sleep 10"]).spawn()?;
    let children = || std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", parent.id())).unwrap_or_default();
    let is_zombie = || children().trim().parse().ok().and_then(look::thread).is_some_and(|child| child.state == 'Z');
    let there = wait_until(LONG, is_zombie);
    let result =
        if there { refused(stage, children().trim()) } else { Err(skip("the children of a process are not told")) };
    parent.kill()?;
    parent.wait()?;
    result
}

fn kernel_thread(stage: &mut Stage) -> anyhow::Result<()> {
    let status = std::fs::read_to_string("/proc/2/status").unwrap_or_default();
    if !status.contains("Kthread:\t1") {
        return Err(skip("no kernel thread is to be seen"));
    }
    refused(stage, "2")
}

fn ancestor(stage: &mut Stage) -> anyhow::Result<()> {
    let script = format!("{} -o {} -p $$; exit 7", word(&stage.tracer)?, word(&stage.path("trace"))?);
    let mut command = Command::new("sh");
    command.args(["-c", &script]);
    let mut shell = Target::start(command, &stage.folder)?;
    shell.until("taken", |threads| threads.iter().any(|thread| thread.tracer != 0))?;
    stage.pause(20);
    let tracer = look::thread(shell.id()).context("the shell lives")?.tracer;
    let tracer = rustix::process::Pid::from_raw(tracer as i32).context("it is traced")?;
    rustix::process::kill_process(tracer, Signal::INT)?;
    End::Code(7).is(shell.end()?)
}

fn itself(stage: &mut Stage) -> anyhow::Result<()> {
    let script = format!("exec {} -o {} -p $$", word(&stage.tracer)?, word(&stage.path("trace"))?);
    let mut command = Command::new("sh");
    command.args(["-c", &script]);
    let mut tracer = Tracer::start(command, &stage.folder)?;
    let status = tracer.end()?;
    ensure!(!status.success() && !tracer.errors().is_empty(), "attaching to itself succeeds");
    Ok(())
}

fn no_permission(stage: &mut Stage) -> anyhow::Result<()> {
    let nobody = |words: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).args(words);
        command
    };
    let tracer = word(&stage.tracer)?;
    if !nobody(&[tracer, "-V"]).output().is_ok_and(|output| output.status.success()) {
        return Err(skip("the tracer cannot be run as another user"));
    }
    let mut target = stage.target(ONE)?;
    let id = target.id().to_string();
    let output = nobody(&[tracer, "-p", &id]).output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(!output.status.success() && said.contains(&id), "no line says that {id} is not permitted: {said}");
    target.moves()?;
    target.finish()
}

fn several(stage: &mut Stage) -> anyhow::Result<()> {
    let mut one = stage.target(ONE)?;
    let other_folder = stage.path("other");
    std::fs::create_dir(&other_folder)?;
    let mut other = Target::start(stage.command(&["threads", "3"])?, &other_folder)?;
    other.until_ready()?;
    let ids = [one.id().to_string(), other.id().to_string()];
    let mut tracer = stage.trace(&["-f", "-p", &ids[0], "-p", "999999999", "-p", &ids[1]])?;
    one.until_taken()?;
    other.until_taken()?;
    tracer.send(Signal::INT)?;
    ended_and_left_alone(&mut tracer, &mut one)?;
    ended_and_left_alone(&mut tracer, &mut other)
}

fn second_signal(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(MANY)?;
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    tracer.send(Signal::INT)?;
    stage.pause(5);
    // It may be gone already.
    let _ = tracer.send(Signal::INT);
    ended_and_left_alone(&mut tracer, &mut target)
}

fn sigterm_at_the_end(stage: &mut Stage, end: Signal) -> anyhow::Result<()> {
    for _ in 0..3 {
        let mut target = stage.target(SIXTEEN)?;
        let mut tracer = stage.follow(&target)?;
        target.until_taken()?;
        if stage.chance.below(2) == 0 {
            target.send(Signal::TERM)?;
            // It may have ended with its last tracee.
            let _ = tracer.send(end);
        } else {
            tracer.send(end)?;
            stage.pause(1);
            target.send(Signal::TERM)?;
        }
        tracer.gone()?;
        End::Signal(15).is(target.end()?).context("the target")?;
    }
    Ok(())
}

fn no_stop_left(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(SIXTEEN)?;
    for _ in 0..3 {
        let mut tracer = stage.follow(&target)?;
        target.until_taken()?;
        stage.pause(10);
        tracer.send(Signal::INT)?;
        tracer.gone()?;
        target.is_left_alone()?;
        let trace = Trace::read(&stage.path("trace"))?;
        ensure!(trace.count("--- ") == 0, "a signal or stop that nobody sent is in the trace");
    }
    target.moves()?;
    target.finish()
}

fn aside(stage: &mut Stage, option: &str) -> anyhow::Result<()> {
    let (mut command, target) = stage.traced(&[option, "-f"], &["storm", "20"])?;
    // The tracer stands aside: its place, with its id, is the command's.
    End::Code(0).is(command.end()?).with_context(|| target.said())?;
    let trace = stage.path("trace");
    let is_whole = || Trace::read(&trace).is_ok_and(|trace| trace.count("+++ exited with ") == ends_of_storm(20));
    ensure!(wait_until(LONG, is_whole), "the trace is not complete");
    Ok(())
}

fn let_go_at_execve(stage: &mut Stage) -> anyhow::Result<()> {
    let trace = stage.path("trace");
    let mut command = Command::new(&stage.tracer);
    command.args(["-f", "-b", "execve", "-o", word(&trace)?, "sh", "-c", "/bin/true; sleep 0.05; exit 3"]);
    let mut tracer = Tracer::start(command, &stage.folder)?;
    End::Code(3).is(tracer.end()?)
}

const KILLED: &[&str] = &["--kill-on-exit", "-f", "-I2"];

/// Without a tracer, calls that a filter picks would fail.
const FILTERED: &[&str] = &["--seccomp-bpf", "-e", "trace=wait4,execve", "-f", "-I2"];

fn kill_on_exit(stage: &mut Stage, options: &[&str], words: &[&str], signal: Signal) -> anyhow::Result<()> {
    let (mut tracer, target) = stage.traced(options, words)?;
    target.until_ready()?;
    target.moves()?;
    stage.pause(20);
    tracer.send(signal)?;
    tracer.gone()?;
    ensure!(wait_until(LONG, || target.threads().is_empty()), "the command lives on");
    Ok(())
}

fn interruptible(stage: &mut Stage, option: &str, ends: bool) -> anyhow::Result<()> {
    let mut target = stage.target(SIXTEEN)?;
    let mut tracer = stage.trace(&[option, "-f", "-p", &target.id().to_string()])?;
    target.until_taken()?;
    stage.pause(20);
    tracer.send(Signal::INT)?;
    if !ends {
        std::thread::sleep(Duration::from_millis(300));
        tracer.runs()?;
        target.moves()?;
        tracer.send(Signal::KILL)?;
    }
    ended_and_left_alone(&mut tracer, &mut target)
}
