//! What the arguments of prctl(2) are called: it depends on the option, and for some on the operation behind it.

use abi::generated::sets::process::{PR_AMBIENT, PR_CORE, PR_MCE_KILL, PR_VMA};

/// The names behind an option, and of them those that only one operation has.
struct Names {
    options: &'static [&'static str],
    /// What they are called, whatever the operation.
    always: &'static [&'static str],
    /// For which operation (the second argument) there are more.
    operation: Option<u64>,
    /// What those are called.
    more: &'static [&'static str],
}

const fn names(options: &'static [&'static str], always: &'static [&'static str]) -> Names {
    Names { options, always, operation: None, more: &[] }
}

static NAMES: &[Names] = &[
    names(&["PR_SET_NAME", "PR_GET_NAME"], &["name"]),
    names(&["PR_SET_PDEATHSIG", "PR_GET_PDEATHSIG"], &["sig"]),
    names(&["PR_SET_DUMPABLE"], &["dumpable"]),
    names(&["PR_GET_UNALIGN", "PR_SET_UNALIGN", "PR_SET_SECUREBITS"], &["flags"]),
    names(&["PR_SET_KEEPCAPS", "PR_SET_IO_FLUSHER"], &["state"]),
    names(&["PR_GET_ENDIAN", "PR_SET_ENDIAN"], &["endianness"]),
    names(&["PR_CAPBSET_READ", "PR_CAPBSET_DROP"], &["cap"]),
    names(&["PR_GET_TSC", "PR_SET_TSC", "PR_SET_THP_DISABLE"], &["flag"]),
    names(&["PR_SET_TIMERSLACK"], &["slack"]),
    names(&["PR_SET_CHILD_SUBREAPER", "PR_SET_NO_NEW_PRIVS"], &["set"]),
    names(&["PR_GET_CHILD_SUBREAPER"], &["isset"]),
    names(&["PR_GET_TID_ADDRESS"], &["addr"]),
    names(&["PR_SET_FP_MODE", "PR_SET_TAGGED_ADDR_CTRL", "PR_GET_FPEXC", "PR_SET_FPEXC"], &["mode"]),
    names(&["PR_GET_FPEMU", "PR_SET_FPEMU"], &["fpemu"]),
    names(&["PR_SET_SECCOMP"], &["mode", "filter"]),
    names(&["PR_SVE_SET_VL"], &["value"]),
    names(&["PR_GET_SPECULATION_CTRL", "PR_SET_SPECULATION_CTRL"], &["misfeature", "value"]),
    names(&["PR_PAC_RESET_KEYS"], &["keys"]),
    names(&["PR_PAC_SET_ENABLED_KEYS"], &["bitmask_affected", "bitmask_set"]),
    names(&["PR_SET_SYSCALL_USER_DISPATCH"], &["operation", "off", "size", "switch"]),
    names(&["PR_SME_SET_VL", "PR_RISCV_V_SET_CONTROL"], &["arg"]),
    names(&["PR_SET_MDWE"], &["mask"]),
    names(&["PR_RISCV_SET_ICACHE_FLUSH_CTX"], &["ctx", "scope"]),
    names(&["PR_PPC_GET_DEXCR"], &["which"]),
    names(&["PR_PPC_SET_DEXCR"], &["which", "ctrl"]),
    names(&["PR_SET_MM"], &["operation"]),
    names(&["PR_SET_PTRACER"], &["pid"]),
    Names {
        options: &["PR_MCE_KILL"],
        always: &["operation"],
        operation: Some(PR_MCE_KILL.of("PR_MCE_KILL_SET")),
        more: &["policy"],
    },
    Names {
        options: &["PR_SCHED_CORE"],
        always: &["operation", "pid", "pid_type"],
        operation: Some(PR_CORE.of("PR_SCHED_CORE_GET")),
        more: &["cookie"],
    },
    Names {
        options: &["PR_SET_VMA"],
        always: &["attr"],
        operation: Some(PR_VMA.of("PR_SET_VMA_ANON_NAME")),
        more: &["addr", "size", "name"],
    },
];

/// What an argument is called, counted from 0 behind the option.
pub(super) fn name(option: &str, operation: u64, index: usize) -> Option<&'static str> {
    if option == "PR_CAP_AMBIENT" {
        return ambient(operation, index);
    }
    let names = NAMES.iter().find(|names| names.options.contains(&option))?;
    let more = || names.more.get(index - names.always.len()).filter(|_| names.operation == Some(operation));
    names.always.get(index).or_else(more).copied()
}

/// The operations on one capability have that behind them.
fn ambient(operation: u64, index: usize) -> Option<&'static str> {
    let one = ["PR_CAP_AMBIENT_IS_SET", "PR_CAP_AMBIENT_RAISE", "PR_CAP_AMBIENT_LOWER"];
    match index {
        0 => Some("operation"),
        1 => PR_AMBIENT.name(operation).filter(|name| one.contains(name)).map(|_| "caps"),
        _ => None,
    }
}
