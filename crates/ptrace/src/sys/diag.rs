//! Asking the kernel about sockets (sock_diag(7)).

use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{FromRawFd, OwnedFd};

/// The most that the kernel puts into one answer (`NLMSG_GOODSIZE`, `linux/netlink.h`, and more).
const ROOM: usize = 32 * 1024;

/// The size of a message's header (`struct nlmsghdr`, netlink(7)).
const HEADER: usize = 16;

/// The message that asks and answers (`SOCK_DIAG_BY_FAMILY`, `linux/sock_diag.h`).
const BY_FAMILY: u16 = 20;

/// How long an answer is waited for: the kernel answers at once.
const PATIENCE: libc::timeval = libc::timeval { tv_sec: 1, tv_usec: 0 };

/// Sends a request, for all sockets if `all`, and hands the body of each answer to `look` until that finds something.
pub(crate) fn ask<T>(request: &[u8], all: bool, mut look: impl FnMut(&[u8]) -> Option<T>) -> Option<T> {
    let mut socket = open()?;
    socket.write_all(&message(request, all)).ok()?;
    let mut answer = vec![0; ROOM];
    loop {
        let length = socket.read(&mut answer).ok()?;
        let mut rest = answer.get(..length).filter(|bytes| !bytes.is_empty())?;
        while let Some((kind, body, next)) = split(rest) {
            if kind != BY_FAMILY {
                return None;
            }
            if let Some(found) = look(body) {
                return Some(found);
            }
            rest = next;
        }
        if !all {
            return None;
        }
    }
}

fn open() -> Option<File> {
    // SAFETY: no memory is handed over.
    let fd = unsafe { libc::socket(libc::AF_NETLINK, libc::SOCK_RAW | libc::SOCK_CLOEXEC, libc::NETLINK_SOCK_DIAG) };
    if fd < 0 {
        return None;
    }
    // SAFETY: the descriptor was made just now and belongs to nobody else.
    let socket = unsafe { OwnedFd::from_raw_fd(fd) };
    let (value, size) = (std::ptr::from_ref(&PATIENCE).cast(), size_of_val(&PATIENCE) as u32);
    // SAFETY: the kernel reads as many bytes as the value has.
    let set = unsafe { libc::setsockopt(fd, libc::SOL_SOCKET, libc::SO_RCVTIMEO, value, size) };
    (set == 0).then(|| File::from(socket))
}

/// A request with its header.
fn message(request: &[u8], all: bool) -> Vec<u8> {
    let flags = libc::NLM_F_REQUEST | if all { libc::NLM_F_DUMP } else { 0 };
    let mut message = ((HEADER + request.len()) as u32).to_ne_bytes().to_vec();
    message.extend(BY_FAMILY.to_ne_bytes());
    message.extend((flags as u16).to_ne_bytes());
    // Neither a sequence nor an address is needed for one question on a socket of its own.
    message.extend([0; 8]);
    message.extend(request);
    message
}

/// The kind and the body of the first message, and what follows it.
fn split(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let length = u32::from_ne_bytes(*bytes.first_chunk()?) as usize;
    let kind = u16::from_ne_bytes(bytes.get(4..6)?.try_into().ok()?);
    let body = bytes.get(HEADER..length)?;
    Some((kind, body, bytes.get(length.next_multiple_of(4)..).unwrap_or_default()))
}
