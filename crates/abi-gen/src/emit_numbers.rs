//! `generated/errnos.rs` and `generated/signals.rs`: names by number.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;

use crate::lines;
use crate::output::Output;
use crate::pass::Pass;
use crate::select::select;
use crate::set_rule;

/// Generates a table of names by number for each line of `numbers.rules`, whose set names are
/// `ERRNOS` and `SIGNALS`.
pub fn emit(rules: &Path, passes: &[Pass], output: &mut Output) -> Result<()> {
    for line in lines::read_file(&rules.join("numbers.rules"))?.lines {
        let rule = set_rule::parse(&line)?;
        let members = select(&rule, passes)?;
        let module = rule.name.to_lowercase();
        output.add(&format!("{module}.rs"), &format!("Names of {module} by number."), &table(&members)?);
    }
    Ok(())
}

fn table(members: &[crate::select::Selected]) -> Result<String> {
    let mut text = String::from("/// Names by number.\npub static NAMES: &[Option<&str>] = &[\n");
    let end = members.iter().map(|m| m.value + 1).max().unwrap_or(0);
    for number in 0..end {
        match members.iter().find(|m| m.value == number) {
            Some(member) => writeln!(text, "    Some({:?}),", member.name)?,
            None => writeln!(text, "    None,")?,
        }
    }
    text.push_str(
        "];\n\n/// The name of a number, if it has one.\npub fn name(number: u32) -> Option<&'static str> {\n",
    );
    text.push_str("    NAMES.get(usize::try_from(number).ok()?).copied().flatten()\n}\n");
    Ok(text)
}
