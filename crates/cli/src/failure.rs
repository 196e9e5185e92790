//! Why a command line is refused.

/// A command line that is not understood; the texts are strace's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, without the program's name.
    pub message: String,
    /// Whether a hint at the help text follows.
    pub hint: bool,
}

impl Failure {
    /// A mistake in the use of options, with a hint at the help text.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: true }
    }

    /// Anything else.
    pub fn plain(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: false }
    }

    /// An option that strace has and this program does not have yet.
    pub fn unsupported(option: &str) -> Self {
        Self::plain(format!("option {option} is not supported yet"))
    }

    /// The text for standard error, with the name that the program was called by.
    pub fn text(&self, program: &str) -> String {
        let hint = if self.hint { format!("\nTry '{program} -h' for more information.") } else { String::new() };
        format!("{program}: {}{hint}", self.message)
    }
}

impl From<filter::Error> for Failure {
    fn from(error: filter::Error) -> Self {
        Self { message: error.to_string(), hint: error.hints_at_help() }
    }
}
