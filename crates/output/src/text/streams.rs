//! Where lines go: one stream for all threads, or a file for each.

use crate::writer::Writer;
use std::{collections::HashMap, io};
use tracer::Tid;

/// A stream of lines and its open line, if any.
pub struct Stream {
    writer: Writer,
    column: usize,
    open: Option<Tid>,
}

impl Stream {
    fn new(writer: Writer) -> Self {
        Self { writer, column: 0, open: None }
    }

    /// Whose line is open.
    pub fn open(&self) -> Option<Tid> {
        self.open
    }

    /// How many bytes the open line has.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Adds text: a part of the line of the thread that it leaves `open`, or whole lines.
    pub fn add(&mut self, text: &[u8], open: Option<Tid>) {
        self.writer.write(text);
        self.open = open;
        self.column = if open.is_some() { self.column + text.len() } else { 0 };
    }
}

/// Opens the file of a thread.
pub type Opener = Box<dyn FnMut(Tid) -> Writer>;

/// All streams.
pub struct Streams {
    shared: Option<Stream>,
    own: HashMap<Tid, Stream>,
    opener: Opener,
    failed: Option<io::Error>,
}

impl Streams {
    /// One stream for all threads.
    pub fn shared(writer: Writer) -> Self {
        let nothing = Box::new(|_| Writer::closed());
        Self { shared: Some(Stream::new(writer)), own: HashMap::new(), opener: nothing, failed: None }
    }

    /// A stream for each thread, opened when it first has something to say.
    pub fn separate(opener: Opener) -> Self {
        Self { shared: None, own: HashMap::new(), opener, failed: None }
    }

    /// The stream of a thread.
    pub fn of(&mut self, tid: Tid) -> &mut Stream {
        match &mut self.shared {
            Some(stream) => stream,
            None => self.own.entry(tid).or_insert_with(|| Stream::new((self.opener)(tid))),
        }
    }

    /// The thread is gone: its own stream is written out and closed.
    pub fn close(&mut self, tid: Tid) {
        if let Some(mut stream) = self.own.remove(&tid) {
            stream.writer.flush();
            self.failed = self.failed.take().or(stream.writer.error());
        }
    }

    /// Writes out everything that was gathered.
    pub fn flush(&mut self) {
        for stream in self.all() {
            stream.writer.flush();
        }
    }

    /// Ends an open line, so that the trace ends with a whole one.
    pub fn finish(&mut self) {
        for stream in self.all() {
            if stream.open.is_some() {
                stream.add(b" <detached ...>\n", None);
            }
            stream.writer.flush();
        }
    }

    /// What went wrong with writing since this was asked last.
    pub fn error(&mut self) -> Option<io::Error> {
        let first = self.failed.take();
        first.or_else(|| self.all().find_map(|stream| stream.writer.error()))
    }

    fn all(&mut self) -> impl Iterator<Item = &mut Stream> {
        self.shared.iter_mut().chain(self.own.values_mut())
    }
}
