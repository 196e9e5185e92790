//! Waiting for descriptors.

use super::signals::Set;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

/// A descriptor that is readable while one of these (blocked) signals is pending: signalfd(2).
pub(crate) fn readable_by(signals: &Set) -> io::Result<OwnedFd> {
    // SAFETY: the set is valid.
    let fd = unsafe { libc::signalfd(-1, signals.as_ptr(), libc::SFD_CLOEXEC) };
    // SAFETY: a new descriptor is nobody else's.
    if fd < 0 { Err(io::Error::last_os_error()) } else { Ok(unsafe { OwnedFd::from_raw_fd(fd) }) }
}

/// Waits until one of two descriptors is readable, or has no other end any more.
pub(crate) fn wait_for_either(one: BorrowedFd<'_>, other: BorrowedFd<'_>) -> io::Result<()> {
    let asked = |file: BorrowedFd<'_>| libc::pollfd { fd: file.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    let mut both = [asked(one), asked(other)];
    loop {
        // SAFETY: two valid entries; the descriptors are open for as long as they are borrowed.
        if unsafe { libc::poll(both.as_mut_ptr(), 2, -1) } >= 0 {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}
