//! What can be looked into while an event is told.

use crate::files::{Device, Known, Target};
use crate::record::Captured;
use std::path::PathBuf;
use tracer::{Aspect, CommandName, Detail, Files, Memory, Tid, Tracee};

/// The descriptor that stands for the current directory (`AT_FDCWD`, openat(2)).
const AT_FDCWD: i32 = -100;

/// A thread, and what was captured of its memory and its descriptors. It runs on: what was not captured is as of now.
pub(crate) struct Look<'a> {
    pub(crate) tid: Tid,
    pub(crate) pid: Tid,
    /// Records whose memory can be read, the latest first.
    pub(crate) captured: Captured<'a>,
    /// What was captured before of descriptors.
    pub(crate) known: &'a Known,
    /// Whom to ask about descriptors.
    pub(crate) files: &'a dyn Files,
}

impl Look<'_> {
    /// What a descriptor pointed to, if that was captured, at this call or at the last one that was about it.
    fn target(&self, fd: i32) -> Option<Target> {
        self.captured.target(fd).or_else(|| self.known.get(self.pid, fd).cloned())
    }

    /// What a descriptor pointed to; where that was not captured, what it points to now.
    fn path(&self, fd: i32, now: impl Fn() -> Option<PathBuf>) -> Option<PathBuf> {
        match self.target(fd) {
            Some(Target::File { path, .. }) => Some(path),
            Some(Target::Closed) => None,
            Some(Target::Unknown) | None => now(),
        }
    }

    /// Whether a descriptor still points to what it pointed to: more can be asked about that only.
    fn is_same(&self, fd: i32) -> bool {
        match self.target(fd) {
            Some(Target::File { path, .. }) => self.files.descriptor(self.tid, fd).is_some_and(|now| now == path),
            Some(Target::Closed) => false,
            Some(Target::Unknown) | None => true,
        }
    }

    /// What was captured of a device; of which terminal, only the descriptor itself can tell.
    fn device(&self, fd: i32, device: Device, now: Option<Detail>) -> Detail {
        let Device { block, major, minor } = device;
        let terminal = match now.filter(|_| self.is_same(fd)) {
            Some(Detail::Device { terminal, .. }) => terminal,
            _ => None,
        };
        Detail::Device { block, major, minor, terminal }
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
        // The number that stands for the current directory is no descriptor.
        (fd >= 0).then(|| self.path(fd, || self.files.descriptor(self.tid, fd)))?
    }

    fn directory(&self) -> Option<PathBuf> {
        self.path(AT_FDCWD, || self.files.directory(self.tid))
    }

    fn interface(&self, index: u32) -> Option<String> {
        self.files.interface(index)
    }

    fn detail(&self, fd: i32, aspect: Aspect) -> Option<Detail> {
        let now = || self.files.detail(self.tid, fd, aspect);
        match self.target(fd) {
            Some(Target::File { device, .. }) if aspect == Aspect::Device => {
                device.map(|device| self.device(fd, device, now()))
            }
            Some(Target::File { path, .. }) if aspect == Aspect::Socket => {
                self.known.socket(path, self.is_same(fd).then(now).flatten())
            }
            _ => self.is_same(fd).then(now)?,
        }
    }

    fn netlink(&self, fd: i32) -> Option<u32> {
        self.is_same(fd).then(|| self.files.netlink(self.tid, fd))?
    }

    fn command(&self) -> Option<CommandName> {
        tracer::command(self.tid())
    }

    fn command_of(&self, id: i32) -> Option<CommandName> {
        tracer::command_of(self.tid(), id)
    }
}
