//! The calls of a 32-bit program that are several in one: `socketcall`, shown as the call that is meant.

use abi::Abi;
use decode::{Row, calls::Table};
use tracer::{Call, Memory};

/// The number of `socketcall` (asm/unistd_32.h).
const SOCKETCALL: u64 = 102;

/// A call that was made as a part of another.
pub struct Part {
    /// The call as it would be on its own.
    pub call: Call,
    /// What is known of it.
    pub row: &'static Row,
    /// The number under which it is filtered.
    pub number: u64,
}

/// The part that a call means, if it is one of those calls, its arguments can be read and the part is known.
pub fn part(call: &Call, tables: &[Table; 3], memory: &dyn Memory) -> Option<Part> {
    if call.abi != Abi::I386 || call.number != SOCKETCALL {
        return None;
    }
    let number = filter::part(call.abi, call.number, call.args[0])?;
    let name = filter::name(call.abi, number)?;
    let row = tables[Abi::I386 as usize].named(&name)?;
    let mut call = *call;
    let block = call.args[1];
    for (index, word) in call.args.iter_mut().enumerate() {
        *word = 0;
        if index < row.args.len() {
            let mut raw = [0; 4];
            if memory.read(block.wrapping_add(4 * index as u64), &mut raw) < raw.len() {
                return None;
            }
            *word = u64::from(u32::from_le_bytes(raw));
        }
    }
    Some(Part { call, row, number })
}
