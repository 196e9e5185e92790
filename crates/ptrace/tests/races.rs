//! Races that a tracer must win every time: a few rounds of each.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a test says by its name what it is about, and ends where it fails"
)]

mod support;

use std::process::Command;
use std::time::{Duration, Instant};
use support::{LONG, Target, Tracer, program, tracer};

const SIGINT: i32 = 2;
const SIGKILL: i32 = 9;

/// How often each race is run.
const ROUNDS: u32 = 5;

/// The promise of how fast a tracer ends.
const PROMISED: Duration = Duration::from_secs(1);

/// Follows a running program.
fn follow(target: &Target) -> Tracer {
    tracer(&["-q", "-f", "-p", &target.id().to_string()])
}

/// A pause that is different in each round.
fn pause(round: u32) {
    std::thread::sleep(Duration::from_millis(u64::from(round) * 7 + 5));
}

#[test]
fn an_execve_by_a_thread_while_its_siblings_are_being_taken() {
    for round in 0..ROUNDS {
        // Enough of them to be still at it when the taking begins; each takes some sixty stops of threads, which a busy
        // machine makes long.
        let mut target = Target::ready(Command::new(program("execs")).arg("60"));
        pause(round);
        let tracer = follow(&target);
        assert_eq!(target.end().code(), Some(7));
        assert!(tracer.end().status.success());
    }
}

#[test]
fn the_end_in_the_middle_of_execves_by_threads() {
    for round in 0..ROUNDS {
        let mut target = Target::ready(Command::new(program("execs")).arg("300"));
        let mut tracer = follow(&target);
        pause(round);
        tracer.signal(SIGINT);
        tracer.gone_within(PROMISED);
        assert_eq!(target.end().code(), Some(7));
    }
}

#[test]
fn the_end_in_the_middle_of_vforks() {
    for round in 0..ROUNDS {
        let target = Target::ready(&mut Command::new(program("vforks")));
        let mut tracer = follow(&target);
        target.until(|_, traced| traced > 0);
        pause(round);
        tracer.signal(SIGINT);
        tracer.gone_within(PROMISED);
        target.until(|states, traced| traced == 0 && !states.contains('t'));
    }
}

#[test]
fn threads_that_start_each_other_are_all_taken() {
    for round in 0..ROUNDS {
        let target = Target::ready(&mut Command::new(program("churn")));
        pause(round);
        let mut tracer = follow(&target);
        // A look at the folder is not one moment; but an untraced thread starts untraced ones, for ever.
        let start = Instant::now();
        let mut agreed = 0;
        while agreed < 20 {
            let (states, traced) = target.threads();
            agreed = if traced >= states.len() { agreed + 1 } else { 0 };
            assert!(start.elapsed() < LONG, "threads {states}, traced {traced}");
        }
        tracer.signal(SIGINT);
        tracer.gone_within(PROMISED);
        target.until(|_, traced| traced == 0);
    }
}

/// Tracers come and go, ended by a signal, while real-time signals arrive.
fn no_signal_is_lost(ended_by: i32) {
    for round in 0..ROUNDS {
        let mut target = Target::ready(&mut Command::new(program("counts")));
        for _ in 0..3 {
            let mut tracer = follow(&target);
            target.until(|_, traced| traced == 17);
            pause(round);
            tracer.signal(ended_by);
            tracer.gone_within(PROMISED);
        }
        assert_eq!(target.end().code(), Some(0), "round {round}");
    }
}

#[test]
fn no_signal_is_lost_as_the_tracer_ends() {
    no_signal_is_lost(SIGINT);
}

#[test]
fn no_signal_is_lost_as_the_tracer_is_killed() {
    no_signal_is_lost(SIGKILL);
}
