//! The names of calls that the command line knows, for all personalities.

use crate::CallSet;
use abi::Abi;
use std::borrow::Cow;

/// How many call numbers a personality can have: all tables and the numbers made up here end below.
pub(crate) const NUMBERS: u64 = 1024;

/// Parts of 32-bit calls that are several calls in one, as they are named when they are made directly.
struct Parts {
    /// The number of the call.
    number: u64,
    /// Where the made-up numbers of its parts begin, above all real ones.
    base: u64,
    /// The bits of the first argument that choose the part.
    mask: u64,
    /// The names of the parts by number; empty where there is none.
    names: &'static [&'static str],
}

/// `socketcall` (`linux/net.h`) and `ipc` (`linux/ipc.h`).
#[rustfmt::skip]
const PARTS: &[Parts] = &[
    Parts { number: 102, base: 600, mask: 0xffff_ffff, names: &[
        "", "socket", "bind", "connect", "listen", "accept", "getsockname", "getpeername", "socketpair", "send", "recv",
        "sendto", "recvfrom", "shutdown", "setsockopt", "getsockopt", "sendmsg", "recvmsg", "accept4", "recvmmsg",
        "sendmmsg",
    ] },
    Parts { number: 117, base: 640, mask: 0xffff, names: &[
        "", "semop", "semget", "semctl", "semtimedop", "", "", "", "", "", "", "msgsnd", "msgrcv", "msgget", "msgctl",
        "", "", "", "", "", "", "shmat", "shmdt", "shmget", "shmctl",
    ] },
];

/// The number under which a part of `socketcall` or `ipc` is filtered, where a 32-bit call is such a part. `first` is
/// the call's first argument.
pub fn part(abi: Abi, number: u64, first: u64) -> Option<u64> {
    let parts = PARTS.iter().find(|p| abi == Abi::I386 && p.number == number)?;
    let at = first & parts.mask;
    let name = parts.names.get(usize::try_from(at).ok()?)?;
    (!name.is_empty()).then_some(parts.base + at)
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
    let name_in = |parts: &Parts| parts.names.get(usize::try_from(number.checked_sub(parts.base)?).ok()?).copied();
    PARTS.iter().find_map(name_in).filter(|name| !name.is_empty())
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
