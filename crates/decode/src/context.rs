//! What a decoder has at hand: the call, the tracee's memory, an arena, the options.

use crate::Value;
use abi::Abi;
use bumpalo::{Bump, collections::Vec};
use std::{
    cell::{Cell, RefCell},
    os::unix::ffi::OsStrExt,
};
use tracer::{Aspect, Call, Detail, Return, Tracee};

/// The size of the unit in which memory is mapped, in bytes: no read crosses more of these than it must.
const PAGE: u64 = 4096;

/// How many bytes are read at a time, once a page could be read.
const PIECE: usize = 64 * 1024;

/// The longest path that the kernel takes, with its NUL (`PATH_MAX`, path_resolution(7)).
pub const PATH_MAX: usize = 4096;

/// How much is fetched and how deep it is looked into.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many bytes of a string or buffer, and how many elements of a list, are shown (`-s`).
    pub limit: usize,
    /// Whether long structures and environments are shortened (`-e abbrev=`; off with `-v`).
    pub abbreviate: bool,
    /// Whether structures are looked into at all (`-e verbose=`).
    pub dereference: bool,
    /// What is looked up of descriptors (`-y`).
    pub descriptors: Descriptors,
    /// Whether the names of the commands of processes are looked up (`-Y`).
    pub commands: bool,
}

/// What is looked up of descriptors (`-y`, `-e decode-fds=`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Descriptors {
    /// What they point to.
    pub paths: bool,
    /// The ends of sockets.
    pub sockets: bool,
    /// The numbers of devices.
    pub devices: bool,
    /// The processes of pidfds.
    pub processes: bool,
    /// The states of eventfds.
    pub events: bool,
    /// The signals of signalfds.
    pub signals: bool,
}

impl Descriptors {
    /// A descriptor of a thread, with what was asked for.
    pub(crate) fn look_up<'a>(self, arena: &'a Bump, tracee: &dyn Tracee, fd: i32) -> Value<'a> {
        let path = if self == Self::default() { None } else { tracee.descriptor(fd) };
        let Some(path) = path else { return Value::Descriptor { fd, target: None, detail: None } };
        let target = path.as_os_str().as_bytes();
        let detail = self.aspect(target).and_then(|aspect| tracee.detail(fd, aspect));
        // A device is shown after its path, whatever was asked for.
        let shown = self.paths || matches!(detail, Some(Detail::Device { .. }));
        let target = shown.then(|| &*arena.alloc_slice_copy(target));
        Value::Descriptor { fd, target, detail: detail.map(|detail| &*arena.alloc(detail)) }
    }

    /// What may be asked about a descriptor that points to this.
    fn aspect(self, target: &[u8]) -> Option<Aspect> {
        let (aspect, wanted) = match target {
            [b's', b'o', b'c', b'k', b'e', b't', b':', ..] => (Aspect::Socket, self.sockets),
            b"anon_inode:[pidfd]" => (Aspect::Process, self.processes),
            b"anon_inode:[eventfd]" => (Aspect::Event, self.events),
            b"anon_inode:[signalfd]" => (Aspect::Signals, self.signals),
            [b'/', ..] if !target.ends_with(DELETED) => (Aspect::Device, self.devices),
            _ => return None,
        };
        wanted.then_some(aspect)
    }
}

/// A process or thread that a tracee knows by this id, with the name of its command if that is `wanted`.
pub(crate) fn process<'a>(arena: &'a Bump, tracee: &dyn Tracee, id: i32, wanted: bool) -> Value<'a> {
    let command = if wanted && id > 0 { tracee.command_of(id) } else { None };
    Value::Process { id, command: command.map(|command| &*arena.alloc(command)) }
}

/// How the kernel marks the path of a file that has none any more (proc(5)).
const DELETED: &[u8] = b" (deleted)";

impl Default for Options {
    fn default() -> Self {
        Self { limit: 32, abbreviate: true, dereference: true, descriptors: Descriptors::default(), commands: false }
    }
}

/// What a call's entry left for its exit, small numbers by key.
#[derive(Debug, Default, Clone)]
pub struct Saved(std::vec::Vec<(u32, u64)>);

impl Saved {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// How much decoding one event may still read. Lists of lists, each element of which leads to the same long list,
/// would be read again and again.
#[derive(Debug)]
pub struct Budget {
    reads: Cell<u32>,
    bytes: Cell<u64>,
}

impl Budget {
    /// More than any call needs whose strings are shown up to `limit` bytes: the longest argument list has fewer
    /// strings.
    pub const fn new(limit: usize) -> Self {
        Self { reads: Cell::new(1 << 18), bytes: Cell::new((1 << 25) + 2 * limit as u64) }
    }

    /// Takes a read of so many bytes off; tells whether it is allowed.
    fn allows(&self, bytes: usize) -> bool {
        let reads = self.reads.get().checked_sub(1);
        let bytes = self.bytes.get().checked_sub(bytes as u64);
        let (Some(reads), Some(bytes)) = (reads, bytes) else { return false };
        self.reads.set(reads);
        self.bytes.set(bytes);
        true
    }
}

/// The context of one decoding: a call at its entry or at its exit.
pub struct Cx<'a> {
    /// Where values live until the call is done.
    pub arena: &'a Bump,
    /// The thread that makes the call.
    pub tracee: &'a dyn Tracee,
    /// The call.
    pub call: Call,
    /// Its result, at the exit.
    pub ret: Option<Return>,
    /// How much is shown.
    pub options: Options,
    /// What the entry left.
    pub saved: &'a RefCell<Saved>,
    /// The name of the interrupted call that a restart_syscall(2) goes on with, where it was seen.
    pub interrupted: Option<&'a str>,
    /// How much may still be read; what lies beyond counts as unreadable.
    pub budget: Budget,
}

impl<'a> Cx<'a> {
    /// The personality of the call.
    pub fn abi(&self) -> Abi {
        self.call.abi
    }

    /// An argument word; 0 beyond the sixth.
    pub fn arg(&self, index: usize) -> u64 {
        self.call.args.get(index).copied().unwrap_or(0)
    }

    /// Whether the call is at its entry.
    pub fn entering(&self) -> bool {
        self.ret.is_none()
    }

    /// Whether the call has come back with an error.
    pub fn failed(&self) -> bool {
        self.ret.is_some_and(|r| r.failed)
    }

    /// The result word; 0 at the entry.
    pub fn result(&self) -> i64 {
        self.ret.map_or(0, |r| r.value)
    }

    /// Keeps a number from the entry for the exit. Keys below 256 are argument indices; a kind that keeps more uses
    /// `index + 256 * n`.
    pub fn save(&self, key: u32, value: u64) {
        self.saved.borrow_mut().0.push((key, value));
    }

    /// What [`Cx::save`] kept.
    pub fn saved(&self, key: u32) -> Option<u64> {
        self.saved.borrow().0.iter().rev().find(|(k, _)| *k == key).map(|(_, v)| *v)
    }

    /// Reads memory, within the budget.
    pub(crate) fn fetch(&self, address: u64, buffer: &mut [u8]) -> usize {
        if self.budget.allows(buffer.len()) { self.tracee.read(address, buffer) } else { 0 }
    }

    /// As many of `length` bytes as can be read. What is allocated depends on what is there, not on what is asked for.
    pub fn read_some(&self, address: u64, length: usize) -> &'a [u8] {
        if length <= PAGE as usize {
            let buffer = self.arena.alloc_slice_fill_default(length);
            let count = self.fetch(address, buffer);
            return &buffer[..count.min(length)];
        }
        let mut all = Vec::new_in(self.arena);
        let mut piece = PAGE as usize;
        while all.len() < length {
            let (start, want) = (all.len(), piece.min(length - all.len()));
            all.resize(start + want, 0);
            let count = self.fetch(address.wrapping_add(start as u64), &mut all[start..]).min(want);
            all.truncate(start + count);
            if count < want {
                break;
            }
            piece = PIECE;
        }
        all.into_bump_slice()
    }

    /// All of `length` bytes, or nothing.
    pub fn read(&self, address: u64, length: usize) -> Option<&'a [u8]> {
        let bytes = self.read_some(address, length);
        (bytes.len() == length).then_some(bytes)
    }

    /// A little-endian number of 1, 2, 4 or 8 bytes, zero-extended.
    pub fn number(&self, address: u64, size: usize) -> Option<u64> {
        let mut raw = [0; 8];
        let part = raw.get_mut(..size)?;
        (self.fetch(address, part) == size).then(|| u64::from_le_bytes(raw))
    }

    /// A pointer-sized word of the call's personality.
    pub fn word(&self, address: u64) -> Option<u64> {
        self.number(address, self.abi().pointer_size())
    }

    /// A NUL-terminated string without its NUL, at most `max` bytes of it, and whether there is more.
    /// `None` when a byte before the NUL and before `max` cannot be read. Reads no further than the
    /// page in which the NUL lies.
    pub fn string(&self, address: u64, max: usize) -> Option<(&'a [u8], bool)> {
        if address == 0 {
            return None;
        }
        let mut bytes = Vec::new_in(self.arena);
        let mut at = address;
        // One byte beyond `max` tells whether the string ends there.
        while bytes.len() <= max {
            let room = (PAGE - at % PAGE) as usize;
            let want = room.min(max + 1 - bytes.len()).min(256);
            let piece = self.read_some(at, want);
            if let Some(end) = piece.iter().position(|b| *b == 0) {
                bytes.extend_from_slice(&piece[..end]);
                let more = bytes.len() > max;
                bytes.truncate(max);
                return Some((bytes.into_bump_slice(), more));
            }
            bytes.extend_from_slice(piece);
            if piece.len() < want {
                return None;
            }
            at = at.wrapping_add(want as u64);
        }
        bytes.truncate(max);
        Some((bytes.into_bump_slice(), true))
    }

    /// A list to be filled, in the arena.
    pub fn list<T>(&self) -> Vec<'a, T> {
        Vec::new_in(self.arena)
    }

    /// Puts a value into the arena.
    pub fn put<T: Copy>(&self, value: T) -> &'a T {
        self.arena.alloc(value)
    }

    /// Puts a slice into the arena.
    pub fn slice<T: Copy>(&self, items: &[T]) -> &'a [T] {
        self.arena.alloc_slice_copy(items)
    }

    /// Formats into the arena, for comments.
    pub fn format(&self, text: std::fmt::Arguments<'_>) -> &'a str {
        self.arena.alloc_str(&text.to_string())
    }

    /// A descriptor, with what it points to where that was asked for.
    pub fn descriptor(&self, fd: i32) -> Value<'a> {
        self.options.descriptors.look_up(self.arena, self.tracee, fd)
    }

    /// A process or thread, with the name of its command where that was asked for.
    pub fn process(&self, id: i32) -> Value<'a> {
        process(self.arena, self.tracee, id, self.options.commands)
    }

    /// `NULL`, or an address that is not looked into.
    pub fn address(&self, address: u64) -> Value<'a> {
        if address == 0 { Value::Address(0) } else { Value::Unreadable(address) }
    }
}
