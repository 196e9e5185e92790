//! What is loaded into the kernel: maps and programs. All of it goes with its descriptors, however this process ends.

use crate::btf;
use crate::counters::Counters;
use crate::layout::{KEPT_BACK, counters, head, op, scratch, sums, thread};
use crate::mapping::Mapping;
use crate::outcome::Error;
use crate::plan::Plans;
use crate::programs::{Maps, Probe};
use crate::record::{self, Record, number};
use crate::ring::Ring;
use crate::sys;
use crate::uapi;
use abi::Abi;
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::path::Path;
use tracer::{Durations, Sums, Tid};

/// How many records that found no room are kept at once.
const KEPT: u32 = 1 << 12;

/// How many sorts of calls are counted on each CPU.
const COUNTED: u32 = 1 << 10;

/// The maps.
pub(crate) struct Kernel {
    threads: OwnedFd,
    asked: OwnedFd,
    counted: OwnedFd,
    counters: Counters,
    kept_back: OwnedFd,
    sums: OwnedFd,
    kept: OwnedFd,
    /// How many kept records were taken.
    taken: u64,
    roots: OwnedFd,
    ops: OwnedFd,
    cases: OwnedFd,
    scratch: OwnedFd,
    ring: OwnedFd,
    types: OwnedFd,
    links: Vec<OwnedFd>,
    /// How many threads there is room for.
    room: u32,
    /// The cgroup whose members are traced.
    cgroup: Option<OwnedFd>,
}

/// A program in the kernel, and the tracepoint that it is for.
pub(crate) struct Loaded {
    tracepoint: &'static str,
    program: OwnedFd,
}

impl Kernel {
    /// Makes the maps, with room for so many threads. The ring's size in bytes is a power of two and a multiple of a page.
    pub(crate) fn new(plans: &Plans, threads: u32, ring: u32) -> Result<Self, Error> {
        let map = |kind, key, value, entries| sys::map(kind, key, value, entries).map_err(refused);
        let sparse = |key, value, entries| sys::sparse(key, value, entries).map_err(refused);
        let steps = plans.ops.len().max(1) as u32;
        let cases = u32::try_from(plans.cases.len()).unwrap_or(u32::MAX).max(1);
        let counted = sys::shared(counters::SIZE, 1).map_err(refused)?;
        let kernel = Self {
            counters: Counters::new(&counted).map_err(Error::system("mmap"))?,
            counted,
            kept_back: sparse(8, KEPT_BACK as u32, threads)?,
            sums: sparse(sums::KEY as u32, sums::SIZE as u32, COUNTED * sys::cpus())?,
            kept: sparse(8, head::SIZE as u32, KEPT)?,
            taken: 0,
            threads: sparse(8, thread::SIZE as u32, threads)?,
            asked: sparse(4, 4, threads)?,
            roots: map(uapi::ARRAY, 4, 4 * plans.roots.len().max(1) as u32, 1)?,
            ops: sys::shared(op::SIZE as u32, steps).map_err(refused)?,
            cases: map(uapi::HASH, 8, 4, cases)?,
            scratch: map(uapi::ARRAY, 4, scratch::SIZE as u32, sys::cpus())?,
            ring: sys::map(uapi::RING, 0, 0, ring).map_err(|error| match error.raw_os_error() {
                Some(libc::EINVAL) => Error::Kernel("a ring buffer (Linux 5.8), whose size is a power of two"),
                _ => refused(error),
            })?,
            types: sys::types(&btf::types()).map_err(Error::system("bpf(BPF_BTF_LOAD)"))?,
            links: Vec::new(),
            room: threads,
            cgroup: None,
        };
        kernel.fill(plans).map_err(Error::system("bpf(BPF_MAP_UPDATE_BATCH)"))?;
        Ok(kernel)
    }

    /// Writes the plans into the maps.
    fn fill(&self, plans: &Plans) -> io::Result<()> {
        let roots: Vec<u8> = plans.roots.iter().flat_map(|root| root.to_le_bytes()).collect();
        if !roots.is_empty() {
            sys::update(&self.roots, &[0; 4], &roots)?;
        }
        let steps = plans.ops.as_flattened();
        Mapping::new(&self.ops, libc::PROT_READ | libc::PROT_WRITE, 0, steps.len().max(1))?.write(steps);
        // Of equal keys the first one counts.
        let (keys, values): (Vec<u64>, Vec<u32>) = plans.cases.iter().rev().copied().unzip();
        sys::update_all(&self.cases, &keys, &values)
    }

    /// Their descriptors.
    pub(crate) fn maps(&self) -> Maps {
        Maps {
            threads: self.threads.as_raw_fd(),
            asked: self.asked.as_raw_fd(),
            counters: self.counted.as_raw_fd(),
            kept_back: self.kept_back.as_raw_fd(),
            sums: self.sums.as_raw_fd(),
            kept: self.kept.as_raw_fd(),
            roots: self.roots.as_raw_fd(),
            ops: self.ops.as_raw_fd(),
            cases: self.cases.as_raw_fd(),
            scratch: self.scratch.as_raw_fd(),
            ring: self.ring.as_raw_fd(),
        }
    }

    /// The descriptor of a map that holds a cgroup, for the programs to ask who is in it.
    pub(crate) fn cgroup(&mut self, folder: &Path) -> Result<i32, Error> {
        let trouble = |source: io::Error| Error::Cgroup(folder.to_owned(), source);
        let opened = File::open(folder).map_err(trouble)?;
        let map = sys::map(uapi::CGROUPS, 4, 4, 1).map_err(refused)?;
        let descriptor = opened.as_raw_fd().to_le_bytes();
        sys::update(&map, &[0; 4], &descriptor).map_err(|error| match error.raw_os_error() {
            Some(libc::EBADF | libc::EINVAL) => trouble(io::Error::other("not a directory of cgroup v2")),
            _ => trouble(error),
        })?;
        Ok(self.cgroup.insert(map).as_raw_fd())
    }

    /// Loads a program.
    pub(crate) fn load(&self, Probe { tracepoint, program }: &Probe) -> Result<Loaded, Error> {
        let program = sys::load(program, &self.types).map_err(|source| Error::Program { tracepoint, source })?;
        Ok(Loaded { tracepoint, program })
    }

    /// Lets a program run for as long as the link is held.
    pub(crate) fn link(&self, Loaded { tracepoint, program }: &Loaded) -> Result<OwnedFd, Error> {
        sys::attach(tracepoint, program).map_err(|source| Error::Program { tracepoint, source })
    }

    /// Lets programs run for as long as this lives.
    pub(crate) fn attach(&mut self, programs: Vec<Loaded>) -> Result<(), Error> {
        for program in programs {
            self.links.push(self.link(&program)?);
        }
        Ok(())
    }

    /// Lets no program run any more.
    pub(crate) fn detach(&mut self) {
        self.links.clear();
    }

    /// Asks for threads.
    pub(crate) fn ask(&self, tids: &[Tid]) -> Result<(), Error> {
        self.name(tids, thread::ANNOUNCED)
    }

    /// Says by which execve the command begins: its first two arguments. It is what this process forks.
    pub(crate) fn expect_command(&self, first: [u64; 2]) {
        self.counters.set_first(first);
    }

    /// Asks for nothing to be told of threads and their children.
    pub(crate) fn exclude(&self, tids: &[Tid]) -> Result<(), Error> {
        self.name(tids, thread::ANNOUNCED | thread::EXCLUDED)
    }

    /// Says which flags threads begin with.
    fn name(&self, tids: &[Tid], flags: i32) -> Result<(), Error> {
        for tid in tids {
            let named = sys::update(&self.asked, &tid.0.to_le_bytes(), &flags.to_le_bytes());
            named.map_err(Error::system("bpf(BPF_MAP_UPDATE_ELEM)"))?;
        }
        self.counters.ask(tids.len() as u64);
        Ok(())
    }

    /// Takes back the asking for a thread that was not met; whether that could be done.
    pub(crate) fn forget(&self, tid: Tid) -> bool {
        let forgotten = sys::delete(&self.asked, &tid.0.to_le_bytes()).is_ok();
        if forgotten {
            self.counters.forget();
        }
        forgotten
    }

    /// How many threads are traced, or asked for.
    pub(crate) fn live(&self) -> u64 {
        self.counters.live()
    }

    /// How many records were lost.
    pub(crate) fn lost(&self) -> u64 {
        self.counters.lost()
    }

    /// How often a thread was to be traced and found no room.
    pub(crate) fn crowded(&self) -> u64 {
        self.counters.crowded()
    }

    /// How many threads are traced at once, at most.
    pub(crate) const fn room(&self) -> u32 {
        self.room
    }

    /// Takes the records that found no room in the ring and were kept, in the order of their times.
    pub(crate) fn take_kept(&mut self) -> Vec<Record> {
        let mut records = Vec::new();
        let (mut key, mut head) = ([0; 8], [0; head::SIZE as usize]);
        if self.counters.kept() == self.taken {
            return records;
        }
        // What cannot be read is told as lost in the end.
        while matches!(sys::next_key(&self.kept, None, &mut key), Ok(true)) {
            if sys::take(&self.kept, &key, &mut head).is_err() {
                break;
            }
            records.extend(Record::new(&head));
        }
        self.taken += records.len() as u64;
        records.sort_by_key(Record::time);
        records
    }

    /// How many of their records the threads have lost that are traced still.
    pub(crate) fn losses(&self) -> Vec<(Tid, u64)> {
        let mut losses = Vec::new();
        for_each(&self.threads, |_: &[u8; 8], value: &[u8; thread::SIZE as usize]| {
            losses.push((Tid(number(value, thread::TID as usize) as i32), number(value, thread::LOST as usize)));
        });
        losses
    }

    /// What was counted, of each call once.
    pub(crate) fn sums(&self) -> Vec<Sums> {
        let mut all: BTreeMap<(u8, u64, u64), Sums> = BTreeMap::new();
        for_each(&self.sums, |key: &[u8; sums::KEY as usize], value: &[u8; sums::SIZE as usize]| {
            let one = read_sums(key, value);
            let sum = all.entry((one.abi as u8, one.number, one.first)).or_insert(Sums {
                calls: 0,
                errors: 0,
                times: Durations::default(),
                ..one
            });
            sum.calls += one.calls;
            sum.errors += one.errors;
            sum.times.merge(&one.times);
        });
        all.into_values().collect()
    }

    /// Opens the ring for reading.
    pub(crate) fn reader(&self, size: u32) -> Result<Ring, Error> {
        Ring::new(&self.ring, size as usize).map_err(Error::system("mmap"))
    }
}

/// What it means that a map cannot be made.
fn refused(source: io::Error) -> Error {
    match source.raw_os_error() {
        Some(libc::EPERM | libc::EACCES) => Error::Rights,
        Some(libc::ENOSYS) => Error::Kernel("a kernel with bpf(2)"),
        _ => Error::System { action: "bpf(BPF_MAP_CREATE)", source },
    }
}

/// Looks at all elements of a map, whose keys and values are so long. What cannot be read is left out: there is nobody left
/// who could change it.
fn for_each<const K: usize, const V: usize>(map: &OwnedFd, mut look: impl FnMut(&[u8; K], &[u8; V])) {
    let (mut key, mut next, mut value) = (None, [0; K], [0; V]);
    while matches!(sys::next_key(map, key.as_ref().map(<[u8; K]>::as_slice), &mut next), Ok(true)) {
        if sys::look_up(map, &next, &mut value).is_ok() {
            look(&next, &value);
        }
        key = Some(next);
    }
}

/// What one CPU has counted of a call.
fn read_sums(key: &[u8], value: &[u8]) -> Sums {
    let abi = Abi::ALL[(number(key, sums::CPU as usize) >> 32) as usize % Abi::ALL.len()];
    let word = |at: i16| number(value, at as usize);
    let mut times = Durations {
        total: word(sums::TOTAL),
        shortest: Some(u64::MAX - word(sums::BELOW_MOST)),
        longest: word(sums::LONGEST),
        ..Durations::default()
    };
    for (index, bucket) in (0..).zip(&mut times.buckets) {
        *bucket = word(sums::BUCKETS + 8 * index);
    }
    Sums {
        abi,
        number: record::call_number(abi, number(key, sums::NUMBER as usize)),
        first: number(key, sums::FIRST as usize),
        calls: word(sums::CALLS),
        errors: word(sums::ERRORS),
        times,
    }
}
