//! Looking into a tracee.

use crate::{Aspect, CommandName, Detail, Tid};
use std::path::PathBuf;

/// Stands for the protocol of a netlink socket that does not tell it.
pub const UNKNOWN_PROTOCOL: u32 = u32::MAX;

/// The memory of a process at one moment.
pub trait Memory {
    /// Copies bytes from `address` on into `buffer` and tells how many there were: it ends early
    /// at the first byte that cannot be read, and is 0 when there is nothing at `address`.
    fn read(&self, address: u64, buffer: &mut [u8]) -> usize;
}

/// A thread that is being looked at.
pub trait Tracee: Memory {
    /// The thread's id.
    fn tid(&self) -> Tid;

    /// The id of its process (its thread group).
    fn pid(&self) -> Tid;

    /// What lies at these addresses, but for 0, is about to be read: a backend may fetch it at once. It changes nothing else.
    fn expect(&self, addresses: &[u64]) {
        let _ = addresses;
    }

    /// What `/proc/PID/fd/FD` points to, if the descriptor is open.
    fn descriptor(&self, fd: i32) -> Option<PathBuf>;

    /// What `/proc/PID/cwd` points to.
    fn directory(&self) -> Option<PathBuf>;

    /// The name of the network interface with this index, where it is known.
    fn interface(&self, index: u32) -> Option<String> {
        let _ = index;
        None
    }

    /// What a descriptor is in this respect, if it is such a one and that can be told.
    fn detail(&self, fd: i32, aspect: Aspect) -> Option<Detail> {
        let _ = (fd, aspect);
        None
    }

    /// The name of its command.
    fn command(&self) -> Option<CommandName> {
        None
    }

    /// The name of the command of the thread that it knows by this id.
    fn command_of(&self, id: i32) -> Option<CommandName> {
        let _ = id;
        None
    }

    /// The protocol of a descriptor that is a netlink socket (the third argument of its socket(2)); of a socket that
    /// has no address yet it is not known, [`UNKNOWN_PROTOCOL`].
    fn netlink(&self, fd: i32) -> Option<u32> {
        let _ = fd;
        None
    }
}

/// What can be asked about the descriptors of any thread, stopped or not.
pub trait Files {
    /// What `/proc/TID/fd/FD` points to, if the descriptor is open.
    fn descriptor(&self, tid: Tid, fd: i32) -> Option<PathBuf>;

    /// What `/proc/TID/cwd` points to.
    fn directory(&self, tid: Tid) -> Option<PathBuf>;

    /// The name of the network interface with this index, where it is known.
    fn interface(&self, index: u32) -> Option<String>;

    /// See [`Tracee::detail`].
    fn detail(&self, tid: Tid, fd: i32, aspect: Aspect) -> Option<Detail>;

    /// See [`Tracee::netlink`].
    fn netlink(&self, tid: Tid, fd: i32) -> Option<u32>;
}

/// A memory in which nothing can be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMemory;

impl Memory for NoMemory {
    fn read(&self, _address: u64, _buffer: &mut [u8]) -> usize {
        0
    }
}

impl Tracee for NoMemory {
    fn tid(&self) -> Tid {
        Tid(0)
    }

    fn pid(&self) -> Tid {
        Tid(0)
    }

    fn descriptor(&self, _fd: i32) -> Option<PathBuf> {
        None
    }

    fn directory(&self) -> Option<PathBuf> {
        None
    }
}
