//! Cases 24 to 36: processes and threads.

use super::{End, run, word};
use crate::PROMISED;
use crate::plan::{ATTACH, Plan, When};
use crate::programs;
use crate::scenario::{Scenario, skip};
use crate::stage::Stage;
use crate::tracer::Tracer;
use anyhow::ensure;
use rustix::process::Signal;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// The scenarios.
pub const SCENARIOS: &[Scenario] = &[
    Scenario::plan(
        "case24_execve_by_a_thread",
        Plan { program: &["execs"], when: When::By(60), signal: Signal::TERM, tracers: 5, ..ATTACH },
    )
    .beats_one_in(5, "deadlocks")
    .racy(),
    Scenario::plan(
        "case24_execve_by_a_thread_tracer_killed",
        Plan { program: &["execs"], when: When::By(40), signal: Signal::KILL, tracers: 5, ..ATTACH },
    )
    .racy(),
    Scenario::plan(
        "case25_execve_after_the_leader_s_end",
        Plan { program: &["heir"], when: When::By(40), tracers: 5, ..ATTACH },
    )
    .rarely_beats("hangs")
    .racy(),
    Scenario::story("case26_thousand_children_at_once", |stage| storm(stage, 1000)),
    Scenario::story("case26_the_tracer_ends_in_a_storm", storm_ended).rarely_beats("leaves a child stopped").racy(),
    Scenario::plan(
        "case27_children_of_four_threads",
        Plan { program: &["forks"], when: When::By(60), tracers: 5, ..ATTACH },
    )
    .racy(),
    Scenario::story("case27_first_stops_before_their_events", |stage| storm(stage, 200)).racy(),
    Scenario::story("case28_flags_of_clone", |stage| clones(stage, &["-f"])),
    Scenario::story("case28_flags_of_clone_not_followed", |stage| clones(stage, &[])),
    Scenario::story("case29_daemon_outlives_its_maker", daemon),
    Scenario::story("case30_inherited_children_are_ignored", inherited).beats("waits for them"),
    Scenario::story("case31_pid_namespace_whose_init_dies", pid_namespace),
    Scenario::story("case32_an_id_used_again", id_used_again).beats("overwrites the earlier lives"),
    Scenario::story("case33_a_tracee_that_traces", |stage| run(stage, &[], &["tracee"], End::Code(0)).map(drop)),
    Scenario::story("case33_traceme_while_traced", |stage| run(stage, &["-f"], &["tracee"], End::Code(0)).map(drop)),
    Scenario::story("case34_execve_between_personalities", personalities),
    Scenario::story("case35_setuid", setuid),
    Scenario::story("case36_killed_by_a_filter", |stage| death(stage, &["deaths", "filter"], 31, "SIGSYS")),
    Scenario::story("case36_killed_in_strict_mode", |stage| death(stage, &["deaths", "strict"], 9, "SIGKILL")),
    Scenario::story("case36_killed_with_a_core", |stage| death(stage, &["deaths", "signal", "6"], 6, "SIGABRT")),
];

/// How many ends a trace of `storm` must tell: of each child and its thread, and of their parent.
pub(super) fn ends_of_storm(children: usize) -> usize {
    2 * children + 1
}

fn storm(stage: &Stage, children: usize) -> anyhow::Result<()> {
    let trace = run(stage, &["-f"], &["storm", &children.to_string()], End::Code(0))?;
    let (ends, expected) = (trace.count("+++ exited with "), ends_of_storm(children));
    ensure!(ends == expected, "{ends} ends are told, not {expected}");
    // Of a thread that is told of late the kernel gives its process's status.
    let sevens = trace.count("+++ exited with 7 +++");
    ensure!(sevens >= children, "{sevens} of {children} children are told to end with their status");
    Ok(())
}

fn storm_ended(stage: &mut Stage) -> anyhow::Result<()> {
    for signal in [Signal::INT, Signal::KILL] {
        let (mut tracer, target) = stage.traced(&["-f", "-I2"], &["storm", "300"])?;
        stage.pause(150);
        // It may have ended with the program.
        let _ = tracer.send(signal);
        tracer.gone()?;
        target.is_left_alone()?;
    }
    Ok(())
}

fn clones(stage: &Stage, options: &[&str]) -> anyhow::Result<()> {
    run(stage, options, &["clones"], End::Code(0))?.has("+++ exited with 0 +++")
}

fn daemon(stage: &mut Stage) -> anyhow::Result<()> {
    let trace = run(stage, &["-f"], &["daemon"], End::Code(3))?;
    ensure!(trace.steps() == 100, "the daemon's 100 steps are {}", trace.steps());
    trace.has("+++ exited with 0 +++")
}

/// Runs the tracer in place of a shell, as a script says with `$TRACE` for its command line.
fn shell(stage: &Stage, script: &str) -> anyhow::Result<Tracer> {
    let trace = format!("{} -o {}", word(&stage.tracer)?, word(&stage.path("trace"))?);
    let mut command = Command::new("sh");
    command.args(["-c", script]).env("TRACE", trace);
    Tracer::start(command, &stage.folder)
}

fn inherited(stage: &mut Stage) -> anyhow::Result<()> {
    for (script, end) in [
        ("(exit 5) & exec $TRACE sh -c 'exit 6'", 6),
        ("(sleep 0.1; exit 5) & exec $TRACE sh -c 'sleep 0.2; exit 6'", 6),
        ("sleep 20 & exec $TRACE sh -c 'exit 6'", 6),
    ] {
        let tracer = shell(stage, script)?;
        let group = tracer.id();
        let mut tracer = tracer;
        // Its command is short.
        let ended = tracer.gone_within(2 * PROMISED).and_then(|status| End::Code(end).is(status));
        if let Some(group) = rustix::process::Pid::from_raw(group as i32) {
            // The sleeper is left, or nobody.
            let _ = rustix::process::kill_process_group(group, Signal::KILL);
        }
        ended?;
    }
    Ok(())
}

fn can_unshare() -> bool {
    Command::new("unshare").args(["-fp", "--mount-proc", "true"]).output().is_ok_and(|output| output.status.success())
}

fn pid_namespace(stage: &mut Stage) -> anyhow::Result<()> {
    if !can_unshare() {
        return Err(skip("no PID namespace can be made"));
    }
    let script = "exec $TRACE -f unshare -fp sh -c 'sleep 20 & sleep 20 & exit 4'";
    End::Code(4).is(shell(stage, script)?.end()?)?;
    let trace = crate::trace::Trace::read(&stage.path("trace"))?;
    ensure!(trace.count("+++ killed by SIGKILL +++") == 2, "the two that the end of init kills are not told");
    Ok(())
}

fn id_used_again(stage: &mut Stage) -> anyhow::Result<()> {
    if !can_unshare() {
        return Err(skip("no PID namespace can be made"));
    }
    let script = "exec unshare -fp --mount-proc $TRACE -ff sh -c \
                  'for i in 1 2 3; do echo 500 >/proc/sys/kernel/ns_last_pid; /bin/true; done; exit 4'";
    End::Code(4).is(shell(stage, script)?.end()?)?;
    let lives = std::fs::read_to_string(stage.path("trace.501"))?.matches("+++ exited with 0 +++").count();
    ensure!(lives == 3, "the file of an id that was used three times tells of {lives} ends");
    Ok(())
}

fn personalities(stage: &mut Stage) -> anyhow::Result<()> {
    let (wide, narrow) = (programs::program("cross")?, programs::program("cross32")?);
    // Sixteen times there and back.
    let words = ["cross", "................", word(&narrow)?, word(&wide)?];
    let trace = run(stage, &["-f"], &words, End::Code(0))?;
    let narrow_calls = trace.count("close(-77)");
    ensure!(narrow_calls == 16, "16 calls of the 32-bit program are {narrow_calls}");
    Ok(())
}

fn setuid(stage: &mut Stage) -> anyhow::Result<()> {
    let program = stage.copy(Path::new("/usr/bin/id"), "id")?;
    if std::os::unix::fs::chown(&program, Some(65534), None).is_err() {
        return Err(skip("a program cannot be given to another user"));
    }
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o4755))?;
    let mut tracer = shell(stage, &format!("exec $TRACE {} -u", word(&program)?))?;
    End::Code(0).is(tracer.end()?)?;
    let said = std::fs::read_to_string(stage.path("said"))?;
    let bare = Command::new(&program).arg("-u").output()?;
    ensure!(said.as_bytes() == bare.stdout, "under a tracer it is user {said}");
    Ok(())
}

fn death(stage: &Stage, words: &[&str], signal: i32, name: &str) -> anyhow::Result<()> {
    run(stage, &["-f"], words, End::Signal(signal))?.has(&format!("+++ killed by {name}"))
}
