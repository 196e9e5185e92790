//! The C library's words for errors.

use std::ffi::CStr;
use std::io;

/// `strerror`'s text for an error of the system, without Rust's `(os error N)`.
pub(crate) fn text(error: &io::Error) -> String {
    error.raw_os_error().map_or_else(|| error.to_string(), text_of)
}

/// `strerror`'s text for a number.
pub(crate) fn text_of(errno: i32) -> String {
    let mut buffer = [0_u8; 128];
    // SAFETY: the buffer is as long as said; on Linux with glibc's POSIX variant it ends with a NUL on success.
    let answer = unsafe { libc::strerror_r(errno, buffer.as_mut_ptr().cast(), buffer.len()) };
    match CStr::from_bytes_until_nul(&buffer) {
        Ok(text) if answer == 0 => text.to_string_lossy().into_owned(),
        _ => format!("Unknown error {errno}"),
    }
}
