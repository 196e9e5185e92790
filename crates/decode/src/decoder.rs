//! From a row and a call to values.

use crate::{Cx, Dir, Kind, Row, Value};

/// The decoded result of a call.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The result of a success.
    pub value: Value<'a>,
    /// What is shown in parentheses after it.
    pub note: Value<'a>,
}

/// Decodes arguments from index `from` on, in order, and hands each to `emit` with its name. At the entry it
/// ends before the first argument that only the exit can tell. Returns the index at which the exit goes on.
pub fn arguments<'a>(
    row: &Row,
    cx: &Cx<'a>,
    from: usize,
    mut emit: impl FnMut(usize, &'static str, Value<'a>),
) -> usize {
    for (index, arg) in row.args.iter().enumerate().skip(from) {
        if arg.when.is_some_and(|exists| !exists(cx)) {
            continue;
        }
        let direction = arg.kind.direction(cx, arg.direction);
        if cx.entering() && direction != Dir::In {
            return index;
        }
        let word = cx.arg(index);
        let value = match direction {
            Dir::Out if cx.failed() => arg.kind.on_failure(cx, word & cx.abi().word_mask()),
            _ => arg.kind.value(cx, word),
        };
        emit(index, arg.kind.name(cx).unwrap_or(arg.name), value);
    }
    row.args.len()
}

/// Keeps, at the entry, what arguments from index `from` on will need at the exit.
pub fn keep(row: &Row, cx: &Cx<'_>, from: usize) {
    for (index, arg) in row.args.iter().enumerate().skip(from) {
        if arg.kind.direction(cx, arg.direction) == Dir::InOut {
            arg.kind.keep(cx, index, cx.arg(index));
        }
    }
}

/// Decodes the result of a call that did not fail.
pub fn outcome<'a>(row: &Row, cx: &Cx<'a>) -> Outcome<'a> {
    Outcome { value: row.ret.value(cx, cx.result() as u64), note: row.ret.note(cx) }
}

/// The argument words as they are, for calls without a row and for `-e raw=`.
pub fn raw_arguments<'a>(cx: &Cx<'a>, count: usize, mut emit: impl FnMut(usize, Value<'a>)) {
    for (index, word) in cx.call.args.iter().take(count).enumerate() {
        emit(index, Value::Hex(word & cx.abi().word_mask()));
    }
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row").field("name", &self.name).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for dyn Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kind")
    }
}
