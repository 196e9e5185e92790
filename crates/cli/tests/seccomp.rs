//! `--seccomp-bpf`: what becomes of the command.
#![allow(clippy::expect_used, reason = "a test ends where something unforeseen happens")]

use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// `ENOSYS`.
const NO_SUCH_CALL: i32 = 38;

/// The program made from `tests/programs/NAME.c`.
fn program(name: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs").join(name).with_extension("c");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let made = Command::new("gcc").arg("-o").arg(&target).arg(source).status();
    assert!(made.expect("there is a gcc").success());
    target
}

fn filtered(calls: &str, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tracewell"));
    command.args(["-f", "--seccomp-bpf", "-e", calls]).args(words).stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_command_has_as_many_rights_as_without() {
    let rights = ["grep", "NoNewPrivs", "/proc/self/status"];
    let bare = Command::new(rights[0]).args(&rights[1..]).output().expect("there is a grep");
    let output = filtered("getppid", &rights).output().expect("the tracer is built");
    // Who may not do without gives them up (PR_SET_NO_NEW_PRIVS(2const)).
    let may = Command::new("sh").args(["-c", "test $(id -u) = 0"]).status().expect("there is a sh").success();
    if may {
        assert_eq!(output.stdout, bare.stdout);
    } else {
        println!("SKIPPED: only who has rights keeps them");
    }
}

#[test]
fn what_a_filter_of_the_command_s_own_picks_fails_as_without_a_tracer() {
    let picked = program("picked");
    let picked = picked.to_str().expect("it is UTF-8");
    assert_eq!(Command::new(picked).status().expect("it was made").code(), Some(NO_SUCH_CALL));
    let plain = Command::new(env!("CARGO_BIN_EXE_tracewell")).args(["-f", "-e", "getppid", picked]).output();
    let plain = plain.expect("the tracer is built");
    for calls in ["getppid", "chdir"] {
        let output = filtered(calls, &[picked]).output().expect("the tracer is built");
        assert_eq!(output.status.code(), Some(NO_SUCH_CALL), "{output:?}");
        if calls == "getppid" {
            assert_eq!(said(&output), said(&plain));
        }
    }
}

#[test]
fn where_there_can_be_no_filter_every_call_is_looked_at() {
    let tracewell = env!("CARGO_BIN_EXE_tracewell");
    let mut command = Command::new(program("refused"));
    let output = command.args([tracewell, "-f", "--seccomp-bpf", "-e", "exit_group", "sh", "-c", "exit 3"]).output();
    let output = output.expect("the tracer is built");
    let expected = format!(
        "{tracewell}: seccomp filter is requested but unavailable\n\
         exit_group(3)                           = ?\n+++ exited with 3 +++\n"
    );
    assert_eq!((said(&output), output.status.code()), (expected, Some(3)));
}

#[test]
fn a_command_whose_trace_nobody_reads_any_more_goes_on_and_its_calls_too() {
    let script = "sleep 0.2; cd / && cd /tmp && echo alive; exit 3";
    let mut child = filtered("chdir,execve", &["sh", "-c", script])
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
    assert_eq!((said.as_str(), child.wait().expect("it is a child").code()), ("alive\n", Some(3)));
}
