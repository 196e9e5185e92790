//! Processes, threads and their attributes.

use crate::kinds::annotated::Annotated;
use crate::kinds::{
    Address, Array, Const, DirFd, Fd, Flags, Hex, Hex32, Id, Int, Long, Nothing, OldId, Path, RUSAGE, Ref, SigInfo,
    Size, Structure, TIMESPEC, TIMESPEC64, Texts, Uint,
    arch::{ArchArgument, has_argument},
    barrier::{CommandsOrResult, is_for_cpu, is_query},
    by_abi::ByAbi,
    capability,
    clone::{self, has_child_tid, has_parent_tid, has_tls},
    cpus::CpuSet,
    futex::{self, has_fourth, has_last, has_second, has_value},
    groups::Groups,
    personality::Personality,
    prctl,
    rlimit::{RLIMIT, RLIMIT64},
    rseq::Rseq,
    schedule::Policy,
    seccomp::{SeccompArgument, SeccompFlags},
    segment::{ChosenEntry, Filled, Segment},
    wait::{Reaped, Resumed, WaitStatus},
};
use crate::{Cx, Kind, Len, Row, Value, structure};
use abi::generated::{layouts::process as layouts, sets::process as sets};

/// `struct sched_param` (sched_setscheduler(2)).
static SCHED_PARAM: Structure = structure!(layouts::SCHED_PARAM { sched_priority: Int });

/// The result of sched_getscheduler(2).
static POLICY_RESULT: Annotated = Annotated { value: &Hex, note: policy };

fn policy<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    match Policy.value(cx, word) {
        Value::Const { value, set } if set.name(value).is_none() => Value::Omitted,
        known => known,
    }
}

/// The result of personality(2): the persona before.
static PERSONA: Annotated = Annotated { value: &Hex, note: Personality::of };

/// The result of membarrier(2): for a query the commands that there are.
static COMMANDS: Annotated = Annotated { value: &CommandsOrResult, note: commands };

fn commands<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    if is_query(cx) && word != 0 { Value::Flags { value: word, set: &sets::MEMBARRIER_CMD } } else { Value::Omitted }
}

/// The ids of groups in the call's own width.
const GROUPS: ByAbi =
    ByAbi { i386: &Array { element: &OldId, count: Len::Result }, other: &Array { element: &Id, count: Len::Result } };

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    execve(filename: in Path, argv: in Texts { brief: false }, envp: in Texts { brief: true }) -> Nothing, [FILE PROCESS];
    execveat(fd: in DirFd, filename: in Path, argv: in Texts { brief: false }, envp: in Texts { brief: true },
        flags: in Flags(&sets::EXECVEAT)) -> Nothing, [FILE DESC PROCESS];
    clone(child_stack: in clone::Stack, flags: in clone::CloneFlags, parent_tid: inout clone::ParentTid => has_parent_tid,
        tls: inout clone::Tls => has_tls, child_tidptr: inout clone::ChildTid => has_child_tid) -> Long, [PROCESS];
    clone3(uargs: inout clone::CloneArgs, size: in Size) -> Long, [PROCESS];
    fork() -> Long, [PROCESS];
    vfork() -> Long, [PROCESS];
    exit(error_code: in Int) -> Nothing, [PROCESS];
    exit_group(error_code: in Int) -> Nothing, [PROCESS];
    wait4(upid: in Int, stat_addr: out WaitStatus, options: in Flags(&sets::WAIT), ru: out Reaped(&RUSAGE)) -> Long, [PROCESS];
    waitpid(pid: in Int, stat_addr: out WaitStatus, options: in Flags(&sets::WAIT)) -> Long, [PROCESS];
    waitid(which: in Const(&sets::WAIT_ID_TYPE), upid: in Int, infop: out SigInfo, options: in Flags(&sets::WAITID),
        ru: out RUSAGE) -> Nothing, [PROCESS];
    arch_prctl(option: in Const(&sets::ARCH_PRCTL), arg2: in ArchArgument => has_argument) -> Nothing, [];
    set_tid_address(tidptr: in Address) -> Long, [];
    set_robust_list(head: in Address, len: in Size) -> Nothing, [];
    get_robust_list(pid: in Int, head_ptr: out Ref(&Address), len_ptr: out Ref(&Size)) -> Nothing, [];
    rseq(rseq: in Rseq, rseq_len: in Uint, flags: in Flags(&sets::RSEQ), sig: in Hex32) -> Nothing, [];
    prlimit64(pid: in Int, resource: in Const(&sets::RLIMIT), new_rlim: in RLIMIT64, old_rlim: out RLIMIT64) -> Nothing, [];
    getrlimit(resource: in Const(&sets::RLIMIT), rlim: out RLIMIT) -> Nothing, [];
    ugetrlimit(resource: in Const(&sets::RLIMIT), rlim: out RLIMIT) -> Nothing, [];
    setrlimit(resource: in Const(&sets::RLIMIT), rlim: in RLIMIT) -> Nothing, [];
    getpid() -> Long, [PURE];
    gettid() -> Long, [PURE];
    getppid() -> Long, [PURE];
    getpgrp() -> Long, [PURE];
    getpgid(pid: in Int) -> Long, [];
    getsid(pid: in Int) -> Long, [];
    setsid() -> Long, [];
    setpgid(pid: in Int, pgid: in Int) -> Nothing, [];
    getuid() -> Long, [CREDS PURE];
    getuid32() -> Long, [CREDS PURE];
    geteuid() -> Long, [CREDS PURE];
    geteuid32() -> Long, [CREDS PURE];
    getgid() -> Long, [CREDS PURE];
    getgid32() -> Long, [CREDS PURE];
    getegid() -> Long, [CREDS PURE];
    getegid32() -> Long, [CREDS PURE];
    setuid(uid: in OldId) -> Nothing, [CREDS];
    setuid32(uid: in Id) -> Nothing, [CREDS];
    setgid(gid: in OldId) -> Nothing, [CREDS];
    setgid32(gid: in Id) -> Nothing, [CREDS];
    setfsuid(uid: in OldId) -> Long, [CREDS];
    setfsuid32(uid: in Id) -> Long, [CREDS];
    setfsgid(gid: in OldId) -> Long, [CREDS];
    setfsgid32(gid: in Id) -> Long, [CREDS];
    setreuid(ruid: in OldId, euid: in OldId) -> Nothing, [CREDS];
    setreuid32(ruid: in Id, euid: in Id) -> Nothing, [CREDS];
    setregid(rgid: in OldId, egid: in OldId) -> Nothing, [CREDS];
    setregid32(rgid: in Id, egid: in Id) -> Nothing, [CREDS];
    setresuid(ruid: in OldId, euid: in OldId, suid: in OldId) -> Nothing, [CREDS];
    setresuid32(ruid: in Id, euid: in Id, suid: in Id) -> Nothing, [CREDS];
    setresgid(rgid: in OldId, egid: in OldId, sgid: in OldId) -> Nothing, [CREDS];
    setresgid32(rgid: in Id, egid: in Id, sgid: in Id) -> Nothing, [CREDS];
    getresuid(ruidp: out Ref(&OldId), euidp: out Ref(&OldId), suidp: out Ref(&OldId)) -> Nothing, [CREDS];
    getresuid32(ruidp: out Ref(&Id), euidp: out Ref(&Id), suidp: out Ref(&Id)) -> Nothing, [CREDS];
    getresgid(rgidp: out Ref(&OldId), egidp: out Ref(&OldId), sgidp: out Ref(&OldId)) -> Nothing, [CREDS];
    getresgid32(rgidp: out Ref(&Id), egidp: out Ref(&Id), sgidp: out Ref(&Id)) -> Nothing, [CREDS];
    getgroups(gidsetsize: in Int, grouplist: out GROUPS) -> Long, [CREDS];
    getgroups32(gidsetsize: in Int, grouplist: out Array { element: &Id, count: Len::Result }) -> Long, [CREDS];
    setgroups(gidsetsize: in Int, grouplist: in Groups(&OldId)) -> Nothing, [CREDS];
    setgroups32(gidsetsize: in Int, grouplist: in Groups(&Id)) -> Nothing, [CREDS];
    capget(header: in capability::HEADER, dataptr: out capability::Sets) -> Nothing, [CREDS];
    capset(header: in capability::HEADER, data: in capability::Sets) -> Nothing, [CREDS];
    getpriority(which: in Const(&sets::PRIO_WHICH), who: in Int) -> Long, [];
    setpriority(which: in Const(&sets::PRIO_WHICH), who: in Int, niceval: in Int) -> Nothing, [];
    getrusage(who: in Const(&sets::RUSAGE), ru: out RUSAGE) -> Nothing, [];
    personality(persona: in Personality) -> PERSONA, [];
    futex(uaddr: in Address, op: in futex::Operation, val: in Uint => has_value, utime: in futex::Fourth(&TIMESPEC) => has_fourth,
        uaddr2: in Address => has_second, val3: in futex::Last => has_last) -> Long, [];
    futex_time64(uaddr: in Address, op: in futex::Operation, val: in Uint => has_value,
        utime: in futex::Fourth(&TIMESPEC64) => has_fourth, uaddr2: in Address => has_second, val3: in futex::Last => has_last)
        -> Long, [];
    sched_yield() -> Nothing, [];
    sched_getaffinity(pid: in Int, len: in Uint, user_mask_ptr: out CpuSet { length: Len::Result }) -> Long, [];
    sched_setaffinity(pid: in Int, len: in Uint, user_mask_ptr: in CpuSet { length: Len::Arg(1) }) -> Nothing, [];
    sched_setscheduler(pid: in Int, policy: in Policy, param: in SCHED_PARAM) -> Nothing, [];
    sched_getscheduler(pid: in Int) -> POLICY_RESULT, [];
    sched_getparam(pid: in Int, param: out SCHED_PARAM) -> Nothing, [];
    sched_setparam(pid: in Int, param: in SCHED_PARAM) -> Nothing, [];
    sched_get_priority_min(policy: in Const(&sets::SCHED)) -> Long, [];
    sched_get_priority_max(policy: in Const(&sets::SCHED)) -> Long, [];
    sched_rr_get_interval(pid: in Int, interval: out TIMESPEC) -> Nothing, [];
    sched_rr_get_interval_time64(pid: in Int, interval: out TIMESPEC64) -> Nothing, [];
    membarrier(cmd: in Const(&sets::MEMBARRIER), flags: in Flags(&sets::MEMBARRIER_FLAG), cpu_id: in Int => is_for_cpu)
        -> COMMANDS, [];
    getcpu(cpu: out Ref(&Uint), node: out Ref(&Uint), cache: out Address) -> Nothing, [];
    prctl(option: in prctl::OPTION, arg2: in prctl::Argument(0) => prctl::has_first, arg3: in prctl::Argument(1) => prctl::has_second,
        arg4: in prctl::Argument(2) => prctl::has_third, arg5: in prctl::Argument(3) => prctl::has_fourth)
        -> prctl::PrctlResult, [CREDS];
    seccomp(op: in Const(&sets::SECCOMP), flags: in SeccompFlags, uargs: in SeccompArgument) -> Long, [];
    set_thread_area(u_info: in Segment) -> ChosenEntry, [];
    get_thread_area(u_info: inout Filled) -> Nothing, [];
    pidfd_open(pid: in Int, flags: in Flags(&sets::PIDFD)) -> Fd, [DESC];
    pidfd_getfd(pidfd: in Fd, fd: in Int, flags: in Hex32) -> Fd, [DESC];
    restart_syscall(call: in Resumed) -> Long, [];
};
