//! A member of a set of calls: `[?]name`, `%class`, `/regex` or a number, and `@64`, `@32` or `@x32` after it.

use crate::{
    CallSet, Error, classes,
    grammar::Set,
    names::{self, base},
    regex,
};
use abi::Abi;

/// The bit by which a number says that it is one of x32.
const X32_BIT: u64 = 0x4000_0000;

/// Adds the calls that a member stands for.
pub(crate) fn add_word(set: &mut CallSet, word: &str) -> Result<(), Error> {
    let member = word.trim_start_matches('?');
    let optional = member.len() < word.len();
    let (what, personalities) = split_personality(member)?;
    let found = add_matches(set, what, personalities)?;
    if found || optional { Ok(()) } else { Err(CallSet::invalid(member)) }
}

/// Splits the personality off a member.
fn split_personality(member: &str) -> Result<(&str, &'static [Abi]), Error> {
    let Some((what, designator)) = member.rsplit_once('@') else { return Ok((member, &Abi::ALL)) };
    match designator {
        "64" => Ok((what, &[Abi::X86_64])),
        "32" => Ok((what, &[Abi::I386])),
        "x32" => Ok((what, &[Abi::X32])),
        other => Err(Error::Personality { designator: other.to_owned(), text: member.to_owned() }),
    }
}

/// Adds the calls of the given personalities that match, and tells whether there were any.
fn add_matches(set: &mut CallSet, what: &str, personalities: &[Abi]) -> Result<bool, Error> {
    if let Some(expression) = what.strip_prefix('/') {
        let expression =
            regex::compile(expression).map_err(|reason| Error::Regex { expression: expression.to_owned(), reason })?;
        return Ok(add_if(set, personalities, |_, _, name| expression.is_match(name)));
    }
    if what == "all" {
        return Ok(add_if(set, personalities, |_, _, _| true));
    }
    if what.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(what.parse().is_ok_and(|number| add_number(set, number, personalities)));
    }
    let class = match what.strip_prefix('%') {
        Some(class) => classes::calls_of(class),
        None => classes::bare_class(what),
    };
    if let Some(calls) = class {
        return Ok(add_if(set, personalities, |_, _, name| calls.binary_search(&base(name)).is_ok()));
    }
    Ok(add_if(set, personalities, |_, _, name| name == what))
}

/// Adds the call with a number, where it has a name.
fn add_number(set: &mut CallSet, number: u64, personalities: &[Abi]) -> bool {
    add_if(set, personalities, |abi, n, _| n == number || abi == Abi::X32 && (n | X32_BIT) == number)
}

/// Adds every call that a predicate picks, and tells whether there was one.
fn add_if(set: &mut CallSet, personalities: &[Abi], picks: impl Fn(Abi, u64, &str) -> bool) -> bool {
    let mut found = false;
    for abi in personalities {
        for (number, name) in names::all(*abi) {
            if picks(*abi, number, &name) {
                set.insert(*abi, number);
                found = true;
            }
        }
    }
    found
}
