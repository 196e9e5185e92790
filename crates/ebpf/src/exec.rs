//! What a successful execve was called with, from what it has put on the new stack: the argument count, pointers to the
//! arguments, NULL, pointers to the environment, NULL, and pairs of the auxiliary vector, all words of the new program.
//!
//! Needed where the old memory could not be read at the entry: at the exit it is gone.

use crate::layout::PIECE;
use crate::record::{Captured, Record};
use tracer::{Call, Memory};

/// The auxiliary entry with the program's name (`AT_EXECFN`, linux/auxvec.h).
const FILE_NAME: u64 = 31;

/// No more words are looked at.
const MOST: u64 = 4096;

/// A new stack.
struct Stack<'a> {
    memory: Captured<'a>,
    start: u64,
    word: u64,
}

impl<'a> Stack<'a> {
    fn new(exit: &'a Record) -> Self {
        let mut stack = Self { memory: Captured([Some(exit), None]), start: exit.call().sp, word: 8 };
        // In a 32-bit program the upper half of this is a pointer.
        if stack.at(0).is_none_or(|count| count >> 32 != 0) {
            stack.word = 4;
        }
        stack
    }

    fn at(&self, index: u64) -> Option<u64> {
        let mut raw = [0; 8];
        let size = self.word as usize;
        let address = self.start.checked_add(index.checked_mul(self.word)?)?;
        (self.memory.read(address, &mut raw[..size]) == size).then(|| u64::from_le_bytes(raw))
    }

    /// The words from an index on up to a NULL, and the index behind that.
    fn list(&self, from: u64) -> Option<(Vec<u64>, u64)> {
        let mut words = Vec::new();
        for index in from..MOST {
            match self.at(index)? {
                0 => return Some((words, index + 1)),
                word => words.push(word),
            }
        }
        None
    }

    /// The value of an auxiliary entry.
    fn auxiliary(&self, from: u64, wanted: u64) -> Option<u64> {
        let mut index = from;
        while index < MOST {
            match self.at(index)? {
                0 => return None,
                key if key == wanted => return self.at(index + 1),
                _ => index += 2,
            }
        }
        None
    }

    /// A text with its NUL.
    fn text(&self, address: u64) -> Vec<u8> {
        let mut text = vec![0; MOST as usize];
        let length = self.memory.read(address, &mut text);
        let end = text[..length].iter().position(|byte| *byte == 0).map_or(length, |at| at + 1);
        text.truncate(end);
        text
    }
}

/// The pieces of memory that the entry pointed to. `argument_size` is that of the old program's pointers.
pub(crate) fn arguments(entry: &Record, exit: &Record) -> Option<Record> {
    let stack = Stack::new(exit);
    let (arguments, behind) = stack.list(1)?;
    let (environment, behind) = stack.list(behind)?;
    let call: Call = entry.call();
    let shift = usize::from(call.number != abi::number_of(call.abi, "execve")?);
    let size = call.abi.pointer_size();
    let array = |words: &[u64]| -> Vec<u8> {
        words.iter().chain([&0]).flat_map(|word| word.to_le_bytes().into_iter().take(size)).collect()
    };
    let mut pieces = vec![(call.args[shift + 1], array(&arguments)), (call.args[shift + 2], array(&environment))];
    if let Some(name) = stack.auxiliary(behind, FILE_NAME) {
        pieces.push((call.args[shift], stack.text(name)));
    }
    pieces.extend(arguments.iter().chain(&environment).map(|address| (*address, stack.text(*address))));
    Some(entry.with(&pieces))
}

/// A piece as it stands in a record.
pub(crate) fn piece(address: u64, bytes: &[u8]) -> Vec<u8> {
    let mut piece = address.to_le_bytes().to_vec();
    piece.extend((bytes.len() as u64).to_le_bytes());
    piece.extend(bytes);
    piece.resize(PIECE as usize + bytes.len().next_multiple_of(8), 0);
    piece
}
