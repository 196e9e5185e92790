//! System calls by number: names and the kernel's own argument names.

use crate::{Abi, generated};

/// A system call as the kernel's tables state it.
#[derive(Debug, PartialEq, Eq)]
pub struct CallInfo {
    /// The name after `__NR_`.
    pub name: &'static str,
    /// The argument names of `linux/syscalls.h`; empty where that header does not declare the call.
    pub arguments: &'static [&'static str],
    /// How many arguments there are; 6 where it is not known.
    pub count: u8,
}

/// The call with this number. The number of an x32 call is given without bit 30.
pub fn call(abi: Abi, number: u64) -> Option<&'static CallInfo> {
    let table = generated::calls::table(abi);
    table.get(usize::try_from(number).ok()?)?.as_ref()
}

/// The number of the call with this name (an x32 number without bit 30).
pub fn number_of(abi: Abi, name: &str) -> Option<u64> {
    let table = generated::calls::table(abi);
    let at = table.iter().position(|c| c.as_ref().is_some_and(|c| c.name == name))?;
    Some(at as u64)
}
