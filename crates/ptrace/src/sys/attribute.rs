//! Extended attributes.

use std::ffi::CStr;

/// Whether an extended attribute of what a path leads to is exactly this: getxattr(2).
pub(crate) fn attribute_is(path: &CStr, name: &CStr, value: &[u8]) -> bool {
    let mut buffer = [0_u8; 64];
    // SAFETY: both strings end with a NUL, and the kernel writes no more than the buffer's length into it.
    let length = unsafe { libc::getxattr(path.as_ptr(), name.as_ptr(), buffer.as_mut_ptr().cast(), buffer.len()) };
    usize::try_from(length).is_ok_and(|length| buffer.get(..length) == Some(value))
}
