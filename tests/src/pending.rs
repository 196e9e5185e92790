//! The list of runs that do not pass yet: `NAME  REASON` a line, where a `*` in NAME stands for anything.

use std::path::Path;

/// What is known not to pass, and why.
pub struct Pending(Vec<(String, String)>);

impl Pending {
    /// Reads the list; a file that is not there is an empty list.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = if path.exists() { std::fs::read_to_string(path)? } else { String::new() };
        let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
        let split = |line: &str| {
            line.split_once(' ')
                .map_or((line.to_owned(), String::new()), |(name, reason)| (name.to_owned(), reason.trim().to_owned()))
        };
        Ok(Self(lines.map(split).collect()))
    }

    /// Why this run does not pass yet, if it is on the list.
    pub fn reason(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(pattern, _)| matches(pattern, name)).map(|(_, reason)| reason.as_str())
    }
}

/// Whether a name is as a pattern with at most one `*` says.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end),
        None => pattern == name,
    }
}
