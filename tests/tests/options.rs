//! Options whose effect is not in a trace alone: what is said on standard error, and with which status the tracer ends.
//! What is expected was recorded from strace 7.2.
#![allow(clippy::unwrap_used, reason = "it is a test")]

use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Output, Stdio};
use tracewell_tests::{places, run};

/// A user without rights.
const NOBODY: u32 = 65534;

/// Whom a tracer is run as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Whoever runs the tests.
    Anybody,
    /// The superuser; left out where somebody else runs the tests.
    Root,
    /// A user without rights.
    Nobody,
}

/// Whom a tracer is run as, its arguments, and what comes of it; `N` is a process id.
const RECORDED: &[(Who, &str, &str)] = &[
    (Who::Nobody, "-u root true", "strace: You must be root to use the -u/--username option\nexit status 1"),
    (Who::Nobody, "-u nosuchuser true", "strace: You must be root to use the -u/--username option\nexit status 1"),
    (Who::Nobody, "-u 5:5 true", "strace: You must be root to use the -u/--username option\nexit status 1"),
    (
        Who::Nobody,
        "-p 1",
        "strace: attach: ptrace(PTRACE_SEIZE, 1): Operation not permitted\n\
         strace: process 1 may be owned by a different user\nexit status 1",
    ),
    (Who::Nobody, "-o /proc/1/x true", "strace: Can't fopen '/proc/1/x': No such file or directory\nexit status 1"),
    (Who::Root, "-u nosuchuser true", "strace: Cannot find user 'nosuchuser'\nexit status 1"),
    (Who::Root, "-u 5:x true", "strace: Invalid UID:GID pair '5:x'\nexit status 1"),
    (Who::Root, "-u 4294967295:0 true", "strace: Invalid UID:GID pair '4294967295:0'\nexit status 1"),
    (
        Who::Root,
        "-u 12:34 -e trace=getuid,getgid,getgroups -e signal=none id",
        "getuid()                                = 12\n\
         getgid()                                = 34\n\
         getgroups(0, NULL)                      = 0\n\
         getgroups(0, [])                        = 0\n\
         +++ exited with 0 +++\nexit status 0",
    ),
    (
        Who::Anybody,
        "-ff -o /nodir/x true",
        "strace: Can't fopen '/nodir/x.N': No such file or directory\nexit status 1",
    ),
    (Who::Anybody, "-o /nodir/x true", "strace: Can't fopen '/nodir/x': No such file or directory\nexit status 1"),
    (Who::Anybody, "-o |echo_$0_>&2;cat_>/dev/null true", "sh\nexit status 0"),
    (Who::Anybody, "-D nosuchprogram", "strace: Cannot find executable 'nosuchprogram'\nexit status 1"),
];

/// The tracer under the name `strace`.
fn tracer(arguments: &[String]) -> Command {
    let mut command = Command::new(places::tracewell().unwrap());
    command.arg0("strace").args(arguments).current_dir("/").stdin(Stdio::null());
    command
}

/// The words of a line; `_` is a blank within a word.
fn words(line: &str) -> Vec<String> {
    line.split(' ').map(|word| word.replace('_', " ")).collect()
}

fn is_root() -> bool {
    // What belongs to this process belongs to its user.
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// Says past the harness, which shows nothing of a test that passes, that something is left out.
fn skip(line: &str, why: &str) {
    std::io::stderr().write_all(format!("SKIPPED: {line}: {why}\n").as_bytes()).unwrap();
}

/// Runs a command line; `None` where that cannot be done here.
fn output(who: Who, line: &str) -> Option<Output> {
    let mut command = tracer(&words(line));
    if who == Who::Root && !is_root() {
        skip(line, "it needs root");
        return None;
    }
    if who == Who::Nobody && is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    match command.output() {
        Err(error) if who == Who::Nobody => {
            skip(line, &format!("nobody cannot get at the tracer: {error}"));
            None
        }
        output => Some(output.unwrap()),
    }
}

/// How it ended and what it said.
fn verdict(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let ids = regex_lite::Regex::new(r"x\.\d+").unwrap();
    format!("{}{}", ids.replace_all(&said, "x.N"), run::describe(output.status))
}

#[test]
fn what_strace_says_is_said() {
    let wrong: Vec<_> = RECORDED
        .iter()
        .filter_map(|&(who, line, expected)| Some((line, expected, verdict(&output(who, line)?))))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A process to attach to; it is killed at the end.
struct Sleeper(Child);

impl Drop for Sleeper {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_command_beside_a_process_is_named_on_its_lines() {
    let sleeper = Sleeper(Command::new("sleep").arg("60").spawn().unwrap());
    let id = sleeper.0.id().to_string();
    let script = format!("kill {id}; exit 3");
    let arguments = ["-e", "trace=exit_group", "-p", &id, "sh", "-c", &script].map(str::to_owned);
    let output = tracer(&arguments).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let named = said.lines().any(|line| line.starts_with("[pid ") && line.contains("] exit_group(3"));
    assert!(said.starts_with(&format!("strace: Process {id} attached\n")) && named, "{said}");
    assert_eq!(run::describe(output.status), "exit status 3");
}
