//! The calls of a 32-bit program that are several in one: `socketcall` and `ipc`, shown as the call that is meant.

use abi::Abi;
use decode::{Row, calls};
use tracer::{Call, Memory};

/// The number of `socketcall` (asm/unistd_32.h).
const SOCKETCALL: u64 = 102;

/// The number of `ipc` (asm/unistd_32.h).
const IPC: u64 = 117;

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
    if call.abi != Abi::I386 || !matches!(call.number, SOCKETCALL | IPC) {
        return None;
    }
    let number = filter::part(call.abi, call.number, call.args[0])?;
    let name = filter::name(call.abi, number)?;
    let row = calls::named(&name)?;
    let args = match call.number {
        SOCKETCALL => block(memory, call.args[1], row.args.len())?,
        _ => arranged(memory, &name, &call.args)?,
    };
    Some(Part { call: Call { args, ..*call }, row, number })
}

/// The arguments of a part of `socketcall`: so many words in memory (socketcall(2)).
fn block(memory: &dyn Memory, address: u64, count: usize) -> Option<[u64; 6]> {
    let mut args = [0; 6];
    for (index, argument) in args.iter_mut().enumerate().take(count) {
        *argument = word(memory, address.wrapping_add(4 * index as u64))?;
    }
    Some(args)
}

/// The arguments of a part of `ipc` in the order of the call that is meant (ipc(2)).
fn arranged(memory: &dyn Memory, name: &str, args: &[u64; 6]) -> Option<[u64; 6]> {
    let [call, first, second, third, pointer, fifth] = *args;
    let through = |offset| word(memory, pointer.wrapping_add(offset));
    Some(match name {
        "semop" => [first, pointer, second, 0, 0, 0],
        "semtimedop" => [first, pointer, second, fifth, 0, 0],
        "semctl" => [first, second, third, through(0).unwrap_or(pointer), 0, 0],
        "msgsnd" => [first, pointer, second, third, 0, 0],
        // The first version of msgrcv had its buffer and its type of message in memory.
        "msgrcv" if call >> 16 == 0 => [first, through(0)?, second, through(4)?, third, 0],
        "msgrcv" => [first, pointer, second, fifth, third, 0],
        "msgctl" | "shmctl" => [first, second, pointer, 0, 0, 0],
        // The third argument points to where the result goes.
        "shmat" => [first, pointer, second, third, 0, 0],
        "shmdt" => [pointer, 0, 0, 0, 0, 0],
        _ => [first, second, third, 0, 0, 0],
    })
}

fn word(memory: &dyn Memory, address: u64) -> Option<u64> {
    let mut raw = [0; 4];
    (memory.read(address, &mut raw) == raw.len()).then(|| u64::from(u32::from_le_bytes(raw)))
}
