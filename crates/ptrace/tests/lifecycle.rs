//! Whole runs of the backend on small programs: starting, attaching, following, letting go.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test says by its name what it is about, and ends where it fails"
)]

mod support;

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use support::{Target, program, trace, tracer};

const SIGHUP: i32 = 1;
const SIGINT: i32 = 2;
const SIGKILL: i32 = 9;
const SIGTERM: i32 = 15;
const SIGCONT: i32 = 18;
const SIGSTOP: i32 = 19;

#[test]
fn the_trace_begins_with_the_execve_and_ends_with_the_exit() {
    let traced = trace(&["true"]);
    assert!(traced.lines[0].contains("Enter 59 "), "{}", traced.lines[0]);
    assert!(traced.lines[1].contains("Exec {"), "{}", traced.lines[1]);
    assert!(traced.lines[2].ends_with(" Exit 0"), "{}", traced.lines[2]);
    assert!(traced.lines.last().unwrap().ends_with("Exited { status: 0 }"));
    assert_eq!(traced.status.code(), Some(0));
}

#[test]
fn every_exit_has_its_entry() {
    let traced = trace(&["sh", "-c", "exit 7"]);
    let mut inside = false;
    for line in &traced.lines {
        assert!(inside || !line.contains(" Exit "), "{line}");
        inside = line.contains(" Enter ") || (inside && line.contains("Exec {"));
    }
    assert_eq!(traced.status.code(), Some(7));
}

#[test]
fn the_signal_that_kills_the_command_kills_the_tracer() {
    for signal in [SIGKILL, SIGTERM, 11, 34] {
        let traced = trace(&["sh", "-c", &format!("kill -{signal} $$")]);
        assert_eq!(traced.status.signal(), Some(signal));
        assert!(traced.has(&format!("Killed {{ signal: {signal}")));
    }
}

#[test]
fn an_execve_that_fails_is_told_and_nothing_after_it() {
    let traced = trace(&["/"]);
    assert!(traced.lines[0].contains("Enter 59 "));
    assert!(traced.lines[1].ends_with("Exit -13"));
    assert_eq!(traced.lines[2], "raw: exec: Permission denied");
    assert!(traced.lines[3].ends_with(" Exiting"));
    assert!(traced.lines[4].ends_with("Exited { status: 1 }"));
    assert_eq!((traced.lines.len(), traced.status.code()), (5, Some(1)));
}

#[test]
fn a_command_that_does_not_exist_is_named() {
    let traced = trace(&["no-such-command"]);
    assert_eq!(traced.lines, ["raw: Cannot find executable 'no-such-command'"]);
    assert_eq!(traced.status.code(), Some(1));
}

#[test]
fn the_command_gets_the_signals_and_descriptors_as_they_were() {
    let bare = Command::new(program("signals")).status().unwrap();
    let traced = trace(&[program("signals")]);
    assert_eq!(traced.status.code(), bare.code());
}

#[test]
fn forks_and_threads_are_followed() {
    let traced = trace(&["-f".into(), program("storm")]);
    assert_eq!(traced.status.code(), Some(200));
    assert_eq!(traced.count("Born { parent: Some("), 400);
    assert_eq!(traced.count("Exited { status: 0 }"), 400);
}

#[test]
fn without_follow_children_run_untraced() {
    let traced = trace(&[program("storm")]);
    assert_eq!(traced.status.code(), Some(200));
    assert_eq!(traced.count("Born"), 0);
}

#[test]
fn real_time_signals_arrive_in_order_with_their_values() {
    let traced = trace(&[program("values")]);
    assert_eq!(traced.status.code(), Some(0b01010));
    let values: Vec<&str> =
        traced.lines.iter().filter(|line| line.contains("Signal 35")).map(|l| &l[l.len() - 2..]).collect();
    assert_eq!(values, ["0)", "1)", "0)", "1)", "0)"]);
}

#[test]
fn an_execve_by_a_thread_moves_its_state() {
    for _ in 0..20 {
        let traced = trace(&["-f".into(), program("exec_by_thread")]);
        assert_eq!(traced.status.code(), Some(0));
        assert_eq!(traced.count("Superseded"), 1);
        let at = |part: &str| traced.lines.iter().rposition(|line| line.contains(part));
        let leader_ends = format!("{} Exiting", traced.lines[0].split(' ').next().unwrap());
        let first = traced.lines.iter().position(|line| *line == leader_ends);
        assert!(first < at("Superseded") && at("Superseded") < at("Exec {"), "{:?}", traced.lines);
        let exec = traced.lines.iter().rposition(|line| line.contains("Exec {")).unwrap();
        let leader = traced.lines[0].split(' ').next().unwrap();
        assert!(traced.lines[exec].starts_with(leader));
        assert!(!traced.lines[exec].contains(&format!("Tid({leader})")));
        assert_eq!(traced.lines[exec + 1], format!("{leader} Exit 0"));
    }
}

#[test]
fn all_threads_are_taken_and_let_go_of() {
    for (signal, threads) in [(SIGINT, 1), (SIGTERM, 16), (SIGHUP, 100)] {
        let target = Target::ready(Command::new(program("threads")).arg(threads.to_string()));
        let tracer = tracer(&["-f", "-p", &target.id().to_string()]);
        target.until(|states, traced| traced == threads + 1 && !states.contains('t'));
        let start = Instant::now();
        tracer.signal(signal);
        let traced = tracer.end();
        assert!(start.elapsed() < Duration::from_secs(1));
        assert_eq!(traced.status.signal(), Some(signal));
        assert!(traced.has(&format!("Attached {}", threads + 1)));
        assert_eq!(traced.count("Detached"), threads + 1);
        assert!(traced.lines.last().unwrap().starts_with(&format!("{} Detached", target.id())), "the leader is last");
        target.until(|states, traced| traced == 0 && states.bytes().all(|state| state == b'S'));
    }
}

#[test]
fn a_leader_that_ended_before_its_threads_delays_nothing() {
    let target = Target::ready(Command::new(program("threads")).args(["3", "exit"]));
    target.until(|states, _| states.contains('Z'));
    let tracer = tracer(&["-f", "-p", &target.id().to_string()]);
    target.until(|states, traced| traced == 3 && !states.contains('t'));
    let start = Instant::now();
    tracer.signal(SIGINT);
    let traced = tracer.end();
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(traced.count("Detached"), 3);
    target.until(|states, traced| traced == 0 && !states.contains('t'));
}

#[test]
fn a_leader_that_ends_while_traced_delays_nothing() {
    let tracer = tracer(&["-f".as_ref(), program("threads").as_os_str(), "3".as_ref(), "exit".as_ref()]);
    std::thread::sleep(Duration::from_millis(300));
    let start = Instant::now();
    tracer.signal(SIGTERM);
    let traced = tracer.end();
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!((traced.count("Detached"), traced.status.signal()), (4, Some(SIGTERM)));
}

#[test]
fn a_stopped_process_stays_stopped_and_answers_sigcont() {
    let target = Target::ready(Command::new(program("threads")).arg("2"));
    target.signal(SIGSTOP);
    target.until(|states, _| states == "TTT");
    let tracer = tracer(&["-f", "-p", &target.id().to_string()]);
    target.until(|_, traced| traced == 3);
    std::thread::sleep(Duration::from_millis(100));
    tracer.signal(SIGINT);
    let traced = tracer.end();
    assert_eq!(traced.count("Stopped { signal: 19 }"), 3);
    target.until(|states, traced| states == "TTT" && traced == 0);
    target.signal(SIGCONT);
    target.until(|states, _| states == "SSS");
}

#[test]
fn a_group_stop_is_real_while_traced() {
    let target = Target::ready(Command::new(program("threads")).arg("1"));
    let tracer = tracer(&["-f", "-p", &target.id().to_string()]);
    target.until(|states, traced| traced == 2 && !states.contains('t'));
    target.signal(SIGSTOP);
    target.until(|states, _| states == "tt");
    std::thread::sleep(Duration::from_millis(50));
    target.signal(SIGCONT);
    target.until(|states, _| states == "SS");
    tracer.signal(SIGINT);
    let traced = tracer.end();
    assert_eq!(traced.count("Stopped { signal: 19 }"), 2);
    assert_eq!(traced.count("Signal 18 "), 1);
}

#[test]
fn a_vfork_parent_whose_child_is_not_traced_delays_nothing() {
    let mut target = Target::ready(&mut Command::new(program("vfork")));
    let tracer = tracer(&["-p", &target.id().to_string()]);
    target.until(|_, traced| traced == 1);
    let start = Instant::now();
    tracer.signal(SIGINT);
    let traced = tracer.end();
    assert!(start.elapsed() < Duration::from_secs(1));
    assert!(traced.has("it sleeps uninterruptibly in system call 58"), "{:?}", traced.lines);
    assert_eq!(target.end().code(), Some(6));
}

#[test]
fn a_sleep_takes_its_time_and_no_longer() {
    let start = Instant::now();
    let mut target = Target::start(Command::new("sleep").arg("0.6"));
    let tracer = tracer(&["-p", &target.id().to_string()]);
    target.until(|_, traced| traced == 1);
    tracer.signal(SIGINT);
    tracer.end();
    assert_eq!(target.end().code(), Some(0));
    let took = start.elapsed();
    assert!((Duration::from_millis(600)..Duration::from_millis(900)).contains(&took), "{took:?}");
}

#[test]
fn a_killed_tracer_leaves_everything_running() {
    let target = Target::ready(Command::new(program("threads")).arg("16"));
    let mut tracer = tracer(&["-f", "-p", &target.id().to_string()]);
    target.until(|_, traced| traced == 17);
    tracer.signal(SIGKILL);
    tracer.gone_within(Duration::from_secs(1));
    target.until(|states, traced| traced == 0 && states.bytes().all(|state| state == b'S'));
}

#[test]
fn a_killed_tracee_is_told_and_the_others_go_on() {
    let first = Target::ready(Command::new(program("threads")).arg("4"));
    let second = Target::ready(Command::new(program("threads")).arg("4"));
    let tracer = tracer(&["-f", "-p", &first.id().to_string(), "-p", &second.id().to_string()]);
    second.until(|states, traced| traced == 5 && !states.contains('t'));
    first.signal(SIGKILL);
    first.until(|states, _| states.bytes().all(|state| state == b'Z'));
    second.signal(SIGCONT);
    std::thread::sleep(Duration::from_millis(100));
    tracer.signal(SIGINT);
    let traced = tracer.end();
    assert_eq!((traced.count("Killed { signal: 9"), traced.count("Detached")), (5, 5));
    assert_eq!(traced.count("Signal 18 "), 1);
}

#[test]
fn one_of_several_that_is_gone_is_named_and_the_rest_are_traced() {
    let target = Target::ready(Command::new(program("threads")).arg("0"));
    let tracer = tracer(&["-p", "999999999", "-p", &target.id().to_string()]);
    target.until(|_, traced| traced == 1);
    target.signal(SIGTERM);
    let traced = tracer.end();
    assert_eq!(traced.lines[0], "raw: attach: ptrace(PTRACE_SEIZE, 999999999): No such process");
    assert!(traced.has("Killed { signal: 15"));
    assert_eq!(traced.status.code(), Some(1));
}

#[test]
fn who_traces_already_is_named() {
    let target = Target::ready(Command::new(program("threads")).arg("0"));
    let first = tracer(&["-p", &target.id().to_string()]);
    target.until(|_, traced| traced == 1);
    let second = trace(&["-p", &target.id().to_string()]);
    assert!(second.has(&format!("Process {} is already being traced by pid {}", target.id(), first.id())));
    assert_eq!(second.status.code(), Some(1));
    first.signal(SIGINT);
    first.end();
}

#[test]
fn ended_in_its_first_moments_nothing_is_left_stopped() {
    for delay in 0..40 {
        let tracer = tracer(&["-q", "sleep", "0.2"]);
        std::thread::sleep(Duration::from_micros(100 * delay));
        let start = Instant::now();
        tracer.signal(if delay % 2 == 0 { SIGKILL } else { SIGTERM });
        tracer.end();
        // The pipe of standard error ends only when the command, too, is gone.
        assert!(start.elapsed() < Duration::from_secs(2));
    }
}

/// Whether a program of userfaultfd(2) can run here: it ends with 77 where it may not.
fn may_serve_pages(name: &str) -> bool {
    let may = Command::new(program(name)).stdout(Stdio::null()).status().unwrap().code() != Some(77);
    if !may {
        eprintln!("skipped: userfaultfd is not allowed");
    }
    may
}

#[test]
fn a_page_that_another_tracee_serves_is_not_waited_for() {
    if may_serve_pages("userfault") {
        let alone = Command::new(program("userfault")).stdout(Stdio::null()).status().unwrap();
        let traced = trace(&["-f".as_ref(), "-m".as_ref(), program("userfault").as_os_str()]);
        assert_eq!(traced.status.code(), alone.code());
    }
}

#[test]
fn a_page_that_a_thread_of_an_attached_process_serves_is_not_waited_for() {
    if may_serve_pages("userfault") {
        let target = Target::ready(Command::new(program("userfault")).arg("wait"));
        let tracer = tracer(&["-f", "-m", "-p", &target.id().to_string()]);
        target.until(|_, traced| traced == 2);
        std::thread::sleep(Duration::from_millis(400));
        let start = Instant::now();
        tracer.signal(SIGTERM);
        let traced = tracer.end();
        assert!(start.elapsed() < Duration::from_secs(1));
        assert_eq!((traced.status.signal(), traced.count("Detached")), (Some(SIGTERM), 2));
    }
}

#[test]
fn a_read_that_nobody_serves_does_not_outlast_the_end() {
    if may_serve_pages("unserved") {
        let target = Target::ready(Command::new(program("unserved")).arg("wait"));
        let mut tracer = tracer(&["-m", "-p", &target.id().to_string()]);
        tracer.until_asleep();
        tracer.signal(SIGTERM);
        tracer.gone_within(Duration::from_secs(1));
        let traced = tracer.end();
        assert!(traced.has("a page of its memory is not served"), "{:?}", traced.lines);
        assert_eq!(traced.status.signal(), Some(SIGTERM));
    }
}

#[test]
fn children_whose_maker_was_killed_go_on() {
    let traced = trace(&["-q".as_ref(), "-f".as_ref(), program("orphans").as_os_str(), "30".as_ref()]);
    assert_eq!(traced.status.code(), Some(0));
}
