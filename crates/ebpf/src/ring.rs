//! Reading the ring (`BPF_MAP_TYPE_RINGBUF`).

use crate::mapping::Mapping;
use crate::uapi::{BUSY, DISCARDED, RING_HEADER};
use std::io;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// The size of a page.
const PAGE: usize = 4096;

/// The ring: how far it was read, how far it was written, and the data, mapped twice in a row.
pub(crate) struct Ring {
    read: Mapping,
    written: Mapping,
    size: usize,
    at: u64,
}

impl Ring {
    /// Maps a ring of so many bytes.
    pub(crate) fn new(map: &OwnedFd, size: usize) -> io::Result<Self> {
        let read = Mapping::new(map, libc::PROT_READ | libc::PROT_WRITE, 0, PAGE)?;
        let written = Mapping::new(map, libc::PROT_READ, PAGE, PAGE + 2 * size)?;
        Ok(Self { read, written, size, at: 0 })
    }

    /// Copies the next record; `false` when there is none.
    pub(crate) fn next(&mut self, record: &mut Vec<u8>) -> bool {
        // SAFETY: the page begins with the position, which the kernel writes atomically; it is aligned.
        let end = unsafe { &*self.written.start.cast::<AtomicU64>() }.load(Ordering::Acquire);
        while self.at < end {
            let place = self.at as usize & (self.size - 1);
            // SAFETY: records lie within the data, begin at multiples of 8, and begin with their length.
            let start = unsafe { self.written.start.add(PAGE + place) };
            // SAFETY: as above; the kernel sets the length last.
            let length = unsafe { &*start.cast::<AtomicU32>() }.load(Ordering::Acquire);
            if length & BUSY != 0 {
                return false;
            }
            let size = (length & !DISCARDED) as usize;
            record.clear();
            if length & DISCARDED == 0 && size <= self.size {
                // SAFETY: the kernel has written so many bytes there, does not touch them until they are given
                // back, and maps the data twice, so that a record never wraps.
                record.extend(unsafe { std::slice::from_raw_parts(start.add(RING_HEADER), size) });
            }
            self.at += (size + RING_HEADER).next_multiple_of(8) as u64;
            // SAFETY: the page begins with the position, which the kernel reads atomically.
            unsafe { &*self.read.start.cast::<AtomicU64>() }.store(self.at, Ordering::Release);
            if !record.is_empty() {
                return true;
            }
        }
        false
    }
}
