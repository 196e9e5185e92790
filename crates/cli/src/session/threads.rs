//! The threads that are being traced.

use super::thread::Thread;
use std::collections::HashMap;
use tracer::Tid;

/// The threads by id, and how many were taken hold of that nothing has been heard of yet.
#[derive(Default)]
pub struct Threads {
    known: HashMap<Tid, Thread>,
    silent: usize,
}

impl Threads {
    /// How many threads are traced.
    pub fn count(&self) -> usize {
        self.known.len() + self.silent
    }

    /// What is known of a thread; a thread that is heard of for the first time was a silent one, if there are any.
    pub fn entry(&mut self, tid: Tid) -> &mut Thread {
        let silent = &mut self.silent;
        self.known.entry(tid).or_insert_with(|| {
            *silent = silent.saturating_sub(1);
            Thread::default()
        })
    }

    /// A process was taken hold of.
    pub fn attach(&mut self, leader: Tid, threads: usize) {
        self.known.entry(leader).or_default();
        self.silent += threads.saturating_sub(1);
    }

    /// A thread was born.
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
        let thread = self.known.remove(&tid);
        if thread.is_none() {
            self.silent = self.silent.saturating_sub(1);
        }
        thread
    }

    /// A thread goes on under another id.
    pub fn rename(&mut self, former: Tid, tid: Tid) {
        if let Some(thread) = self.known.remove(&former) {
            self.known.insert(tid, thread);
        }
    }
}
