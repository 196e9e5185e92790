//! A stopped thread's memory, a page at a time.

use crate::detail;
use crate::network;
use crate::proc;
use crate::reader::Reader;
use crate::stop::Halted;
use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use tracer::{Aspect, CommandName, Detail, Files, Memory, Tid, Tracee};

/// The size of the pieces that are kept. Memory is readable or not by such pieces.
const PAGE: usize = 4096;

/// How many pages are kept for one stop.
const KEPT: usize = 16;

/// A read of this many bytes goes past the pages straight into the reader's buffer.
const LARGE: usize = 2 * PAGE;

/// The pages that were read at this stop. A call's arguments lie close together, so most reads are answered
/// from here; the kernel is asked for a whole page each time, which costs what a few bytes cost.
pub(crate) struct Pages {
    reader: Reader,
    kept: Vec<Page>,
    used: usize,
    next: usize,
}

/// One page; `length` bytes of it can be read (all or none).
struct Page {
    address: u64,
    length: usize,
    bytes: Box<[u8; PAGE]>,
}

impl Pages {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self { reader: Reader::new(), kept: Vec::new(), used: 0, next: 0 }
    }

    /// Forgets all; to be called at each new stop.
    pub(crate) const fn forget(&mut self) {
        self.used = 0;
        self.next = 0;
    }

    /// How memory is read.
    pub(crate) const fn reader(&mut self) -> &mut Reader {
        &mut self.reader
    }

    /// Reads the pages of several addresses in one go, up to the first that cannot be read.
    fn gather(&mut self, tid: Tid, addresses: &[u64]) {
        let first = self.used;
        if self.next != first || first + addresses.len() >= KEPT {
            return;
        }
        for address in addresses {
            let page = address - address % PAGE as u64;
            if page > 0 && !self.kept[..self.used].iter().any(|kept| kept.address == page) {
                let at = self.slot();
                (self.kept[at].address, self.kept[at].length) = (page, PAGE);
            }
        }
        let pages = self.kept[first..self.used].iter_mut().map(|page| (page.address, &mut page.bytes[..]));
        let got = if pages.len() > 1 { self.reader.read_pieces(tid, pages) } else { 0 };
        self.used = first + got / PAGE;
        self.next = self.used;
    }

    /// The page at this (aligned) address.
    fn page(&mut self, tid: Tid, address: u64) -> &Page {
        if let Some(at) = self.kept[..self.used].iter().position(|page| page.address == address) {
            return &self.kept[at];
        }
        let at = self.slot();
        let page = &mut self.kept[at];
        page.address = address;
        page.length = self.reader.read(tid, address, &mut page.bytes[..]);
        page
    }

    /// The place for a page: a new one, or the one that was filled longest ago.
    fn slot(&mut self) -> usize {
        let at = self.next;
        self.next = (at + 1) % KEPT;
        self.used = self.used.max(at + 1);
        if at == self.kept.len() {
            self.kept.push(Page { address: 0, length: 0, bytes: Box::new([0; PAGE]) });
        }
        at
    }

    /// Copies from the pages.
    fn copy(&mut self, tid: Tid, address: u64, buffer: &mut [u8]) -> usize {
        let last = address.saturating_add((buffer.len() as u64).saturating_sub(1));
        self.gather(tid, &[address, last]);
        let mut done = 0;
        while done < buffer.len() {
            let Some(from) = address.checked_add(done as u64) else {
                break;
            };
            let inside = (from % PAGE as u64) as usize;
            let page = self.page(tid, from - inside as u64);
            let Some(bytes) = page.bytes[..page.length].get(inside..).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            let length = bytes.len().min(buffer.len() - done);
            buffer[done..done + length].copy_from_slice(&bytes[..length]);
            done += length;
        }
        done
    }
}

/// A stopped thread, to be looked into.
pub(crate) struct Look<'a> {
    /// The proof that it stands still.
    pub(crate) halted: &'a Halted,
    /// Its process, once somebody has asked.
    pub(crate) pid: &'a Cell<Option<Tid>>,
    /// What was read at this stop.
    pub(crate) pages: &'a RefCell<Pages>,
}

impl Memory for Look<'_> {
    fn read(&self, address: u64, buffer: &mut [u8]) -> usize {
        let tid = self.halted.tid();
        if buffer.len() >= LARGE {
            return self.pages.borrow_mut().reader.read(tid, address, buffer);
        }
        self.pages.borrow_mut().copy(tid, address, buffer)
    }
}

impl Tracee for Look<'_> {
    fn tid(&self) -> Tid {
        self.halted.tid()
    }

    fn pid(&self) -> Tid {
        process_of(self.tid(), self.pid)
    }

    fn expect(&self, addresses: &[u64]) {
        self.pages.borrow_mut().gather(self.tid(), addresses);
    }

    fn descriptor(&self, fd: i32) -> Option<PathBuf> {
        Proc.descriptor(self.tid(), fd)
    }

    fn directory(&self) -> Option<PathBuf> {
        Proc.directory(self.tid())
    }

    fn interface(&self, index: u32) -> Option<String> {
        Proc.interface(index)
    }

    fn detail(&self, fd: i32, aspect: Aspect) -> Option<Detail> {
        Proc.detail(self.tid(), fd, aspect)
    }

    fn netlink(&self, fd: i32) -> Option<u32> {
        Proc.netlink(self.tid(), fd)
    }

    fn command(&self) -> Option<CommandName> {
        tracer::command(self.tid())
    }

    fn command_of(&self, id: i32) -> Option<CommandName> {
        tracer::command_of(self.tid(), id)
    }
}

/// What `/proc` and the network say of descriptors.
#[derive(Clone, Copy, Debug)]
pub struct Proc;

impl Files for Proc {
    fn descriptor(&self, tid: Tid, fd: i32) -> Option<PathBuf> {
        std::fs::read_link(format!("/proc/{tid}/fd/{fd}")).ok()
    }

    fn directory(&self, tid: Tid) -> Option<PathBuf> {
        std::fs::read_link(format!("/proc/{tid}/cwd")).ok()
    }

    fn interface(&self, index: u32) -> Option<String> {
        network::interface(index)
    }

    fn detail(&self, tid: Tid, fd: i32, aspect: Aspect) -> Option<Detail> {
        detail::detail(tid, fd, aspect)
    }

    fn netlink(&self, tid: Tid, fd: i32) -> Option<u32> {
        network::netlink(tid, fd)
    }
}

/// A thread that has ended or was let go of: nothing can be looked into.
pub(crate) struct Gone {
    /// Its id.
    pub(crate) tid: Tid,
    /// Its process.
    pub(crate) pid: Tid,
}

impl Memory for Gone {
    fn read(&self, _address: u64, _buffer: &mut [u8]) -> usize {
        0
    }
}

impl Tracee for Gone {
    fn tid(&self) -> Tid {
        self.tid
    }

    fn pid(&self) -> Tid {
        self.pid
    }

    fn descriptor(&self, _fd: i32) -> Option<PathBuf> {
        None
    }

    fn directory(&self) -> Option<PathBuf> {
        None
    }
}

/// The process of a thread, remembered in `known`. A thread that is gone already counts as its own.
pub(crate) fn process_of(tid: Tid, known: &Cell<Option<Tid>>) -> Tid {
    known.get().unwrap_or_else(|| {
        let pid = proc::status(tid).map_or(tid, |status| status.pid);
        known.set(Some(pid));
        pid
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_pages_are_read_at_once_up_to_the_first_that_cannot_be() {
        /// Below whatever a process may map (`vm.mmap_min_addr`).
        const NOBODY_S: u64 = PAGE as u64;
        let me = Tid(std::process::id() as i32);
        let (ones, twos) = (vec![1_u8; 2 * PAGE], vec![2_u8; 2 * PAGE]);
        let (one, two) = (ones.as_ptr() as u64, twos.as_ptr() as u64);
        let mut pages = Pages::new();
        pages.gather(me, &[one, NOBODY_S, two]);
        assert_eq!(pages.used, 1);
        let mut buffer = [0; 4];
        assert_eq!((pages.copy(me, two, &mut buffer), buffer), (4, [2; 4]));
        assert_eq!(pages.copy(me, NOBODY_S, &mut buffer), 0);
        pages.forget();
        pages.gather(me, &[0, one, two, one + 1]);
        assert_eq!(pages.used, 2);
        assert_eq!((pages.copy(me, one, &mut buffer), buffer), (4, [1; 4]));
    }

    #[test]
    fn what_lies_across_pages_is_read_as_a_whole() {
        let me = Tid(std::process::id() as i32);
        let bytes: Vec<u8> = (0..4 * PAGE).map(|at| at as u8).collect();
        let start = bytes.as_ptr() as u64;
        let across = start.next_multiple_of(PAGE as u64) + PAGE as u64 - 2;
        let (mut pages, mut buffer) = (Pages::new(), [0; 4]);
        assert_eq!(pages.copy(me, across, &mut buffer), 4);
        let at = (across - start) as usize;
        assert_eq!((pages.used, &buffer[..]), (2, &bytes[at..at + 4]));
    }
}
