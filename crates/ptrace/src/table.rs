//! The threads that are traced, and how the news of their births and ends fit together, in whatever order they come.
//!
//! A thread's first stop, or even its end, can come before the event that tells who made it; and that event never
//! comes where the maker was killed before. Until it comes, or has had its time, the thread is unclaimed.

use crate::machine::{self, Phase};
use crate::stop::{Death, Kept};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::time::{Duration, Instant};
use tracer::Tid;

/// How long the event that tells of a birth may come after the child's first stop or end. The maker is woken at once,
/// but a machine may be busy; and all that a late event can tell then is who the maker was.
const GRACE: Duration = Duration::from_millis(200);

/// What the news of a birth meets.
#[derive(Debug)]
pub(crate) enum Birth {
    /// The child has not been seen, or was told of before: nothing is to be done.
    Awaited,
    /// The child stands in its first stop, which is to be answered now.
    Stopped(Kept),
    /// The child has ended already.
    Over(Death),
}

/// Somebody of whom no event has told in time.
#[derive(Debug)]
pub(crate) enum Unclaimed {
    /// Who stands in its first stop, which is to be answered now.
    Stopped(Tid, Kept),
    /// Who has ended already.
    Over(Tid, Death),
}

/// What is known of a thread.
#[derive(Debug)]
pub(crate) struct Thread {
    /// Where it is.
    pub(crate) phase: Phase,
    /// Whether our filter is known to be in effect for it.
    pub(crate) filtered: bool,
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
        Self { phase, filtered: false, stopped: false, parent: None, pid: Cell::new(None), kept: None, system_time: 0 }
    }
}

/// All threads, in the order of their ids, and deaths that came before the news of the birth.
#[derive(Debug, Default)]
pub(crate) struct Table {
    threads: BTreeMap<Tid, Thread>,
    early_deaths: BTreeMap<Tid, Death>,
    /// Who is unclaimed, and since when.
    unclaimed: BTreeMap<Tid, Instant>,
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

    /// A thread has made a child.
    pub(crate) fn made(&mut self, child: Tid, parent: Tid) -> Birth {
        self.unclaimed.remove(&child);
        if let Some(death) = self.early_deaths.remove(&child) {
            return Birth::Over(death);
        }
        let filtered = self.get(parent).is_some_and(|parent| parent.filtered);
        let thread = self.threads.entry(child).or_insert_with(|| Thread::new(Phase::Newborn));
        thread.parent = Some(parent);
        // Filters are inherited, always.
        thread.filtered |= filtered;
        let first_stop = if thread.phase == Phase::Parked { thread.kept.take() } else { None };
        first_stop.map_or(Birth::Awaited, Birth::Stopped)
    }

    /// Adds a thread that nobody has told of, at its first stop. Whoever had its id has ended.
    pub(crate) fn add_stranger(&mut self, tid: Tid, phase: Phase) -> Option<Death> {
        self.insert(tid, Thread::new(phase));
        self.unclaimed.insert(tid, Instant::now());
        self.early_deaths.remove(&tid)
    }

    /// Remembers that a thread that nobody has told of has ended.
    pub(crate) fn ended_early(&mut self, tid: Tid, death: Death) {
        self.early_deaths.insert(tid, death);
        self.unclaimed.insert(tid, Instant::now());
    }

    /// The thread that called execve as `former` has the id `tid` now, its process's own. Tells whether another thread
    /// had that id.
    pub(crate) fn took_over(&mut self, tid: Tid, former: Tid) -> bool {
        if former == tid {
            return false;
        }
        let superseded = self.remove(tid).is_some();
        let mut thread = self.remove(former).unwrap_or_else(|| Thread::new(Phase::Outside));
        thread.pid.set(Some(tid));
        // Whoever has called execve does not stand where it stood.
        thread.kept = None;
        self.insert(tid, thread);
        superseded
    }

    /// Whether somebody is unclaimed.
    pub(crate) fn has_unclaimed(&self) -> bool {
        !self.unclaimed.is_empty()
    }

    /// Those who have been unclaimed for too long at this time, with `all` whoever is unclaimed.
    pub(crate) fn take_unclaimed(&mut self, now: Instant, all: bool) -> Vec<Unclaimed> {
        let late = |since: &Instant| all || now.saturating_duration_since(*since) > GRACE;
        let tids: Vec<Tid> = self.unclaimed.iter().filter(|(_, since)| late(since)).map(|(&tid, _)| tid).collect();
        tids.into_iter().filter_map(|tid| self.take_one(tid)).collect()
    }

    /// Whoever it was, if that is still unclaimed.
    fn take_one(&mut self, tid: Tid) -> Option<Unclaimed> {
        self.unclaimed.remove(&tid);
        if let Some(death) = self.early_deaths.remove(&tid) {
            return Some(Unclaimed::Over(tid, death));
        }
        let thread = self.threads.get_mut(&tid).filter(|thread| thread.phase == Phase::Parked)?;
        thread.kept.take().map(|first| Unclaimed::Stopped(tid, first))
    }
}
