//! How many calls the tracer makes for each stop, counted by tracing it with itself.
#![allow(clippy::expect_used, reason = "a test ends where something unforeseen happens")]

use std::{fs, path::Path, process::Command};

/// Beginning and end take some requests of their own: taking hold, asking for the news of a fork or an end.
const AROUND: usize = 20;

#[test]
fn a_stop_takes_one_wait_and_two_requests() {
    let tracewell = env!("CARGO_BIN_EXE_tracewell");
    let trace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stops");
    // Looking for a stop before waiting for it would add requests that find nothing.
    let traced = [tracewell, "--wakeup=sleep", "-f", "-o", "/dev/null", "ls", "-l", "/"];
    let output = Command::new(tracewell).arg("-o").arg(&trace).args(traced).output().expect("the tracer is built");
    assert!(output.status.success(), "{output:?}");
    let trace = fs::read_to_string(trace).expect("the trace is written");
    let count = |text: &str| trace.lines().filter(|line| line.starts_with(text)).count();
    let stops = count("ptrace(PTRACE_SYSCALL");
    assert!(stops > 100, "{stops} stops");
    assert!(count("ptrace(") <= 2 * stops + AROUND, "{} requests for {stops} stops", count("ptrace("));
    assert!(count("waitid(") <= stops + AROUND, "{} waits for {stops} stops", count("waitid("));
    assert_eq!(count("wait4("), 0);
    assert!(count("process_vm_readv(") <= stops, "{} reads for {stops} stops", count("process_vm_readv("));
}
