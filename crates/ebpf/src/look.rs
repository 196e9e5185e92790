//! What can be looked into while an event is told.

use crate::record::{Captured, Record};
use std::path::PathBuf;
use tracer::{Memory, Tid, Tracee};

/// A thread, and what was captured of its memory. It runs on: what its descriptors point to is as of now.
pub(crate) struct Look<'a> {
    pub(crate) tid: Tid,
    pub(crate) pid: Tid,
    captured: Captured<'a>,
}

impl<'a> Look<'a> {
    /// Records whose memory can be read, the latest first.
    pub(crate) const fn new(tid: Tid, pid: Tid, records: [Option<&'a Record>; 2]) -> Self {
        Self { tid, pid, captured: Captured(records) }
    }
}

impl Memory for Look<'_> {
    fn read(&self, address: u64, buffer: &mut [u8]) -> usize {
        self.captured.read(address, buffer)
    }
}

impl Tracee for Look<'_> {
    fn tid(&self) -> Tid {
        self.tid
    }

    fn pid(&self) -> Tid {
        self.pid
    }

    fn descriptor(&self, fd: i32) -> Option<PathBuf> {
        std::fs::read_link(format!("/proc/{}/fd/{fd}", self.tid)).ok()
    }

    fn directory(&self) -> Option<PathBuf> {
        std::fs::read_link(format!("/proc/{}/cwd", self.tid)).ok()
    }
}
