//! Memory mappings.

use crate::Row;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {};
