//! Pieces of a memory.

use std::path::PathBuf;
use tracer::{Memory, Tid, Tracee};

/// Pieces of a process's memory at one moment, and what was known of its descriptors.
#[derive(Default)]
pub struct Pieces {
    pub bytes: Vec<(u64, Vec<u8>)>,
    pub descriptors: Vec<(i32, Option<PathBuf>)>,
    pub directory: Option<PathBuf>,
    pub tid: i32,
    pub pid: i32,
}

impl Pieces {
    fn byte(&self, address: u64) -> Option<u8> {
        self.bytes.iter().rev().find_map(|(start, bytes)| {
            let offset = address.checked_sub(*start)?;
            bytes.get(usize::try_from(offset).ok()?).copied()
        })
    }
}

impl Memory for Pieces {
    fn read(&self, address: u64, buffer: &mut [u8]) -> usize {
        for (index, place) in buffer.iter_mut().enumerate() {
            match self.byte(address.wrapping_add(index as u64)) {
                Some(byte) => *place = byte,
                None => return index,
            }
        }
        buffer.len()
    }
}

impl Tracee for Pieces {
    fn tid(&self) -> Tid {
        Tid(self.tid)
    }

    fn pid(&self) -> Tid {
        Tid(self.pid)
    }

    fn descriptor(&self, fd: i32) -> Option<PathBuf> {
        self.descriptors.iter().find(|(known, _)| *known == fd).and_then(|(_, path)| path.clone())
    }

    fn directory(&self) -> Option<PathBuf> {
        self.directory.clone()
    }
}
