//! From arguments to a request: getopt_long(3)'s grammar, with its messages.

use crate::{
    Failure,
    flags::{self, Effect, FLAGS, Flag, OWN, Takes},
    request::Request,
};
use lexopt::{Arg, Parser};
use std::{borrow::Cow, ffi::OsString};

/// An option as it was given.
pub(crate) struct Given {
    /// Whether it was given by its letter.
    pub short: bool,
    /// Its letter, where it has one.
    letter: Option<char>,
    /// The long name that was meant; empty where it has none.
    pub long: &'static str,
    /// Whether it was given without a value.
    pub bare: bool,
    /// Its value; empty without one.
    pub value: OsString,
}

impl Given {
    /// The value as text.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        self.value.to_string_lossy()
    }

    /// How messages name the option.
    pub(crate) fn name(&self) -> String {
        match self.letter {
            Some(letter) if self.short => format!("-{letter}"),
            _ => format!("--{}", self.long),
        }
    }

    /// The error for a value that makes no sense.
    pub(crate) fn invalid(&self) -> Failure {
        Failure::usage(format!("invalid {} argument: '{}'", self.name(), self.text()))
    }

    /// The value as a number between bounds.
    pub(crate) fn number<N: TryFrom<i64>>(&self, min: i64, max: i64) -> Result<N, Failure> {
        let number = crate::values::number(&self.text(), min, max);
        number.and_then(|n| N::try_from(n).ok()).ok_or_else(|| self.invalid())
    }

    /// The value as one of some words.
    pub(crate) fn choice<T>(&self, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
        read(&self.text()).ok_or_else(|| self.invalid())
    }

    /// The value as one of some words, or a default without one.
    pub(crate) fn choice_or<T>(&self, default: T, read: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
        if self.bare { Ok(default) } else { self.choice(read) }
    }
}

/// What a command line asks for.
pub(crate) enum Parsed {
    /// The help text.
    Help,
    /// The version.
    Version,
    /// A script for the completions of a shell.
    Completions,
    /// To trace, with these options, this command and its arguments.
    Trace(Box<Request>, Vec<OsString>),
}

/// Reads arguments (without the program's own name). Options end at the command.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Parsed, Failure> {
    let mut parser = Parser::from_args(arguments);
    parser.set_short_equals(false);
    let mut request = Request::default();
    loop {
        // An error here means a value that nobody asked for; `long_option` leaves none behind.
        let Ok(Some(argument)) = parser.next() else { return Ok(Parsed::Trace(Box::new(request), Vec::new())) };
        let (flag, given) = match argument {
            Arg::Value(program) => {
                let rest = parser.raw_args().into_iter().flatten();
                return Ok(Parsed::Trace(Box::new(request), std::iter::once(program).chain(rest).collect()));
            }
            Arg::Short(letter) => short_option(letter, &mut parser)?,
            Arg::Long(name) => {
                let name = name.to_owned();
                long_option(&name, &mut parser)?
            }
        };
        match flag.effect {
            Effect::Help => return Ok(Parsed::Help),
            Effect::Version => return Ok(Parsed::Version),
            Effect::Completions if given.text() == "bash" => return Ok(Parsed::Completions),
            Effect::Completions => return Err(given.invalid()),
            Effect::Set(set) => set(&mut request, &given)?,
        }
    }
}

/// An option given by its letter.
fn short_option(letter: char, parser: &mut Parser) -> Result<(&'static Flag, Given), Failure> {
    let flag = flags::by_letter(letter).ok_or_else(|| Failure::usage(format!("invalid option -- '{letter}'")))?;
    let value = match flag.takes {
        Takes::Value(_) => {
            Some(parser.value().map_err(|_| Failure::usage(format!("option requires an argument -- '{letter}'")))?)
        }
        Takes::Nothing | Takes::Optional(_) => None,
    };
    let long = flag.long.first().copied().unwrap_or("");
    let given =
        Given { short: true, letter: flag.short, long, bare: value.is_none(), value: value.unwrap_or_default() };
    Ok((flag, given))
}

/// An option given by its long name or a beginning of it.
fn long_option(name: &str, parser: &mut Parser) -> Result<(&'static Flag, Given), Failure> {
    let attached = parser.optional_value();
    let (flag, long) = find_long(name).map_err(|why| {
        let value = attached.as_ref().map_or(String::new(), |value| format!("={}", value.to_string_lossy()));
        Failure::usage(why.message(&format!("--{name}{value}")))
    })?;
    let value = match (flag.takes, attached) {
        (Takes::Nothing, Some(_)) => {
            return Err(Failure::usage(format!("option '--{long}' doesn't allow an argument")));
        }
        (Takes::Value(_), None) => {
            let missing = |_| Failure::usage(format!("option '--{long}' requires an argument"));
            Some(parser.value().map_err(missing)?)
        }
        (_, attached) => attached,
    };
    let given =
        Given { short: false, letter: flag.short, long, bare: value.is_none(), value: value.unwrap_or_default() };
    Ok((flag, given))
}

/// Why a long name names no option.
enum NotFound {
    /// No option begins so.
    Unknown,
    /// Several do.
    Ambiguous(Vec<&'static str>),
}

impl NotFound {
    fn message(&self, written: &str) -> String {
        match self {
            Self::Unknown => format!("unrecognized option '{written}'"),
            Self::Ambiguous(names) => {
                let names: Vec<_> = names.iter().map(|name| format!("'--{name}'")).collect();
                format!("option '{written}' is ambiguous; possibilities: {}", names.join(" "))
            }
        }
    }
}

/// Looks a long name up; unambiguous beginnings are enough. Names of one option are not ambiguous among themselves,
/// and of those the first option has only the first is told.
fn find_long(name: &str) -> Result<(&'static Flag, &'static str), NotFound> {
    let names = || FLAGS.iter().flat_map(|flag| flag.long.iter().map(move |long| (flag, *long)));
    if let Some(exact) = names().find(|(_, long)| *long == name) {
        return Ok(exact);
    }
    let mut candidates = names().filter(|(_, long)| long.starts_with(name) && !OWN.contains(long));
    let first = candidates.next().ok_or(NotFound::Unknown)?;
    let others: Vec<_> = candidates.filter(|(flag, _)| !std::ptr::eq(*flag, first.0)).collect();
    if others.is_empty() {
        return Ok(first);
    }
    Err(NotFound::Ambiguous(std::iter::once(first).chain(others).map(|(_, long)| long).collect()))
}
