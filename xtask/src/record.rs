//! `cargo xtask record`: writes down what strace prints of the test programs.

use crate::peer;
use anyhow::ensure;
use std::path::Path;
use std::process::ExitCode;
use tests::case::Case;
use tests::{cases, explain, places, trace_text};

/// Records, or with `--check` says what would change.
pub fn main(words: Vec<String>) -> anyhow::Result<ExitCode> {
    let (mut asked, mut check, mut names) = (None, false, Vec::new());
    let mut parser = lexopt::Parser::from_args(words);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("peer") => asked = Some(parser.value()?.into()),
            lexopt::Arg::Long("check") => check = true,
            lexopt::Arg::Value(name) => names.push(name.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    let peer = peer::find(asked);
    let version = peer::version(&peer)?;
    let (mut changed, mut failed) = (0, 0);
    for case in cases()?.iter().filter(|case| names.is_empty() || names.iter().any(|name| case.name().contains(name))) {
        match trace_text(&peer, case) {
            Ok(text) => changed += usize::from(keep(case, &(header(case, &version) + &text), check)?),
            Err(error) => {
                failed += 1;
                eprintln!("{}: {error:#}", case.name());
            }
        }
    }
    ensure!(failed == 0, "{failed} runs could not be recorded");
    println!("{changed} expectations {}", if check { "would change" } else { "changed" });
    Ok(if check && changed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Says by what an expectation was recorded.
fn header(case: &Case, version: &str) -> String {
    let command = case.command.as_ref().map_or(format!("./{}", case.program), |words| words.join(" "));
    let options = case.options.join(" ");
    format!("# {version}, {}: {options}{}{command}\n", case.abi, if options.is_empty() { "" } else { " " })
}

/// Writes an expectation that is not as it was; with `only_check`, shows the difference. True if there is one.
fn keep(case: &Case, text: &str, only_check: bool) -> anyhow::Result<bool> {
    let path = places::expectation(&case.name());
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = explain::first_difference(&before.lines().collect::<Vec<_>>(), &text.lines().collect::<Vec<_>>());
    if let (true, Some(difference)) = (only_check, &difference) {
        println!("{}\n{difference}", case.name());
    } else if difference.is_some() {
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        std::fs::write(&path, text)?;
    }
    Ok(difference.is_some())
}
