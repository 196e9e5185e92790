//! Bytes on their way to a file, a pipe or a terminal.

use std::{
    fs::File,
    io::{self, Write},
};

/// How much is gathered before it is written to a regular file.
const GATHERED: usize = 64 * 1024;

/// A destination with a buffer. Errors are kept, not returned: the tracee must not wait for anybody who handles them.
pub struct Writer {
    out: Option<Box<dyn Write>>,
    buffer: Vec<u8>,
    gather: bool,
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
    pub fn at_once(out: Box<dyn Write>) -> Self {
        Self { out: Some(out), ..Self::closed() }
    }

    /// Writes nowhere.
    pub fn closed() -> Self {
        Self { out: None, buffer: Vec::new(), gather: false, error: None }
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
        let written = self.out.as_mut().map_or(Ok(()), |out| out.write_all(&self.buffer));
        if let Err(error) = written {
            self.error = Some(error);
            self.out = None;
        }
        self.buffer.clear();
    }

    /// What went wrong since this was asked last.
    pub fn error(&mut self) -> Option<io::Error> {
        self.error.take()
    }
}
