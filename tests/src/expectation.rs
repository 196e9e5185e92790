//! What a run leaves behind, as the text that is kept in `expected/`.

use crate::case::{Case, Mode};
use crate::pids::Names;
use crate::run::Outcome;
use crate::streams;
use crate::trace::{self, Line};
use crate::volatile::{self, Addresses};
use std::fmt::Write as _;

/// The whole outcome without what changes from run to run: traces, messages, exit status.
pub fn text(case: &Case, outcome: &Outcome) -> String {
    let column = column(&case.options);
    let mut text = String::new();
    match case.mode {
        Mode::Stderr => as_it_stands(&mut text, &trace::lines(&outcome.stderr, column), case.abi),
        Mode::Order => {
            for (name, trace) in &outcome.files {
                let _ = writeln!(text, "== trace{name}");
                as_it_stands(&mut text, &trace::lines(trace, column), case.abi);
            }
        }
        Mode::Run => by_process(&mut text, outcome, case.abi, column),
    }
    if case.mode != Mode::Stderr && !outcome.stderr.is_empty() {
        let _ = write!(text, "== standard error\n{}", outcome.stderr);
    }
    let _ = writeln!(text, "== {}", outcome.status);
    text
}

/// The column that `-a` asks for.
pub fn column(options: &[String]) -> usize {
    let given = |at: usize| options.get(at + 1).and_then(|n| n.parse().ok());
    options.iter().position(|option| option == "-a").and_then(given).unwrap_or(40)
}

fn as_it_stands(text: &mut String, lines: &[Line], abi: &str) {
    let names = Names::of(&trace::streams(lines));
    for line in lines {
        let name = line.pid.map_or(String::new(), |pid| format!("{} ", names.get(pid).unwrap_or("?")));
        let _ = writeln!(text, "{name}{}", settled(line, &names, abi));
    }
}

/// Each process's stream under its name; a trace file of its own (`-ff`) is a stream of its own.
fn by_process(text: &mut String, outcome: &Outcome, abi: &str, column: usize) {
    for stream in streams::of_files(&outcome.files, column, streams::settle_for(abi)) {
        let _ = writeln!(text, "== {}", stream.name);
        for line in &stream.lines {
            let _ = writeln!(text, "{line}");
        }
    }
}

fn settled(line: &Line, names: &Names, abi: &str) -> String {
    format!("{}{}", line.prefix, volatile::settle(&names.replace(&line.event), Addresses::of(abi)))
}
