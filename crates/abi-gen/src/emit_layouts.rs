//! `generated/layouts/`: the layouts of structures.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::abis::GenAbi;
use crate::debug_info::{Layout, Member};
use crate::lines::{self, RulesFile};
use crate::output::Output;
use crate::pass::Pass;
use crate::struct_rule::{self, StructRule};

/// Generates a module for each file of rules.
pub fn emit(rules: &Path, passes: &[Pass], output: &mut Output) -> Result<()> {
    let files = lines::read_directory(rules)?;
    for file in &files {
        let body = family(file, passes)?;
        output.add(&format!("layouts/{}.rs", file.family), &format!("Layouts of structures: {}.", file.family), &body);
    }
    let names = files.iter().map(|file| file.family.as_str());
    output.add_modules("layouts/mod.rs", "Layouts of structures, one module for each file of rules.", names);
    Ok(())
}

fn family(file: &RulesFile, passes: &[Pass]) -> Result<String> {
    let mut text = String::from("use crate::{Layouts, Member};\n");
    let mut seen = HashSet::new();
    lines::each(&file.lines, |line| {
        let rule = struct_rule::parse(line)?;
        ensure!(seen.insert(rule.name.clone()), "{}: {} is there twice", rule.place, rule.name);
        write_layouts(&mut text, &rule, &layouts(&rule, passes)?).with_context(|| rule.place.clone())
    })?;
    Ok(text)
}

fn layouts(rule: &StructRule, passes: &[Pass]) -> Result<Vec<Option<Layout>>> {
    let one = |abi: GenAbi| {
        let (whose, name) = rule.structure_for(abi);
        passes[whose as usize].types.layout(name)
    };
    let all: Vec<_> = GenAbi::ALL.into_iter().map(one).collect::<Result<_>>()?;
    ensure!(all.iter().any(Option::is_some), "{}: no header defines struct {}", rule.place, rule.structure);
    Ok(all)
}

fn write_layouts(text: &mut String, rule: &StructRule, layouts: &[Option<Layout>]) -> Result<()> {
    let sizes: Vec<u16> =
        layouts.iter().map(|layout| layout.as_ref().map_or(Ok(0), |l| narrow(l.size))).collect::<Result<_>>()?;
    writeln!(text, "\n/// `{}`.", rule.structure)?;
    writeln!(text, "pub static {}: Layouts = Layouts {{", rule.name)?;
    writeln!(text, "    name: {:?},", rule.structure)?;
    writeln!(text, "    sizes: {sizes:?},")?;
    writeln!(text, "    members: [")?;
    for layout in layouts {
        write_members(text, layout.as_ref().map_or(&[], |l| &l.members))?;
    }
    writeln!(text, "    ],\n}};")?;
    Ok(())
}

fn write_members(text: &mut String, members: &[Member]) -> Result<()> {
    if members.is_empty() {
        writeln!(text, "        &[],")?;
        return Ok(());
    }
    writeln!(text, "        &[")?;
    for Member { name, offset, size, count, signed } in members {
        let (offset, size, count) = (narrow(*offset)?, narrow(*size)?, narrow(*count)?);
        writeln!(
            text,
            "            Member {{ name: {name:?}, offset: {offset}, size: {size}, count: {count}, signed: {signed} }},"
        )?;
    }
    writeln!(text, "        ],")?;
    Ok(())
}

fn narrow(number: u64) -> Result<u16> {
    u16::try_from(number).context("a structure of more than 64 KiB")
}
