//! The ends of sockets, as the kernel tells them (sock_diag(7)) of its own network namespace.

use crate::sys;
use std::cell::RefCell;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tracer::{Detail, UnixName};

/// A protocol, and whom to ask about it.
struct Protocol {
    /// The kernel's name of it, which it tells of every socket.
    name: &'static str,
    asked: Asked,
}

/// Whom to ask about a protocol.
enum Asked {
    /// For all sockets of a family and a protocol of the Internet.
    Inet { family: u8, protocol: u8 },
    /// For a socket of unix(7) by its inode.
    Unix,
    /// Nobody: what is known of it stands elsewhere.
    Nobody,
}

const V4: u8 = libc::AF_INET as u8;
const V6: u8 = libc::AF_INET6 as u8;
const TCP: u8 = libc::IPPROTO_TCP as u8;
const UDP: u8 = libc::IPPROTO_UDP as u8;

/// The protocols whose sockets strace names.
const PROTOCOLS: &[Protocol] = &[
    Protocol { name: "TCP", asked: Asked::Inet { family: V4, protocol: TCP } },
    Protocol { name: "TCPv6", asked: Asked::Inet { family: V6, protocol: TCP } },
    Protocol { name: "UDP", asked: Asked::Inet { family: V4, protocol: UDP } },
    Protocol { name: "UDPv6", asked: Asked::Inet { family: V6, protocol: UDP } },
    Protocol { name: "UNIX", asked: Asked::Unix },
    Protocol { name: "UNIX-STREAM", asked: Asked::Unix },
    Protocol { name: "RAW", asked: Asked::Nobody },
    Protocol { name: "RAWv6", asked: Asked::Nobody },
];

/// How many sockets are remembered.
const REMEMBERED: usize = 4096;

thread_local! {
    /// What was found once stays: a connection that has ended is not listed any more.
    static FOUND: RefCell<HashMap<u64, Detail>> = RefCell::new(HashMap::new());
}

/// What the socket with this inode is; `None` for protocols that are not known.
pub(crate) fn find(name: &str, inode: u64) -> Option<Detail> {
    let known = FOUND.with_borrow(|found| found.get(&inode).copied());
    if known.is_some() {
        return known;
    }
    let protocol = PROTOCOLS.iter().find(|protocol| protocol.name == name)?;
    let found = match protocol.asked {
        Asked::Inet { family, protocol: number } => inet(protocol.name, family, number, inode),
        Asked::Unix => unix(protocol.name, inode),
        Asked::Nobody => None,
    };
    match found {
        Some(detail) => remember(inode, detail),
        None => return Some(Detail::Socket { protocol: protocol.name, inode }),
    }
    found
}

/// Keeps what was found.
pub(crate) fn remember(inode: u64, detail: Detail) {
    FOUND.with_borrow_mut(|found| {
        if found.len() >= REMEMBERED {
            found.clear();
        }
        found.insert(inode, detail);
    });
}

/// Sockets in any state (`idiag_states`, `udiag_states`).
const ANY_STATE: [u8; 4] = [0xff; 4];

/// Asks for all sockets of a protocol: `struct inet_diag_req_v2` (sock_diag(7)).
fn inet(name: &'static str, family: u8, protocol: u8, inode: u64) -> Option<Detail> {
    let mut request = vec![family, protocol, 0, 0];
    request.extend(ANY_STATE);
    request.extend([0; 48]);
    sys::ask_sockets(&request, true, |answer| {
        let (local, remote) = ends(answer, inode)?;
        Some(Detail::Inet { protocol: name, local, remote })
    })
}

/// Where the ports, the addresses and the inode lie in `struct inet_diag_msg` (sock_diag(7)).
const PORTS: [usize; 2] = [4, 6];
const ADDRESSES: [usize; 2] = [8, 24];
const INODE: usize = 68;

/// The ends of a socket, if it is the one that is sought.
fn ends(answer: &[u8], inode: u64) -> Option<(SocketAddr, Option<SocketAddr>)> {
    if u64::from(number(answer, INODE)?) != inode {
        return None;
    }
    let family = *answer.first()?;
    let [local, remote] = [0, 1].map(|at| {
        let port = u16::from_be_bytes(answer.get(PORTS[at]..)?.first_chunk().copied()?);
        Some(SocketAddr::new(address(family, answer.get(ADDRESSES[at]..)?)?, port))
    });
    Some((local?, remote.filter(|remote| remote.port() != 0)))
}

fn address(family: u8, bytes: &[u8]) -> Option<IpAddr> {
    match family {
        V4 => Some(Ipv4Addr::from(*bytes.first_chunk::<4>()?).into()),
        V6 => Some(Ipv6Addr::from(*bytes.first_chunk::<16>()?).into()),
        _ => None,
    }
}

/// What to tell of a socket of unix(7): its name and its other end (`UDIAG_SHOW_NAME`, `UDIAG_SHOW_PEER`).
const SHOWN: u32 = 1 | 4;

/// Asks for one socket: `struct unix_diag_req` (sock_diag(7)).
fn unix(name: &'static str, inode: u64) -> Option<Detail> {
    let mut request = vec![libc::AF_UNIX as u8, 0, 0, 0];
    request.extend(ANY_STATE);
    request.extend(u32::try_from(inode).ok()?.to_ne_bytes());
    request.extend(SHOWN.to_ne_bytes());
    // No cookie is known.
    request.extend([0xff; 8]);
    let (peer, bound) = sys::ask_sockets(&request, false, |answer| Some(attributes(answer.get(16..)?)))?;
    if peer.is_none() && bound.is_none() {
        return None;
    }
    Some(Detail::Unix { protocol: name, inode, peer, name: bound })
}

/// The attributes behind `struct unix_diag_msg`: the name (`UNIX_DIAG_NAME`) and the other end (`UNIX_DIAG_PEER`).
fn attributes(mut bytes: &[u8]) -> (Option<u64>, Option<UnixName>) {
    let (mut peer, mut name) = (None, None);
    while let Some((kind, body, rest)) = attribute(bytes) {
        match kind {
            0 => name = Some(UnixName::new(body)),
            2 => peer = number(body, 0).filter(|peer| *peer != 0).map(u64::from),
            _ => {}
        }
        bytes = rest;
    }
    (peer, name)
}

/// The kind and the body of the first attribute, and what follows it.
fn attribute(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let length = usize::from(u16::from_ne_bytes(*bytes.first_chunk()?));
    let kind = u16::from_ne_bytes(*bytes.get(2..)?.first_chunk()?);
    let body = bytes.get(4..length)?;
    Some((kind, body, bytes.get(length.next_multiple_of(4)..).unwrap_or_default()))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(*bytes.get(at..)?.first_chunk()?))
}
