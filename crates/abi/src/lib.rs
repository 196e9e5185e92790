//! What Linux defines: call numbers, constants and structure layouts, as pure data.
//!
//! Everything below [`generated`] is made by `abi-gen` from the kernel's user-space headers and is
//! committed, so that a normal build needs neither a C compiler nor headers. This crate does no
//! I/O and has no `unsafe`.
#![forbid(unsafe_code)]

mod calls;
mod constants;
#[rustfmt::skip]
pub mod generated;
mod layout;
mod personality;

pub use calls::{CallInfo, call, number_of};
pub use constants::{Entry, Meaning, Set};
pub use layout::{Layouts, Member, Place};
pub use personality::Abi;
