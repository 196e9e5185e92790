//! How many calls the tracer makes for each stop, counted by tracing it with itself.
#![allow(clippy::expect_used, reason = "a test ends where something unforeseen happens")]

use std::{fs, path::Path, process::Command};

/// Beginning and end take some requests of their own: taking hold, asking for the news of a fork or an end.
const AROUND: usize = 20;

/// What a tracer with these options and this command does itself.
fn trace_of_tracer(name: &str, words: &[&str]) -> String {
    let tracewell = env!("CARGO_BIN_EXE_tracewell");
    let trace = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    // Looking for a stop before waiting for it would add requests that find nothing.
    let traced = [tracewell, "--wakeup=sleep", "-f", "-o", "/dev/null"];
    let mut command = Command::new(tracewell);
    let output = command.arg("-o").arg(&trace).args(traced).args(words).output().expect("the tracer is built");
    assert!(output.status.success(), "{output:?}");
    fs::read_to_string(trace).expect("the trace is written")
}

#[test]
fn a_stop_takes_one_wait_and_two_requests() {
    let trace = trace_of_tracer("stops", &["ls", "-l", "/"]);
    let count = |text: &str| trace.lines().filter(|line| line.starts_with(text)).count();
    let stops = count("ptrace(PTRACE_SYSCALL");
    assert!(stops > 100, "{stops} stops");
    assert!(count("ptrace(") <= 2 * stops + AROUND, "{} requests for {stops} stops", count("ptrace("));
    assert!(count("waitid(") <= stops + AROUND, "{} waits for {stops} stops", count("waitid("));
    assert_eq!(count("wait4("), 0);
    let reads: Vec<usize> =
        trace.split("ptrace(PTRACE_SYSCALL").map(|of_stop| of_stop.matches("process_vm_readv(").count()).collect();
    let several = reads.iter().filter(|&&reads| reads > 1).count();
    // Lists of texts take more than one read, and what lies across the end of a page may.
    assert!(several * 50 <= stops, "{several} of {stops} stops take several reads of memory");
    assert!(reads.contains(&1), "memory is never read");
}

#[test]
fn with_a_filter_that_picks_nothing_there_are_births_and_ends_only() {
    const CHILDREN: usize = 6;
    let script = format!("for i in $(seq {CHILDREN}); do /bin/true & wait; done");
    let trace = trace_of_tracer("filtered", &["--seccomp-bpf", "-e", "trace=chdir", "sh", "-c", &script]);
    let executed = trace.split_once("ptrace(PTRACE_CONT").map_or("", |(_, after)| after);
    assert!(!executed.contains("ptrace(PTRACE_SYSCALL"), "somebody stopped at a call");
    // Of each child: the news of it, its first stop, its execve, its end, and the signal that tells of that.
    let stops = 5 * (CHILDREN + 1);
    let found = executed.matches("ptrace(PTRACE_CONT").count();
    assert!((stops..=stops + 2).contains(&found), "{found} stops of {CHILDREN} children, not {stops}");
}
