//! The grammar of JSON: objects, lists, numbers, strings.

use std::io::Write as _;

/// An object that is being written.
pub(super) struct Object<'o> {
    out: &'o mut Vec<u8>,
    empty: bool,
}

impl<'o> Object<'o> {
    /// Begins an object.
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, empty: true }
    }

    /// Goes on with an object that was begun, has a member, and was not ended.
    pub(super) fn resume(out: &'o mut Vec<u8>) -> Self {
        Self { out, empty: false }
    }

    /// Writes a member's name; its value is to follow in the buffer that is returned.
    pub(super) fn member(&mut self, name: &str) -> &mut Vec<u8> {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
        string(name, self.out);
        self.out.push(b':');
        self.out
    }

    /// Writes a member that is a string.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        string(text, self.member(name));
    }

    /// Writes a member that is a number.
    pub(super) fn number(&mut self, name: &str, number: impl Into<i128>) {
        integer(number, self.member(name));
    }

    /// Writes a member that is a truth value.
    pub(super) fn flag(&mut self, name: &str, holds: bool) {
        self.member(name).extend_from_slice(if holds { b"true" } else { b"false" });
    }

    /// Writes a member that is `true`.
    pub(super) fn mark(&mut self, name: &str) {
        self.flag(name, true);
    }

    /// Writes a member that is an object, whose members are already written, separated by commas.
    pub(super) fn members(&mut self, name: &str, json: &[u8]) {
        let out = self.member(name);
        out.push(b'{');
        out.extend_from_slice(json);
        out.push(b'}');
    }

    /// Ends the object.
    pub(super) fn end(self) {
        self.out.push(b'}');
    }

    /// Ends the object and its line: it was a record.
    pub(super) fn line(self) {
        self.out.extend_from_slice(b"}\n");
    }
}

/// Writes a list, one element by each call of `write`.
pub(super) fn list<T>(items: impl IntoIterator<Item = T>, out: &mut Vec<u8>, mut write: impl FnMut(T, &mut Vec<u8>)) {
    out.push(b'[');
    let mut first = true;
    for item in items {
        if !first {
            out.push(b',');
        }
        first = false;
        write(item, out);
    }
    out.push(b']');
}

/// Writes an integer in base 10.
pub(super) fn integer(number: impl Into<i128>, out: &mut Vec<u8>) {
    print(out, format_args!("{}", number.into()));
}

/// Writes an address as a string in base 16.
pub(super) fn hexadecimal(number: u64, out: &mut Vec<u8>) {
    print(out, format_args!("\"{number:#x}\""));
}

/// Writes formatted text as it is.
fn print(out: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // A vector takes every byte it is given.
    let _ = out.write_fmt(text);
}

/// Writes a string.
pub(super) fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if let Some(escape) = escape(*byte) {
            out.extend_from_slice(&bytes[from..at]);
            out.extend_from_slice(escape.as_bytes());
            from = at + 1;
        }
    }
    out.extend_from_slice(&bytes[from..]);
    out.push(b'"');
}

/// What stands for a character that a string cannot hold as it is (RFC 8259, section 7).
fn escape(byte: u8) -> Option<&'static str> {
    const CONTROLS: [&str; 32] = [
        "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b", "\\t", "\\n",
        "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014",
        "\\u0015", "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e",
        "\\u001f",
    ];
    match byte {
        b'"' => Some("\\\""),
        b'\\' => Some("\\\\"),
        _ => CONTROLS.get(usize::from(byte)).copied(),
    }
}
