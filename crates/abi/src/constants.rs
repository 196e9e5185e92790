//! Sets of named constants: the flags and the enumerations of the kernel's headers.

/// A named constant of a [`Set`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The value, zero-extended to 64 bits.
    pub value: u64,
    /// The name as the header spells it.
    pub name: &'static str,
}

/// How the values of a [`Set`] combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Bits that are or-ed together. The order of the entries is the order of printing, and an
    /// entry of several bits stands before its parts.
    Bits,
    /// Values of which one holds at a time. The first entry with a value names it.
    Values,
}

/// Constants that belong together, such as the flags of `open(2)`.
#[derive(Debug, PartialEq, Eq)]
pub struct Set {
    /// What an unknown member is called in a comment, `O_???`.
    pub unknown: &'static str,
    /// Bits or values.
    pub meaning: Meaning,
    /// The members. For [`Meaning::Values`] sorted by value when `sorted` says so.
    pub entries: &'static [Entry],
    /// Whether `entries` is sorted by value, without a value twice, so that it can be bisected.
    pub sorted: bool,
}

impl Set {
    /// The name of exactly this value, if the set has one.
    pub fn name(&self, value: u64) -> Option<&'static str> {
        if self.sorted {
            let at = self.entries.binary_search_by_key(&value, |e| e.value).ok()?;
            return Some(self.entries[at].name);
        }
        self.entries.iter().find(|e| e.value == value).map(|e| e.name)
    }

    /// The value of a name that the set has. Meant for constants, where a name that does not exist ends the
    /// compilation: `const { OPEN.of("O_CREAT") }`.
    ///
    /// # Panics
    /// When the set has no such name.
    #[expect(clippy::panic, reason = "evaluated by the compiler, where a panic is an error of compilation")]
    pub const fn of(&self, name: &str) -> u64 {
        let mut i = 0;
        while i < self.entries.len() {
            if crate::layout::same(self.entries[i].name.as_bytes(), name.as_bytes()) {
                return self.entries[i].value;
            }
            i += 1;
        }
        panic!("the set has no such name")
    }

    /// The value of a name, if the set has it.
    pub fn value(&self, name: &str) -> Option<u64> {
        self.entries.iter().find(|e| e.name == name).map(|e| e.value)
    }
}
