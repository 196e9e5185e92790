//! Bytes on their way to a file, a pipe or a terminal.

use std::{
    fs::File,
    io::{self, Write},
};

/// How much is gathered before it is written to a regular file.
const GATHERED: usize = 64 * 1024;

/// A destination with a buffer. Errors are kept, not returned: the tracee must not wait for anybody who handles them.
pub struct Writer {
    file: Option<File>,
    buffer: Vec<u8>,
    gather: bool,
    error: Option<io::Error>,
}

impl Writer {
    /// Writes to a file. What goes to a regular file is gathered; anything else gets each event as it happens, because
    /// somebody may be watching.
    pub fn new(file: File) -> Self {
        let gather = file.metadata().is_ok_and(|data| data.is_file());
        Self { file: Some(file), buffer: Vec::new(), gather, error: None }
    }

    /// Writes nowhere.
    pub fn closed() -> Self {
        Self { file: None, buffer: Vec::new(), gather: false, error: None }
    }

    /// A writer that has failed already.
    pub fn failed(error: io::Error) -> Self {
        Self { error: Some(error), ..Self::closed() }
    }

    /// Adds bytes.
    pub fn write(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        if !self.gather || self.buffer.len() >= GATHERED {
            self.flush();
        }
    }

    /// Writes out what was gathered.
    pub fn flush(&mut self) {
        let written = self.file.as_mut().map_or(Ok(()), |file| file.write_all(&self.buffer));
        if let Err(error) = written {
            self.error = Some(error);
            self.file = None;
        }
        self.buffer.clear();
    }

    /// What went wrong since this was asked last.
    pub fn error(&mut self) -> Option<io::Error> {
        self.error.take()
    }
}
