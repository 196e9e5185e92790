//! Regular expressions that are constants of this program.

/// A pattern, made once.
macro_rules! pattern {
    ($text:expr) => {{
        static PATTERN: std::sync::LazyLock<regex_lite::Regex> =
            std::sync::LazyLock::new(|| regex_lite::Regex::new($text).expect("a valid pattern"));
        &*PATTERN
    }};
}
pub(crate) use pattern;
