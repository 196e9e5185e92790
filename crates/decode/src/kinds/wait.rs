//! Waiting for children, and going on with an interrupted wait.

use crate::{Cx, Kind, Shape, Value};
use abi::Abi;

/// A pointer to the status of a child: written only when there was one.
#[derive(Clone, Copy, Debug)]
pub struct WaitStatus;

impl Kind for WaitStatus {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word == 0 || cx.result() == 0 || !cx.options.dereference {
            return cx.address(word);
        }
        match cx.number(word, 4) {
            Some(status) => Value::Pointee(cx.put(Value::WaitStatus(status as u32))),
            None => Value::Unreadable(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(4)
    }
}

/// A pointer to a record that is written only when there was a child.
pub struct Reaped(pub &'static dyn Kind);

impl Kind for Reaped {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.result() == 0 { cx.address(word) } else { self.0.value(cx, word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        self.0.shape(abi)
    }
}

/// What restart_syscall(2) goes on with, in the place of arguments.
#[derive(Clone, Copy, Debug)]
pub struct Resumed;

impl Kind for Resumed {
    fn value<'a>(&self, cx: &Cx<'a>, _word: u64) -> Value<'a> {
        let name = cx.interrupted.unwrap_or("system call");
        Value::Word(cx.format(format_args!("<... resuming interrupted {name} ...>")))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }
}
