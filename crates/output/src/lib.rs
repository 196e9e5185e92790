//! How decoded calls look: [`json`] for programs, [`summary`] for a glance.
//!
//! Output never looks into a tracee's memory: it renders [`decode::Value`]s.
#![forbid(unsafe_code)]

pub mod json;
pub mod summary;
