//! The test programs, traced by the eBPF backend: the text is the same. Needs the rights to load programs into the kernel.

#![allow(clippy::expect_used, reason = "it is a test")]

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tracewell_tests::streams::{self, Named};
use tracewell_tests::volatile::{self, Addresses};
use tracewell_tests::{case::Case, cases, differences, pending::Pending, places, run, trace, verify_with};

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

/// Whether it is asked what descriptors point to: that has to be known when a call is made, not when it is told.
fn looks_up_descriptors(case: &Case) -> bool {
    let asks = |option: &String| option.starts_with("-y") || option == "-P" || option.contains("decode-fds");
    case.options.iter().any(asks)
}

/// Whether programs can be loaded here; the reason, if not.
fn refusal() -> Option<String> {
    let tracer = places::tracewell().expect("tracewell is built");
    let tried = Command::new(tracer)
        .args(["--backend=ebpf", "-o", "/dev/null", "true"])
        .output()
        .expect("tracewell can be started");
    (!tried.status.success()).then(|| String::from_utf8_lossy(&tried.stderr).trim().to_owned())
}

/// Whether programs can be loaded here. If not, that is said past the harness, which shows nothing of a test that passes.
fn is_possible() -> bool {
    let refusal = refusal();
    if let Some(why) = &refusal {
        writeln!(std::io::stderr(), "SKIPPED: {why}").expect("standard error is open");
    }
    refusal.is_none()
}

#[test]
fn the_text_is_that_of_ptrace() {
    if !is_possible() {
        return;
    }
    let known = Pending::read(&places::ebpf()).expect("the list can be read");
    let pending = Pending::read(&places::pending()).expect("the list can be read");
    let wanted = std::env::var("CASE").unwrap_or_default();
    let mut failures = Vec::new();
    for case in cases().expect("the programs can be listed") {
        let name = case.name();
        // What a run has a name for is an option of the output, but for what descriptors point to.
        let other = case.run.is_empty() || looks_up_descriptors(&case);
        let chosen = if wanted.is_empty() { other } else { name.contains(&wanted) };
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

/// Stops its tracer, makes more calls than the smallest ring holds, and lets it go on.
const FLOOD: &str = "kill -STOP $PPID; dd if=/dev/zero of=/dev/null bs=1 count=6000 status=none; (exit 3); \
                     kill -CONT $PPID; kill -0 $$";

/// Traces [`FLOOD`] into a file; what the tracer said, and the trace.
fn flood(name: &str, options: &[&str]) -> (Output, String) {
    let folder = places::scratch(name).expect("there is room");
    let output = Command::new(places::tracewell().expect("tracewell is built"))
        .args(["--backend=ebpf", "--ring-size=1", "-f", "-o", "trace"])
        .args(options)
        .args(["sh", "-c", FLOOD])
        .current_dir(&folder)
        .output()
        .expect("tracewell can be started");
    let trace = std::fs::read_to_string(folder.join("trace")).expect("there is a trace");
    std::fs::remove_dir_all(folder).expect("it is ours");
    (output, trace)
}

/// The number before a word.
fn number_before(text: &str, word: &str) -> u64 {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|other| *other == word).expect("the word is there");
    words[at - 1].parse().expect("there is a number")
}

#[test]
fn what_was_lost_is_said_where_it_happened() {
    if !is_possible() {
        return;
    }
    let (output, text) = flood("lost", &[]);
    assert_eq!(output.status.code(), Some(1), "the status tells of the loss");
    let said = number_before(&String::from_utf8_lossy(&output.stderr), "records");
    let streams = trace::streams(&trace::lines(&text, 40));
    let mut lost = 0;
    for stream in &streams {
        let last = stream.lines.last().expect("it has lines");
        assert!(last.event.starts_with("+++ exited with "), "the end is not lost: {}", last.event);
        for line in &stream.lines {
            let is_loss = line.event.starts_with("--- lost ");
            lost += if is_loss { number_before(&line.event.replace("record ", "records "), "records") } else { 0 };
            let ends = [" ---", " +++", " <unfinished ...>"].iter().any(|end| line.event.ends_with(end));
            assert!(ends || line.event.contains(") = "), "{}", line.event);
            // Whatever a call returned, it is its own result.
            let is_whole = !line.event.starts_with("read(0") || ends || line.event.ends_with(" = 1");
            assert!(is_whole, "{}", line.event);
        }
    }
    assert_eq!(lost, said, "each loss has its place");
    assert!(streams.iter().any(|stream| stream.lines.iter().any(|line| line.event == "+++ exited with 3 +++")));
}

/// The table of a command's calls, and how the tracer ended.
fn table(options: &[&str], script: &str) -> (Option<i32>, String) {
    let folder = places::scratch("counted").expect("there is room");
    let status = Command::new(places::tracewell().expect("tracewell is built"))
        .args(["-f", "-c", "-w", "-U", "calls,errors,name", "-S", "name", "-o", "table"])
        .args(options)
        .args(["sh", "-c", script])
        .current_dir(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("tracewell can be started");
    let table = std::fs::read_to_string(folder.join("table")).expect("there is a table");
    std::fs::remove_dir_all(folder).expect("it is ours");
    (status.code(), table)
}

#[test]
fn what_the_kernel_counts_is_what_ptrace_sees() {
    const SCRIPT: &str = "ls /; cat /nonexistent; sh -c 'kill -KILL $$'; trap : TERM; kill -TERM $$; exit 3";
    if !is_possible() {
        return;
    }
    for options in [&[][..], &["-z"], &["-Z"], &["-e", "trace=read,%clock"], &["-e", "trace=openat", "-Z"]] {
        let by_ptrace = table(options, SCRIPT);
        let by_ebpf = table(&[&["--backend=ebpf"], options].concat(), SCRIPT);
        assert_eq!(by_ebpf, by_ptrace, "{options:?}");
    }
}

#[test]
fn the_counts_are_there_when_the_tracer_is_interrupted() {
    if !is_possible() {
        return;
    }
    let script = "cat /nonexistent; kill -INT $PPID; exec sleep 0.3";
    let (_, table) = table(&["--backend=ebpf", "-e", "trace=openat,kill"], script);
    assert!(table.lines().any(|line| line.split_whitespace().eq(["1", "kill"])), "{table}");
    assert!(table.contains("openat"), "{table}");
}

/// Commands whose processes do not race with each other, so that being stopped or not makes no difference to them.
const SCRIPTS: &[(&str, &str)] = &[
    ("ls", "ls -l /usr"),
    ("sh", "x=$(cat /etc/passwd); (exit 3) || echo $?; cat /nonexistent; exit 4"),
    ("cc", "echo 'int main(void) { return 0; }' > a.c && cc -o a a.c && ./a; echo $?"),
    ("make", "printf 'all: a b\\na b:\\n\\t@echo $@ > $@; cat $@\\n' > Makefile; make -s"),
    ("find", "find /etc/ssl /usr/include -maxdepth 1 > list"),
    ("tar", "mkdir d; echo text > d/f; touch -d @0 d/f d; tar czf a.tgz d; tar tzf a.tgz"),
];

/// What tracewell shows of a script in an empty folder, with a backend.
fn shown(backend: &str, script: &str) -> Vec<Named> {
    let folder = places::scratch("ebpf/real").expect("there is a place");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("it can be made");
    let mut command = Command::new(places::tracewell().expect("tracewell is built"));
    command.args([backend, "-f", "-o", "trace", "sh", "-c", script]).current_dir(&folder);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let (_, said) = run::finish(command, Duration::from_secs(60)).expect("it ends");
    assert!(!said.contains("were lost"), "{script}: {said}");
    let files = run::trace_files(&folder).expect("there is a trace");
    let mut shown = streams::of_files(&files, 40, |event| volatile::settle_any(event, Addresses::I386));
    // For the name of a temporary file the C library draws a number, and one time in 22 another: some would come too often.
    let is_drawn = |line: &str| line.starts_with("getrandom(BYTES, 8, GRND_NONBLOCK)");
    shown.iter_mut().for_each(|stream| stream.lines.retain(|line| !is_drawn(line)));
    shown
}

#[test]
fn real_commands_look_the_same_by_both() {
    if !is_possible() {
        return;
    }
    for (tool, script) in SCRIPTS {
        let here = Command::new("sh").args(["-c", "command -v \"$0\" >/dev/null", tool]).status();
        if !here.expect("there is a shell").success() {
            writeln!(std::io::stderr(), "SKIPPED: there is no {tool} here").expect("standard error is open");
            continue;
        }
        let [by_ptrace, by_ebpf] =
            ["ptrace", "ebpf"].map(|name| [1, 2].map(|_| shown(&format!("--backend={name}"), script)));
        let verdict = differences::find(&by_ptrace, &by_ebpf);
        assert!(verdict.differences.is_empty(), "{script}: {:#?}", verdict.differences);
    }
}

/// The trace of a command, without the addresses, which differ from run to run.
fn trace_of(options: &[&str]) -> String {
    let folder = places::scratch("outcomes").expect("there is room");
    Command::new(places::tracewell().expect("tracewell is built"))
        .args(["-e", "trace=%file,%desc", "-o", "trace"])
        .args(options)
        .args(["cat", "/nonexistent", "/dev/null"])
        .current_dir(&folder)
        .stderr(Stdio::null())
        .status()
        .expect("tracewell can be started");
    let trace = std::fs::read_to_string(folder.join("trace")).expect("there is a trace");
    std::fs::remove_dir_all(folder).expect("it is ours");
    let mut parts = trace.split("0x");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "0x" + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

#[test]
fn the_kernel_tells_the_outcomes_that_ptrace_shows() {
    if !is_possible() {
        return;
    }
    for option in ["-z", "-Z"] {
        let by_ptrace = trace_of(&[option]);
        assert!(by_ptrace.lines().count() > 3, "{by_ptrace}");
        assert_eq!(trace_of(&["--backend=ebpf", option]), by_ptrace, "{option}");
    }
}
