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

/// Waits until a descriptor is readable.
pub(crate) fn wait_until_readable(file: BorrowedFd<'_>) -> io::Result<()> {
    let mut asked = libc::pollfd { fd: file.as_raw_fd(), events: libc::POLLIN, revents: 0 };
    loop {
        // SAFETY: one valid entry; the descriptor is open for as long as it is borrowed.
        if unsafe { libc::poll(&raw mut asked, 1, -1) } >= 0 {
            return Ok(());
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}
