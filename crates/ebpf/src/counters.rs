//! The numbers that the programs and this process share.

use crate::layout::counters;
use crate::mapping::Mapping;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU64, Ordering};

/// The counters, as they are at any moment.
pub(crate) struct Counters(Mapping);

impl Counters {
    /// Maps them.
    pub(crate) fn new(map: &OwnedFd) -> io::Result<Self> {
        Mapping::new(map, libc::PROT_READ | libc::PROT_WRITE, 0, counters::SIZE as usize).map(Self)
    }

    fn at(&self, place: u32) -> &AtomicU64 {
        // SAFETY: the mapping is longer than `counters::SIZE`, its words are aligned, and both sides change them
        // atomically.
        unsafe { &*self.0.start.add(place as usize).cast() }
    }

    /// So many more threads are asked for.
    pub(crate) fn ask(&self, count: u64) {
        self.at(counters::LIVE).fetch_add(count, Ordering::SeqCst);
        self.at(counters::PENDING).fetch_add(count, Ordering::SeqCst);
    }

    /// One of them is asked for no more.
    pub(crate) fn forget(&self) {
        self.at(counters::PENDING).fetch_sub(1, Ordering::SeqCst);
        self.at(counters::LIVE).fetch_sub(1, Ordering::SeqCst);
    }

    /// Says by which execve the command begins: its first two arguments.
    pub(crate) fn set_first(&self, [first, second]: [u64; 2]) {
        self.at(counters::FIRST).store(first, Ordering::SeqCst);
        self.at(counters::SECOND).store(second, Ordering::SeqCst);
    }

    /// How many threads are traced, or asked for.
    pub(crate) fn live(&self) -> u64 {
        self.at(counters::LIVE).load(Ordering::SeqCst)
    }

    /// How many records were lost.
    pub(crate) fn lost(&self) -> u64 {
        self.at(counters::LOST).load(Ordering::SeqCst)
    }

    /// How often a thread was to be traced and found no room.
    pub(crate) fn crowded(&self) -> u64 {
        self.at(counters::CROWDED).load(Ordering::SeqCst)
    }

    /// How many records found no room in the ring and were kept elsewhere.
    pub(crate) fn kept(&self) -> u64 {
        self.at(counters::KEPT).load(Ordering::SeqCst)
    }
}
