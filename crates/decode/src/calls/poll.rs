//! Waiting for descriptors: poll, select, epoll and kin.

use crate::Row;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {};
