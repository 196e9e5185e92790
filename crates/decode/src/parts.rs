//! The calls of a 32-bit program that are several in one: `socketcall` (socketcall(2), linux/net.h) and `ipc` (ipc(2),
//! linux/ipc.h).

use abi::Abi;

/// A call that is several in one.
#[derive(Debug)]
pub struct Whole {
    /// Its number.
    pub number: u64,
    /// The bits of the first argument that choose the part.
    pub mask: u64,
    /// The parts by number, as they are named when they are made directly; empty where there is none.
    pub names: &'static [&'static str],
    /// Where the arguments of a part stand, by its name and the call's first argument.
    places: fn(&str, u64) -> [Place; 6],
}

/// Where an argument of a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is this word of the call.
    Word(u8),
    /// In memory: among the words behind this word of the call, it is the one with this index.
    Behind(u8, u8),
    /// It is the first word behind this word of the call, or where that cannot be read, this word.
    BehindOrWord(u8),
}

use Place::{Behind, BehindOrWord, Word};

/// Both of them.
#[rustfmt::skip]
pub const WHOLES: [Whole; 2] = [
    Whole { number: 102, mask: 0xffff_ffff, places: in_block, names: &[
        "", "socket", "bind", "connect", "listen", "accept", "getsockname", "getpeername", "socketpair", "send", "recv",
        "sendto", "recvfrom", "shutdown", "setsockopt", "getsockopt", "sendmsg", "recvmsg", "accept4", "recvmmsg",
        "sendmmsg",
    ] },
    Whole { number: 117, mask: 0xffff, places: arranged, names: &[
        "", "semop", "semget", "semctl", "semtimedop", "", "", "", "", "", "", "msgsnd", "msgrcv", "msgget", "msgctl",
        "", "", "", "", "", "", "shmat", "shmdt", "shmget", "shmctl",
    ] },
];

/// The call with this number, if it is one of those.
pub fn whole(abi: Abi, number: u64) -> Option<&'static Whole> {
    const { &WHOLES }.iter().find(|whole| abi == Abi::I386 && whole.number == number)
}

impl Whole {
    /// The name of the part that the call's first argument chooses.
    pub fn part(&self, first: u64) -> Option<&'static str> {
        let name = *self.names.get(usize::try_from(first & self.mask).ok()?)?;
        (!name.is_empty()).then_some(name)
    }

    /// Where the arguments of a part stand.
    pub fn places(&self, name: &str, first: u64) -> [Place; 6] {
        (self.places)(name, first)
    }
}

/// The arguments of a part of `socketcall`.
const fn in_block(_: &str, _: u64) -> [Place; 6] {
    [Behind(1, 0), Behind(1, 1), Behind(1, 2), Behind(1, 3), Behind(1, 4), Behind(1, 5)]
}

/// The arguments of a part of `ipc`. The version of the call stands in the upper half of its first argument.
fn arranged(name: &str, first: u64) -> [Place; 6] {
    let order = match name {
        "semop" => [1, 4, 2, 0, 0, 0],
        "semtimedop" => [1, 4, 2, 5, 0, 0],
        "semctl" => return [Word(1), Word(2), Word(3), BehindOrWord(4), Word(0), Word(0)],
        // The first version of msgrcv had its buffer and its type of message in memory.
        "msgrcv" if first >> 16 == 0 => return [Word(1), Behind(4, 0), Word(2), Behind(4, 1), Word(3), Word(0)],
        "msgrcv" => [1, 4, 2, 5, 3, 0],
        "msgctl" | "shmctl" => [1, 2, 4, 0, 0, 0],
        "shmdt" => [4, 0, 0, 0, 0, 0],
        // Of shmat, the third argument points to where the result goes.
        "msgsnd" | "shmat" => [1, 4, 2, 3, 0, 0],
        _ => [1, 2, 3, 0, 0, 0],
    };
    order.map(Word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_a_call_with_a_row() {
        for whole in &WHOLES {
            for name in whole.names.iter().filter(|name| !name.is_empty()) {
                assert!(crate::calls::named(name).is_some(), "{name}");
            }
        }
    }
}
