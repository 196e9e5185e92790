//! `--seccomp-bpf` changes nothing of a trace: the programs' traces with it are those without it.
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use tracewell_tests::case::{Case, Mode};
use tracewell_tests::{cases, explain, places, trace_text};

/// Programs that make children and threads, execute, are killed, and make 32-bit calls, each with calls that leave some
/// out. What a filter of a program's own answers is not picked by another; so there are none of those here.
const PROGRAMS: &[(&str, &str)] = &[
    ("fork", "%process,getppid"),
    ("clone3", "!write,clone3"),
    ("exec", "execve,exit"),
    ("exec_thread", "%process"),
    ("killed", "%signal,%process"),
    ("wait", "%process"),
    ("handlers", "!rt_sigprocmask,sigprocmask"),
    ("endpoints", "%network"),
    ("polling", "!poll"),
    ("open", "open,openat"),
    ("read_write", "/^p?(read|write)v?$"),
];

/// One program for one personality, with these options.
fn case(program: &Case, options: &[&str]) -> Case {
    let options = options.iter().map(|&option| option.to_owned()).collect();
    Case { options, mode: Mode::Run, command: None, ..program.clone() }
}

#[test]
fn a_filter_in_the_kernel_changes_nothing_of_the_trace() {
    let tracer = places::tracewell().unwrap();
    let all = cases().unwrap();
    let mut compared = 0;
    for (name, calls) in PROGRAMS {
        let trace = format!("trace={calls}");
        for program in all.iter().filter(|case| case.program == *name && case.run.is_empty()) {
            // Personalities are told at the first call that is seen, which a filter changes.
            let usual = ["-f", "-e", "quiet=attach,personality", "-e", &trace];
            let plain = trace_text(&tracer, &case(program, &usual)).unwrap();
            let filtered = trace_text(&tracer, &case(program, &[&usual[..], &["--seccomp-bpf"]].concat())).unwrap();
            let lines = |text| str::lines(text).filter(|line| !line.starts_with('#')).collect::<Vec<_>>();
            let difference = explain::first_difference(&lines(&plain), &lines(&filtered));
            assert!(difference.is_none(), "{}, -e trace={calls}:\n{}", program.name(), difference.unwrap());
            assert!(lines(&filtered).len() > 1, "{}: nothing is traced", program.name());
            compared += 1;
        }
    }
    assert!(compared >= PROGRAMS.len(), "{compared} programs");
}
