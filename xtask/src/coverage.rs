//! `cargo xtask coverage`: which calls have a row.

use abi::Abi;
use decode::calls;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::process::ExitCode;

const PAGE: &str = "docs/coverage.md";

/// Prints the table and writes the page; `--check` says whether the page would change.
pub fn main(words: Vec<String>) -> anyhow::Result<ExitCode> {
    let (mut check, mut missing) = (false, false);
    let mut parser = lexopt::Parser::from_args(words);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("check") => check = true,
            lexopt::Arg::Long("missing") => missing = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let rows: HashSet<_> = calls::rows().map(|row| row.name).collect();
    let page = page(&rows);
    if missing {
        println!("{}", names_without_row(&rows).join("\n"));
    } else {
        print!("{}", table(&rows));
    }
    if check && std::fs::read_to_string(PAGE).unwrap_or_default() != page {
        eprintln!("{PAGE} is out of date: cargo xtask coverage");
        return Ok(ExitCode::FAILURE);
    }
    if !check {
        std::fs::create_dir_all("docs")?;
        std::fs::write(PAGE, page)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn page(rows: &HashSet<&str>) -> String {
    let missing: String = names_without_row(rows).iter().map(|name| format!("`{name}` ")).collect();
    let missing = if missing.is_empty() { "None.".to_owned() } else { missing.trim_end().to_owned() };
    format!(
        "# Calls that are decoded\n\nMade by `cargo xtask coverage`. A call without a row prints its words as they are.\n\n\
         {}\n## Without a row\n\n{missing}\n",
        table(rows)
    )
}

/// For each personality: how many calls there are, and how many have a row.
fn table(rows: &HashSet<&str>) -> String {
    let mut text = "| ABI | calls | with a row | |\n|---|---|---|---|\n".to_owned();
    for abi in Abi::ALL {
        let names: Vec<_> = names(abi).collect();
        let described = names.iter().filter(|name| rows.contains(*name)).count();
        let percent = described * 100 / names.len().max(1);
        let _ = writeln!(text, "| {abi:?} | {} | {described} | {percent} % |", names.len());
    }
    text
}

fn names(abi: Abi) -> impl Iterator<Item = &'static str> {
    abi::generated::calls::table(abi).iter().flatten().map(|call| call.name)
}

fn names_without_row(rows: &HashSet<&str>) -> Vec<&'static str> {
    let mut missing: Vec<_> = Abi::ALL.into_iter().flat_map(names).filter(|name| !rows.contains(name)).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}
