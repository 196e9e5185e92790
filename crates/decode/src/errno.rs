//! Errors of the kernel in words.

/// What an errno means, in the C library's words; the kernel's own restart codes, which the C library does not
/// know, in those of its comments. `None` for a number without a meaning.
pub fn describe(errno: u32) -> Option<String> {
    match errno {
        512 => Some("To be restarted if SA_RESTART is set".into()),
        513 => Some("To be restarted".into()),
        514 => Some("To be restarted if no handler".into()),
        516 => Some("Interrupted by signal".into()),
        _ => {
            let text = tracer::error_text(&std::io::Error::from_raw_os_error(errno.try_into().ok()?));
            (!text.starts_with("Unknown error")).then_some(text)
        }
    }
}

/// Whether this is one of the kernel's restart codes: the program never sees it, the call begins again or ends with EINTR.
pub fn is_restart(errno: u32) -> bool {
    matches!(errno, 512 | 513 | 514 | 516)
}
