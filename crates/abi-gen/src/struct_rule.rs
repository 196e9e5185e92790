//! A line of `rules/structs/*.rules`: which structure layouts to generate.

use anyhow::{Context, Result, bail};

use crate::abis::GenAbi;
use crate::lines::Line;

/// One layout to generate.
#[derive(Debug, PartialEq, Eq)]
pub struct StructRule {
    /// Where the rule stands.
    pub place: String,
    /// The structure's tag or typedef name.
    pub structure: String,
    /// Other structures to take for some ABIs: the ABI, whose structure, its name.
    pub instead: Vec<(GenAbi, GenAbi, String)>,
    /// Name of the Rust static.
    pub name: String,
}

impl StructRule {
    /// Whose structure this ABI has under the rule's name, and its name there.
    pub fn structure_for(&self, abi: GenAbi) -> (GenAbi, &str) {
        let other = self.instead.iter().find(|(of, ..)| *of == abi);
        other.map_or((abi, &self.structure), |(_, whose, name)| (*whose, name))
    }
}

/// Parses one line: `stat`, `siginfo_t as SIGINFO`, `stat i386=stat64 as STAT64`, `statfs x32=x86_64:statfs`.
pub fn parse(line: &Line) -> Result<StructRule> {
    parse_text(line).with_context(|| line.place.clone())
}

fn parse_text(line: &Line) -> Result<StructRule> {
    let mut words = line.text.split_whitespace();
    let structure = words.next().unwrap_or_default().to_owned();
    let mut instead = Vec::new();
    let mut name = structure.to_uppercase();
    while let Some(word) = words.next() {
        if word == "as" {
            name = words.next().context("a name is missing after `as`")?.to_owned();
        } else if let Some((abi, other)) = word.split_once('=') {
            let abi = abi_named(abi)?;
            let (whose, other) = match other.split_once(':') {
                Some((whose, other)) => (abi_named(whose)?, other),
                None => (abi, other),
            };
            instead.push((abi, whose, other.to_owned()));
        } else {
            bail!("not understood: {word}");
        }
    }
    Ok(StructRule { place: line.place.clone(), structure, instead, name })
}

fn abi_named(name: &str) -> Result<GenAbi> {
    GenAbi::from_name(name).with_context(|| format!("no such ABI: {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> Result<StructRule> {
        parse(&Line { place: "t:1".into(), text: text.into() })
    }

    #[test]
    fn reads_names_and_replacements() {
        assert_eq!(rule("stat").unwrap().name, "STAT");
        assert_eq!(rule("siginfo_t as SIGINFO").unwrap().name, "SIGINFO");
        let stat64 = rule("stat i386=stat64 as STAT64").unwrap();
        assert_eq!(stat64.structure_for(GenAbi::X86_64), (GenAbi::X86_64, "stat"));
        assert_eq!(stat64.structure_for(GenAbi::I386), (GenAbi::I386, "stat64"));
        assert_eq!(rule("a x32=x86_64:b").unwrap().structure_for(GenAbi::X32), (GenAbi::X86_64, "b"));
        assert!(rule("stat arm=x").is_err());
        assert!(rule("stat stat64").is_err());
    }
}
