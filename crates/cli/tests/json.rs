//! Real traces in JSON keep to the published schema, one record per call.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use boon::{Compiler, Schemas};
use serde_json::Value as Json;
use std::{fs, path::Path, process::Command};

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/trace.schema.json");

/// Traces a command to JSON and returns its records.
fn records(name: &str, options: &[&str], command: &[&str]) -> Vec<Json> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let run = Command::new(env!("CARGO_BIN_EXE_tracewell"))
        .args(["--format=json", "-f", "-o"])
        .arg(&file)
        .args(options)
        .args(command)
        .output()
        .expect("the tracer is built");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(!said.contains("tracewell"), "the tracer says nothing: {said}");
    let text = fs::read_to_string(&file).expect("the trace is UTF-8");
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// Panics with the first record that does not keep to the schema.
fn check(records: &[Json]) {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    let schema = compiler.compile(SCHEMA, &mut schemas).expect("the schema is a schema");
    for record in records {
        if let Err(error) = schemas.validate(record, schema) {
            panic!("{record}\n{error}");
        }
    }
}

fn calls<'a>(records: &'a [Json], name: &str) -> Vec<&'a Json> {
    records.iter().filter(|record| record["type"] == "call" && record["syscall"] == name).collect()
}

#[test]
fn a_listing_keeps_to_the_schema() {
    let records = records("ls.jsonl", &[], &["ls", "-l", "/usr"]);
    check(&records);
    assert!(records.iter().find(|r| r["type"] == "call").is_some_and(|first| first["syscall"] == "execve"));
    assert_eq!(records.last().expect("there are records")["type"], "exited");
    let opened = calls(&records, "openat");
    let usr = opened.iter().find(|call| call["args"]["pathname"] == "/usr");
    assert!(usr.is_some_and(|call| call["result"].is_i64()), "the folder is opened: {opened:?}");
}

#[test]
fn processes_and_signals_keep_to_the_schema() {
    let script = "(exit 3) & wait $!; cat /nonexistent; kill -USR1 $$";
    let records = records("sh.jsonl", &["-v", "-y"], &["sh", "-c", script]);
    check(&records);
    let kinds = |kind: &str| records.iter().filter(|record| record["type"] == kind).count();
    assert!(kinds("born") >= 2, "two children");
    assert_eq!(kinds("killed"), 1);
    assert!(records.iter().any(|record| record["type"] == "exited" && record["status"] == 3));
    let failed = records.iter().find(|record| record["error"]["name"] == "ENOENT");
    assert_eq!(failed.expect("cat finds nothing")["error"]["errno"], 2);
    let unfinished = calls(&records, "exit_group");
    assert!(unfinished.iter().all(|call| call["unfinished"] == true), "exit_group never comes back");
}

#[test]
fn a_filtered_trace_has_only_what_was_asked_for() {
    let records = records("filtered.jsonl", &["-e", "trace=openat,close"], &["cat", "/etc/passwd"]);
    check(&records);
    let other =
        |record: &&Json| record["type"] == "call" && record["syscall"] != "openat" && record["syscall"] != "close";
    assert_eq!(records.iter().find(other), None);
    assert!(!calls(&records, "close").is_empty());
}

#[test]
fn the_summary_keeps_to_the_schema() {
    let records = records("summary.jsonl", &["-c"], &["cat", "/nonexistent", "/etc/passwd"]);
    check(&records);
    let opened = records.iter().find(|record| record["syscall"] == "openat").expect("it is counted");
    let number = |name: &str| opened[name].as_u64().expect("it is a number");
    assert!(number("errors") >= 1 && number("calls") > number("errors"), "{opened}");
    let spread = opened["histogram"].as_array().expect("it is a list");
    let counted: u64 = spread.iter().map(|bucket| bucket["calls"].as_u64().expect("it is a number")).sum();
    assert_eq!(counted, number("calls"), "each call is in one bucket");
    assert!(number("min_ns") <= number("max_ns") && number("max_ns") <= number("total_ns"), "{opened}");
}
