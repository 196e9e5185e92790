//! What a descriptor is, beyond what its path says.

use std::net::SocketAddr;

/// What can be asked about a descriptor beyond its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// The ends of a socket.
    Socket,
    /// The number of a device.
    Device,
    /// The process of a pidfd.
    Process,
    /// The state of an eventfd.
    Event,
    /// The signals of a signalfd.
    Signals,
}

/// What a descriptor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A socket of the Internet that has an address.
    Inet {
        /// The kernel's name of the protocol: `TCP`, `UDPv6`.
        protocol: &'static str,
        /// Its own end.
        local: SocketAddr,
        /// The other end, where it is connected.
        remote: Option<SocketAddr>,
    },
    /// A socket of unix(7) that is connected or has a name.
    Unix {
        /// The kernel's name of the protocol: `UNIX`, `UNIX-STREAM`.
        protocol: &'static str,
        /// Its inode.
        inode: u64,
        /// The inode of the other end, where it is connected.
        peer: Option<u64>,
        /// Its name, where it has one.
        name: Option<UnixName>,
    },
    /// A socket of netlink(7) that has an address.
    Netlink {
        /// The third argument of its socket(2).
        protocol: u32,
        /// Its address.
        port: u32,
    },
    /// A socket of which no address is known.
    Socket {
        /// The kernel's name of the protocol.
        protocol: &'static str,
        /// Its inode.
        inode: u64,
    },
    /// A device.
    Device {
        /// Whether it is one of blocks, and not of characters.
        block: bool,
        /// The major number.
        major: u32,
        /// The minor number.
        minor: u32,
        /// The number of the terminal that hangs on it (pts(4)).
        terminal: Option<u32>,
    },
    /// The process of a pidfd.
    Process(i32),
    /// An eventfd.
    Event {
        /// Its counter.
        count: u64,
        /// Its number in the kernel.
        id: u64,
        /// Whether it is a semaphore.
        semaphore: bool,
    },
    /// The signals of a signalfd, signal 1 in the lowest bit.
    Signals(u64),
}

/// The name of a socket of unix(7): a path, or after a NUL a name in the abstract namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnixName {
    bytes: [u8; Self::LONGEST],
    length: usize,
}

impl UnixName {
    /// The longest name (`UNIX_PATH_MAX`, `linux/un.h`).
    const LONGEST: usize = 108;

    /// A name; what the kernel does not take is cut off.
    pub fn new(name: &[u8]) -> Self {
        let length = name.len().min(Self::LONGEST);
        let mut bytes = [0; Self::LONGEST];
        bytes[..length].copy_from_slice(&name[..length]);
        Self { bytes, length }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}
