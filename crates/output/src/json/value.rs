//! A [`Value`] as JSON.

use super::descriptor::descriptor;
use super::strings::bytes;
use super::write::{Object, hexadecimal, integer, list, string};
use abi::Set;
use decode::{Field, Quote, Value, signal_name};

/// Writes a value. What is [`Value::Omitted`] is `null` here; records and structures leave it out.
pub fn value(value: &Value<'_>, out: &mut Vec<u8>) {
    match *value {
        Value::Omitted => out.extend_from_slice(b"null"),
        Value::Signed(number) => integer(number, out),
        Value::Unsigned(number) | Value::Hex(number) | Value::Octal(number) => integer(number, out),
        Value::Padded { value, .. } => integer(value, out),
        Value::Multiple { count, unit } => integer(count.wrapping_mul(unit), out),
        Value::Address(address) => pointer(address, false, out),
        Value::Unreadable(address) => pointer(address, true, out),
        Value::Flags { .. } | Value::Bits { .. } | Value::Joined { .. } => bits(value, out),
        Value::Const { value, set } => named(value.into(), set.name(value), out),
        Value::Named { value, name } => named(signed_if_small(value), Some(name), out),
        Value::Bytes { bytes: content, more, quote: Quote::Terminated | Quote::Attribute } => {
            let ended = content.strip_suffix(b"\0");
            bytes(ended.unwrap_or(content), more && ended.is_none(), out);
        }
        Value::Bytes { bytes: content, more, .. } => bytes(content, more, out),
        Value::Descriptor { fd, target, detail } => descriptor(fd, target, detail, out),
        Value::Process { id, command: None } => integer(id, out),
        Value::Process { id, command: Some(command) } => {
            let mut object = Object::new(out);
            object.number("pid", id);
            bytes(command.bytes(), false, object.member("command"));
            object.end();
        }
        Value::Struct { fields, more } => structure(fields, more, out),
        Value::Array { items, more } => array(items, more, out),
        Value::Choice { items, inverted } => choice(items, inverted, out),
        Value::Pointee(inner)
        | Value::Spelled(inner)
        | Value::Labelled(_, inner)
        | Value::Subscripted(_, inner)
        | Value::Titled(_, inner)
        | Value::Shifted(inner, _) => self::value(inner, out),
        Value::Changed(before, after) => changed(before, after, out),
        Value::Call { name, items, main } => call(name, items, main, out),
        Value::Commented(inner, comment) | Value::Prefaced(comment, inner) => commented(inner, comment, out),
        Value::Either { meaning, .. } => self::value(meaning, out),
        // The date says nothing that the number does not.
        Value::Dated { value: inner, .. } => self::value(inner, out),
        Value::Arguments(fields) => structure(fields, false, out),
        Value::Sequence(items) => sequence(items, out),
        Value::Word(word) => string(word, out),
        Value::WaitStatus(status) => wait_status(status, out),
    }
}

fn pointer(address: u64, unreadable: bool, out: &mut Vec<u8>) {
    if address == 0 {
        out.extend_from_slice(b"null");
        return;
    }
    let mut object = Object::new(out);
    hexadecimal(address, object.member("address"));
    if unreadable {
        object.mark("unreadable");
    }
    object.end();
}

fn named(number: i128, name: Option<&str>, out: &mut Vec<u8>) {
    let mut object = Object::new(out);
    object.number("value", number);
    match name {
        Some(name) => object.text("name", name),
        None => object.member("name").extend_from_slice(b"null"),
    }
    object.end();
}

/// Small negative numbers such as `AT_FDCWD` come sign-extended.
fn signed_if_small(number: u64) -> i128 {
    let signed = number as i64;
    if (-4096..0).contains(&signed) { signed.into() } else { number.into() }
}

/// The number, the names of what it is made of, and the bits for which there is no name.
fn bits(value: &Value<'_>, out: &mut Vec<u8>) {
    let mut names = Vec::new();
    let mut rest = 0;
    let whole = take_apart(value, &mut names, &mut rest);
    let mut object = Object::new(out);
    object.number("value", whole);
    list(names, object.member("flags"), string);
    if rest != 0 {
        object.number("rest", rest);
    }
    object.end();
}

/// Collects the names of a number's parts and the bits without one; returns the number.
fn take_apart<'a>(value: &Value<'a>, names: &mut Vec<&'a str>, rest: &mut u64) -> u64 {
    match *value {
        Value::Flags { value, set } => {
            *rest |= names_of(value, set, names);
            value
        }
        Value::Const { value, set } => {
            match set.name(value) {
                Some(name) => names.push(name),
                None => *rest |= value,
            }
            value
        }
        Value::Named { value, name } => {
            names.push(name);
            value
        }
        Value::Bits { value, parts } | Value::Joined { value, parts } => {
            for part in parts {
                take_apart(part, names, rest);
            }
            value
        }
        Value::Call { items, main: Some(main), .. } => items.get(main).map_or(0, |v| take_apart(v, names, rest)),
        Value::Commented(inner, _)
        | Value::Prefaced(_, inner)
        | Value::Labelled(_, inner)
        | Value::Subscripted(_, inner)
        | Value::Titled(_, inner)
        | Value::Shifted(inner, _)
        | Value::Either { meaning: inner, .. }
        | Value::Spelled(inner)
        | Value::Pointee(inner) => take_apart(inner, names, rest),
        Value::Unsigned(number) | Value::Hex(number) | Value::Padded { value: number, .. } | Value::Octal(number) => {
            *rest |= number;
            number
        }
        Value::Signed(number) => {
            *rest |= number as u64;
            number as u64
        }
        Value::Word(word) => {
            names.push(word);
            0
        }
        _ => 0,
    }
}

/// Collects the names of the bits that a set knows; returns the others.
fn names_of(value: u64, set: &Set, names: &mut Vec<&str>) -> u64 {
    if value == 0 {
        names.extend(set.name(0));
        return 0;
    }
    let mut rest = value;
    for entry in set.entries {
        if entry.value != 0 && rest & entry.value == entry.value {
            names.push(entry.name);
            rest &= !entry.value;
        }
    }
    rest
}

fn structure(fields: &[Field<'_>], more: bool, out: &mut Vec<u8>) {
    let mut object = Object::new(out);
    for field in fields.iter().filter(|field| !matches!(field.value, Value::Omitted)) {
        value(&field.value, object.member(field.name));
    }
    if more {
        object.mark("more");
    }
    object.end();
}

fn array(items: &[Value<'_>], more: bool, out: &mut Vec<u8>) {
    list(items.iter().map(Some).chain(more.then_some(None)), out, |item, out| match item {
        Some(item) => value(item, out),
        None => out.extend_from_slice(br#"{"more":true}"#),
    });
}

fn choice(items: &[Value<'_>], inverted: bool, out: &mut Vec<u8>) {
    if !inverted {
        return array(items, false, out);
    }
    let mut object = Object::new(out);
    array(items, false, object.member("all_but"));
    object.end();
}

fn changed(before: &Value<'_>, after: &Value<'_>, out: &mut Vec<u8>) {
    let mut object = Object::new(out);
    value(before, object.member("before"));
    value(after, object.member("after"));
    object.end();
}

fn call(name: &str, items: &[Value<'_>], main: Option<usize>, out: &mut Vec<u8>) {
    if let Some(item) = main.and_then(|index| items.get(index)) {
        return value(item, out);
    }
    let mut object = Object::new(out);
    object.text("call", name);
    array(items, false, object.member("args"));
    object.end();
}

fn commented(inner: &Value<'_>, comment: &str, out: &mut Vec<u8>) {
    let mut object = Object::new(out);
    value(inner, object.member("value"));
    object.text("comment", comment);
    object.end();
}

fn sequence(items: &[Value<'_>], out: &mut Vec<u8>) {
    let is_named = |item: &Value<'_>| matches!(item, Value::Labelled(..) | Value::Titled(..));
    if !items.iter().all(is_named) || items.is_empty() {
        return array(items, false, out);
    }
    let mut object = Object::new(out);
    for item in items {
        if let Value::Labelled(name, inner) | Value::Titled(name, inner) = item {
            value(inner, object.member(name));
        }
    }
    object.end();
}

/// The status of wait4(2), taken apart as the macros of wait(2) do.
fn wait_status(status: u32, out: &mut Vec<u8>) {
    let mut object = Object::new(out);
    object.number("status", status);
    let low = status & 0x7f;
    let high = status >> 8 & 0xff;
    if status == 0xffff {
        object.mark("continued");
    } else if status & 0xff == 0x7f {
        signal_member("stopped", high, &mut object);
        if status >> 16 != 0 {
            object.number("event", status >> 16);
        }
    } else if low == 0 {
        object.number("exited", high);
    } else {
        signal_member("signaled", low, &mut object);
        object.flag("core", status & 0x80 != 0);
    }
    object.end();
}

/// A signal's name, or its number where it has none.
pub(super) fn signal_member(name: &str, signal: u32, object: &mut Object<'_>) {
    match signal_name(signal) {
        Some(text) => object.text(name, &text),
        None => object.number(name, signal),
    }
}
