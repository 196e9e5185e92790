//! How the tracer ends, and what becomes of its command.
#![allow(clippy::expect_used, clippy::panic, reason = "a test ends where something unforeseen happens")]

use std::{
    fs,
    io::{self, BufRead, BufReader, Read},
    os::unix::process::ExitStatusExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

const SIGINT: i32 = 2;
const SIGTERM: i32 = 15;

/// The promise of how fast a tracer ends.
const PROMISED: Duration = Duration::from_secs(1);

fn tracewell(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tracewell"));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn temporary(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn send(child: &Child, signal: i32) {
    let status = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status();
    assert!(status.expect("there is a kill").success());
}

/// Waits for the end, which must come in time.
fn ended(child: &mut Child, limit: Duration) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it is a child") {
            return status;
        }
        if start.elapsed() > limit {
            child.kill().expect("it can be killed");
            panic!("not ended after {limit:?}");
        }
        sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_command_whose_trace_nobody_reads_any_more_goes_on_and_gives_its_status() {
    let mut child = tracewell(&["sh", "-c", "sleep 0.2; echo alive; exit 3"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tracer is built");
    let mut first = String::new();
    let mut trace = BufReader::new(child.stderr.take().expect("it is piped"));
    trace.read_line(&mut first).expect("it is UTF-8");
    drop(trace);
    assert!(first.starts_with("execve("), "{first}");
    let mut said = String::new();
    child.stdout.take().expect("it is piped").read_to_string(&mut said).expect("it is UTF-8");
    assert_eq!(said, "alive\n");
    assert_eq!(ended(&mut child, PROMISED).code(), Some(3));
}

#[test]
fn a_trace_that_nobody_reads_does_not_keep_the_tracer() {
    for signal in [SIGINT, SIGTERM] {
        let (kept, pipe) = io::pipe().expect("there are descriptors");
        let script = "while :; do cd /; done";
        let mut child = tracewell(&["sh", "-c", script]).stderr(pipe).spawn().expect("the tracer is built");
        sleep(Duration::from_millis(400));
        send(&child, signal);
        assert_eq!(ended(&mut child, PROMISED).signal(), Some(signal));
        drop(kept);
    }
}

#[test]
fn a_full_disk_is_told_and_shows_in_the_status() {
    let run = tracewell(&["-o", "/dev/full", "true"]).output().expect("the tracer is built");
    assert!(String::from_utf8_lossy(&run.stderr).ends_with("/dev/full: No space left on device\n"));
    assert_eq!(run.status.code(), Some(1));
}

#[test]
fn the_terminal_s_ctrl_c_is_the_command_s_where_the_trace_goes_elsewhere() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/terminal.c");
    let (terminal, trace) = (temporary("terminal"), temporary("terminal.trace"));
    let made = Command::new("gcc").arg("-o").arg(&terminal).arg(source).status();
    assert!(made.expect("there is a gcc").success());
    let script = "trap 'exit 5' INT; sleep 2; sleep 2; exit 6";
    let status = Command::new(&terminal)
        .args([env!("CARGO_BIN_EXE_tracewell"), "-o"])
        .arg(&trace)
        .args(["sh", "-c", script])
        .status();
    assert_eq!(status.expect("it was made").code(), Some(5));
    let text = fs::read_to_string(&trace).expect("there is a trace");
    assert!(text.ends_with("+++ exited with 5 +++\n"), "{text}");
}

#[test]
fn what_is_sent_to_the_tracer_alone_ends_the_tracing() {
    for signal in [SIGINT, SIGTERM] {
        let trace = temporary("sent.trace");
        let mut child = tracewell(&["-o"]).arg(&trace).args(["sleep", "5"]).spawn().expect("the tracer is built");
        sleep(Duration::from_millis(300));
        send(&child, signal);
        assert_eq!(ended(&mut child, PROMISED).signal(), Some(signal));
        let text = fs::read_to_string(&trace).expect("there is a trace");
        assert!(text.ends_with(" <detached ...>\n"), "{text}");
    }
}

#[test]
fn a_tracer_that_steps_aside_leaves_its_place_to_the_command() {
    for aside in ["-D", "-DD", "-DDD"] {
        let trace = temporary("aside.trace");
        let run = tracewell(&[aside, "-o"])
            .arg(&trace)
            .args(["sh", "-c", "echo $$; kill -9 $$"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the tracer is built");
        let id = run.id();
        let output = run.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), id.to_string());
        assert_eq!(output.status.signal(), Some(9));
    }
}

#[test]
fn at_execve_a_child_is_let_go_of_but_not_the_command() {
    let trace = temporary("execve.trace");
    let status = tracewell(&["-f", "-b", "execve", "-o"]).arg(&trace).args(["sh", "-c", "/bin/true; exit 3"]).status();
    assert_eq!(status.expect("the tracer is built").code(), Some(3));
    let text = fs::read_to_string(&trace).expect("there is a trace");
    // Where the command's line comes between, the child's is cut as unfinished before it is let go of.
    let is_let_go = |line: &str| line.ends_with(" <detached ...>") || line.ends_with(" <unfinished ...>");
    assert_eq!(text.lines().filter(|line| line.contains("execve(") && is_let_go(line)).count(), 1, "{text}");
    assert!(!text.contains("execve resumed"), "{text}");
    assert!(text.ends_with("+++ exited with 3 +++\n"), "{text}");
}
