//! Extended attributes.

use std::ffi::CStr;

/// The longest value that is asked for, in bytes.
const ROOM: usize = 64;

/// The value of an attribute of a file; `None` where there is none, or it is longer than any that is asked for.
pub(crate) fn attribute(path: &CStr, name: &CStr) -> Option<Vec<u8>> {
    let mut buffer = vec![0_u8; ROOM];
    // SAFETY: both strings end with a NUL, and the kernel writes no more than the buffer's length into it.
    let length = unsafe { libc::getxattr(path.as_ptr(), name.as_ptr(), buffer.as_mut_ptr().cast(), buffer.len()) };
    buffer.truncate(usize::try_from(length).ok()?);
    Some(buffer)
}
