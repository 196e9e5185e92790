//! V1 to V15: where strace 7.2 breaks the promise.

use super::{End, ended_and_left_alone};
use crate::plan::{ATTACH, Plan, When};
use crate::scenario::{Scenario, skip};
use crate::stage::Stage;
use crate::tally::Word;
use crate::target::Target;
use crate::trace::Trace;
use crate::tracer::Tracer;
use crate::{LONG, PROMISED, look, wait_until};
use anyhow::{Context, ensure};
use rustix::process::Signal;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use std::time::Duration;

/// How fast a second signal ends a tracer.
const AT_ONCE: Duration = Duration::from_millis(250);

/// The first moments of a tracer in milliseconds: most of them on an idle machine, some on a busy one.
pub(super) const FIRST_MOMENTS: [u64; 5] = [12, 12, 12, 40, 120];

const VALUES: Plan = Plan { program: &["values"], tracers: 3, ..ATTACH };

/// The scenarios.
pub const SCENARIOS: &[Scenario] = &[
    Scenario::plan(
        "v01_execve_while_siblings_are_being_seized",
        Plan { program: &["execs"], when: When::By(60), tracers: 5, ..ATTACH },
    )
    .beats_one_in(5, "deadlocks in PTRACE_SEIZE")
    .racy(),
    Scenario::story("v02_leader_ends_while_traced", leader_ends_while_traced).beats("hangs"),
    Scenario::plan(
        "v03_vfork_parent_whose_child_is_not_traced",
        Plan { program: &["vfork_parent"], options: &[], ..ATTACH },
    )
    .beats("hangs"),
    Scenario::plan("v04_vfork_loop", Plan { program: &["vforks"], when: When::By(60), tracers: 3, ..ATTACH })
        .beats_one_in(3, "hangs")
        .racy(),
    Scenario::story("v05_leader_ended_before", leader_ended_before).beats("refuses with EPERM"),
    Scenario::plan(
        "v05_attach_while_threads_exec",
        Plan { program: &["execs"], when: When::By(20), tracers: 5, ..ATTACH },
    )
    .beats_one_in(5, "deadlocks")
    .racy(),
    Scenario::story("v06_threads_that_start_each_other", threads_that_start_each_other)
        .beats_one_in(3, "leaves threads untraced")
        .racy(),
    Scenario::plan("v07_queued_signals_at_the_end", VALUES).beats_one_in(3, "loses signals").racy(),
    Scenario::plan("v08_queued_signals_when_killed", Plan { signal: Signal::KILL, ..VALUES })
        .beats_one_in(3, "loses signals")
        .racy(),
    Scenario::story("v09_ended_in_its_first_moments", |stage| first_moments(stage, Signal::TERM))
        .beats_one_in(3, "leaves the command stopped")
        .racy(),
    Scenario::story("v09_killed_in_its_first_moments", |stage| first_moments(stage, Signal::KILL))
        .beats_one_in(3, "leaves the command stopped")
        .racy(),
    Scenario::story("v10_end_in_the_middle_of_an_injection", injection).beats_one_in(3, "the call gives ENOSYS").racy(),
    Scenario::story("v11_nobody_reads_the_trace", nobody_reads).beats("swallows the signal"),
    Scenario::story("v12_a_page_that_a_tracee_provides", |stage| pages(stage, "faults"))
        .beats("deadlocks in process_vm_readv"),
    Scenario::story("v12_a_page_of_a_file_that_a_thread_provides", |stage| pages(stage, "fuse"))
        .beats("deadlocks in process_vm_readv"),
    Scenario::story("v12_a_page_of_a_file_that_a_child_provides", pages_by_child)
        .beats("deadlocks in process_vm_readv"),
    Scenario::story("v12_a_page_that_nobody_provides", pages_by_nobody).beats("hangs"),
    Scenario::story("v13_reader_of_the_trace_goes_away", reader_goes_away).beats("kills the command by SIGPIPE"),
    Scenario::story("v14_signal_before_the_wait", before_the_wait).racy(),
    Scenario::story("v14_second_signal_means_now", second_signal).beats("ignores the second"),
    Scenario::story("v15_frozen_by_cgroup_v1", frozen_v1).beats("hangs"),
];

fn leader_ends_while_traced(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["leaderless", "later"])?;
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    target.tally.set(Word::Note, 1)?;
    target.until("without leader", |threads| threads.iter().any(|thread| thread.state == 'Z'))?;
    stage.pause(20);
    tracer.send(Signal::INT)?;
    ended_and_left_alone(&mut tracer, &mut target)
}

fn leader_ended_before(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["leaderless"])?;
    target.until("without leader", |threads| threads.iter().any(|thread| thread.state == 'Z'))?;
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    stage.pause(20);
    tracer.runs()?;
    tracer.send(Signal::INT)?;
    ended_and_left_alone(&mut tracer, &mut target)
}

/// So many chains of threads, each of which starts the next.
const CHAINS: usize = 64;

fn threads_that_start_each_other(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["churn", "64", "100"])?;
    let mut tracer = stage.follow(&target)?;
    // A thread that is not traced starts one that is not, for ever; one that is traced starts one that is.
    let trace = stage.path("trace");
    let chains = || Trace::read(&trace).map_or(0, |trace| trace.chains().len());
    ensure!(wait_until(LONG, || chains() == CHAINS), "of {CHAINS} chains of threads {} are traced", chains());
    tracer.send(Signal::INT)?;
    ended_and_left_alone(&mut tracer, &mut target)
}

fn first_moments(stage: &mut Stage, signal: Signal) -> anyhow::Result<()> {
    for moments in FIRST_MOMENTS {
        let (mut tracer, target) = stage.traced(&["-f", "-I2"], &["threads", "2"])?;
        stage.pause(moments);
        tracer.send(signal)?;
        tracer.gone()?;
        target.is_left_alone()?;
        // Whether it was started already, and whether the signal was meant for it, too, is for chance to say.
        if signal == Signal::KILL && target.tally.get(Word::Ready) == 1 {
            target.moves()?;
        }
    }
    Ok(())
}

fn injection(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["injected"])?;
    let mut tracer = stage.trace(&["-f", "-e", "inject=getppid:retval=7", "-p", &target.id().to_string()])?;
    if !wait_until(LONG, || target.threads().iter().all(|thread| thread.tracer != 0) || tracer.runs().is_err()) {
        target.until_taken()?;
    }
    if tracer.runs().is_err() {
        return Err(skip("this tracer does not inject"));
    }
    stage.pause(30);
    tracer.send(Signal::INT)?;
    ended_and_left_alone(&mut tracer, &mut target)
}

fn nobody_reads(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["calls"])?;
    let (unread, pipe) = std::io::pipe()?;
    let mut command = std::process::Command::new(&stage.tracer);
    command.args(["-f", "-p", &target.id().to_string()]).stderr(pipe).stdout(Stdio::null());
    let mut tracer = Tracer::start_with(command, &stage.folder)?;
    target.until_taken()?;
    // The pipe is full as soon as nobody goes on.
    let counts = |target: &Target| target.tally.counts();
    let mut before = counts(&target);
    let is_full = || {
        std::thread::sleep(Duration::from_millis(20));
        let now = counts(&target);
        now == std::mem::replace(&mut before, now.clone())
    };
    ensure!(wait_until(LONG, is_full), "the pipe is never full");
    tracer.send(Signal::INT)?;
    ended_and_left_alone(&mut tracer, &mut target)?;
    drop(unread);
    Ok(())
}

/// A program that provides pages.
fn provider(stage: &Stage, words: &[&str]) -> anyhow::Result<Target> {
    stage.target(words).map_err(|_| skip("userfaultfd, or mounting, is not permitted"))
}

fn pages(stage: &mut Stage, program: &str) -> anyhow::Result<()> {
    let mut target = provider(stage, &[program])?;
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    target.moves()?;
    stage.pause(30);
    tracer.send(Signal::INT)?;
    ended_and_left_alone(&mut tracer, &mut target)
}

fn pages_by_child(stage: &mut Stage) -> anyhow::Result<()> {
    provider(stage, &["fuse", "child"])?.finish()?;
    let (mut tracer, target) = stage.traced(&["-f"], &["fuse", "child"])?;
    ensure!(wait_until(LONG, || target.tally.counts().iter().sum::<u64>() > 3), "the program does not go on");
    target.tally.set(Word::Stop, 1)?;
    End::Code(0).is(tracer.end()?).with_context(|| target.said())?;
    Trace::read(&stage.path("trace"))?.has_no_gaps()
}

/// Whoever provides the pages is not traced and has gone to sleep; the tracer, which reads one, sleeps until it ends.
fn pages_by_nobody(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = provider(stage, &["fuse", "child"])?;
    let mut tracer = stage.trace(&["-p", &target.id().to_string()])?;
    target.until_taken()?;
    target.moves()?;
    target.tally.set(Word::Note, 1)?;
    let asleep = || look::thread(tracer.id()).is_some_and(|thread| thread.state == 'D');
    ensure!(wait_until(LONG, asleep), "the tracer does not read the page");
    let steps = target.tally.counts();
    tracer.send(Signal::TERM)?;
    tracer.gone()?;
    let trace = Trace::read(&stage.path("trace"))?;
    trace.has_no_gaps()?;
    let last = format!("close(-{})", steps[0]);
    trace.has(&last).context("what was seen before is lost")?;
    target.tally.set(Word::Note, 0)?;
    ended_and_left_alone(&mut tracer, &mut target)
}

fn reader_goes_away(stage: &mut Stage) -> anyhow::Result<()> {
    let mut command = std::process::Command::new(&stage.tracer);
    command.args(["sh", "-c", "sleep 0.1; for i in 1 2 3 4 5; do cd /; done; echo alive; exit 3"]);
    let (trace, pipe) = std::io::pipe()?;
    let (mut said, output) = std::io::pipe()?;
    command.stderr(pipe).stdout(output);
    let mut tracer = Tracer::start_with(command, &stage.folder)?;
    let mut first = String::new();
    BufReader::new(trace).read_line(&mut first)?;
    let status = tracer.end()?;
    let mut words = String::new();
    said.read_to_string(&mut words)?;
    ensure!(words == "alive\n", "the command did not go on ({status})");
    ensure!(status.code() == Some(3), "the command's status is 3, the tracer's {status}");
    Ok(())
}

fn before_the_wait(stage: &mut Stage) -> anyhow::Result<()> {
    for _ in 0..5 {
        let mut target = stage.target(&["threads", "1"])?;
        let mut tracer = stage.follow(&target)?;
        stage.pause(10);
        tracer.send(Signal::INT)?;
        ended_and_left_alone(&mut tracer, &mut target)?;
    }
    Ok(())
}

fn second_signal(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["vfork_parent"])?;
    let mut tracer = stage.trace(&["-p", &target.id().to_string()])?;
    target.until_taken()?;
    stage.pause(30);
    tracer.send(Signal::INT)?;
    std::thread::sleep(Duration::from_millis(50));
    tracer.send(Signal::INT)?;
    tracer.gone_within(Duration::from_millis(50) + AT_ONCE)?;
    ended_and_left_alone(&mut tracer, &mut target)
}

fn frozen_v1(stage: &mut Stage) -> anyhow::Result<()> {
    let mut target = stage.target(&["threads", "3"])?;
    let freezer = crate::freezer::Freezer::v1(target.id())?;
    let mut tracer = stage.follow(&target)?;
    target.until_taken()?;
    freezer.freeze(true)?;
    tracer.send(Signal::INT)?;
    let gone = tracer.gone_within(PROMISED);
    freezer.freeze(false)?;
    gone?;
    // A thread that froze in a stop can be let go of; of the others it must be said that they cannot.
    let said = tracer.errors();
    let let_go_of = said.lines().filter(|line| line.ends_with(" detached")).count();
    ensure!(let_go_of == 3 || said.contains("frozen"), "the tracer does not say that it is frozen: {said}");
    ended_and_left_alone(&mut tracer, &mut target)
}
