//! The calls of a 32-bit program that are several in one, shown as the call that is meant.

use decode::{
    Row, calls,
    parts::{Place, whole},
};
use tracer::{Call, Memory};

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
pub fn part(call: &Call, memory: &dyn Memory) -> Option<Part> {
    let whole = whole(call.abi, call.number)?;
    let name = whole.part(call.args[0])?;
    let number = filter::part(call.abi, call.number, call.args[0])?;
    let row = calls::named(name)?;
    let mut args = [0; 6];
    let places = whole.places(name, call.args[0]);
    for (argument, place) in args.iter_mut().zip(places).take(row.args.len()) {
        *argument = match place {
            Place::Word(index) => call.args[usize::from(index)],
            Place::Behind(pointer, index) => behind(call, memory, pointer, index)?,
            Place::BehindOrWord(pointer) => behind(call, memory, pointer, 0).unwrap_or(call.args[usize::from(pointer)]),
        };
    }
    Some(Part { call: Call { args, ..*call }, row, number })
}

/// A word in memory.
fn behind(call: &Call, memory: &dyn Memory, pointer: u8, index: u8) -> Option<u64> {
    let address = call.args[usize::from(pointer)].wrapping_add(4 * u64::from(index));
    let mut raw = [0; 4];
    (memory.read(address, &mut raw) == raw.len()).then(|| u64::from(u32::from_le_bytes(raw)))
}
