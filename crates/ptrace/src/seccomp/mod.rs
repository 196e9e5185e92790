//! Stopping at some calls only: a filter of seccomp(2) that the command puts into effect for itself before its execve,
//! and that all its children and threads inherit.
//!
//! The kernel stops a thread where the filter answers SECCOMP_RET_TRACE, and at no other call as long as the thread is
//! set going by PTRACE_CONT. A filter cannot be taken back; and where there is no tracer, the calls that it picks fail
//! with ENOSYS. So whoever has one must not be let go of.

mod program;
mod runs;

use crate::sys;
use abi::Abi;
use runs::Runs;
use std::sync::Arc;

/// What our filters say with their answer, by which it is told from those of a tracee's own filters.
pub(crate) const MARK: u16 = 0x7477;

/// A filter that picks calls to stop at.
#[derive(Clone, Debug)]
pub struct Filter {
    program: Arc<[libc::sock_filter]>,
}

impl Filter {
    /// One that picks these calls, given by convention and number (of an x32 call without bit 30), and those few that the
    /// tracer itself must know of. From 1024 on all numbers are taken to be like 1024.
    pub fn new(wanted: impl Fn(Abi, u64) -> bool) -> Self {
        let program = program::compile(&Runs::of_64_bits(&wanted), &Runs::of_32_bits(&wanted));
        Self { program: program.into() }
    }

    /// Puts it into effect for the calling thread, which then makes a call that every filter picks, to tell the tracer so.
    /// Where it cannot be had, all stays as it is. Allocates nothing.
    pub(crate) fn begin(&self) {
        if sys::install(&self.program) {
            sys::request_of_nobody(runs::REQUEST);
        }
    }
}
