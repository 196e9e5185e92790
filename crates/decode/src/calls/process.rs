//! Processes, threads and their attributes.

use crate::Row;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {};
