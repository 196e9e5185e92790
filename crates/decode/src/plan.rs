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
