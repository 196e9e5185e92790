//! Resources that a process has used.

use super::{Structure, TIMEVAL, Ulong};
use crate::structure;
use abi::generated::layouts::process::RUSAGE as LAYOUT;

/// `struct rusage` (getrusage(2)).
pub static RUSAGE: Structure = structure!(LAYOUT {
    ru_utime: TIMEVAL => brief,
    ru_stime: TIMEVAL => brief,
    ru_maxrss: Ulong,
    ru_ixrss: Ulong,
    ru_idrss: Ulong,
    ru_isrss: Ulong,
    ru_minflt: Ulong,
    ru_majflt: Ulong,
    ru_nswap: Ulong,
    ru_inblock: Ulong,
    ru_oublock: Ulong,
    ru_msgsnd: Ulong,
    ru_msgrcv: Ulong,
    ru_nsignals: Ulong,
    ru_nvcsw: Ulong,
    ru_nivcsw: Ulong,
});
