//! Arguments of syslog(2): what they are depends on the action.

use super::{Address, Buffer, Int};
use crate::{Cx, Dir, Kind, Len, Shape, Value};
use abi::Abi;
use abi::generated::sets::system::{LOGLEVEL, SYSLOG};

fn action(cx: &Cx<'_>) -> &'static str {
    SYSLOG.name(cx.arg(0) & 0xffff_ffff).unwrap_or("")
}

fn reads(cx: &Cx<'_>) -> bool {
    matches!(action(cx), "SYSLOG_ACTION_READ" | "SYSLOG_ACTION_READ_ALL" | "SYSLOG_ACTION_READ_CLEAR")
}

/// Whether the action has arguments.
pub fn has_arguments(cx: &Cx<'_>) -> bool {
    reads(cx) || matches!(action(cx), "" | "SYSLOG_ACTION_CONSOLE_LEVEL")
}

/// A number with the name of a set in passing: `3 /* SYSLOG_ACTION_READ_ALL */`.
fn commented<'a>(cx: &Cx<'a>, word: u64, set: &'static abi::Set) -> Value<'a> {
    let name = set.name(word & 0xffff_ffff).unwrap_or(set.unknown);
    Value::Commented(cx.put(Int.value(cx, word)), name)
}

/// The action.
#[derive(Clone, Copy, Debug)]
pub struct Action;

impl Kind for Action {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        commented(cx, word, &SYSLOG)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The buffer for those that read.
#[derive(Clone, Copy, Debug)]
pub struct LogBuffer;

impl Kind for LogBuffer {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if reads(cx) { Buffer(Len::Result).value(cx, word) } else { Address.value(cx, word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, _stated: Dir) -> Dir {
        if reads(cx) { Dir::Out } else { Dir::In }
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Len::Result)
    }
}

/// The length of the buffer, or the level.
#[derive(Clone, Copy, Debug)]
pub struct LogLength;

impl Kind for LogLength {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if action(cx) == "SYSLOG_ACTION_CONSOLE_LEVEL" { commented(cx, word, &LOGLEVEL) } else { Int.value(cx, word) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
