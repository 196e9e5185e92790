//! Who listens to a backend.

use crate::{Event, Sums, Tracee};

/// What a backend shall do after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Let go of every tracee and come back: the sink cannot go on (its output is closed, its disk is full).
    End,
    /// Let go of this thread alone and go on with the others. After an `Enter` this is honoured at that call's stop.
    Detach,
}

/// The receiver of events.
pub trait Sink {
    /// Handles one event. The tracee stands still for as long as this runs, so it must not block for long.
    fn event(&mut self, event: &Event<'_>, tracee: &dyn Tracee) -> Flow;

    /// Nothing has happened for some milliseconds: a time to write out what was gathered.
    fn idle(&mut self) -> Flow {
        Flow::Continue
    }

    /// What was counted of one sort of calls, where the backend counts and tells nothing of them. Comes once, at the end.
    fn sums(&mut self, _sums: &Sums) {}

    /// Something could not be done: one line for standard error, without the program's name.
    fn notice(&mut self, _line: &str) {}
}
