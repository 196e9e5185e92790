//! Records as the programs send them.

use crate::exec;
use crate::files::{self, Target};
use crate::layout::{PIECE, file, head};
use abi::Abi;
use tracer::{Call, Memory, Tid};

/// A record: its head, and pieces of memory or a siginfo behind it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record(Vec<u8>);

impl Record {
    /// Takes the bytes; `None` when they are too few.
    pub(crate) fn new(bytes: &[u8]) -> Option<Self> {
        (bytes.len() >= head::SIZE as usize).then(|| Self(bytes.to_vec()))
    }

    /// The same with other pieces of memory.
    pub(crate) fn with(&self, pieces: &[(u64, Vec<u8>)]) -> Self {
        let mut bytes = self.0[..head::SIZE as usize].to_vec();
        for (address, piece) in pieces {
            bytes.extend(exec::piece(*address, piece));
        }
        Self(bytes)
    }

    fn word(&self, at: i16) -> u64 {
        number(&self.0, at as usize)
    }

    fn half(&self, at: i16) -> u32 {
        self.word(at) as u32
    }

    pub(crate) fn kind(&self) -> u32 {
        self.half(head::KIND)
    }

    /// When it was made, nanoseconds of `CLOCK_MONOTONIC`.
    pub(crate) fn time(&self) -> u64 {
        self.word(head::TIME)
    }

    pub(crate) fn tid(&self) -> Tid {
        Tid(self.half(head::TID) as i32)
    }

    pub(crate) fn pid(&self) -> Tid {
        Tid(self.half(head::PID) as i32)
    }

    /// The thread that made this one.
    pub(crate) fn parent(&self) -> Option<Tid> {
        Some(Tid(self.half(head::PARENT) as i32)).filter(|tid| tid.0 != 0)
    }

    pub(crate) fn value(&self) -> i64 {
        self.word(head::VALUE) as i64
    }

    /// How many of the thread's records were lost before.
    pub(crate) fn lost(&self) -> u64 {
        self.word(head::LOST)
    }

    /// When the call entered that the thread is in, 0 when it is in none that is told.
    pub(crate) fn entered(&self) -> u64 {
        self.word(head::ENTERED)
    }

    /// Whether something could not be read.
    pub(crate) fn missed(&self) -> bool {
        self.half(head::MISSED) != 0
    }

    pub(crate) fn abi(&self) -> Abi {
        let number = self.half(head::ABI) as usize;
        Abi::ALL.into_iter().find(|abi| *abi as usize == number).unwrap_or(Abi::X86_64)
    }

    /// The call that enters.
    pub(crate) fn call(&self) -> Call {
        let abi = self.abi();
        let number = call_number(abi, self.word(head::NUMBER));
        let mut args = [0; 6];
        for (index, argument) in (0..).zip(&mut args) {
            *argument = self.word(head::ARGS + 8 * index);
        }
        Call { abi, number, args, ip: self.word(head::IP), sp: self.word(head::SP) }
    }

    /// What handles the signal that is delivered.
    pub(crate) fn handler(&self) -> u64 {
        self.word(head::ARGS)
    }

    /// Whether the signal that is delivered cannot be looked at by a tracer (`SA_IMMUTABLE`, linux/signal_types.h).
    pub(crate) fn is_immutable(&self) -> bool {
        self.word(head::ARGS + 8) & 0x0080_0000 != 0
    }

    /// The siginfo behind the head, in full length.
    pub(crate) fn siginfo(&self) -> [u8; 128] {
        let mut info = [0; 128];
        let raw = &self.0[head::SIZE as usize..];
        let length = raw.len().min(info.len());
        info[..length].copy_from_slice(&raw[..length]);
        info
    }

    /// The pieces of memory behind the head.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (u64, &[u8])> + Clone {
        let mut rest = &self.0[head::SIZE as usize..];
        std::iter::from_fn(move || {
            let address = number(rest.get(..8)?, 0);
            let length = number(rest.get(8..16)?, 0) as usize;
            let bytes = rest.get(PIECE as usize..)?.get(..length)?;
            rest = rest.get(PIECE as usize + length.next_multiple_of(8)..).unwrap_or_default();
            Some((address, bytes))
        })
    }

    /// What a descriptor pointed to, where that is told.
    pub(crate) fn target(&self, fd: i32) -> Option<Target> {
        files::target(self.pieces(), fd)
    }

    /// What is known of the memory at an address, up to the end of the piece that reaches furthest.
    fn at(&self, address: u64) -> Option<&[u8]> {
        let rest = |(start, bytes): (u64, &'_ [u8])| {
            let offset = usize::try_from(address.checked_sub(start)?).ok()?;
            bytes.get(offset..).filter(|rest| !rest.is_empty()).map(<[u8]>::len)
        };
        let is_memory = |(_, (start, _)): &(usize, (u64, &[u8]))| *start < file::DESCRIPTOR || *start > file::NAME;
        let pieces = self.pieces().enumerate().filter(is_memory);
        let lengths = pieces.filter_map(|(index, piece)| Some((rest(piece)?, index)));
        let (length, index) = lengths.max()?;
        self.pieces().nth(index).map(|(_, bytes)| &bytes[bytes.len() - length..])
    }
}

/// A call's number, as the contract has it, from the word by which it was made.
pub(crate) fn call_number(abi: Abi, word: u64) -> u64 {
    match abi {
        Abi::X86_64 => word,
        Abi::I386 => word & abi.word_mask(),
        Abi::X32 => word & !(1 << 30),
    }
}

/// A number of 64 bits that stands somewhere; 0 where there is none.
pub(crate) fn number(bytes: &[u8], at: usize) -> u64 {
    let mut raw = [0; 8];
    if let Some(found) = bytes.get(at..at + 8) {
        raw.copy_from_slice(found);
    }
    u64::from_le_bytes(raw)
}

/// What was captured of a call, the latest first.
pub(crate) struct Captured<'a>(pub(crate) [Option<&'a Record>; 2]);

impl Captured<'_> {
    /// What a descriptor pointed to, where that was told.
    pub(crate) fn target(&self, fd: i32) -> Option<Target> {
        self.0.iter().flatten().find_map(|record| record.target(fd))
    }
}

impl Memory for Captured<'_> {
    fn read(&self, address: u64, buffer: &mut [u8]) -> usize {
        let mut done = 0;
        while done < buffer.len() {
            let Some(at) = address.checked_add(done as u64) else { break };
            let Some(bytes) = self.0.iter().flatten().find_map(|record| record.at(at)) else { break };
            let length = bytes.len().min(buffer.len() - done);
            buffer[done..done + length].copy_from_slice(&bytes[..length]);
            done += length;
        }
        done
    }
}
