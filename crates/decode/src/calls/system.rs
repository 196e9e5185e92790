//! The whole system: names, limits, modules, random numbers.

use crate::kinds::{
    Flags, Long, Noise, Nothing, Size,
    sysinfo::{SYSINFO, UTSNAME},
};
use crate::{Len, Row};
use abi::generated::sets::process as sets;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    getrandom(buf: out Noise(Len::Result), buflen: in Size, flags: in Flags(&sets::GETRANDOM)) -> Long, [];
    uname(buf: out UTSNAME) -> Nothing, [];
    sysinfo(info: out SYSINFO) -> Nothing, [];
};
