//! Processes and threads by their ids.

use super::Long;
use crate::{Cx, Kind, Value};
use abi::Abi;

/// The id of a process or thread; of none where it is 0 or negative.
#[derive(Clone, Copy, Debug)]
pub struct Pid;

impl Kind for Pid {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        cx.process(word as i32)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn signed(&self) -> bool {
        true
    }
}

/// A result that is such an id.
#[derive(Clone, Copy, Debug)]
pub struct NewPid;

impl Kind for NewPid {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match Long.value(cx, word) {
            Value::Signed(id) if i32::try_from(id).is_ok() => cx.process(id as i32),
            other => other,
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// An id of what argument 0 says: of a process, or of something else.
#[derive(Clone, Copy, Debug)]
pub struct Whose {
    /// What argument 0 says of processes.
    pub process: u64,
}

impl Kind for Whose {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let id = word as i32;
        if cx.arg(0) as u32 == self.process as u32 { cx.process(id) } else { Value::Signed(id.into()) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
