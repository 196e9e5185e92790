//! Which events are wanted: the grammar of `-e`, and the predicates that it makes.
#![forbid(unsafe_code)]

mod sets;
mod words;

pub use sets::{CallSet, NumberSet};
pub use words::{Quiet, Statuses};

use abi::Abi;
use std::path::PathBuf;

/// Everything that the command line says about which events are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The calls of `-e trace=`.
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
    /// Whether calls with this number are wanted at all. The number of an x32 call is given without bit 30.
    pub fn wants_call(&self, abi: Abi, number: u64) -> bool {
        self.trace.contains(abi, number)
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
