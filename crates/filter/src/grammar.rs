//! What all sets on the command line have in common: `[!]all`, `[!]none`, `[!]member,member…`.

use crate::{CallSet, Error, NumberSet, calls};

/// A set that can be written on the command line.
pub(crate) trait Set: Sized {
    /// What its members are called in error messages.
    const WHAT: &'static str;

    /// The set without members.
    fn none() -> Self;

    /// Adds the member, or the members, that a word stands for.
    fn add_word(&mut self, word: &str) -> Result<(), Error>;

    /// Every member that is not in this set.
    fn inverse(self) -> Self;

    /// The error for a word that is no member.
    fn invalid(word: &str) -> Error {
        Error::Invalid { what: Self::WHAT, text: word.to_owned() }
    }
}

/// Reads a set.
pub(crate) fn parse<S: Set>(text: &str) -> Result<S, Error> {
    let members = text.trim_start_matches('!');
    let inverted = (text.len() - members.len()) % 2 == 1;
    let set: S = parse_members(members, text)?;
    Ok(if inverted { set.inverse() } else { set })
}

/// Reads a set without its exclamation marks; `whole` is the text with them.
fn parse_members<S: Set>(members: &str, whole: &str) -> Result<S, Error> {
    match members {
        "none" => return Ok(S::none()),
        "all" => return Ok(S::none().inverse()),
        _ => (),
    }
    let mut words = members.split(',').filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        return Err(S::invalid(whole));
    }
    let mut set = S::none();
    words.try_for_each(|word| set.add_word(word))?;
    Ok(set)
}

impl Set for CallSet {
    const WHAT: &'static str = "system call";

    fn none() -> Self {
        Self::NONE
    }

    fn add_word(&mut self, word: &str) -> Result<(), Error> {
        calls::add_word(self, word)
    }

    fn inverse(self) -> Self {
        self.inverted()
    }
}

/// The signals of `-e signal=`.
pub(crate) struct Signals(pub NumberSet);

impl Set for Signals {
    const WHAT: &'static str = "signal";

    fn none() -> Self {
        Self(NumberSet::NONE)
    }

    fn add_word(&mut self, word: &str) -> Result<(), Error> {
        self.0.insert(signal(word).ok_or_else(|| Self::invalid(word))?);
        Ok(())
    }

    fn inverse(self) -> Self {
        Self(self.0.inverted())
    }
}

/// A signal by number, or by name with or without `SIG`, in any case.
fn signal(word: &str) -> Option<u32> {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok().filter(|number| *number <= 255);
    }
    decode::signal_number(word)
}

/// The descriptors of `-e read=`, `-e write=` and `-e trace-fds=`.
pub(crate) struct Descriptors(pub NumberSet);

impl Set for Descriptors {
    const WHAT: &'static str = "descriptor";

    fn none() -> Self {
        Self(NumberSet::NONE)
    }

    fn add_word(&mut self, word: &str) -> Result<(), Error> {
        let number = number(word).filter(|n| i32::try_from(*n).is_ok());
        self.0.insert(number.ok_or_else(|| Self::invalid(word))?);
        Ok(())
    }

    fn inverse(self) -> Self {
        Self(self.0.inverted())
    }
}

/// A number as the C library's `strtoul` reads it, with nothing after it.
pub(crate) fn number(word: &str) -> Option<u32> {
    word.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b').parse().ok()
}

macro_rules! word_sets {
    ($($set:ty, $what:literal;)*) => {
        $(impl Set for $set {
            const WHAT: &'static str = $what;

            fn none() -> Self {
                Self::NONE
            }

            fn add_word(&mut self, word: &str) -> Result<(), Error> {
                *self = self.and(Self::by_word(word).ok_or_else(|| Self::invalid(word))?);
                Ok(())
            }

            fn inverse(self) -> Self {
                self.inverted()
            }
        })*
    };
}

word_sets! {
    crate::Statuses, "status";
    crate::Quiet, "quiet";
    crate::Details, "decode-fds";
    crate::Processes, "decode-pids";
}
