//! The threads that are being traced.

use super::thread::Thread;
use std::collections::HashMap;
use tracer::Tid;

/// The threads by id.
pub struct Threads {
    known: HashMap<Tid, Thread>,
    /// Whether a command was started that nothing has been heard of yet.
    awaited: bool,
}

impl Threads {
    /// None yet; `command` tells whether one will come that nobody announces. (From aside, the tracer attaches to it.)
    pub fn new(command: bool) -> Self {
        Self { known: HashMap::new(), awaited: command }
    }

    /// How many threads are traced.
    pub fn count(&self) -> usize {
        self.known.len() + usize::from(self.awaited)
    }

    /// What is known of a thread. One that was not announced is the command's.
    pub fn entry(&mut self, tid: Tid) -> &mut Thread {
        let awaited = &mut self.awaited;
        self.known.entry(tid).or_insert_with(|| {
            *awaited = false;
            Thread::default()
        })
    }

    /// A thread was born or taken hold of.
    pub fn add(&mut self, tid: Tid) {
        self.known.entry(tid).or_default();
    }

    /// What is known of a thread, if anything.
    pub fn get(&self, tid: Tid) -> Option<&Thread> {
        self.known.get(&tid)
    }

    /// What is known of a thread, if anything.
    pub fn get_mut(&mut self, tid: Tid) -> Option<&mut Thread> {
        self.known.get_mut(&tid)
    }

    /// The thread is gone.
    pub fn remove(&mut self, tid: Tid) -> Option<Thread> {
        self.known.remove(&tid)
    }

    /// A thread goes on under another id.
    pub fn rename(&mut self, former: Tid, tid: Tid) {
        if let Some(thread) = self.known.remove(&former) {
            self.known.insert(tid, thread);
        }
    }
}
