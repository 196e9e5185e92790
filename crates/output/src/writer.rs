//! Bytes on their way to a file, a pipe or a terminal.

use std::{
    fs::File,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError, TryLockError, Weak},
};

/// How much is gathered before it is written to a regular file.
const GATHERED: usize = 64 * 1024;

/// Every writer that there is, for [`rescue`].
static WRITERS: Mutex<Vec<Weak<Mutex<Pending>>>> = Mutex::new(Vec::new());

/// A destination with a buffer. Errors are kept, not returned: the tracee must not wait for anybody who handles them.
pub struct Writer {
    pending: Arc<Mutex<Pending>>,
    gather: bool,
}

/// What was not written yet, and where it goes.
struct Pending {
    out: Option<Box<dyn Write + Send>>,
    buffer: Vec<u8>,
    /// Whether a line has begun that has not ended.
    in_line: bool,
    error: Option<io::Error>,
}

impl Writer {
    /// Writes to a file. What goes to a regular file is gathered; anything else gets each event as it happens, because
    /// somebody may be watching.
    pub fn new(file: File) -> Self {
        let gather = file.metadata().is_ok_and(|data| data.is_file());
        Self { gather, ..Self::at_once(Box::new(file)) }
    }

    /// Writes each event as it happens.
    pub fn at_once(out: Box<dyn Write + Send>) -> Self {
        let writer = Self::with(Some(out), None);
        let mut writers = WRITERS.lock().unwrap_or_else(PoisonError::into_inner);
        writers.retain(|writer| writer.strong_count() > 0);
        writers.push(Arc::downgrade(&writer.pending));
        writer
    }

    /// Writes nowhere.
    pub fn closed() -> Self {
        Self::with(None, None)
    }

    /// A writer that has failed already.
    pub fn failed(error: io::Error) -> Self {
        Self::with(None, Some(error))
    }

    fn with(out: Option<Box<dyn Write + Send>>, error: Option<io::Error>) -> Self {
        let pending = Pending { out, buffer: Vec::new(), in_line: false, error };
        Self { pending: Arc::new(Mutex::new(pending)), gather: false }
    }

    /// Adds bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.add(bytes);
        if !self.gather || pending.buffer.len() >= GATHERED {
            pending.flush();
        }
    }

    /// Writes out what was gathered.
    pub fn flush(&mut self) {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).flush();
    }

    /// What went wrong since this was asked last.
    pub fn error(&mut self) -> Option<io::Error> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).error.take()
    }
}

impl Pending {
    fn add(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        self.in_line = bytes.last().map_or(self.in_line, |&last| last != b'\n');
    }

    fn flush(&mut self) {
        let written = self.out.as_mut().map_or(Ok(()), |out| out.write_all(&self.buffer));
        if let Err(error) = written {
            self.error = Some(error);
            self.out = None;
        }
        self.buffer.clear();
    }
}

/// Writes out what every writer has gathered, and ends open lines: for any thread, in the moment before the process is
/// ended because the thread that traces cannot go on. What that thread is about to write itself is left to it.
pub fn rescue() {
    let writers = match WRITERS.try_lock() {
        Ok(writers) => writers,
        Err(TryLockError::Poisoned(writers)) => writers.into_inner(),
        Err(TryLockError::WouldBlock) => return,
    };
    for writer in writers.iter().filter_map(Weak::upgrade) {
        if let Ok(mut pending) = writer.try_lock() {
            if pending.in_line {
                pending.add(b" <detached ...>\n");
            }
            pending.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_gathered_is_rescued_and_its_line_ended() {
        let path = std::env::temp_dir().join(format!("rescued.{}", std::process::id()));
        let mut writer = Writer::new(File::create(&path).unwrap());
        writer.write(b"one\ntwo");
        assert_eq!(std::fs::read(&path).unwrap(), b"");
        rescue();
        assert_eq!(std::fs::read(&path).unwrap(), b"one\ntwo <detached ...>\n");
        std::fs::remove_file(&path).unwrap();
    }
}
