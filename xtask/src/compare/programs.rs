//! Comparing on the test programs, with any options.

use super::{
    findings,
    request::{Request, Tracer},
};
use std::collections::HashSet;
use tests::case::{Case, Mode};
use tests::differences::{self, Difference};
use tests::streams::{self, Named};
use tests::{cases, expectation, run};

/// Compares all programs with these in their names, and says where the traces differ; whether they are the same.
pub fn compare(request: &Request, names: &[String]) -> anyhow::Result<bool> {
    let mut found = Vec::new();
    let programs = programs(request.options.as_deref().unwrap_or_default(), names)?;
    for case in &programs {
        for mut difference in differences_of(request, case)? {
            difference.stream = format!("{} {}", case.name(), difference.stream);
            found.push(difference);
        }
    }
    if found.is_empty() {
        println!("the same   {} programs", programs.len());
        return Ok(true);
    }
    findings::print(&found, request.all);
    Ok(false)
}

/// One run of each program for each personality, with options beside those that it cannot do without.
fn programs(options: &[String], names: &[String]) -> anyhow::Result<Vec<Case>> {
    let mut seen = HashSet::new();
    let mut programs = cases()?;
    programs.retain(|case| seen.insert((case.program.clone(), case.abi)));
    for case in &mut programs {
        case.options.retain(|option| option == "-f");
        case.options.extend(options.iter().cloned());
        case.mode = Mode::Run;
        case.run.clear();
    }
    programs.retain(|case| names.is_empty() || names.iter().any(|name| case.name().contains(name)));
    Ok(programs)
}

fn differences_of(request: &Request, case: &Case) -> anyhow::Result<Vec<Difference>> {
    let runs = |tracer: &Tracer| (0..request.runs).map(|_| one(tracer, case)).collect::<anyhow::Result<Vec<_>>>();
    Ok(differences::find(&runs(&request.peer)?, &runs(&request.ours)?).differences)
}

/// One run: the trace, what the tracer said, and how it ended.
fn one(tracer: &Tracer, case: &Case) -> anyhow::Result<Vec<Named>> {
    let options = [&tracer.options[..], &case.options].concat();
    let outcome = run::run(&tracer.path, &Case { options, ..case.clone() })?;
    let settle = streams::settle_for(case.abi);
    let mut all = streams::of_files(&outcome.files, expectation::column(&case.options), &settle);
    let said = outcome.stderr.lines().map(settle).collect();
    all.push(Named { name: "standard error".to_owned(), lines: said });
    all.push(Named { name: "end".to_owned(), lines: vec![outcome.status] });
    Ok(all)
}
