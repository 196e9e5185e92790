//! Memory of the kernel's maps, mapped into this process.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::ptr::null_mut;

/// A piece of a map's memory.
pub(crate) struct Mapping {
    /// Where it begins.
    pub(crate) start: *mut u8,
    length: usize,
}

impl Mapping {
    /// Maps so many bytes of a map of the kernel, from an offset on.
    pub(crate) fn new(map: &OwnedFd, protection: i32, offset: usize, length: usize) -> io::Result<Self> {
        // SAFETY: a new mapping at a place that the kernel chooses touches nobody's memory.
        let start = unsafe {
            libc::mmap(null_mut(), length, protection, libc::MAP_SHARED, map.as_raw_fd(), offset as libc::off_t)
        };
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the mapping is ours. Children have no use for it, and copying its tables would slow their making; where
        // that cannot be had, nothing else changes.
        unsafe { libc::madvise(start, length, libc::MADV_DONTFORK) };
        Ok(Self { start: start.cast(), length })
    }
}

impl Mapping {
    /// Writes to its beginning; what does not fit is left out.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let length = bytes.len().min(self.length);
        // SAFETY: the mapping is so long and can be written to; nobody else looks at it yet.
        unsafe { self.start.copy_from_nonoverlapping(bytes.as_ptr(), length) };
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and nothing borrowed from it is left.
        unsafe { libc::munmap(self.start.cast(), self.length) };
    }
}
