//! Reading, writing and descriptors: read, write, fcntl, ioctl, pipes.

use crate::Row;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {};
