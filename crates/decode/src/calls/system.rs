//! The whole system: names, limits, modules, random numbers.

use crate::kinds::{
    Flags, Long, Noise, Nothing, Size,
    sysinfo::{SYSINFO, UTSNAME},
};
use crate::{Len, Row};
use abi::generated::sets::process as sets;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    getrandom(ubuf: out Noise(Len::Result), len: in Size, flags: in Flags(&sets::GETRANDOM)) -> Long, [];
    uname(name: out UTSNAME) -> Nothing, [];
    sysinfo(info: out SYSINFO) -> Nothing, [];
};
