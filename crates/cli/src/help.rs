//! The help text and the version, made of the table of options.

use crate::flags::{FLAGS, Flag, Section, Takes};
use std::fmt::Write as _;

/// The column at which descriptions begin.
const INDENT: usize = 17;
/// The width of the text.
const WIDTH: usize = 80;

/// The sections in their order, with their titles.
const SECTIONS: [(Section, &str); 6] = [
    (Section::Startup, "Startup"),
    (Section::Tracing, "Tracing"),
    (Section::Filtering, "Filtering"),
    (Section::Output, "Output format"),
    (Section::Statistics, "Statistics"),
    (Section::Miscellaneous, "Miscellaneous"),
];

/// The help text.
pub(crate) fn help(program: &str) -> String {
    let mut text = format!(
        "Usage: {program} [OPTIONS] {{ -p PID | PROG [ARGS] }}\n   \
         or: {program} -c [OPTIONS] {{ -p PID | PROG [ARGS] }}\n"
    );
    for (section, title) in SECTIONS {
        text.push_str(&format!("\n{title}:\n"));
        let flags = FLAGS.iter().filter(|flag| flag.section == section);
        flags.for_each(|flag| describe(flag, &mut text));
    }
    text
}

/// The version.
pub(crate) fn version(program: &str) -> String {
    format!("{program} -- version {}\n", env!("CARGO_PKG_VERSION"))
}

/// Adds an option: its forms, and what it does.
fn describe(flag: &Flag, text: &mut String) {
    let forms = forms(flag);
    let _ = write!(text, "  {forms}");
    let mut column = forms.len() + 2;
    if column >= INDENT {
        text.push('\n');
        column = 0;
    }
    for word in flag.help.split(' ') {
        if column + word.len() + 1 > WIDTH {
            text.push('\n');
            column = 0;
        }
        let blanks = if column < INDENT { INDENT - column } else { 1 };
        let _ = write!(text, "{:blanks$}{word}", "");
        column += blanks + word.len();
    }
    text.push('\n');
}

/// The forms of an option: `-a COLUMN, --columns=COLUMN`.
fn forms(flag: &Flag) -> String {
    let (after_letter, after_name) = match flag.takes {
        Takes::Nothing => (String::new(), String::new()),
        Takes::Value(value) => (format!(" {value}"), format!("={value}")),
        Takes::Optional(value) => (String::new(), format!("[={value}]")),
    };
    let letter = flag.short.map(|letter| format!("-{letter}{after_letter}"));
    let name = flag.long.first().map(|name| format!("--{name}{after_name}"));
    letter.into_iter().chain(name).collect::<Vec<_>>().join(", ")
}
