//! What a backend does that copies memory before anyone decodes: follows a call's plan, and nothing else.

use super::pieces::Pieces;
use decode::{Case, Dir, Fetch, Len, Nested, Shape};
use tracer::{Call, Memory, Return};

/// How much of strings and lists is copied, as `-s` says.
pub const LIMIT: u64 = 32;

/// No more of one buffer or list is copied than so many bytes.
const MOST: u64 = 1 << 20;

/// A call at one of its stops.
pub struct Moment<'a> {
    pub call: &'a Call,
    pub ret: Option<&'a Return>,
    pub memory: &'a dyn Memory,
}

impl Moment<'_> {
    /// Copies what the plan names for this moment.
    pub fn capture(&self, plan: &[Fetch], pieces: &mut Pieces) {
        for fetch in plan {
            let address = self.call.args[fetch.arg] & self.call.abi.word_mask();
            self.follow(&fetch.shape, fetch.when, address, &[], pieces);
        }
    }

    fn due(&self, when: Dir) -> bool {
        match when {
            Dir::In => self.ret.is_none(),
            Dir::Out => self.ret.is_some(),
            Dir::InOut => true,
        }
    }

    fn follow(&self, shape: &Shape, when: Dir, address: u64, record: &[u8], pieces: &mut Pieces) {
        match shape {
            Shape::Switch { arg, cases } => {
                let value = self.call.args[usize::from(*arg)];
                if let Some(case) = pick(cases, value) {
                    self.follow(&case.shape, case.direction, address, record, pieces);
                }
            }
            Shape::Stack { parts } => {
                for (offset, size) in parts {
                    self.copy(self.call.sp.wrapping_add(*offset as u64), *size as u64, pieces);
                }
            }
            _ if address == 0 || !self.due(when) => {}
            Shape::Nothing | Shape::Descriptor => {}
            Shape::Records { stride, count, nested } => {
                self.records(*stride, *count, nested, (when, address), record, pieces);
            }
            Shape::Shown { count } => {
                let count = self.length(*count, record).unwrap_or(0);
                self.copy(address, count.min(LIMIT + 1), pieces);
            }
            Shape::Text { max } => self.text(address, *max, pieces),
            Shape::Texts => self.texts(address, pieces),
            Shape::Ioctl => {
                let size = self.call.args[1] >> 16 & 0x3fff;
                self.copy(address, size, pieces);
            }
        }
    }

    fn records(
        &self,
        stride: usize,
        count: Len,
        nested: &[Nested],
        (when, address): (Dir, u64),
        record: &[u8],
        pieces: &mut Pieces,
    ) {
        let count = self.length(count, record).unwrap_or(0).min(MOST / stride.max(1) as u64);
        for index in 0..count {
            if stride == 1 {
                self.copy(address, count, pieces);
                return;
            }
            let at = address.wrapping_add(index * stride as u64);
            let bytes = self.copy(at, stride as u64, pieces);
            for Nested { offset, shape } in nested {
                let size = self.call.abi.pointer_size();
                let Some(raw) = bytes.get(*offset..offset + size) else { continue };
                let mut pointer = [0; 8];
                pointer[..size].copy_from_slice(raw);
                self.follow(shape, when, u64::from_le_bytes(pointer), &bytes, pieces);
            }
        }
    }

    fn text(&self, address: u64, max: usize, pieces: &mut Pieces) {
        let mut bytes = Vec::new();
        let mut byte = [0];
        while bytes.len() < max && self.memory.read(address.wrapping_add(bytes.len() as u64), &mut byte) == 1 {
            bytes.push(byte[0]);
            if byte[0] == 0 {
                break;
            }
        }
        pieces.bytes.push((address, bytes));
    }

    fn texts(&self, address: u64, pieces: &mut Pieces) {
        let size = self.call.abi.pointer_size();
        for index in 0..100_000 {
            let bytes = self.copy(address.wrapping_add(index * size as u64), size as u64, pieces);
            let mut pointer = [0; 8];
            if bytes.len() < size {
                return;
            }
            pointer[..size].copy_from_slice(&bytes);
            match u64::from_le_bytes(pointer) {
                0 => return,
                text => self.text(text, LIMIT as usize + 1, pieces),
            }
        }
    }

    fn copy(&self, address: u64, length: u64, pieces: &mut Pieces) -> Vec<u8> {
        let mut bytes = vec![0; length.min(MOST) as usize];
        let count = self.memory.read(address, &mut bytes);
        bytes.truncate(count);
        pieces.bytes.push((address, bytes.clone()));
        bytes
    }

    fn length(&self, length: Len, record: &[u8]) -> Option<u64> {
        let result = || self.ret.filter(|ret| !ret.failed).map_or(0, |ret| ret.value.max(0) as u64);
        Some(match length {
            Len::Fixed(count) => count,
            Len::Arg(index) => self.call.args[usize::from(index)] & self.call.abi.word_mask(),
            Len::ArgAnd(index, more) => self.length(Len::Arg(index), record)?.saturating_add(more.into()),
            Len::Uint(index) => u64::from(self.call.args[usize::from(index)] as u32),
            Len::Int(index) => u64::try_from(self.call.args[usize::from(index)] as i32).unwrap_or(0),
            Len::Result => result(),
            Len::ResultUpTo(index) => result().min(self.call.args[usize::from(index)]),
            Len::At(index) => {
                let mut raw = [0; 4];
                let address = self.call.args[usize::from(index)];
                if self.memory.read(address, &mut raw) < 4 {
                    return None;
                }
                u64::from(u32::from_le_bytes(raw))
            }
            Len::Field { offset, size } => {
                let start = usize::from(offset);
                let mut raw = [0; 8];
                raw[..usize::from(size)].copy_from_slice(record.get(start..start + usize::from(size))?);
                u64::from_le_bytes(raw)
            }
        })
    }
}

fn pick(cases: &[Case], value: u64) -> Option<&Case> {
    cases.iter().find(|case| case.values.is_empty() || case.values.contains(&(value & 0xffff_ffff)))
}
