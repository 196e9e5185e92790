//! Bytes of another process's memory.

use std::io;
use tracer::Tid;

/// The granularity in which memory is readable or not.
const PAGE: u64 = 4096;

/// As many pieces as one call takes here; longer reads take several.
const PIECES: usize = 64;

/// Copies bytes from `address` on into `buffer`, up to the first page that cannot be read.
///
/// Each page is a piece of its own, because the kernel promises to end only between pieces.
pub(crate) fn read_pages(tid: Tid, address: u64, buffer: &mut [u8]) -> io::Result<usize> {
    let mut done = 0;
    while done < buffer.len() {
        let Some(from) = address.checked_add(done as u64) else {
            break;
        };
        let (wanted, got) = read_some(tid, from, &mut buffer[done..])?;
        done += got;
        if got < wanted {
            break;
        }
    }
    Ok(done)
}

/// Fills pieces, each from its address and within one page, in one call. Tells how many bytes there were: it ends at the
/// first piece that cannot be read, and after as many as one call takes.
pub(crate) fn read_pieces<'b>(tid: Tid, pieces: impl Iterator<Item = (u64, &'b mut [u8])>) -> io::Result<usize> {
    let none = libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 };
    let (mut local, mut remote) = ([none; PIECES], [none; PIECES]);
    let mut count = 0;
    for ((address, buffer), (local, remote)) in pieces.zip(local.iter_mut().zip(&mut remote)) {
        *remote = libc::iovec { iov_base: address as *mut libc::c_void, iov_len: buffer.len() };
        *local = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() };
        count += 1;
    }
    // SAFETY: the local pieces are borrowed for as long as this runs, and apart; the remote addresses are the other
    // process's, where a wrong one is an error and no harm.
    let got = unsafe { libc::process_vm_readv(tid.0, local.as_ptr(), count, remote.as_ptr(), count, 0) };
    usize::try_from(got).map_err(|_| io::Error::last_os_error())
}

/// One call: how many bytes it asked for, and how many it got.
fn read_some(tid: Tid, address: u64, buffer: &mut [u8]) -> io::Result<(usize, usize)> {
    let mut pieces = [libc::iovec { iov_base: std::ptr::null_mut(), iov_len: 0 }; PIECES];
    let mut count = 0;
    let mut wanted = 0;
    for piece in &mut pieces {
        let Some(from) = address.checked_add(wanted as u64) else {
            break;
        };
        let length = (buffer.len() - wanted).min((PAGE - from % PAGE) as usize);
        if length == 0 {
            break;
        }
        *piece = libc::iovec { iov_base: from as *mut libc::c_void, iov_len: length };
        wanted += length;
        count += 1;
    }
    let local = libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: wanted };
    // SAFETY: `local` lies in `buffer`; the remote addresses are the other process's, where a wrong one
    // is an error and no harm.
    let got = unsafe { libc::process_vm_readv(tid.0, &raw const local, 1, pieces.as_ptr(), count, 0) };
    match usize::try_from(got) {
        Ok(got) => Ok((wanted, got)),
        Err(_) => match io::Error::last_os_error() {
            error if error.raw_os_error() == Some(libc::EFAULT) => Ok((wanted, 0)),
            error => Err(error),
        },
    }
}
