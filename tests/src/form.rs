//! The form of a line: what stays when strings and numbers are taken out.

use crate::pattern::pattern;
use std::collections::HashSet;

/// The forms of many lines.
#[derive(Clone, Debug, Default)]
pub struct Forms(HashSet<String>);

impl Forms {
    /// Of these lines.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a String>) -> Self {
        Self(lines.into_iter().map(|line| of_line(line)).collect())
    }

    /// Whether one of the lines has this line's form.
    pub fn contain(&self, line: &str) -> bool {
        self.0.contains(&of_line(line))
    }
}

/// Strings, names and numbers, and every other character by itself.
pub fn words(line: &str) -> Vec<&str> {
    pattern!(r#""(?:[^"\\]|\\.)*"(?:\.\.\.)?|\w+|."#).find_iter(line).map(|found| found.as_str()).collect()
}

/// The form of a word: its text, or for strings and numbers what kind it is.
pub fn of_word(word: &str) -> &str {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match word {
        _ if word.starts_with('"') => "STRING",
        "0" => "NUMBER",
        _ if word.starts_with("0x") => "ADDRESS",
        _ if word.starts_with('0') && digits(word) => "OCTAL",
        _ if digits(word) => "NUMBER",
        _ if word.len() > 1 && word.starts_with(['P', 'Q']) && digits(&word[1..]) => "PROCESS",
        _ => word,
    }
}

/// A line's form: the call, its first argument, which mostly says on what it acts, and the forms of all other words.
fn of_line(line: &str) -> String {
    let mut first = true;
    let mut form = String::new();
    for word in words(line) {
        first &= word != ",";
        form += if first && of_word(word) == "NUMBER" { word } else { of_word(word) };
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_the_call_and_what_it_acts_on() {
        assert_eq!(of_line(r#"read(3, "a\"b"..., 0644) = 12"#), "read(3, STRING, OCTAL) = NUMBER");
        assert_eq!(of_line("mmap(NULL, 4096, PROT_READ) = 0x7f00"), "mmap(NULL, NUMBER, PROT_READ) = ADDRESS");
        assert_eq!(of_line("kill(P1.2, SIGHUP) = -1 ESRCH (No)"), "kill(PROCESS.2, SIGHUP) = -NUMBER ESRCH (No)");
    }
}
