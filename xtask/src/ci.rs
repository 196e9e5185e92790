//! `cargo xtask ci`: what must pass before a change is merged.

use anyhow::Context;
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

const STEPS: &[&[&str]] = &[
    &["fmt", "--all", "--check"],
    &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    &["build", "--workspace", "--bins"],
    &["test", "--workspace", "--no-fail-fast"],
];

/// Runs each step with cargo; the first that fails ends it. The results of the tests are said again at the end.
pub fn main() -> anyhow::Result<ExitCode> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut results = Vec::new();
    let mut code = ExitCode::SUCCESS;
    for step in STEPS {
        eprintln!("$ cargo {}", step.join(" "));
        if !run(Command::new(&cargo).args(*step), &mut results)? {
            code = ExitCode::FAILURE;
            eprintln!("cargo {} fails", step.join(" "));
            break;
        }
    }
    for result in results {
        println!("{result}");
    }
    Ok(code)
}

/// Runs a step, passing on what it prints, and keeps the lines with results of tests. True if it succeeds.
fn run(command: &mut Command, results: &mut Vec<String>) -> anyhow::Result<bool> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("starting cargo")?;
    let output = child.stdout.take().context("standard output is a pipe")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        if line.starts_with("test result:") {
            results.push(line);
        }
    }
    Ok(child.wait()?.success())
}
