//! The C library's words for errors.

use std::io;

/// `strerror`'s text for an error of the system, without Rust's `(os error N)`.
pub fn error_text(error: &io::Error) -> String {
    let mut text = error.to_string();
    if error.raw_os_error().is_some()
        && let Some(end) = text.rfind(" (os error")
    {
        text.truncate(end);
    }
    text
}
