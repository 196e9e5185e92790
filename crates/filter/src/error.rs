//! What can be wrong with an expression.

/// An expression that is not understood; the texts are strace's.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    /// A member that a set cannot have.
    #[error("invalid {what} '{text}'")]
    Invalid {
        /// What the set is of.
        what: &'static str,
        /// The member, as it was written.
        text: String,
    },
    /// A personality after `@` that does not exist.
    #[error("incorrect personality designator '{designator}' in qualification '{text}'")]
    Personality {
        /// What follows the `@`.
        designator: String,
        /// The whole member.
        text: String,
    },
    /// A regular expression that cannot be compiled.
    #[error("regcomp: {expression}: {reason}")]
    Regex {
        /// The expression.
        expression: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A qualifier that strace has and this program does not have yet.
    #[error("option --{0} is not supported yet")]
    Unsupported(&'static str),
}

impl Error {
    /// Whether strace adds a hint at its help text.
    pub fn hints_at_help(&self) -> bool {
        matches!(self, Self::Personality { .. })
    }
}
