//! A program's own accounts, which it keeps in a file that it has mapped: `programs/tally.h`.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

const WORDS: u64 = 16 + 1024;

/// The words before the counters.
#[derive(Clone, Copy, Debug)]
pub enum Word {
    /// The suite asks the program to end.
    Stop = 0,
    /// The program is where it is meant to be.
    Ready = 1,
    /// The program's id.
    Pid = 2,
    /// So many counters are to move.
    Counters = 3,
    /// Whatever else one side tells the other; several follow.
    Note = 4,
}

const FIRST_COUNTER: u64 = 16;

/// The file.
#[derive(Debug)]
pub struct Tally(File);

impl Tally {
    /// Makes one with zeros.
    pub fn new(path: &Path) -> io::Result<Self> {
        let file = File::options().read(true).write(true).create(true).truncate(true).open(path)?;
        file.set_len(WORDS * 8)?;
        Ok(Self(file))
    }

    fn word(&self, at: u64) -> u64 {
        let mut bytes = [0; 8];
        // A file of this length can be read; if it cannot, nothing counts, which is seen.
        self.0.read_exact_at(&mut bytes, at * 8).map_or(0, |()| u64::from_ne_bytes(bytes))
    }

    /// Reads a word.
    pub fn get(&self, word: Word) -> u64 {
        self.word(word as u64)
    }

    /// Reads a note.
    pub fn note(&self, number: u64) -> u64 {
        self.word(Word::Note as u64 + number)
    }

    /// Writes a word.
    pub fn set(&self, word: Word, value: u64) -> io::Result<()> {
        self.0.write_all_at(&value.to_ne_bytes(), word as u64 * 8)
    }

    /// The counters that are to move.
    pub fn counts(&self) -> Vec<u64> {
        (0..self.get(Word::Counters)).map(|number| self.word(FIRST_COUNTER + number)).collect()
    }
}
