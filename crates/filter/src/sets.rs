//! The sets that filters are made of.

use crate::names::NUMBERS;
use abi::Abi;

/// The words of a bitmap of call numbers.
const WORDS: usize = NUMBERS as usize / 64;

/// A set of system calls: for each personality a bitmap by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallSet {
    bits: [[u64; WORDS]; 3],
    /// Whether numbers that the bitmap has no room for belong to the set.
    beyond: bool,
}

impl CallSet {
    /// No call.
    pub const NONE: Self = Self { bits: [[0; WORDS]; 3], beyond: false };
    /// Every call, those without a name included.
    pub const ALL: Self = Self { bits: [[u64::MAX; WORDS]; 3], beyond: true };

    /// Whether a call belongs to the set. The number of an x32 call is given without bit 30.
    pub fn contains(&self, abi: Abi, number: u64) -> bool {
        match place(number) {
            Some((word, bit)) => self.bits[abi as usize][word] & bit != 0,
            None => self.beyond,
        }
    }

    /// Adds a call; a number beyond all tables is left alone.
    pub fn insert(&mut self, abi: Abi, number: u64) {
        if let Some((word, bit)) = place(number) {
            self.bits[abi as usize][word] |= bit;
        }
    }

    /// Every call that is not in this set.
    pub fn inverted(mut self) -> Self {
        self.bits.iter_mut().flatten().for_each(|word| *word = !*word);
        self.beyond = !self.beyond;
        self
    }

    /// Adds all of another set.
    pub fn add(&mut self, other: &Self) {
        let words = self.bits.iter_mut().flatten().zip(other.bits.iter().flatten());
        words.for_each(|(word, more)| *word |= more);
        self.beyond |= other.beyond;
    }

    /// Whether the set holds every call.
    pub fn is_all(&self) -> bool {
        *self == Self::ALL
    }

    /// Whether the set is empty.
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }
}

/// The word and the bit of a call number.
fn place(number: u64) -> Option<(usize, u64)> {
    (number < NUMBERS).then_some(((number / 64) as usize, 1 << (number % 64)))
}

/// A set of small non-negative numbers: descriptors or signals. Those listed, or all but those listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberSet {
    listed: Vec<u32>,
    inverted: bool,
}

impl NumberSet {
    /// No number.
    pub const NONE: Self = Self { listed: Vec::new(), inverted: false };
    /// Every number.
    pub const ALL: Self = Self { listed: Vec::new(), inverted: true };

    /// Whether a number belongs to the set; negative ones never do.
    pub fn contains(&self, number: i64) -> bool {
        u32::try_from(number).is_ok_and(|n| self.listed.binary_search(&n).is_ok() != self.inverted)
    }

    /// Adds a number.
    pub fn insert(&mut self, number: u32) {
        match self.listed.binary_search(&number) {
            Ok(at) if self.inverted => drop(self.listed.remove(at)),
            Err(at) if !self.inverted => self.listed.insert(at, number),
            Ok(_) | Err(_) => (),
        }
    }

    /// Every number that is not in this set.
    pub fn inverted(mut self) -> Self {
        self.inverted = !self.inverted;
        self
    }

    /// Whether the set is empty.
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }
}
