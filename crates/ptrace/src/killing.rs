//! Ending every tracee, where none is to outlive the tracer.
//!
//! The kernel does so as soon as the tracer is gone (PTRACE_O_EXITKILL); done before, it can be told.

use crate::letgo::{PATIENCE, SLICE};
use crate::machine::Goal;
use crate::session::Session;
use crate::source::Next;
use crate::sys;
use std::time::Instant;

impl Session<'_> {
    /// Kills all tracees, and sees them end. Who has not ended in time is left to the kernel.
    pub(crate) fn kill_all(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        self.goal = Goal::Kill;
        self.watchdog = None;
        for tid in self.table.tids() {
            // Where that fails, it has ended, or only the kernel may do it.
            let _ = sys::kill(tid);
        }
        while !self.table.is_empty() && Instant::now() < deadline {
            match self.source.next(&mut self.table, SLICE) {
                Next::End { .. } => break,
                Next::Quiet => self.drop_vanished(),
                next => self.attend(next),
            }
        }
    }
}
