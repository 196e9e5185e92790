//! A memory that keeps what was looked at.

use super::pieces::Pieces;
use std::{cell::RefCell, path::PathBuf};
use tracer::{Memory, Tid, Tracee};

/// Looks into another tracee and keeps everything that it saw.
pub struct Recording<'a> {
    inner: &'a dyn Tracee,
    seen: RefCell<Pieces>,
}

impl<'a> Recording<'a> {
    pub fn new(inner: &'a dyn Tracee) -> Self {
        let seen = Pieces { tid: inner.tid().0, pid: inner.pid().0, ..Pieces::default() };
        Self { inner, seen: RefCell::new(seen) }
    }

    /// What was seen.
    pub fn into_seen(self) -> Pieces {
        self.seen.into_inner()
    }
}

impl Memory for Recording<'_> {
    fn read(&self, address: u64, buffer: &mut [u8]) -> usize {
        let count = self.inner.read(address, buffer);
        self.seen.borrow_mut().bytes.push((address, buffer[..count].to_vec()));
        count
    }
}

impl Tracee for Recording<'_> {
    fn tid(&self) -> Tid {
        self.inner.tid()
    }

    fn pid(&self) -> Tid {
        self.inner.pid()
    }

    fn descriptor(&self, fd: i32) -> Option<PathBuf> {
        let path = self.inner.descriptor(fd);
        self.seen.borrow_mut().descriptors.push((fd, path.clone()));
        path
    }

    fn directory(&self) -> Option<PathBuf> {
        let path = self.inner.directory();
        self.seen.borrow_mut().directory = path.clone();
        path
    }
}
