//! Processes, threads and their attributes.

use crate::kinds::annotated::Annotated;
use crate::kinds::{
    Address, Array, Const, Data, DirFd, Fd, Flags, Hex, Hex32, Id, Int, IoVec, Long, NewPid, Nothing, OldId, Path, Pid,
    RUSAGE, Ref, SigInfo, Size, Structure, TIMESPEC, TIMESPEC64, Texts, Uint, Ulong, Whose, WideConst, WideFlags,
    arch::{ArchArgument, has_argument},
    barrier::{CommandsOrResult, is_for_cpu, is_query},
    by_abi::ByAbi,
    capability,
    clone::{self, has_child_tid, has_parent_tid, has_tls},
    cpus::CpuSet,
    futex::{self, has_fourth, has_last, has_second, has_value},
    futex2::{Futex2Flags, Waiter},
    groups::Groups,
    ioprio::{IoPriority, PRIORITY},
    kcmp,
    landlock::{Rule, Ruleset},
    personality::Personality,
    prctl, request,
    rlimit::{RLIMIT, RLIMIT64},
    rseq::Rseq,
    schedule::{self, Policy},
    seccomp::{SeccompArgument, SeccompFlags},
    segment::{ChosenEntry, Filled, Segment, SizedSegment},
    wait::{Reaped, Resumed, WaitStatus},
};
use crate::{Cx, Kind, Len, Row, Value, structure};
use abi::generated::layouts::process as layouts;
use abi::generated::sets::{memory::MADV, process as sets, time::CLOCK};

/// `struct sched_param` (sched_setscheduler(2)).
static SCHED_PARAM: Structure = structure!(layouts::SCHED_PARAM { sched_priority: Int });

/// The result of sched_getscheduler(2).
static POLICY_RESULT: Annotated = Annotated { value: &Hex, note: policy };

fn policy<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    match Policy.value(cx, word) {
        Value::Const { value, set } if set.name(value).is_none() => Value::Omitted,
        known => Value::Spelled(cx.put(known)),
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

/// Whom the calls are about that take a kind of id.
const PRIORITY_OF: Whose = Whose { process: sets::PRIO_WHICH.of("PRIO_PROCESS") };
const IO_PRIORITY_OF: Whose = Whose { process: sets::IOPRIO_WHO.of("IOPRIO_WHO_PROCESS") };
const WAITED: Whose = Whose { process: sets::WAIT_ID_TYPE.of("P_PID") };

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    execve(pathname: in Path, argv: in Texts { brief: false }, envp: in Texts { brief: true }) -> Nothing, [FILE PROCESS];
    execveat(dirfd: in DirFd, pathname: in Path, argv: in Texts { brief: false }, envp: in Texts { brief: true },
        flags: in Flags(&sets::EXECVEAT)) -> Nothing, [FILE DESC PROCESS];
    clone(child_stack: in clone::Stack, flags: in clone::CloneFlags, parent_tid: inout clone::ParentTid => has_parent_tid,
        tls: inout clone::Tls => has_tls, child_tidptr: inout clone::ChildTid => has_child_tid) -> NewPid, [PROCESS];
    clone3(cl_args: inout clone::CloneArgs, size: in Size) -> NewPid, [PROCESS];
    fork() -> NewPid, [PROCESS];
    vfork() -> NewPid, [PROCESS];
    exit(status: in Int) -> Nothing, [PROCESS];
    exit_group(status: in Int) -> Nothing, [PROCESS];
    wait4(pid: in Pid, status: out WaitStatus, options: in Flags(&sets::WAIT), usage: out Reaped(&RUSAGE)) -> NewPid, [PROCESS];
    waitpid(pid: in Pid, status: out WaitStatus, options: in Flags(&sets::WAIT)) -> NewPid, [PROCESS];
    waitid(idtype: in Const(&sets::WAIT_ID_TYPE), id: in WAITED, siginfo: out SigInfo, options: in Flags(&sets::WAITID),
        usage: out RUSAGE) -> Nothing, [PROCESS];
    arch_prctl(op: in Const(&sets::ARCH_PRCTL), addr: in ArchArgument => has_argument) -> Nothing, [];
    set_tid_address(tidptr: in Address) -> NewPid, [];
    set_robust_list(addr: in Address, length: in Size) -> Nothing, [];
    get_robust_list(pid: in Pid, head_ptr: out Ref(&Address), len_ptr: out Ref(&Size)) -> Nothing, [];
    rseq(rseq: in Rseq, rseq_len: in Uint, flags: in Flags(&sets::RSEQ), sig: in Hex32) -> Nothing, [];
    prlimit64(pid: in Pid, resource: in Const(&sets::RLIMIT), new_limit: in RLIMIT64, old_limit: out RLIMIT64) -> Nothing, [];
    getrlimit(resource: in Const(&sets::RLIMIT), rlim: out RLIMIT) -> Nothing, [];
    ugetrlimit(resource: in Const(&sets::RLIMIT), rlim: out RLIMIT) -> Nothing, [];
    setrlimit(resource: in Const(&sets::RLIMIT), rlim: in RLIMIT) -> Nothing, [];
    getpid() -> NewPid, [PURE];
    gettid() -> NewPid, [PURE];
    getppid() -> NewPid, [PURE];
    getpgrp() -> Long, [PURE];
    getpgid(pid: in Pid) -> Long, [];
    getsid(pid: in Pid) -> Long, [];
    setsid() -> Long, [];
    setpgid(pid: in Pid, pgid: in Int) -> Nothing, [];
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
    setgid(uid: in OldId) -> Nothing, [CREDS];
    setgid32(uid: in Id) -> Nothing, [CREDS];
    setfsuid(fsuid: in OldId) -> Long, [CREDS];
    setfsuid32(fsuid: in Id) -> Long, [CREDS];
    setfsgid(fsuid: in OldId) -> Long, [CREDS];
    setfsgid32(fsuid: in Id) -> Long, [CREDS];
    setreuid(ruid: in OldId, euid: in OldId) -> Nothing, [CREDS];
    setreuid32(ruid: in Id, euid: in Id) -> Nothing, [CREDS];
    setregid(ruid: in OldId, euid: in OldId) -> Nothing, [CREDS];
    setregid32(ruid: in Id, euid: in Id) -> Nothing, [CREDS];
    setresuid(ruid: in OldId, euid: in OldId, suid: in OldId) -> Nothing, [CREDS];
    setresuid32(ruid: in Id, euid: in Id, suid: in Id) -> Nothing, [CREDS];
    setresgid(ruid: in OldId, euid: in OldId, suid: in OldId) -> Nothing, [CREDS];
    setresgid32(ruid: in Id, euid: in Id, suid: in Id) -> Nothing, [CREDS];
    getresuid(ruid: out Ref(&OldId), euid: out Ref(&OldId), suid: out Ref(&OldId)) -> Nothing, [CREDS];
    getresuid32(ruid: out Ref(&Id), euid: out Ref(&Id), suid: out Ref(&Id)) -> Nothing, [CREDS];
    getresgid(ruid: out Ref(&OldId), euid: out Ref(&OldId), suid: out Ref(&OldId)) -> Nothing, [CREDS];
    getresgid32(ruid: out Ref(&Id), euid: out Ref(&Id), suid: out Ref(&Id)) -> Nothing, [CREDS];
    getgroups(size: in Int, list: out GROUPS) -> Long, [CREDS];
    getgroups32(size: in Int, list: out Array { element: &Id, count: Len::Result }) -> Long, [CREDS];
    setgroups(size: in Int, list: in Groups(&OldId)) -> Nothing, [CREDS];
    setgroups32(size: in Int, list: in Groups(&Id)) -> Nothing, [CREDS];
    capget(hdrp: in capability::HEADER, datap: out capability::Sets) -> Nothing, [CREDS];
    capset(hdrp: in capability::HEADER, datap: in capability::Sets) -> Nothing, [CREDS];
    getpriority(which: in Const(&sets::PRIO_WHICH), who: in PRIORITY_OF) -> Long, [];
    setpriority(which: in Const(&sets::PRIO_WHICH), who: in PRIORITY_OF, prio: in Int) -> Nothing, [];
    getrusage(who: in Const(&sets::RUSAGE), usage: out RUSAGE) -> Nothing, [];
    personality(persona: in Personality) -> PERSONA, [];
    futex(uaddr: in Address, futex_op: in futex::Operation, val: in Uint => has_value, timeout: in futex::Fourth(&TIMESPEC) => has_fourth,
        uaddr2: in Address => has_second, val3: in futex::Last => has_last) -> Long, [];
    futex_time64(uaddr: in Address, futex_op: in futex::Operation, val: in Uint => has_value,
        timeout: in futex::Fourth(&TIMESPEC64) => has_fourth, uaddr2: in Address => has_second, val3: in futex::Last => has_last)
        -> Long, [];
    sched_yield() -> Nothing, [];
    sched_getaffinity(pid: in Pid, cpusetsize: in Uint, mask: out CpuSet { length: Len::Result }) -> Long, [];
    sched_setaffinity(pid: in Pid, cpusetsize: in Uint, mask: in CpuSet { length: Len::Uint(1) }) -> Nothing, [];
    sched_setscheduler(pid: in Pid, policy: in Policy, param: in SCHED_PARAM) -> Nothing, [];
    sched_getscheduler(pid: in Pid) -> POLICY_RESULT, [];
    sched_getparam(pid: in Pid, param: out SCHED_PARAM) -> Nothing, [];
    sched_setparam(pid: in Pid, param: in SCHED_PARAM) -> Nothing, [];
    sched_get_priority_min(policy: in Const(&sets::SCHED)) -> Long, [];
    sched_get_priority_max(policy: in Const(&sets::SCHED)) -> Long, [];
    sched_rr_get_interval(pid: in Pid, tp: out TIMESPEC) -> Nothing, [];
    sched_rr_get_interval_time64(pid: in Pid, tp: out TIMESPEC64) -> Nothing, [];
    membarrier(cmd: in Const(&sets::MEMBARRIER), flags: in Flags(&sets::MEMBARRIER_FLAG), cpu_id: in Int => is_for_cpu)
        -> COMMANDS, [];
    getcpu(cpu: out Ref(&Uint), node: out Ref(&Uint), tcache: out Address) -> Nothing, [];
    prctl(op: in prctl::OPTION, arg2: in prctl::Argument(0) => prctl::has_first, arg3: in prctl::Argument(1) => prctl::has_second,
        arg4: in prctl::Argument(2) => prctl::has_third, arg5: in prctl::Argument(3) => prctl::has_fourth)
        -> prctl::PrctlResult, [CREDS];
    seccomp(operation: in Const(&sets::SECCOMP), flags: in SeccompFlags, args: in SeccompArgument) -> Long, [];
    set_thread_area(u_info: in Segment) -> ChosenEntry, [];
    get_thread_area(u_info: inout Filled) -> Nothing, [];
    pidfd_open(pid: in Pid, flags: in Flags(&sets::PIDFD)) -> Fd, [DESC];
    futex_waitv(waiters: in Array { element: &Waiter, count: Len::Uint(1) }, nr_futexes: in Uint, flags: in Hex32,
        timeout: in TIMESPEC64, clockid: in Const(&CLOCK)) -> Long, [];
    futex_wake(uaddr: in Address, mask: in WideConst(&sets::FUTEX_BITSET), nr: in Int, flags: in Futex2Flags) -> Long, [];
    futex_wait(uaddr: in Address, val: in Ulong, mask: in WideConst(&sets::FUTEX_BITSET), flags: in Futex2Flags, timeout: in TIMESPEC64,
        clockid: in Const(&CLOCK)) -> Long, [];
    futex_requeue(waiters: in Array { element: &Waiter, count: Len::Fixed(2) }, flags: in Hex32, nr_wake: in Int,
        nr_requeue: in Int) -> Long, [];
    ioprio_get(which: in Const(&sets::IOPRIO_WHO), who: in IO_PRIORITY_OF) -> PRIORITY, [];
    ioprio_set(which: in Const(&sets::IOPRIO_WHO), who: in IO_PRIORITY_OF, ioprio: in IoPriority) -> Nothing, [];
    sched_setattr(pid: in Pid, attr: inout schedule::Attributes, flags: in Hex32) -> Nothing, [];
    sched_getattr(pid: in Pid, attr: out schedule::FilledAttributes, size: in Uint, flags: in Flags(&sets::SCHED_GETATTR))
        -> Nothing, [];
    process_vm_readv(pid: in Pid, local_iov: inout IoVec { count: Len::Arg(2), data: Data::Result }, liovcnt: in Ulong,
        remote_iov: in IoVec { count: Len::Arg(4), data: Data::None }, riovcnt: in Ulong, flags: in Ulong) -> Long, [];
    process_vm_writev(pid: in Pid, local_iov: in IoVec { count: Len::Arg(2), data: Data::Whole }, liovcnt: in Ulong,
        remote_iov: in IoVec { count: Len::Arg(4), data: Data::None }, riovcnt: in Ulong, flags: in Ulong) -> Long, [];
    kcmp(pid1: in Pid, pid2: in Pid, r#type: in Const(&sets::KCMP), idx1: in kcmp::First => kcmp::has_arguments,
        idx2: in kcmp::Second => kcmp::has_arguments) -> Long, [];
    unshare(flags: in WideFlags(&sets::UNSHARE)) -> Nothing, [];
    setns(fd: in Fd, nstype: in Flags(&sets::SETNS)) -> Nothing, [DESC];
    modify_ldt(func: in Int, ptr: in SizedSegment, bytecount: in Ulong) -> Long, [];
    landlock_create_ruleset(attr: in Ruleset, size: in Size, flags: in Flags(&sets::LANDLOCK_CREATE)) -> Fd, [DESC];
    landlock_add_rule(ruleset_fd: in Fd, rule_type: in Const(&sets::LANDLOCK_RULE), rule_attr: in Rule,
        flags: in Flags(&sets::LANDLOCK_ADD)) -> Nothing, [DESC];
    landlock_restrict_self(ruleset_fd: in Fd, flags: in Hex32) -> Nothing, [DESC];
    process_madvise(pidfd: in Fd, iovec: in IoVec { count: Len::Arg(2), data: Data::None }, n: in Ulong,
        advice: in Const(&MADV), flags: in Hex32) -> Long, [DESC];
    process_mrelease(pidfd: in Fd, flags: in Hex32) -> Nothing, [DESC];
    pidfd_getfd(pidfd: in Fd, targetfd: in Int, flags: in Hex32) -> Fd, [DESC];
    ptrace(op: in WideConst(&sets::PTRACE), pid: in request::Argument(0) => request::has_process,
        addr: in request::Argument(1) => request::has_data, data: in request::Argument(2) => request::has_data) -> Long, [];
    restart_syscall(call: in Resumed) -> Long, [];
};
