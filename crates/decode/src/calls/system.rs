//! The whole system: names, limits, modules, random numbers.

use crate::Row;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {};
