//! From a rule to the constants that it selects.

use std::collections::HashSet;

use anyhow::{Result, bail, ensure};

use crate::glob;
use crate::pass::Pass;
use crate::set_rule::{SetRule, Source};

/// A member of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selected {
    /// The constant's name.
    pub name: String,
    /// Its value.
    pub value: u64,
}

/// The members of a set in order, one for each value. The first pass that has a constant gives
/// its value, so those of x86-64 hold where ABIs differ.
pub fn select(rule: &SetRule, passes: &[Pass]) -> Result<Vec<Selected>> {
    let mut members = Vec::new();
    for name in &rule.first {
        members.push(single(rule, name, passes)?);
    }
    let ordered = members.len();
    for source in &rule.sources {
        let found = from_source(source, passes);
        ensure!(!found.is_empty(), "{}: nothing matches {}:{}", rule.place, source.header, source.names.join(","));
        members.extend(found);
    }
    members.retain(|m| !rule.without.iter().any(|pattern| glob::matches(pattern, &m.name)));
    let ordered = ordered.min(members.len());
    for name in &rule.with {
        members.push(single(rule, name, passes)?);
    }
    Ok(arrange(rule.bits, members, ordered))
}

fn single(rule: &SetRule, name: &str, passes: &[Pass]) -> Result<Selected> {
    match passes.iter().find_map(|pass| pass.value(name)) {
        Some(value) => Ok(Selected { name: name.to_owned(), value }),
        None => bail!("{}: no header defines {name}", rule.place),
    }
}

/// The names of all ABIs: first those of x86-64, then what only another one has.
pub fn from_source(source: &Source, passes: &[Pass]) -> Vec<Selected> {
    let mut members = Vec::new();
    let mut seen = HashSet::new();
    for pass in passes {
        for name in names_in(source, pass) {
            if let Some(value) = pass.value(name)
                && seen.insert(name)
            {
                members.push(Selected { name: name.to_owned(), value });
            }
        }
    }
    members
}

/// The names of one pass that a source matches, in the headers' order.
pub fn names_in<'p>(source: &Source, pass: &'p Pass) -> Vec<&'p str> {
    let mut headers: Vec<&String> =
        pass.by_header.keys().filter(|header| glob::matches(&source.header, header)).collect();
    headers.sort();
    let names = headers.into_iter().flat_map(|header| &pass.by_header[header]);
    let wanted = |name: &&String| source.names.iter().any(|pattern| glob::matches(pattern, name));
    names.filter(wanted).map(String::as_str).collect()
}

fn arrange(bits: bool, members: Vec<Selected>, ordered: usize) -> Vec<Selected> {
    let mut seen = HashSet::new();
    let mut kept: Vec<Selected> = Vec::new();
    let mut leading = 0;
    for (at, member) in members.into_iter().enumerate() {
        if seen.insert(member.value) {
            kept.push(member);
            leading += usize::from(at < ordered);
        }
    }
    if bits {
        wholes_before_parts(&mut kept[leading..]);
    } else {
        kept.sort_by_key(|member| member.value);
    }
    kept
}

/// Moves a member of several bits before the first one that has only some of its bits.
fn wholes_before_parts(members: &mut [Selected]) {
    for at in 1..members.len() {
        let whole = members[at].value;
        let part = |m: &Selected| m.value != 0 && m.value & !whole == 0;
        if let Some(first) = members[..at].iter().position(part) {
            members[first..=at].rotate_right(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(list: &[(&str, u64)]) -> Vec<Selected> {
        list.iter().map(|&(name, value)| Selected { name: name.into(), value }).collect()
    }

    #[test]
    fn a_value_keeps_its_first_name() {
        let out = arrange(false, members(&[("B", 2), ("A", 1), ("C", 2)]), 0);
        assert_eq!(out, members(&[("A", 1), ("B", 2)]));
    }

    #[test]
    fn bits_keep_their_order_and_wholes_go_first() {
        let out = arrange(true, members(&[("P", 4), ("A", 1), ("B", 2), ("AB", 3)]), 1);
        assert_eq!(out, members(&[("P", 4), ("AB", 3), ("A", 1), ("B", 2)]));
    }
}
