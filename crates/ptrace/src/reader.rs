//! How the memory of tracees is read: straight away, or, once a tracee may be the one to serve a page, with a bound.

use crate::bounded::Bounded;
use crate::sys;
use crate::watchdog;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use tracer::Tid;

/// The way in which memory is read.
pub(crate) struct Reader(Option<Bounded>);

impl Reader {
    /// Straight away.
    pub(crate) const fn new() -> Self {
        Self(None)
    }

    /// From now on with a bound.
    pub(crate) fn be_careful(&mut self) {
        self.0.get_or_insert_with(|| Bounded::new(read));
    }

    /// Copies bytes from `address` on, and tells how many there were.
    pub(crate) fn read(&mut self, tid: Tid, address: u64, buffer: &mut [u8]) -> usize {
        match &mut self.0 {
            Some(bounded) => bounded.read(tid, address, buffer),
            None => watchdog::guarded(tid, || read(tid, address, buffer)),
        }
    }

    /// Fills pieces that lie within a page each, in one go, and tells how many bytes there were: it ends at the first piece
    /// that cannot be read. With a bound there is no such way.
    pub(crate) fn read_pieces<'b>(&self, tid: Tid, pieces: impl Iterator<Item = (u64, &'b mut [u8])>) -> usize {
        match self.0 {
            Some(_) => 0,
            None => watchdog::guarded(tid, || sys::read_pieces(tid, pieces)).unwrap_or(0),
        }
    }
}

/// Reads from the kernel; where process_vm_readv is refused, by `/proc/TID/mem`.
fn read(tid: Tid, address: u64, buffer: &mut [u8]) -> usize {
    match sys::read_pages(tid, address, buffer) {
        Ok(length) => length,
        Err(error) if matches!(error.raw_os_error(), Some(libc::EPERM | libc::ENOSYS)) => {
            read_file(tid, address, buffer).unwrap_or(0)
        }
        Err(_) => 0,
    }
}

/// Reads by `/proc/TID/mem`, which shows the same bytes.
fn read_file(tid: Tid, address: u64, buffer: &mut [u8]) -> io::Result<usize> {
    let file = File::open(format!("/proc/{tid}/mem"))?;
    let mut done = 0;
    while done < buffer.len() {
        match file.read_at(&mut buffer[done..], address.wrapping_add(done as u64)) {
            Ok(0) | Err(_) => break,
            Ok(length) => done += length,
        }
    }
    Ok(done)
}
