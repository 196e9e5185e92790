//! The contract: what a backend tells ([`Event`]), what one can look into while it tells it
//! ([`Tracee`], [`Memory`]), and who listens ([`Sink`]).
//!
//! A backend says *what happened* and knows no call by name. Looking into a tracee is possible
//! only while its event is being handled: the sink gets it by reference, for that long. What all backends need to start a
//! command, and to say what failed, is here, too.
#![forbid(unsafe_code)]

mod command;
mod detail;
mod ending;
mod event;
mod memory;
mod sink;
mod start;
mod sums;
mod words;

pub use command::{CommandName, command, command_of};
pub use detail::{Aspect, Detail, UnixName};
pub use ending::Ending;
pub use event::{Call, Event, Return, Stamp, Tid, What};
pub use memory::{Files, Memory, NoMemory, Tracee, UNKNOWN_PROTOCOL};
pub use sink::{Flow, Sink};
pub use start::environment;
pub use sums::{BUCKETS, Durations, Sums};
pub use words::error_text;
