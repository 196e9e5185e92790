//! The whole system: names, limits, modules, random numbers.

use crate::kinds::{
    Address, Buffer, Const, Fd, Flags, Hex, Int, Long, Noise, Nothing, Path, Size, Text, Uint, Ulong,
    log::{self, LogBuffer, LogLength, has_arguments},
    sysinfo::{SYSINFO, UTSNAME},
};
use crate::{Cx, Len, Row};
use abi::generated::sets::{process::GETRANDOM, system as sets};

/// Whether reboot(2) has its last argument: only one command takes it.
fn has_reboot_argument(cx: &Cx<'_>) -> bool {
    sets::REBOOT_COMMAND.name(cx.arg(2) & 0xffff_ffff) == Some("LINUX_REBOOT_CMD_RESTART2")
}

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    getrandom(ubuf: out Noise(Len::Result), len: in Size, flags: in Flags(&GETRANDOM)) -> Long, [];
    uname(name: out UTSNAME) -> Nothing, [];
    sethostname(name: in Buffer(Len::Int(1)), len: in Uint) -> Nothing, [];
    setdomainname(name: in Buffer(Len::Int(1)), len: in Uint) -> Nothing, [];
    reboot(magic1: in Const(&sets::REBOOT_MAGIC1), magic2: in Const(&sets::REBOOT_MAGIC2), cmd: in Const(&sets::REBOOT_COMMAND),
        arg: in Text => has_reboot_argument) -> Nothing, [];
    syslog(r#type: in log::Action, buf: in LogBuffer => has_arguments, len: in LogLength => has_arguments) -> Long, [];
    init_module(umod: in Address, len: in Ulong, uargs: in Text) -> Nothing, [];
    finit_module(fd: in Fd, uargs: in Text, flags: in Flags(&sets::MODULE_INIT)) -> Nothing, [DESC];
    delete_module(name_user: in Text, flags: in Flags(&sets::MODULE_DELETE)) -> Nothing, [];
    acct(name: in Path) -> Nothing, [FILE];
    vhangup() -> Nothing, [];
    iopl(level: in Int) -> Nothing, [];
    ioperm(from: in Hex, num: in Hex, turn_on: in Int) -> Nothing, [];
    sysfs(option: in Hex, arg1: in Hex, arg2: in Hex) -> Long, [];
    sysinfo(info: out SYSINFO) -> Nothing, [];
};
