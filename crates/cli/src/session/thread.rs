//! What is known of a thread between its events.

use decode::{Options, Pointers, Row, Saved};
use output::{json::Record, text::CallLine};
use std::{borrow::Cow, cell::RefCell};
use tracer::{Call, CommandName, Stamp};

/// A thread.
#[derive(Debug, Default)]
pub struct Thread {
    /// The call that it is in.
    pub pending: Option<Pending>,
    /// The number of its latest call.
    pub number: u64,
    /// Where its latest call was made.
    pub ip: u64,
    /// The name of its last call that has come back: what a restart_syscall(2) goes on with.
    pub previous: Option<Cow<'static, str>>,
    /// The personality of its latest call, once one was seen.
    pub abi: Option<abi::Abi>,
    /// The name of its command, where that is wanted.
    pub command: Option<CommandName>,
}

/// A call that has entered and not come back.
#[derive(Debug)]
pub struct Pending {
    /// The call.
    pub call: Call,
    /// The number under which it is filtered and counted.
    pub number: u64,
    /// Its name.
    pub name: Cow<'static, str>,
    /// What is known of it.
    pub row: Option<&'static Row>,
    /// Which of its arguments are pointers that are followed.
    pub pointers: Pointers,
    /// Whether its arguments are shown as words.
    pub raw: bool,
    /// How deep it is looked into.
    pub options: Options,
    /// When it entered.
    pub entered: Stamp,
    /// The index of the first argument that is not shown yet.
    pub next: usize,
    /// What the entry left for the exit.
    pub saved: RefCell<Saved>,
    /// Its line, in text.
    pub line: CallLine,
    /// Its record, in JSON.
    pub record: Record,
    /// Whether the filters want it.
    pub wanted: bool,
    /// Whether it is shown.
    pub shown: bool,
}

impl Pending {
    /// Whether everything that is to be said of the arguments has been said.
    pub fn complete(&self) -> bool {
        self.raw || self.row.is_none_or(|row| self.next >= row.args.len())
    }
}
