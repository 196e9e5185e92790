//! `cargo xtask ci`: what must pass before a change is merged.

use anyhow::Context;
use std::process::{Command, ExitCode};

const STEPS: &[&[&str]] = &[
    &["fmt", "--check"],
    &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    &["test", "--workspace", "--no-fail-fast"],
];

/// Runs each step with cargo; the first that fails ends it.
pub fn main() -> anyhow::Result<ExitCode> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    for step in STEPS {
        eprintln!("$ cargo {}", step.join(" "));
        if !Command::new(&cargo).args(*step).status().context("starting cargo")?.success() {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}
