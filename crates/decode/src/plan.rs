//! The capture plan of a call, from its row alone.

use crate::{Dir, Row, Shape};
use abi::Abi;

/// Memory that decoding a call will look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// The argument word, one of six, that points to it.
    pub arg: usize,
    /// When it is looked at: at the entry, at the exit, or at both. A [`Shape::Switch`] may say otherwise for a case.
    pub when: Dir,
    /// What is there.
    pub shape: Shape,
}

/// Which argument words point to what is read: a bit for each of the six.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pointers {
    /// At the entry.
    pub entry: u8,
    /// At the exit, of a call that has succeeded.
    pub exit: u8,
}

impl Pointers {
    /// Those of a call. At the entry nothing is read behind the first argument that only the exit can tell, but what is kept
    /// for it.
    pub fn of(row: &Row, abi: Abi) -> Self {
        let mut pointers = Self::default();
        let mut entering = true;
        for (index, arg) in row.args.iter().enumerate() {
            entering &= arg.direction == Dir::In;
            if arg.kind.shape(abi).is_memory() {
                let bit = 1 << arg.kind.word(abi, index);
                pointers.entry |= if entering || arg.direction == Dir::InOut { bit } else { 0 };
                pointers.exit |= if entering { 0 } else { bit };
            }
        }
        pointers
    }
}

/// Which memory a call's decoding looks at, how much, and when.
///
/// Arguments that stand behind one that only the exit can tell are decoded at the exit as well, but what a call reads
/// (`in`) may be gone by then: it is to be copied at the entry and kept.
pub fn plan(row: &Row, abi: Abi) -> Vec<Fetch> {
    let again = row.ret.looks_back();
    row.args
        .iter()
        .enumerate()
        .filter_map(|(arg, stated)| {
            let shape = stated.kind.shape(abi);
            let when = if again.contains(&arg) { Dir::InOut } else { stated.direction };
            (shape != Shape::Nothing).then(|| Fetch { arg: stated.kind.word(abi, arg), when, shape })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::named;

    fn pointers(name: &str) -> (u8, u8) {
        let pointers = Pointers::of(named(name).expect("there is such a row"), Abi::X86_64);
        (pointers.entry, pointers.exit)
    }

    #[test]
    fn pointers_are_followed_when_their_arguments_are_decoded() {
        assert_eq!(pointers("rename"), (0b11, 0));
        assert_eq!(pointers("openat"), (0b10, 0));
        assert_eq!(pointers("read"), (0, 0b10));
        assert_eq!(pointers("getppid"), (0, 0));
        assert_eq!(pointers("getxattr"), (0b11, 0b100));
    }
}
