//! Which events are wanted: the grammar of `-e`, and the predicates that it makes.
#![forbid(unsafe_code)]

mod calls;
mod classes;
mod error;
mod grammar;
mod names;
mod qualifier;
mod regex;
mod sets;
mod touch;
mod words;

pub use error::Error;
pub use names::{name, part};
pub use qualifier::Qualifier;
pub use sets::{CallSet, NumberSet};
pub use words::{Details, Processes, Quiet, Statuses};

use abi::Abi;
use std::path::PathBuf;

/// Everything that the command line says about which events are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The calls of `-e trace=`, and all that have no name (see [`Filter::trace_only`]).
    pub trace: CallSet,
    /// The signals of `-e signal=`.
    pub signals: NumberSet,
    /// The statuses of `-e status=`, `-z` and `-Z`.
    pub statuses: Statuses,
    /// The paths of `-P`, and what they resolve into.
    pub paths: Vec<PathBuf>,
    /// The descriptors of `-e trace-fds=`, where it was given.
    pub descriptors: Option<NumberSet>,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            trace: CallSet::ALL,
            signals: NumberSet::ALL,
            statuses: Statuses::ALL,
            paths: Vec::new(),
            descriptors: None,
        }
    }
}

impl Filter {
    /// Asks for these calls. As in strace, calls without a name are always wanted: nobody could ask for them.
    pub fn trace_only(&mut self, calls: CallSet) {
        self.trace = calls;
        self.trace.add(&names::unnamed());
    }

    /// Whether calls with this number are wanted at all. The number of an x32 call is given without bit 30; parts of
    /// `socketcall` and `ipc` have numbers of their own (see [`part`]).
    pub fn wants_call(&self, abi: Abi, number: u64) -> bool {
        self.trace.contains(abi, number)
    }

    /// Whether calls with this number are wanted, or a part of the call may be.
    pub fn wants_number(&self, abi: Abi, number: u64) -> bool {
        self.wants_call(abi, number)
            || (0..32).any(|index| part(abi, number, index).is_some_and(|part| self.wants_call(abi, part)))
    }

    /// Whether a signal is wanted.
    pub fn wants_signal(&self, signal: i32) -> bool {
        self.signals.contains(signal.into())
    }

    /// Whether calls that end like this are wanted.
    pub fn wants_status(&self, status: Statuses) -> bool {
        self.statuses.contains(status)
    }

    /// Whether the statuses matter, so that nothing can be printed before a call has ended.
    pub fn waits_for_status(&self) -> bool {
        self.statuses != Statuses::ALL
    }
}
