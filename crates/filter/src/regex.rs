//! POSIX extended regular expressions (regex(7)), as the C library reads them, in terms of `regex-lite`.
//!
//! Only whether something matches counts here, so that a translation needs no captures and no greediness. A comma
//! ends an expression on the command line: intervals can only be `{n}`.

use regex_lite::{Regex, RegexBuilder};
use std::{iter::Peekable, str::Chars};

/// The highest repeat count that the C library takes (`RE_DUP_MAX`).
const MAX_REPEAT: u32 = 32767;
/// How large a compiled expression may become, in bytes.
const MAX_SIZE: usize = 1 << 22;

/// Compiles an expression; fails with the C library's words.
pub(crate) fn compile(posix: &str) -> Result<Regex, &'static str> {
    let translated = Translation::new(posix).run()?;
    RegexBuilder::new(&translated).size_limit(MAX_SIZE).build().map_err(|_| TOO_BIG)
}

const TOO_BIG: &str = "Regular expression too big";
const UNMATCHED_PAREN: &str = "Unmatched ( or \\(";
const UNMATCHED_BRACKET: &str = "Unmatched [, [^, [:, [., or [=";
const UNMATCHED_BRACE: &str = "Unmatched \\{";
const BAD_BRACE: &str = "Invalid content of \\{\\}";
const BAD_PRECEDING: &str = "Invalid preceding regular expression";
const BAD_RANGE: &str = "Invalid range end";

/// A translation under way.
struct Translation<'a> {
    input: Peekable<Chars<'a>>,
    output: String,
    /// Where the atom begins to which a quantifier would apply.
    atom: Option<usize>,
    /// Whether a quantifier has been applied to it.
    quantified: bool,
    /// Where the open groups begin.
    groups: Vec<usize>,
}

impl<'a> Translation<'a> {
    fn new(posix: &'a str) -> Self {
        Self {
            input: posix.chars().peekable(),
            output: String::new(),
            atom: None,
            quantified: false,
            groups: Vec::new(),
        }
    }

    fn run(mut self) -> Result<String, &'static str> {
        while let Some(c) = self.input.next() {
            self.step(c)?;
        }
        if self.groups.is_empty() { Ok(self.output) } else { Err(UNMATCHED_PAREN) }
    }

    fn step(&mut self, c: char) -> Result<(), &'static str> {
        match c {
            '(' => self.open(),
            ')' if !self.groups.is_empty() => self.close(),
            '|' | '^' => self.separator(c),
            '$' => self.separator('$'),
            '*' | '+' | '?' => return self.quantifier(&c.to_string()),
            '{' => {
                let count = self.interval()?;
                return self.quantifier(&format!("{{{count}}}"));
            }
            '[' => {
                let set = bracket(&mut self.input)?;
                self.atom(&set);
            }
            '\\' => return self.escape(),
            '.' => self.atom("."),
            other => self.literal(other),
        }
        Ok(())
    }

    /// Something that a quantifier may follow.
    fn atom(&mut self, text: &str) {
        self.atom = Some(self.output.len());
        self.quantified = false;
        self.output.push_str(text);
    }

    fn literal(&mut self, c: char) {
        self.atom(&literal(c));
    }

    /// Something that no quantifier may follow.
    fn separator(&mut self, c: char) {
        self.atom = None;
        self.output.push(c);
    }

    fn open(&mut self) {
        self.groups.push(self.output.len());
        self.output.push_str("(?:");
        self.atom = None;
    }

    fn close(&mut self) {
        self.output.push(')');
        self.atom = self.groups.pop();
        self.quantified = false;
    }

    /// A second quantifier applies to the atom with the first one; here it would make the first one lazy.
    fn quantifier(&mut self, text: &str) -> Result<(), &'static str> {
        let start = self.atom.ok_or(BAD_PRECEDING)?;
        if self.quantified {
            self.output.insert_str(start, "(?:");
            self.output.push(')');
        }
        self.output.push_str(text);
        self.quantified = true;
        Ok(())
    }

    /// What stands between braces.
    fn interval(&mut self) -> Result<u32, &'static str> {
        if self.atom.is_none() {
            return Err(BAD_PRECEDING);
        }
        let rest: String = self.input.clone().collect();
        let end = rest.find('}').ok_or(UNMATCHED_BRACE)?;
        let count = &rest[..end];
        self.input.nth(count.chars().count());
        if count.is_empty() || !count.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BAD_BRACE);
        }
        count.parse().ok().filter(|n| *n <= MAX_REPEAT).ok_or(TOO_BIG)
    }

    /// What follows a backslash: GNU's own escapes, or the character itself.
    fn escape(&mut self) -> Result<(), &'static str> {
        match self.input.next().ok_or("Trailing backslash")? {
            c @ ('w' | 'W' | 's' | 'S') => self.atom(&format!("\\{c}")),
            c @ ('b' | 'B' | '<' | '>') => self.assertion(&format!("\\{c}")),
            '`' => self.assertion("\\A"),
            '\'' => self.assertion("\\z"),
            '1'..='9' => return Err("Invalid back reference"),
            other => self.literal(other),
        }
        Ok(())
    }

    fn assertion(&mut self, text: &str) {
        self.atom = None;
        self.output.push_str(text);
    }
}

/// A character that stands for itself.
fn literal(c: char) -> String {
    if c.is_alphanumeric() || c == '_' { c.to_string() } else { format!("\\x{{{:x}}}", u32::from(c)) }
}

/// A bracket expression, after its `[`.
fn bracket(input: &mut Peekable<Chars<'_>>) -> Result<String, &'static str> {
    // The C library has a word of its own for a bracket that ends the expression.
    input.peek().ok_or("Invalid regular expression")?;
    let mut output = String::from("[");
    if input.next_if_eq(&'^').is_some() {
        output.push('^');
    }
    let mut first = true;
    loop {
        match input.next().ok_or(UNMATCHED_BRACKET)? {
            ']' if !first => break,
            '[' if matches!(input.peek(), Some(':')) => output.push_str(&class(input)?),
            c => {
                let from = element(c, input)?;
                output.push_str(&range(from, input)?);
            }
        }
        first = false;
    }
    output.push(']');
    Ok(output)
}

/// One character of a bracket expression, `[.x.]` and `[=x=]` included.
fn element(c: char, input: &mut Peekable<Chars<'_>>) -> Result<char, &'static str> {
    let Some(mark) = input.next_if(|next| c == '[' && matches!(next, '.' | '=')) else { return Ok(c) };
    let named = input.next().ok_or(UNMATCHED_BRACKET)?;
    match (input.next(), input.next()) {
        (Some(m), Some(']')) if m == mark => Ok(named),
        (Some(_), Some(_)) => Err("Invalid collation character"),
        _ => Err(UNMATCHED_BRACKET),
    }
}

/// A character, or a range that begins with it.
fn range(from: char, input: &mut Peekable<Chars<'_>>) -> Result<String, &'static str> {
    let mut ahead = input.clone();
    let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|end| end != ']');
    if !is_range {
        return Ok(literal(from));
    }
    input.next();
    let end = input.next().ok_or(UNMATCHED_BRACKET)?;
    let to = element(end, input)?;
    if to < from {
        return Err(BAD_RANGE);
    }
    Ok(format!("{}-{}", literal(from), literal(to)))
}

/// A class such as `[:alpha:]`, after its `[`.
fn class(input: &mut Peekable<Chars<'_>>) -> Result<String, &'static str> {
    const CLASSES: [&str; 12] =
        ["alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper", "xdigit"];
    let rest: String = input.clone().skip(1).collect();
    let end = rest.find(":]").ok_or(UNMATCHED_BRACKET)?;
    let name = CLASSES.iter().find(|class| **class == &rest[..end]).ok_or("Invalid character class name")?;
    input.nth(name.len() + 2);
    Ok(format!("[:{name}:]"))
}
