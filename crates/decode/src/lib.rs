//! What a call means: one [`Row`] per call, made of [`Kind`]s of argument, decoded to [`Value`]s.
//!
//! Decoding never asks where a tracee's memory comes from: everything is read through
//! [`tracer::Memory`]. What a row will read is stated by the row itself, as a [`Shape`], so that a
//! backend can copy it beforehand.
#![forbid(unsafe_code)]

pub mod calls;
mod classes;
mod context;
mod decoder;
mod errno;
pub mod ioctl;
mod kind;
pub mod kinds;
mod length;
mod netlink;
pub mod parts;
mod plan;
mod row;
mod shape;
mod signals;
mod value;

pub use classes::Classes;
pub use context::{Budget, Cx, Descriptors, Options, Saved};
pub use decoder::{Outcome, arguments, keep, outcome, raw_arguments};
pub use errno::{describe, is_restart};
pub use kind::{Kind, Role};
pub use length::Len;
pub use plan::{Fetch, Pointers, plan};
pub use row::{Arg, Dir, Row};
pub use shape::{Case, Nested, Shape};
pub use signals::{signal_name, signal_number};
pub use value::{Field, Quote, Value};
