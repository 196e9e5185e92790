//! The threads that are traced.

use crate::machine::{self, Phase};
use crate::stop::{Death, Kept};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Bound;
use tracer::Tid;

/// What is known of a thread.
#[derive(Debug)]
pub(crate) struct Thread {
    /// Where it is.
    pub(crate) phase: Phase,
    /// Whether it takes part in a group-stop.
    pub(crate) stopped: bool,
    /// Whose call made it.
    pub(crate) parent: Option<Tid>,
    /// Its process, once somebody has asked.
    pub(crate) pid: Cell<Option<Tid>>,
    /// Its stop, where that is to be answered later.
    pub(crate) kept: Option<Kept>,
    /// The system time that its process had used as its call began.
    pub(crate) system_time: u64,
}

impl Thread {
    /// A thread that nothing but the phase is known of.
    pub(crate) const fn new(phase: Phase) -> Self {
        Self { phase, stopped: false, parent: None, pid: Cell::new(None), kept: None, system_time: 0 }
    }
}

/// All threads, in the order of their ids, and deaths that came before the news of the birth.
#[derive(Debug, Default)]
pub(crate) struct Table {
    threads: BTreeMap<Tid, Thread>,
    early_deaths: BTreeMap<Tid, Death>,
    cursor: Option<Tid>,
}

impl Table {
    /// A thread.
    pub(crate) fn get(&self, tid: Tid) -> Option<&Thread> {
        self.threads.get(&tid)
    }

    /// A thread, to be changed.
    pub(crate) fn get_mut(&mut self, tid: Tid) -> Option<&mut Thread> {
        self.threads.get_mut(&tid)
    }

    /// Adds a thread, or replaces what was known of its id.
    pub(crate) fn insert(&mut self, tid: Tid, thread: Thread) {
        self.threads.insert(tid, thread);
    }

    /// Forgets a thread.
    pub(crate) fn remove(&mut self, tid: Tid) -> Option<Thread> {
        self.threads.remove(&tid)
    }

    /// Whether nothing is traced any more.
    pub(crate) fn is_empty(&self) -> bool {
        self.threads.is_empty()
    }

    /// Whether this is the only thread.
    pub(crate) fn is_alone(&self) -> bool {
        self.threads.len() == 1
    }

    /// The ids of all threads.
    pub(crate) fn tids(&self) -> Vec<Tid> {
        self.threads.keys().copied().collect()
    }

    /// The threads that must be interrupted to be let go of.
    pub(crate) fn running(&self) -> Vec<Tid> {
        self.threads.iter().filter(|(_, thread)| machine::is_running(thread.phase)).map(|(&tid, _)| tid).collect()
    }

    /// The threads whose stops were kept for later.
    pub(crate) fn kept(&self) -> Vec<Tid> {
        self.threads.iter().filter(|(_, thread)| thread.kept.is_some()).map(|(&tid, _)| tid).collect()
    }

    /// Whether a process has traced threads besides its leader.
    pub(crate) fn has_sub_threads(&self, leader: Tid) -> bool {
        self.threads.iter().any(|(&tid, thread)| tid != leader && thread.pid.get() == Some(leader))
    }

    /// The next `count` threads in turn.
    pub(crate) fn turn(&mut self, count: usize) -> Vec<Tid> {
        let from = self.cursor.map_or(Bound::Unbounded, Bound::Excluded);
        let next: Vec<Tid> = self.threads.range((from, Bound::Unbounded)).take(count).map(|(&tid, _)| tid).collect();
        self.cursor = next.last().copied().filter(|_| next.len() == count);
        next
    }

    /// Remembers that a thread that nobody has told of has ended.
    pub(crate) fn ended_early(&mut self, tid: Tid, death: Death) {
        self.early_deaths.insert(tid, death);
    }

    /// The death that came before the birth of this thread.
    pub(crate) fn take_early_death(&mut self, tid: Tid) -> Option<Death> {
        self.early_deaths.remove(&tid)
    }
}
