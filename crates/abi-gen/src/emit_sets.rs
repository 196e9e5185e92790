//! `generated/sets/`: the sets of constants.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::lines::{self, RulesFile};
use crate::output::Output;
use crate::pass::Pass;
use crate::select::{Selected, select};
use crate::set_rule::{self, SetRule};

/// Generates a module for each file of rules.
pub fn emit(rules: &Path, passes: &[Pass], output: &mut Output) -> Result<()> {
    let files = lines::read_directory(rules)?;
    for file in &files {
        let body = family(file, passes)?;
        output.add(&format!("sets/{}.rs", file.family), &format!("Sets of constants: {}.", file.family), &body);
    }
    let names = files.iter().map(|file| file.family.as_str());
    output.add_modules("sets/mod.rs", "Sets of constants, one module for each file of rules.", names);
    Ok(())
}

fn family(file: &RulesFile, passes: &[Pass]) -> Result<String> {
    let mut text = String::from("use crate::{Entry, Meaning, Set};\n");
    let mut seen = HashSet::new();
    lines::each(&file.lines, |line| {
        let rule = set_rule::parse(line)?;
        ensure!(seen.insert(rule.name.clone()), "{}: {} is there twice", rule.place, rule.name);
        write_set(&mut text, &rule, &select(&rule, passes)?)
    })?;
    Ok(text)
}

fn write_set(text: &mut String, rule: &SetRule, members: &[Selected]) -> Result<()> {
    let meaning = if rule.bits { "Bits" } else { "Values" };
    writeln!(text, "\n/// {meaning}{}.", origin(rule))?;
    writeln!(text, "pub static {}: Set = Set {{", rule.name)?;
    writeln!(text, "    unknown: {:?},", rule.unknown)?;
    writeln!(text, "    meaning: Meaning::{meaning},")?;
    writeln!(text, "    sorted: {},", !rule.bits)?;
    writeln!(text, "    entries: &[")?;
    for Selected { name, value } in members {
        writeln!(text, "        Entry {{ value: {value:#x}, name: {name:?} }},")?;
    }
    writeln!(text, "    ],\n}};")?;
    Ok(())
}

fn origin(rule: &SetRule) -> String {
    if rule.sources.is_empty() {
        return ", listed by name".to_owned();
    }
    let headers: Vec<String> = rule.sources.iter().map(|s| format!("`{}`", s.header)).collect();
    format!(" of {}", headers.join(", "))
}
