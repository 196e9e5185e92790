//! How decoded calls look: [`text`] for people, [`json`] for programs, [`summary`] for a glance.
//!
//! Output never looks into a tracee's memory: it renders [`decode::Value`]s.
#![forbid(unsafe_code)]

pub mod json;
pub mod summary;
pub mod text;
pub mod writer;
