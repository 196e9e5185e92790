//! Whether a file takes bytes.

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::time::Duration;

/// Waits, for at most so long, until a write would not block; an error of the file counts as room, for the write to
/// tell of it.
pub(crate) fn has_room(file: BorrowedFd<'_>, limit: Duration) -> io::Result<bool> {
    let mut asked = libc::pollfd { fd: file.as_raw_fd(), events: libc::POLLOUT, revents: 0 };
    // SAFETY: one valid entry; the descriptor is open for as long as it is borrowed.
    let answer = unsafe { libc::poll(&raw mut asked, 1, limit.as_millis() as libc::c_int) };
    match answer {
        -1 => match io::Error::last_os_error() {
            error if error.kind() == io::ErrorKind::Interrupted => Ok(false),
            error => Err(error),
        },
        ready => Ok(ready > 0),
    }
}
