//! Memories that are not a process's.

pub mod capture;
pub mod pieces;
pub mod recording;
