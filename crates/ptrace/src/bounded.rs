//! Reads that may never come back, made by a thread of their own and given up after a while.
//!
//! A page may be served by another tracee: by userfaultfd(2), or because it is a file's on a FUSE file system. That one
//! may stand still, waiting for us. Whoever reads such a page sleeps until it is served, and only the end of the
//! whole process wakes it: so the reader is left behind, where it harms nobody, and another takes its place.

use crate::proc;
use crate::source::end_is_asked;
use crate::sys::{self, Mask, Set};
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;
use tracer::Tid;

/// How long a reader may sleep in a read.
const LIMIT: Duration = Duration::from_millis(100);

/// How long it may once the end was asked for.
const LIMIT_AT_END: Duration = Duration::from_millis(10);

/// A reader that does not sleep has not had a processor yet; it is waited for so many times as long.
const TIMES: u32 = 10;

/// A reader calls few functions, none of them deep.
const STACK: usize = 64 * 1024;

/// So many readers may be stuck at one time. Beyond that, nothing is read until one of them is free.
const READERS: usize = 16;

/// What a reader does: copies from an address of a thread's memory, and tells how many bytes there were.
pub(crate) type Read = fn(Tid, u64, &mut [u8]) -> usize;

/// Reads with a bound.
pub(crate) struct Bounded {
    read: Read,
    reader: Option<Reader>,
    /// Each reader holds one, too, as long as it lives.
    living: Arc<()>,
}

/// A thread that reads.
struct Reader {
    tid: Tid,
    wanted: Sender<Wanted>,
    found: Receiver<Vec<u8>>,
}

/// What to read.
struct Wanted {
    tid: Tid,
    address: u64,
    length: usize,
}

impl Bounded {
    /// Reads in this way.
    pub(crate) fn new(read: Read) -> Self {
        Self { read, reader: None, living: Arc::new(()) }
    }

    /// Copies what can be read in time, and tells how many bytes there were.
    pub(crate) fn read(&mut self, tid: Tid, address: u64, buffer: &mut [u8]) -> usize {
        let wanted = Wanted { tid, address, length: buffer.len() };
        let Some(found) = self.reader().and_then(|reader| reader.read(wanted)) else {
            self.reader = None;
            return 0;
        };
        buffer[..found.len()].copy_from_slice(&found);
        found.len()
    }

    /// The reader that is free, or a new one, unless too many are stuck.
    fn reader(&mut self) -> Option<&Reader> {
        if self.reader.is_none() && Arc::strong_count(&self.living) <= READERS {
            self.reader = Reader::start(self.read, Arc::clone(&self.living)).ok();
        }
        self.reader.as_ref()
    }
}

impl Reader {
    /// Starts the thread. It ends when nobody holds the other ends of its channels.
    fn start(read: Read, living: Arc<()>) -> io::Result<Self> {
        let (wanted, requests) = channel::<Wanted>();
        let (answers, found) = channel();
        let (born, tid) = channel();
        // The tracer's signals are for the thread that traces.
        let mask = Mask::block(&Set::all());
        let started = thread::Builder::new().name("reader".to_owned()).stack_size(STACK).spawn(move || {
            let _living = living;
            // Whoever has started it waits for this.
            let _ = born.send(sys::own_tid());
            for Wanted { tid, address, length } in requests {
                let mut bytes = vec![0; length];
                let length = read(tid, address, &mut bytes);
                bytes.truncate(length);
                if answers.send(bytes).is_err() {
                    break;
                }
            }
        });
        mask.restore();
        started?;
        let tid = tid.recv().map_err(io::Error::other)?;
        Ok(Self { tid, wanted, found })
    }

    /// What was found in time.
    fn read(&self, wanted: Wanted) -> Option<Vec<u8>> {
        self.wanted.send(wanted).ok()?;
        for _ in 0..TIMES {
            match self.found.recv_timeout(if end_is_asked() { LIMIT_AT_END } else { LIMIT }) {
                Err(RecvTimeoutError::Timeout) if self.is_running() => {}
                found => return found.ok(),
            }
        }
        None
    }

    /// Whether it does not sleep.
    fn is_running(&self) -> bool {
        proc::status(self.tid).is_some_and(|status| status.state == 'R')
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Condvar, Mutex};

    static SERVED: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

    /// A memory in which address 0 is stuck until it is served.
    fn sticky(_: Tid, address: u64, buffer: &mut [u8]) -> usize {
        let (served, changed) = &SERVED;
        if address == 0 {
            drop(changed.wait_while(served.lock().unwrap(), |served| !*served).unwrap());
        }
        buffer.fill(7);
        buffer.len().min(3)
    }

    #[test]
    fn the_stuck_are_left_behind_and_few() {
        let mut bounded = Bounded::new(sticky);
        let mut buffer = [0; 4];
        assert_eq!((bounded.read(Tid(1), 1, &mut buffer), buffer), (3, [7, 7, 7, 0]));
        for _ in 0..READERS {
            assert_eq!(bounded.read(Tid(1), 0, &mut buffer), 0);
        }
        assert_eq!(bounded.read(Tid(1), 1, &mut buffer), 0, "too many are stuck");
        *SERVED.0.lock().unwrap() = true;
        SERVED.1.notify_all();
        while Arc::strong_count(&bounded.living) > 1 {
            thread::yield_now();
        }
        assert_eq!(bounded.read(Tid(1), 0, &mut buffer), 3);
    }
}
