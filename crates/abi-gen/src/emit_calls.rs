//! `generated/calls*.rs`: system calls by number.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::lines;
use crate::output::Output;
use crate::prototypes::{self, Arguments};
use crate::tree::Tree;

const X86: [(&str, &str); 3] = [("X86_64", "unistd_64"), ("I386", "unistd_32"), ("X32", "unistd_x32")];
const OTHER: [(&str, &str); 2] = [("aarch64", "arm64"), ("riscv64", "riscv")];

/// Generates the tables of all architectures.
pub fn emit(rules: &Path, tree: &Tree, output: &mut Output) -> Result<()> {
    let prototypes = prototypes::parse(&tree.read("kernel/linux/syscalls.h")?);
    ensure!(prototypes.len() > 300, "linux/syscalls.h has few prototypes; has its form changed?");
    let calls = Calls { prototypes, overrides: read_overrides(rules)? };
    output.add("calls.rs", "System calls by number, with the kernel's names of their arguments.", &calls.x86(tree)?);
    for (name, directory) in OTHER {
        let numbers = numbers(&tree.read(&format!("arch/{directory}/asm/unistd_64.h"))?)?;
        output.add(&format!("calls_{name}.rs"), &format!("System calls of {name} by number."), &names_only(&numbers)?);
    }
    Ok(())
}

struct Calls {
    prototypes: HashMap<String, Arguments>,
    overrides: Overrides,
}

/// What `calls.rules` says: (`abi`, call) → the prototype's name or the arguments themselves.
type Overrides = HashMap<(String, String), Override>;

enum Override {
    Prototype(String),
    Arguments(Vec<String>),
}

impl Calls {
    fn x86(&self, tree: &Tree) -> Result<String> {
        let mut text = String::from(HEAD);
        for (abi, header) in X86 {
            let numbers = numbers(&tree.read(&format!("include/asm/{header}.h"))?)?;
            self.write_table(&mut text, abi, &numbers)?;
        }
        Ok(text)
    }

    fn write_table(&self, text: &mut String, abi: &str, numbers: &BTreeMap<u64, String>) -> Result<()> {
        writeln!(text, "\nstatic {abi}: &[Option<CallInfo>] = &[")?;
        let end = numbers.keys().next_back().context("no call numbers")? + 1;
        for number in 0..end {
            match numbers.get(&number) {
                Some(name) => writeln!(text, "    {},", self.row(abi, name))?,
                None => writeln!(text, "    None,")?,
            }
        }
        writeln!(text, "];")?;
        Ok(())
    }

    fn row(&self, abi: &str, name: &str) -> String {
        match self.arguments(&abi.to_lowercase(), name) {
            Some(arguments) => {
                format!("call({name:?}, &{arguments:?}, {})", arguments.len())
            }
            None => format!("call({name:?}, &[], 6)"),
        }
    }

    /// The arguments' names; `None` when not every one is known.
    fn arguments(&self, abi: &str, name: &str) -> Option<Vec<String>> {
        let given = |abi: &str| self.overrides.get(&(abi.to_owned(), name.to_owned()));
        let prototype = match given(abi).or_else(|| given("all")) {
            Some(Override::Arguments(arguments)) => return Some(arguments.clone()),
            Some(Override::Prototype(other)) => other.as_str(),
            None => name,
        };
        self.prototypes.get(prototype)?.iter().cloned().collect()
    }
}

const HEAD: &str = "use crate::{Abi, CallInfo};

/// The calls of a personality by number (an x32 number without bit 30).
pub fn table(abi: Abi) -> &'static [Option<CallInfo>] {
    match abi {
        Abi::X86_64 => X86_64,
        Abi::I386 => I386,
        Abi::X32 => X32,
    }
}

const fn call(name: &'static str, arguments: &'static [&'static str], count: u8) -> Option<CallInfo> {
    Some(CallInfo { name, arguments, count })
}
";

/// `__NR_` definitions: number → name, an x32 number without its bit.
fn numbers(text: &str) -> Result<BTreeMap<u64, String>> {
    let mut numbers = BTreeMap::new();
    for line in text.lines() {
        let Some(rest) = line.strip_prefix("#define __NR_") else {
            continue;
        };
        let (name, value) = rest.split_once(char::is_whitespace).with_context(|| line.to_owned())?;
        let value = value.trim().trim_start_matches("(__X32_SYSCALL_BIT + ").trim_end_matches(')');
        // Aliases, such as those of calls that an architecture leaves out, are no numbers.
        if let Ok(value) = value.parse() {
            numbers.insert(value, name.to_owned());
        }
    }
    Ok(numbers)
}

fn names_only(numbers: &BTreeMap<u64, String>) -> Result<String> {
    let mut text = String::from("/// Names by number.\npub static NAMES: &[Option<&str>] = &[\n");
    let end = numbers.keys().next_back().context("no call numbers")? + 1;
    for number in 0..end {
        match numbers.get(&number) {
            Some(name) => writeln!(text, "    Some({name:?}),")?,
            None => writeln!(text, "    None,")?,
        }
    }
    text.push_str("];\n");
    Ok(text)
}

/// Lines `abi call = prototype` and `abi call (argument, argument)`; `abi` may be `all`.
fn read_overrides(rules: &Path) -> Result<Overrides> {
    let mut overrides = Overrides::new();
    for line in lines::read_file(&rules.join("calls.rules"))?.lines {
        let (key, given) = parse_override(&line.text)
            .with_context(|| format!("{}: expected `abi call = prototype` or `abi call (names)`", line.place))?;
        overrides.insert(key, given);
    }
    Ok(overrides)
}

fn parse_override(text: &str) -> Option<((String, String), Override)> {
    let (abi, rest) = text.split_once(char::is_whitespace)?;
    if let Some((name, prototype)) = rest.split_once('=') {
        let key = (abi.to_owned(), name.trim().to_owned());
        return Some((key, Override::Prototype(prototype.trim().to_owned())));
    }
    let (name, arguments) = rest.split_once('(')?;
    let arguments = arguments.trim_end().strip_suffix(')')?;
    let names = arguments.split(',').map(|a| a.trim().to_owned()).filter(|a| !a.is_empty());
    Some(((abi.to_owned(), name.trim().to_owned()), Override::Arguments(names.collect())))
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn x32_numbers_lose_their_bit() {
        let found =
            numbers("#define __NR_a 3\n#define __NR_b (__X32_SYSCALL_BIT + 512)\n#define __NR_c __NR_a\n").unwrap();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [(3, "a".to_owned()), (512, "b".to_owned())]);
    }
}
