//! What descriptors point to, from the pieces of records that the programs have made of it.

use crate::layout::file;
use abi::generated::sets::file::STATFS_TYPE;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;
use tracer::{Aspect, Detail, Files, Tid};

/// What a descriptor points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Nothing is open there.
    Closed,
    /// A file.
    File {
        /// Its name in the form that `/proc/PID/fd` gives it.
        path: PathBuf,
        /// The device that it is, if it is one.
        device: Option<Device>,
    },
    /// It has no path, and its name cannot be told.
    Unknown,
}

/// The number of a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Device {
    pub(crate) block: bool,
    pub(crate) major: u32,
    pub(crate) minor: u32,
}

impl Device {
    /// From a file's mode and the number as the kernel packs it (`MINORBITS`, linux/kdev_t.h).
    fn new(mode: u32, packed: u32) -> Option<Self> {
        let kind = mode & libc::S_IFMT;
        let is_device = kind == libc::S_IFBLK || kind == libc::S_IFCHR;
        is_device.then_some(Self { block: kind == libc::S_IFBLK, major: packed >> 20, minor: packed & 0xf_ffff })
    }
}

/// What is known of the descriptors of processes from the calls that were told: for those that calls have somewhere else
/// than in an argument.
#[derive(Debug)]
pub(crate) struct Known {
    /// Whether anybody asks.
    wanted: bool,
    processes: HashMap<Tid, HashMap<i32, Target>>,
    /// The ends of sockets by their names, as they were found last.
    sockets: RefCell<HashMap<PathBuf, Detail>>,
}

/// Standard input, standard output and standard error.
pub(crate) const STANDARD: std::ops::Range<i32> = 0..3;

/// How many descriptors of a process are remembered, and how many sockets.
const REMEMBERED: usize = 4096;

impl Known {
    /// Nothing is known yet, nor ever will be where it is not `wanted`.
    pub(crate) fn new(wanted: bool) -> Self {
        Self { wanted, processes: HashMap::new(), sockets: RefCell::default() }
    }

    /// Takes over what a record of a process tells.
    pub(crate) fn learn<'a>(&mut self, pid: Tid, pieces: impl Iterator<Item = (u64, &'a [u8])> + Clone) {
        if !self.wanted {
            return;
        }
        let marked = pieces.clone().filter(|(address, _)| address & !0xffff_ffff == file::DESCRIPTOR);
        for fd in marked.map(|(address, _)| address as i32) {
            let Some(target) = target(pieces.clone(), fd) else { continue };
            let known = self.processes.entry(pid).or_default();
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(fd, target);
        }
    }

    /// A child has its parent's descriptors.
    pub(crate) fn inherit(&mut self, child: Tid, parent: Tid) {
        if let Some(known) = self.processes.get(&parent).filter(|_| child != parent) {
            self.processes.insert(child, known.clone());
        }
    }

    /// Looks up what descriptors of a process point to now.
    pub(crate) fn look_up(&mut self, pid: Tid, fds: impl Iterator<Item = i32>, files: &dyn Files) {
        if !self.wanted {
            return;
        }
        let target = |fd| {
            let path = files.descriptor(pid, fd)?;
            let device = match files.detail(pid, fd, Aspect::Device) {
                Some(Detail::Device { block, major, minor, .. }) => Some(Device { block, major, minor }),
                _ => None,
            };
            Some((fd, Target::File { path, device }))
        };
        self.processes.entry(pid).or_default().extend(fds.take(REMEMBERED).filter_map(target));
    }

    /// What was found of a socket, now or, where that is nothing, the last time.
    pub(crate) fn socket(&self, path: PathBuf, found: Option<Detail>) -> Option<Detail> {
        let mut sockets = self.sockets.borrow_mut();
        let Some(detail) = found else { return sockets.get(&path).copied() };
        if sockets.len() >= REMEMBERED {
            sockets.clear();
        }
        sockets.insert(path, detail);
        Some(detail)
    }

    /// A process has executed a program. Nobody has said which descriptors that closes: hardly ever the standard ones.
    pub(crate) fn execute(&mut self, pid: Tid) {
        if let Some(known) = self.processes.get_mut(&pid) {
            known.retain(|fd, _| STANDARD.contains(fd));
        }
    }

    /// A process has ended.
    pub(crate) fn forget(&mut self, pid: Tid) {
        self.processes.remove(&pid);
    }

    /// What a descriptor pointed to last.
    pub(crate) fn get(&self, pid: Tid, fd: i32) -> Option<&Target> {
        self.processes.get(&pid)?.get(&fd)
    }
}

const PIPES: u64 = STATFS_TYPE.of("PIPEFS_MAGIC");
const SOCKETS: u64 = STATFS_TYPE.of("SOCKFS_MAGIC");
const ANONYMOUS: u64 = STATFS_TYPE.of("ANON_INODE_FS_MAGIC");
const PROCESSES: u64 = STATFS_TYPE.of("PID_FS_MAGIC");
const NAMESPACES: u64 = STATFS_TYPE.of("NSFS_MAGIC");

/// What a descriptor points to, from the pieces of a record; `None` where they do not tell.
pub(crate) fn target<'a>(pieces: impl Iterator<Item = (u64, &'a [u8])>, fd: i32) -> Option<Target> {
    let mark = file::DESCRIPTOR | u64::from(fd as u32);
    let mut pieces = pieces.skip_while(|(address, _)| *address != mark);
    let (_, about) = pieces.next()?;
    let names: Vec<&[u8]> = pieces.take_while(|(address, _)| *address == file::NAME).map(|(_, name)| name).collect();
    let word = |at: i16| about.get(at as usize..)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
    let (number, magic, hashed) = (word(file::NUMBER)?, word(file::MAGIC)?, word(file::HASHED)?);
    let last = || String::from_utf8_lossy(names.first().map_or(&[][..], |name| without_nul(name))).into_owned();
    let path = match magic {
        0 => return Some(Target::Closed),
        NAMESPACES => return Some(Target::Unknown),
        PIPES => format!("pipe:[{number}]").into(),
        SOCKETS => format!("socket:[{number}]").into(),
        ANONYMOUS => format!("anon_inode:{}", last()).into(),
        PROCESSES => "anon_inode:[pidfd]".into(),
        _ => path(&names, hashed != 0),
    };
    let device = word(file::DEVICE)?;
    Some(Target::File { path, device: Device::new((device >> 32) as u32, device as u32) })
}

/// A path from its names, the last one first. One that is in no directory any more is marked, as the kernel does it (proc(5)).
fn path(names: &[&[u8]], hashed: bool) -> PathBuf {
    let mut path = Vec::new();
    for name in names.iter().rev() {
        path.push(b'/');
        path.extend_from_slice(without_nul(name));
    }
    if path.is_empty() {
        path.push(b'/');
    } else if !hashed {
        path.extend_from_slice(b" (deleted)");
    }
    OsString::from_vec(path).into()
}

fn without_nul(name: &[u8]) -> &[u8] {
    name.strip_suffix(b"\0").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(number: u64, magic: u64, hashed: u64) -> Vec<u8> {
        [number, magic, hashed, 0].iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    fn plain(path: &str) -> Option<Target> {
        Some(Target::File { path: path.into(), device: None })
    }

    #[test]
    fn names_make_a_path_for_the_descriptor_that_they_follow() {
        let (first, second, third) = (about(1, 1, 1), about(2, 1, 0), about(7, PIPES, 0));
        let pieces: [(u64, &[u8]); 7] = [
            (file::DESCRIPTOR | 3, &first),
            (file::NAME, b"passwd\0"),
            (file::NAME, b"etc\0"),
            (file::DESCRIPTOR | 4, &second),
            (file::NAME, b"gone\0"),
            (file::DESCRIPTOR | 5, &third),
            (0x1000, b"memory"),
        ];
        let told = |fd| target(pieces.iter().copied(), fd);
        assert_eq!(told(3), plain("/etc/passwd"));
        assert_eq!(told(4), plain("/gone (deleted)"));
        assert_eq!(told(5), plain("pipe:[7]"));
        assert_eq!(told(6), None);
    }

    #[test]
    fn a_child_knows_what_its_parent_knew() {
        let (parent, child) = (Tid(1), Tid(2));
        let about = about(7, PIPES, 0);
        let mut known = Known::new(true);
        known.learn(parent, [(file::DESCRIPTOR | 5, &about[..])].into_iter());
        known.inherit(child, parent);
        known.forget(parent);
        assert_eq!(known.get(child, 5).cloned(), plain("pipe:[7]"));
        assert_eq!(known.get(parent, 5), None);
    }

    #[test]
    fn the_root_has_no_names_and_nothing_may_be_open() {
        let (root, closed) = (about(1, 1, 0), about(0, 0, 0));
        let pieces: [(u64, &[u8]); 2] = [(file::DESCRIPTOR | 3, &root), (file::DESCRIPTOR | 4, &closed)];
        assert_eq!(target(pieces.iter().copied(), 3), plain("/"));
        assert_eq!(target(pieces.iter().copied(), 4), Some(Target::Closed));
    }
}
