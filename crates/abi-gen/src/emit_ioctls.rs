//! `generated/ioctls.rs`: the names of ioctl requests.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;
use std::path::Path;

use anyhow::Result;

use crate::defines::Define;
use crate::glob;
use crate::lines;
use crate::output::Output;
use crate::pass::Pass;
use crate::select::names_in;
use crate::set_rule::{self, SetRule};

/// Request → names, sorted, as strace joins them.
type Requests = BTreeMap<u32, Vec<String>>;

/// Generates the table: requests that all ABIs name alike, then what differs by ABI.
pub fn emit(rules: &Path, passes: &[Pass], output: &mut Output) -> Result<()> {
    let line = lines::read_file(&rules.join("ioctls.rules"))?.lines;
    let rules: Vec<SetRule> = line.iter().map(set_rule::parse).collect::<Result<_>>()?;
    let all: Vec<Requests> = passes.iter().map(|pass| requests(&rules, pass)).collect();
    let mut text = String::from(HEAD);
    let numbers: BTreeSet<u32> = all.iter().flat_map(|r| r.keys().copied()).collect();
    let is_common = |n: &u32| all.iter().all(|r| r.get(n) == all[0].get(n));
    let (common, differing): (Vec<u32>, Vec<u32>) = numbers.iter().partition(|n| is_common(n));
    write_table(&mut text, "COMMON: &[Request] = &", &common, &all[0])?;
    text.push_str("static DIFFERING: [&[Request]; 3] = [\n");
    for requests in &all {
        write_rows(&mut text, &differing, requests, "    ")?;
    }
    text.push_str("];\n");
    output.add("ioctls.rs", "Names of ioctl requests.", &text);
    Ok(())
}

const HEAD: &str = "use crate::Abi;

/// A request and its names, sorted, as strace joins them.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    /// The number.
    pub number: u32,
    /// All names that the headers give it.
    pub names: &'static [&'static str],
}

/// The names of a request; none where the headers define no such number.
pub fn names(abi: Abi, request: u32) -> &'static [&'static str] {
    for table in [COMMON, DIFFERING[abi as usize]] {
        if let Ok(at) = table.binary_search_by_key(&request, |row| row.number) {
            return table[at].names;
        }
    }
    &[]
}

/// Every request of a personality that all personalities name alike, then its own ones.
pub fn all(abi: Abi) -> impl Iterator<Item = &'static Request> {
    COMMON.iter().chain(DIFFERING[abi as usize])
}

";

fn write_table(text: &mut String, head: &str, numbers: &[u32], requests: &Requests) -> Result<()> {
    writeln!(text, "static {head}[")?;
    for number in numbers {
        write_row(text, *number, requests, "    ")?;
    }
    writeln!(text, "];\n")?;
    Ok(())
}

fn write_rows(text: &mut String, numbers: &[u32], requests: &Requests, indent: &str) -> Result<()> {
    writeln!(text, "{indent}&[")?;
    for number in numbers {
        write_row(text, *number, requests, &format!("{indent}    "))?;
    }
    writeln!(text, "{indent}],")?;
    Ok(())
}

fn write_row(text: &mut String, number: u32, requests: &Requests, indent: &str) -> Result<()> {
    if let Some(names) = requests.get(&number) {
        writeln!(text, "{indent}Request {{ number: {number:#x}, names: &{names:?} }},")?;
    }
    Ok(())
}

fn requests(rules: &[SetRule], pass: &Pass) -> Requests {
    let mut names: Vec<&str> = encoded_names(&pass.defines);
    for source in rules.iter().flat_map(|rule| &rule.sources) {
        names.extend(names_in(source, pass));
    }
    names.extend(rules.iter().flat_map(|rule| &rule.with).map(String::as_str));
    let without = |name: &&str| !rules.iter().flat_map(|r| &r.without).any(|p| glob::matches(p, name));
    let mut seen = HashSet::new();
    let mut found: Vec<_> = names
        .into_iter()
        .filter(without)
        .filter(|name| seen.insert(*name))
        .filter_map(|name| Some((name, pass.value(name)?)))
        .collect();
    found.sort_unstable();
    let mut requests = Requests::new();
    for (name, value) in found {
        requests.entry(value as u32).or_default().push(name.to_owned());
    }
    requests
}

/// Macros that are made by `_IO`, `_IOR`, `_IOW` or `_IOWR`, directly, through another macro
/// (`DRM_IOWR`), or as another name of such a one.
fn encoded_names(defines: &[Define]) -> Vec<&str> {
    let mut makers: HashSet<&str> =
        HashSet::from(["_IO", "_IOR", "_IOW", "_IOWR", "_IOC", "_IOR_BAD", "_IOW_BAD", "_IOWR_BAD"]);
    let mut encoded: HashSet<&str> = HashSet::new();
    loop {
        let before = makers.len() + encoded.len();
        for define in defines.iter().filter(|d| !d.name.starts_with("_IO")) {
            let name = define.name.as_str();
            if makes_request(&define.body, &makers) {
                if define.function {
                    makers.insert(name)
                } else {
                    encoded.insert(name)
                };
            } else if !define.function && encoded.contains(alias(&define.body)) {
                encoded.insert(name);
            } else if !define.function && makers.contains(alias(&define.body)) {
                makers.insert(name);
            }
        }
        if makers.len() + encoded.len() == before {
            break;
        }
    }
    defines.iter().map(|d| d.name.as_str()).filter(|name| encoded.contains(name)).collect()
}

/// Whether a body names a maker anywhere: some macros get the maker as an argument.
fn makes_request(body: &str, makers: &HashSet<&str>) -> bool {
    body.contains('(') && body.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| makers.contains(word))
}

fn alias(body: &str) -> &str {
    body.trim_matches(['(', ')', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::defines::Position;

    fn define(name: &str, body: &str) -> Define {
        let position = Position { header: "a.h".into(), line: 1, index: 0 };
        Define { name: name.into(), body: body.into(), function: body.starts_with("(x)"), position }
    }

    #[test]
    fn follows_makers_and_aliases() {
        let defines = [
            define("A_IOW", "(x) _IOW('a', x, int)"),
            define("A_GO", "A_IOW(3)"),
            define("A_START", "A_GO"),
            define("B_IO", "A_IOW"),
            define("B_GO", "B_IO(4)"),
            define("C_GO", "C_IO(5, A_IOW)"),
            define("A_NUMBER", "_IOC_NR(A_GO)"),
            define("A_PLAIN", "(3 + 4)"),
        ];
        assert_eq!(encoded_names(&defines), ["A_GO", "A_START", "B_GO", "C_GO"]);
    }
}
