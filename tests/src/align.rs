//! Which lines of two texts stand for each other.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::hash::Hash;
use std::ops::Range;

/// A line of the first text, of the second, or of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// The lines at these places stand for each other.
    Both(usize, usize),
    /// Only the first text has this line.
    First(usize),
    /// Only the second text has a line; the first would have it before the line at this place.
    Second {
        /// The place in the first text.
        before: usize,
        /// The line of the second text.
        line: usize,
    },
}

/// Aligns equal lines first, and between them lines of the same kind.
pub fn align<K: Eq + Hash + Ord>(first: &[String], second: &[String], kind: impl Fn(&str) -> K) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for operation in capture_diff_slices(Algorithm::Myers, first, second) {
        let (rows, columns) = (operation.old_range(), operation.new_range());
        if let DiffOp::Equal { .. } = operation {
            pairs.extend(rows.zip(columns).map(|(row, column)| Pair::Both(row, column)));
        } else {
            let kinds = |lines: &[String]| lines.iter().map(|line| kind(line)).collect::<Vec<_>>();
            between(&mut pairs, &kinds(&first[rows.clone()]), &kinds(&second[columns.clone()]), (rows, columns));
        }
    }
    pairs
}

/// Aligns what lies between equal lines by its kind.
fn between<K: Eq + Hash + Ord>(
    pairs: &mut Vec<Pair>,
    first: &[K],
    second: &[K],
    (rows, columns): (Range<usize>, Range<usize>),
) {
    for operation in capture_diff_slices(Algorithm::Myers, first, second) {
        let (old, new) = (operation.old_range(), operation.new_range());
        let old = rows.start + old.start..rows.start + old.end;
        let new = columns.start + new.start..columns.start + new.end;
        if let DiffOp::Equal { .. } = operation {
            pairs.extend(old.zip(new).map(|(row, column)| Pair::Both(row, column)));
        } else {
            let before = old.end;
            pairs.extend(old.map(Pair::First));
            pairs.extend(new.map(|line| Pair::Second { before, line }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_kind_stand_for_each_other_between_equal_ones() {
        let lines = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let pairs = align(&lines("a1 b1 c1 d"), &lines("a1 c2 e d"), |line| line[..1].to_owned());
        assert_eq!(
            pairs,
            [Pair::Both(0, 0), Pair::First(1), Pair::Both(2, 1), Pair::Second { before: 3, line: 2 }, Pair::Both(3, 3)]
        );
    }
}
