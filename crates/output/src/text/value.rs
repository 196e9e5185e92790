//! Values as text.

use super::date::date;
use super::descriptor::descriptor;
use super::quote::all_in_hex;
use super::{HexStrings, Names, Style, bracketed, quoted};
use abi::{Set, generated::sets::process::PTRACE_EVENT};
use decode::{Field, Quote, Value, signal_name};

/// Writes a value. Writes nothing for [`Value::Omitted`].
pub fn value(out: &mut Vec<u8>, value: &Value<'_>, style: Style) {
    match *value {
        Value::Omitted => {}
        Value::Signed(number) => signed(out, number),
        Value::Unsigned(number) => unsigned(out, number),
        Value::Hex(number) => hex(out, number),
        Value::Octal(number) => octal(out, number),
        Value::Address(0) => out.extend_from_slice(b"NULL"),
        Value::Address(address) | Value::Unreadable(address) => hex(out, address),
        Value::Flags { value, set } => named(out, value, style, |out| flags(out, value, set, true)),
        Value::Const { value, set } => named(out, value, style, |out| constant(out, value, set)),
        Value::Named { name: "", .. } => {}
        Value::Named { value, name } => named(out, value, style, |out| out.extend_from_slice(name.as_bytes())),
        Value::Bits { value, parts } => named(out, value, style, |out| bits(out, parts, None)),
        Value::Joined { parts, .. } => bits(out, parts, Some(style)),
        Value::Spelled(inner) => self::value(out, inner, spelled(style)),
        Value::Either { raw, meaning } => either(out, raw, meaning, style),
        Value::Bytes { bytes, more, quote } => string(out, bytes, more, quote, style),
        Value::Descriptor { fd, target, detail } => descriptor(out, fd, target, detail, style),
        Value::Process { id, command } => {
            signed(out, id.into());
            if let Some(command) = command {
                bracketed(out, command.bytes(), style.hex);
            }
        }
        Value::Struct { fields, more } => structure(out, fields, more, style),
        Value::Array { items, more } => {
            out.push(b'[');
            list(out, items, b", ", style);
            if more {
                out.extend_from_slice(if items.is_empty() { b"..." } else { b", ..." });
            }
            out.push(b']');
        }
        Value::Choice { items, inverted } => {
            out.extend_from_slice(if inverted { b"~[" } else { b"[" });
            list(out, items, b" ", style);
            out.push(b']');
        }
        Value::Pointee(inner) => {
            out.push(b'[');
            self::value(out, inner, style);
            out.push(b']');
        }
        Value::Changed(before, after) => {
            self::value(out, before, style);
            out.extend_from_slice(b" => ");
            self::value(out, after, style);
        }
        Value::Call { name, items, .. } => {
            out.extend_from_slice(name.as_bytes());
            out.push(b'(');
            list(out, items, b", ", style);
            out.push(b')');
        }
        Value::Commented(inner, comment) => {
            self::value(out, inner, style);
            self::comment(out, comment.as_bytes());
        }
        Value::Prefaced(comment, inner) => {
            out.extend_from_slice(b"/* ");
            out.extend_from_slice(comment.as_bytes());
            out.extend_from_slice(b" */ ");
            self::value(out, inner, style);
        }
        Value::Dated { value: Value::Omitted, seconds, nanoseconds, digits } => date(out, seconds, nanoseconds, digits),
        Value::Dated { value: inner, seconds, nanoseconds, digits } => {
            self::value(out, inner, style);
            out.extend_from_slice(b" /* ");
            date(out, seconds, nanoseconds, digits);
            out.extend_from_slice(b" */");
        }
        Value::Shifted(inner, shift) => {
            self::value(out, inner, style);
            out.extend_from_slice(b"<<");
            out.extend_from_slice(shift.as_bytes());
        }
        Value::Multiple { count, unit } => multiple(out, count, unit, style),
        Value::Padded { value, digits } => padded(out, value, digits.into()),
        Value::Titled(title, inner) => {
            out.extend_from_slice(title.as_bytes());
            out.push(b' ');
            self::value(out, inner, style);
        }
        Value::Labelled(name, inner) => {
            out.extend_from_slice(name.as_bytes());
            out.push(b'=');
            self::value(out, inner, style);
        }
        Value::Subscripted(index, inner) => {
            out.push(b'[');
            self::value(out, index, style);
            out.extend_from_slice(b"]=");
            self::value(out, inner, style);
        }
        Value::Arguments(fields) => {
            for (index, field) in fields.iter().enumerate() {
                out.extend_from_slice(if index > 0 { b", " } else { b"" });
                self::value(out, &field.value, style);
            }
        }
        Value::Sequence(items) => list(out, items, b", ", style),
        Value::Word(word) => out.extend_from_slice(word.as_bytes()),
        Value::WaitStatus(status) => wait_status(out, status),
    }
}

fn string(out: &mut Vec<u8>, bytes: &[u8], more: bool, quote: Quote, style: Style) {
    let (bytes, more) = match quote {
        Quote::Terminated | Quote::Attribute if !all_in_hex(bytes, style.hex) => match bytes.strip_suffix(b"\0") {
            Some(front) => (front, false),
            None => (bytes, more),
        },
        // strace marks what it shows in base 16 as cut off, whether it is or not.
        Quote::Attribute => (bytes, true),
        _ => (bytes, more),
    };
    match quote {
        Quote::Binary => quoted(out, bytes, HexStrings::Always),
        Quote::Abstract => {
            out.push(b'@');
            quoted(out, bytes.strip_prefix(b"\0").unwrap_or(bytes), style.hex);
        }
        Quote::String | Quote::Buffer | Quote::Path | Quote::Terminated | Quote::Attribute => {
            quoted(out, bytes, style.hex);
        }
    }
    if more {
        out.extend_from_slice(b"...");
    }
}

fn list(out: &mut Vec<u8>, items: &[Value<'_>], separator: &[u8], style: Style) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(separator);
        }
        value(out, item, style);
    }
}

fn structure(out: &mut Vec<u8>, fields: &[Field<'_>], more: bool, style: Style) {
    out.push(b'{');
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(b", ");
        }
        if !field.bare || is_number(&field.value, style) {
            out.extend_from_slice(field.name.as_bytes());
            out.push(b'=');
        }
        value(out, &field.value, style);
    }
    if more {
        out.extend_from_slice(if fields.is_empty() { b"..." } else { b", ..." });
    }
    out.push(b'}');
}

/// Whether a value of two forms is shown as the number that it is: it then says no name of its own.
fn is_number(value: &Value<'_>, style: Style) -> bool {
    matches!(value, Value::Either { .. }) && style.names != Names::Abbreviated
}

fn comment(out: &mut Vec<u8>, text: &[u8]) {
    out.extend_from_slice(b" /* ");
    out.extend_from_slice(text);
    out.extend_from_slice(b" */");
}

/// A number with a name, as `-X` asks for it.
fn named(out: &mut Vec<u8>, number: u64, style: Style, name: impl FnOnce(&mut Vec<u8>)) {
    match style.names {
        Names::Abbreviated => name(out),
        Names::Raw => hex(out, number),
        Names::Verbose => {
            let start = out.len();
            hex(out, number);
            out.extend_from_slice(b" /* ");
            let text = out.len();
            name(out);
            if out[text..].starts_with(b"0") && !out[text..].contains(&b'|') {
                // There is no name: what stands there is the number itself, with what it would be.
                out.drain(start..text);
            } else {
                out.extend_from_slice(b" */");
            }
        }
    }
}

fn constant(out: &mut Vec<u8>, number: u64, set: &'static Set) {
    match set.name(number) {
        Some(name) => out.extend_from_slice(name.as_bytes()),
        None => {
            hex(out, number);
            unknown(out, set);
        }
    }
}

fn unknown(out: &mut Vec<u8>, set: &'static Set) {
    if !set.unknown.is_empty() {
        comment(out, set.unknown.as_bytes());
    }
}

/// Writes names joined by `|`, then what is left as a number; says what it would be when there is no name at all and `alone`.
fn flags(out: &mut Vec<u8>, number: u64, set: &'static Set, alone: bool) {
    if number == 0 {
        out.extend_from_slice(set.name(0).unwrap_or("0").as_bytes());
        return;
    }
    let mut rest = number;
    let mut first = true;
    for entry in set.entries {
        if entry.value != 0 && rest & entry.value == entry.value {
            if !first {
                out.push(b'|');
            }
            out.extend_from_slice(entry.name.as_bytes());
            rest &= !entry.value;
            first = false;
        }
    }
    if rest == 0 {
        return;
    }
    if !first {
        out.push(b'|');
    }
    hex(out, rest);
    if first && alone {
        unknown(out, set);
    }
}

/// Writes the parts that show something; zero flags show nothing unless nothing else does. With a style of their own
/// they are numbers in their own right.
fn bits(out: &mut Vec<u8>, parts: &[Value<'_>], own: Option<Style>) {
    let style = own.unwrap_or_default();
    let start = out.len();
    for part in parts {
        let silent = match part {
            Value::Hex(0) | Value::Unsigned(0) | Value::Bits { value: 0, .. } | Value::Omitted => true,
            Value::Const { value: 0, set } | Value::Flags { value: 0, set } => set.name(0).is_none(),
            _ => false,
        };
        if silent {
            continue;
        }
        let alone = out.len() == start;
        if !alone {
            out.push(b'|');
        }
        match *part {
            Value::Flags { value, set } => {
                named(out, value, style, |out| flags(out, value, set, alone || own.is_some()))
            }
            ref other => value(out, other, style),
        }
    }
    if out.len() == start {
        match parts.iter().rev().find(|part| matches!(part, Value::Flags { .. })) {
            Some(Value::Flags { set, .. }) => flags(out, 0, set, true),
            _ => out.push(b'0'),
        }
    }
}

/// A number as so many of a unit, or multiplied out, as `-X` asks for it.
fn multiple(out: &mut Vec<u8>, count: u64, unit: u64, style: Style) {
    let product = |out: &mut Vec<u8>| out.extend_from_slice(format!("{count}*{unit}").as_bytes());
    let number = count.wrapping_mul(unit);
    match style.names {
        Names::Abbreviated => product(out),
        Names::Raw => unsigned(out, number),
        Names::Verbose => {
            unsigned(out, number);
            out.extend_from_slice(b" /* ");
            product(out);
            out.extend_from_slice(b" */");
        }
    }
}

/// A value in two forms, as `-X` asks for it.
pub(super) fn either(out: &mut Vec<u8>, raw: &Value<'_>, meaning: &Value<'_>, style: Style) {
    match (style.names, raw, meaning) {
        (Names::Raw, ..) => value(out, raw, style),
        // What has a comment already needs no other.
        (Names::Abbreviated, ..) | (Names::Verbose, Value::Omitted, _) | (Names::Verbose, _, Value::Commented(..)) => {
            value(out, meaning, style);
        }
        (Names::Verbose, Value::Either { .. }, _) => value(out, raw, style),
        (Names::Verbose, ..) => {
            value(out, raw, style);
            out.extend_from_slice(b" /* ");
            value(out, meaning, style);
            out.extend_from_slice(b" */");
        }
    }
}

/// The same looks with names.
fn spelled(style: Style) -> Style {
    Style { names: Names::Abbreviated, ..style }
}

/// The status of wait4(2), in the words of the macros that take it apart; what they leave is an event of ptrace(2).
fn wait_status(out: &mut Vec<u8>, status: u32) {
    if status == CONTINUED {
        out.extend_from_slice(b"{WIFCONTINUED(s)}");
        return;
    }
    let (text, rest) = match (status & 0xff, status & 0x7f) {
        (0x7f, _) => {
            let text = format!("{{WIFSTOPPED(s) && WSTOPSIG(s) == {}}}", stop_signal(status >> 8 & 0xff));
            (text, status & !0xffff)
        }
        (low, 0) => (format!("{{WIFEXITED(s) && WEXITSTATUS(s) == {}}}", status >> 8 & 0xff), status & !0xffff | low),
        (0xff, _) => return hex(out, status.into()),
        (low, signal) => {
            let core = if low & 0x80 != 0 { " && WCOREDUMP(s)" } else { "" };
            let text = format!("{{WIFSIGNALED(s) && WTERMSIG(s) == {}{core}}}", signal_text(signal));
            (text, status & !0xff)
        }
    };
    out.extend_from_slice(text.as_bytes());
    let event = u64::from(rest >> 16);
    if event != 0 {
        out.push(b'|');
        constant(out, event, &PTRACE_EVENT);
        out.extend_from_slice(b"<<16");
    }
    let rest = u64::from(rest & 0xffff);
    if rest != 0 {
        out.push(b'|');
        hex(out, rest);
    }
}

/// The status of a child that was continued (`__W_CONTINUED`).
const CONTINUED: u32 = 0xffff;

fn stop_signal(signal: u32) -> String {
    if signal & 0x80 == 0 { signal_text(signal) } else { format!("{} | 0x80", signal_text(signal & 0x7f)) }
}

fn signal_text(signal: u32) -> String {
    signal_name(signal).map_or_else(|| signal.to_string(), |name| name.into_owned())
}

/// A decimal number.
pub fn unsigned(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// A decimal number with its sign.
pub fn signed(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    unsigned(out, number.unsigned_abs());
}

/// A number in base 16 with `0x`; zero has none.
pub fn hex(out: &mut Vec<u8>, number: u64) {
    if number == 0 {
        out.push(b'0');
        return;
    }
    out.extend_from_slice(b"0x");
    let digits = (67 - number.leading_zeros()) / 4;
    for place in (0..digits).rev() {
        let digit = (number >> (4 * place) & 15) as u8;
        out.push(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 });
    }
}

/// A number in base 16 with `0x` and at least so many digits; zero has digits only.
fn padded(out: &mut Vec<u8>, number: u64, digits: usize) {
    let text = if number == 0 { "0".repeat(digits + 2) } else { format!("0x{number:0digits$x}") };
    out.extend_from_slice(text.as_bytes());
}

/// A number in base 8 with a leading 0 and at least three digits.
fn octal(out: &mut Vec<u8>, number: u64) {
    let text = format!("{number:o}");
    out.push(b'0');
    for _ in text.len()..2 {
        out.push(b'0');
    }
    if number != 0 || text.len() > 2 {
        out.extend_from_slice(text.as_bytes());
    } else {
        out.push(b'0');
    }
}
