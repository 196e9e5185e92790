//! The test programs, traced by the eBPF backend: the text is the same. Needs the rights to load programs into the kernel.

#![allow(clippy::expect_used, reason = "it is a test")]

use std::io::Write;
use tracewell_tests::{case::Case, cases, pending::Pending, places, verify_with};

/// The same case, traced by eBPF; nothing else is different.
fn by_ebpf(case: &Case) -> Case {
    let mut run = case.clone();
    run.options.insert(0, "--backend=ebpf".into());
    run
}

/// Whether a seccomp filter answers the calls: then the kernel has not looked at their memory, and what nobody has touched
/// is not there, nor is there anybody who could be asked to fetch it.
fn is_answered_by_filter(case: &Case) -> bool {
    let recorded = std::fs::read_to_string(places::expectation(&case.name())).expect("it is recorded");
    recorded.contains("SECCOMP_MODE_FILTER, {len=")
}

/// Whether programs can be loaded here; the reason, if not.
fn refusal() -> Option<String> {
    let tracer = places::tracewell().expect("tracewell is built");
    let tried = std::process::Command::new(tracer)
        .args(["--backend=ebpf", "-o", "/dev/null", "true"])
        .output()
        .expect("tracewell can be started");
    (!tried.status.success()).then(|| String::from_utf8_lossy(&tried.stderr).trim().to_owned())
}

#[test]
fn the_text_is_that_of_ptrace() {
    if let Some(why) = refusal() {
        // Past the harness, which shows nothing of a test that passes.
        writeln!(std::io::stderr(), "SKIPPED: {why}").expect("standard error is open");
        return;
    }
    let known = Pending::read(&places::ebpf()).expect("the list can be read");
    let pending = Pending::read(&places::pending()).expect("the list can be read");
    let wanted = std::env::var("CASE").unwrap_or_default();
    let mut failures = Vec::new();
    for case in cases().expect("the programs can be listed") {
        let name = case.name();
        // What a run has a name for is an option of the output.
        let chosen = if wanted.is_empty() { case.run.is_empty() } else { name.contains(&wanted) };
        if !chosen || known.reason(&name).is_some() || pending.reason(&name).is_some() {
            continue;
        }
        if is_answered_by_filter(&case) {
            continue;
        }
        if let Err(error) = verify_with(&by_ebpf(&case), &case) {
            failures.push(format!("{error:#}"));
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}
