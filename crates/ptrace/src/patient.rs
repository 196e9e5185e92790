//! Writing to whoever may not read.
//!
//! A pipe or a terminal whose reader stands still blocks who writes; that must not keep the tracer from ending. So
//! its writes look, before each piece, whether there is room, and once the end is asked for they wait no longer
//! than a short time in all.

use crate::source::end_is_asked;
use crate::sys;
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How often a writer looks whether the end was asked for.
const SLICE: Duration = Duration::from_millis(20);

/// In so many slices all writers together may still wait for room after the end was asked for.
static SLICES: AtomicU32 = AtomicU32::new(10);

/// What fits into a pipe that has room (pipe(7)).
const PIECE: usize = 4096;

/// A file that is written to as said above.
#[derive(Debug)]
pub struct Patient(File);

impl Patient {
    /// Writes to a file.
    pub const fn new(file: File) -> Self {
        Self(file)
    }
}

impl io::Write for Patient {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        wait_for_room(self.0.as_fd())?;
        self.0.write(&bytes[..bytes.len().min(PIECE)])
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a line to standard error. What cannot be told there is lost: there is nobody to tell.
pub fn say(line: &str) {
    use std::io::Write;
    let mut line = line.to_owned();
    line.push('\n');
    let mut rest = line.as_bytes();
    let mut out = io::stderr();
    while !rest.is_empty() && wait_for_room(out.as_fd()).is_ok() {
        let piece = rest.len().min(PIECE);
        match out.write(&rest[..piece]) {
            Ok(written) if written > 0 => rest = &rest[written..],
            _ => break,
        }
    }
}

/// Waits until something can be written, or the time is over.
fn wait_for_room(file: BorrowedFd<'_>) -> io::Result<()> {
    while !sys::has_room(file, SLICE)? {
        if end_is_asked() {
            let spent = SLICES.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
            spent.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "not read in time"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};

    #[test]
    fn what_is_read_is_written() {
        let (mut reader, writer) = io::pipe().unwrap();
        let mut patient = Patient::new(File::from(std::os::fd::OwnedFd::from(writer)));
        let sent = vec![7; 200_000];
        let copy = sent.clone();
        let written = std::thread::spawn(move || patient.write_all(&copy).is_ok());
        let mut got = Vec::new();
        reader.read_to_end(&mut got).unwrap();
        assert!(written.join().unwrap() && got == sent);
    }
}
