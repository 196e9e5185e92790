//! The names of calls that the command line knows, for all personalities.

use crate::CallSet;
use abi::Abi;
use decode::parts::WHOLES;
use std::borrow::Cow;

/// How many call numbers a personality can have: all tables and the numbers made up here end below.
pub(crate) const NUMBERS: u64 = 1024;

/// Where the numbers begin that are made up for the parts of each call that is several in one: above all real ones.
const BASES: [u64; WHOLES.len()] = [600, 640];

/// The number under which a part of `socketcall` or `ipc` is filtered, where a 32-bit call is such a part. `first` is
/// the call's first argument.
pub fn part(abi: Abi, number: u64, first: u64) -> Option<u64> {
    let (base, whole) = BASES.into_iter().zip(&WHOLES).find(|(_, w)| abi == Abi::I386 && w.number == number)?;
    whole.part(first).map(|_| base + (first & whole.mask))
}

/// The name of a call. An x32 number that only 64-bit programs are meant to use is named as strace does: `readv#64`.
pub fn name(abi: Abi, number: u64) -> Option<Cow<'static, str>> {
    if let Some(call) = abi::call(abi, number) {
        return Some(Cow::Borrowed(call.name));
    }
    match abi {
        Abi::X32 => abi::call(Abi::X86_64, number).map(|call| Cow::Owned(format!("{}#64", call.name))),
        Abi::I386 => part_name(number).map(Cow::Borrowed),
        Abi::X86_64 => None,
    }
}

/// The name of a part by its made-up number.
fn part_name(number: u64) -> Option<&'static str> {
    let part = |(base, whole): (u64, &decode::parts::Whole)| {
        let at = number.checked_sub(base)?;
        // A number with bits beyond the mask would be that of another part.
        if at > whole.mask { None } else { whole.part(at) }
    };
    BASES.into_iter().zip(&WHOLES).find_map(part)
}

/// All calls of a personality by number and name.
pub(crate) fn all(abi: Abi) -> impl Iterator<Item = (u64, Cow<'static, str>)> {
    (0..NUMBERS).filter_map(move |number| Some((number, name(abi, number)?)))
}

/// All calls that have no name.
pub(crate) fn unnamed() -> CallSet {
    let mut named = CallSet::NONE;
    for abi in Abi::ALL {
        all(abi).for_each(|(number, _)| named.insert(abi, number));
    }
    named.inverted()
}

/// A name without what tells apart the two ways of making a call from x32.
pub(crate) fn base(name: &str) -> &str {
    name.strip_suffix("#64").unwrap_or(name)
}
