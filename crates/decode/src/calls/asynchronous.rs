//! Asynchronous input and output: io_uring, aio.

use crate::Row;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {};
