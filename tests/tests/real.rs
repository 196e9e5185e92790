//! Real commands of this machine, whose traces cannot be recorded because each machine's differ: what must hold of any
//! complete and well-formed trace.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tracewell_tests::trace::{self, Stream};
use tracewell_tests::{places, run};

/// Commands that read little and do the same in each run. What a machine lacks is said and left out.
const COMMANDS: &[(&str, &str)] = &[
    ("sh", "echo one two | cat | tr a-z A-Z; (exit 3) || echo $?; cat /nonexistent; exit 4"),
    ("sh", "for i in 1 2 3; do sleep 0.01 & done; wait; kill -TERM $$"),
    ("cc", "echo 'int main(void) { return 0; }' > a.c && cc -c -o a.o a.c && cc -o a a.o && ./a; echo $?"),
    ("make", "printf 'all: a b\\na b:\\n\\t@echo $@ > $@; cat $@\\n' > Makefile; make -s -j2 | sort"),
    ("rustc", "rustc --version"),
    ("cargo", "cargo --version"),
    ("find", "find /etc/ssl /usr/include -maxdepth 1 | wc -l"),
    ("tar", "mkdir d; echo text > d/f; tar cf - d | tar tf -"),
    (
        "python3",
        "python3 -S -c 'import threading as t; [t.Thread(target=sum, args=([i],)).start() for i in range(4)]; print(1)'",
    ),
];

/// The scripts that this machine can run, numbered.
fn scripts() -> impl Iterator<Item = (usize, &'static str)> {
    let here = COMMANDS.iter().filter(|(tool, _)| is_here(tool));
    here.map(|(_, script)| *script).enumerate()
}

fn is_here(tool: &str) -> bool {
    let here = Command::new("sh").args(["-c", "command -v \"$0\" >/dev/null", tool]).status().unwrap().success();
    if !here {
        println!("SKIPPED: there is no {tool} here");
    }
    here
}

/// Runs a script in an empty folder, under tracewell where there are options.
fn output(folder: &Path, options: Option<&[&str]>, script: &str) -> Output {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).unwrap();
    let mut command = Command::new(if options.is_some() { places::tracewell().unwrap() } else { "sh".into() });
    if let Some(options) = options {
        command.args(options).args(["-o", "trace", "sh"]);
    }
    command.args(["-c", script]).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

/// Runs a script with and without tracewell, sees that it noticed nothing, and gives the trace's files.
fn traced(name: &str, options: &[&str], script: &str) -> Vec<(String, String)> {
    let folder = places::scratch(&format!("real/{name}")).unwrap();
    let bare = output(&folder, None, script);
    let traced = output(&folder, Some(options), script);
    assert_eq!(run::describe(traced.status), run::describe(bare.status), "{script}");
    assert_eq!(String::from_utf8_lossy(&traced.stdout), String::from_utf8_lossy(&bare.stdout), "{script}");
    assert_eq!(String::from_utf8_lossy(&traced.stderr), String::from_utf8_lossy(&bare.stderr), "{script}");
    let files = run::trace_files(&folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    files
}

/// Whether a whole line has a form that an event can have: a call with its result, a signal, an end.
fn is_well_formed(event: &str) -> bool {
    let is_call = event.split_once('(').is_some_and(|(name, rest)| {
        let named = !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
        named && (rest.contains(") = ") || rest.ends_with(" <unfinished ...>"))
    });
    let between = |start: &str, end: &str| event.starts_with(start) && event.ends_with(end);
    is_call || between("--- SIG", " ---") || between("+++ ", " +++")
}

fn is_end(event: &str) -> bool {
    event.starts_with("+++ exited with ") || event.starts_with("+++ killed by ")
}

/// What must hold of each process or thread: every line has a form, every call that begins ends, and only an end is last.
fn check(stream: &Stream, script: &str) {
    let (last, before) = stream.lines.split_last().unwrap();
    assert!(is_end(&last.event), "{script}: the last of {:?} is {}", stream.pid, last.event);
    for (at, line) in before.iter().enumerate() {
        assert!(is_well_formed(&line.event), "{script}: {}", line.event);
        assert!(!is_end(&line.event), "{script}: {:?} ends twice", stream.pid);
        let ends_here = at + 1 == before.len();
        assert!(ends_here || !line.event.ends_with("<unfinished ...>"), "{script}: no end of {}", line.event);
        assert!(!line.event.starts_with("<..."), "{script}: no beginning of {}", line.event);
    }
}

/// The threads that the calls of these streams made.
fn children(streams: &[Stream]) -> HashSet<u32> {
    let made = |event: &str| {
        let is_made = ["fork(", "vfork(", "clone(", "clone3("].iter().any(|call| event.starts_with(call));
        is_made.then(|| event.rsplit(" = ").next()?.split(' ').next()?.parse().ok()).flatten()
    };
    streams.iter().flat_map(|stream| &stream.lines).filter_map(|line| made(&line.event)).collect()
}

#[test]
fn traces_of_real_commands_are_whole() {
    for (at, script) in scripts() {
        let files = traced(&format!("whole{at}"), &["-f"], script);
        let streams = trace::streams(&trace::lines(&files[0].1, 40));
        assert!(streams.iter().map(|stream| stream.lines.len()).sum::<usize>() > 20, "{script}: next to nothing");
        streams.iter().for_each(|stream| check(stream, script));
        let seen: HashSet<_> = streams.iter().filter_map(|stream| stream.pid).collect();
        let first = streams[0].pid.unwrap();
        let expected: HashSet<_> = children(&streams).into_iter().chain([first]).collect();
        assert_eq!(seen, expected, "{script}: who was made and who was traced");
    }
}

#[test]
fn a_file_for_each_thread_holds_that_thread_alone() {
    for (at, script) in scripts() {
        let files = traced(&format!("files{at}"), &["-ff"], script);
        let mut streams = Vec::new();
        for (name, text) in &files {
            let lines = trace::lines(text, 40);
            assert!(!text.contains("resumed>"), "{script}: a line is cut though nobody comes between");
            assert!(lines.iter().all(|line| line.pid.is_none()), "{script}: a line names its thread");
            let pid = name.trim_start_matches('.').parse().ok();
            streams.push(Stream { pid, lines });
        }
        streams.iter().for_each(|stream| check(stream, script));
        let seen: HashSet<_> = streams.iter().filter_map(|stream| stream.pid).collect();
        let children = children(&streams);
        assert!(seen.len() == files.len() && children.is_subset(&seen), "{script}: {children:?} in {seen:?}");
        assert_eq!(children.len() + 1, seen.len(), "{script}");
    }
}

/// How often each call has a line; what never returned is not summed up.
fn counts(streams: &[Stream]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    let returned = |event: &str| !(event.starts_with(['+', '-']) || event.ends_with(" = ?") || event.ends_with("...>"));
    for line in streams.iter().flat_map(|stream| &stream.lines).filter(|line| returned(&line.event)) {
        *counts.entry(line.event.split('(').next().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

/// The summary that stands behind a trace (`-C`): calls by name.
fn summary(text: &str) -> BTreeMap<String, u64> {
    let rows = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let rows = rows.filter(|row| row.len() >= 5 && row[0].parse::<f64>().is_ok() && *row.last().unwrap() != "total");
    rows.map(|row| ((*row.last().unwrap()).to_owned(), row[3].parse().unwrap())).collect()
}

#[test]
fn the_summary_counts_the_calls_that_the_trace_shows() {
    for (at, script) in scripts() {
        let files = traced(&format!("counts{at}"), &["-f", "-C"], script);
        let (trace, table) = files[0].1.split_once("% time").unwrap();
        let streams = trace::streams(&trace::lines(trace, 40));
        assert_eq!(summary(table), counts(&streams), "{script}");
    }
}
