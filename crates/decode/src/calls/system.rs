//! The whole system: names, limits, modules, random numbers.

use crate::kinds::{
    Address, Array, Buffer, Const, Fd, Flags, Hex, Hex32, Hex64, Int, Long, Noise, Nothing, Path, Pid, Size, Text,
    Uint, Ulong, Updated, WideFlags, bpf,
    kexec::{KexecFlags, Segments},
    key::{self, KeyId},
    log::{self, LogBuffer, LogLength, has_arguments},
    lsm,
    namespace::NamespaceRequest,
    perf::EventAttributes,
    sysinfo::{NodeName, SYSCTL, SYSINFO, UTSNAME},
};
use crate::{Cx, Len, Row};
use abi::generated::sets::{bpf as bpf_sets, perf as perf_sets, process::GETRANDOM, system as sets};

/// Whether reboot(2) has its last argument: only one command takes it.
fn has_reboot_argument(cx: &Cx<'_>) -> bool {
    sets::REBOOT_COMMAND.name(cx.arg(2) & 0xffff_ffff) == Some("LINUX_REBOOT_CMD_RESTART2")
}

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    sethostname(name: in NodeName, len: in Uint) -> Nothing, [];
    setdomainname(name: in NodeName, len: in Uint) -> Nothing, [];
    reboot(magic: in Const(&sets::REBOOT_MAGIC1), magic2: in Const(&sets::REBOOT_MAGIC2), op: in Const(&sets::REBOOT_COMMAND),
        arg: in Text => has_reboot_argument) -> Nothing, [];
    syslog(r#type: in log::Action, buf: in LogBuffer => has_arguments, len: in LogLength => has_arguments) -> Long, [];
    init_module(module_image: in Address, len: in Ulong, param_values: in Text) -> Nothing, [];
    finit_module(fd: in Fd, param_values: in Text, flags: in Flags(&sets::MODULE_INIT)) -> Nothing, [DESC];
    delete_module(name: in Text, flags: in Flags(&sets::MODULE_DELETE)) -> Nothing, [];
    acct(path: in Path) -> Nothing, [FILE];
    vhangup() -> Nothing, [];
    iopl(level: in Int) -> Nothing, [];
    ioperm(from: in Hex, num: in Hex, turn_on: in Int) -> Nothing, [];
    sysfs(arg1: in Hex, arg2: in Hex, arg3: in Hex) -> Long, [];
    getrandom(buf: out Noise(Len::Result), buflen: in Size, flags: in Flags(&GETRANDOM)) -> Long, [];
    uname(buf: out UTSNAME) -> Nothing, [];
    add_key(r#type: in Text, description: in Text, payload: in Buffer(Len::Arg(3)), plen: in Ulong, keyring: in KeyId) -> Long, [];
    request_key(r#type: in Text, description: in Text, callout_info: in Text, dest_keyring: in KeyId) -> Long, [];
    keyctl(operation: in Const(&sets::KEYCTL), arg2: in key::Argument(0) => key::has_first, arg3: in key::Argument(1) => key::has_second,
        arg4: in key::Argument(2) => key::has_third, arg5: in key::Argument(3) => key::has_fourth) -> Long, [];
    nice(increment: in Int) -> Nothing, [];
    _sysctl(args: in SYSCTL) -> Nothing, [];
    create_module(arg1: in Hex, arg2: in Hex) -> Long, [];
    nfsservctl(arg1: in Hex, arg2: in Hex, arg3: in Hex) -> Long, [];
    getpmsg(arg1: in Hex, arg2: in Hex, arg3: in Hex, arg4: in Hex, arg5: in Hex) -> Long, [NETWORK];
    putpmsg(arg1: in Hex, arg2: in Hex, arg3: in Hex, arg4: in Hex, arg5: in Hex) -> Long, [NETWORK];
    vserver(arg1: in Hex, arg2: in Hex, arg3: in Hex, arg4: in Hex, arg5: in Hex) -> Long, [];
    tuxcall(arg1: in Hex, arg2: in Hex, arg3: in Hex) -> Long, [];
    security(arg1: in Hex, arg2: in Hex, arg3: in Hex) -> Long, [];
    afs_syscall(arg1: in Hex, arg2: in Hex, arg3: in Hex, arg4: in Hex, arg5: in Hex) -> Long, [];
    query_module(arg1: in Hex, arg2: in Hex, arg3: in Hex, arg4: in Hex, arg5: in Hex) -> Long, [];
    epoll_ctl_old(arg1: in Hex, arg2: in Hex, arg3: in Hex, arg4: in Hex) -> Long, [];
    epoll_wait_old(arg1: in Hex, arg2: in Hex, arg3: in Hex, arg4: in Hex) -> Long, [];
    bdflush(arg1: in Hex, arg2: in Hex) -> Long, [];
    idle() -> Long, [];
    ftime() -> Long, [];
    stty(arg1: in Hex, arg2: in Hex) -> Long, [];
    gtty(arg1: in Hex, arg2: in Hex) -> Long, [];
    prof() -> Long, [];
    profil(arg1: in Hex, arg2: in Hex, arg3: in Hex, arg4: in Hex) -> Long, [];
    ulimit(arg1: in Hex, arg2: in Hex) -> Long, [];
    mpx() -> Long, [];
    lock() -> Long, [];
    vm86(arg1: in Hex, arg2: in Hex, arg3: in Hex, arg4: in Hex, arg5: in Hex) -> Long, [];
    vm86old(arg1: in Hex) -> Long, [];
    get_kernel_syms(arg1: in Hex) -> Long, [];
    sysinfo(info: out SYSINFO) -> Nothing, [];
    kexec_load(entry: in Address, nr_segments: in Ulong, segments: in Segments, flags: in KexecFlags) -> Nothing, [];
    kexec_file_load(kernel_fd: in Fd, initrd_fd: in Fd, cmdline_len: in Ulong, cmdline: in Buffer(Len::Arg(2)),
        flags: in WideFlags(&sets::KEXEC_FILE)) -> Nothing, [DESC];
    lsm_get_self_attr(attr: in Const(&sets::LSM_ATTR), ctx: inout lsm::Attributes, size: inout Updated(&Uint),
        flags: in Flags(&sets::LSM_FLAG)) -> Long, [];
    lsm_set_self_attr(attr: in Const(&sets::LSM_ATTR), ctx: in lsm::Attribute, size: in Uint, flags: in Hex32) -> Nothing, [];
    lsm_list_modules(ids: out lsm::ModuleIds, size: inout Updated(&Uint),
        flags: in Hex32) -> Long, [];
    listns(req: in NamespaceRequest, ns_ids: out Array { element: &Hex64, count: Len::ResultUpTo(2) }, nr_ns_ids: in Ulong,
        flags: in Hex32) -> Long, [];
    bpf(cmd: in Const(&bpf_sets::COMMAND), attr: in bpf::Attributes, size: in Uint) -> bpf::BpfResult, [DESC];
    perf_event_open(attr: in EventAttributes, pid: in Pid, cpu: in Int, group_fd: in Fd, flags: in WideFlags(&perf_sets::OPEN))
        -> Fd, [DESC];
    rseq_slice_yield() -> Long, [];
    uprobe() -> Long, [];
    uretprobe() -> Long, [];
    olduname(arg1: in Hex) -> Nothing, [];
    oldolduname(arg1: in Hex) -> Nothing, [];
    r#break() -> Long, [MEMORY];
};
