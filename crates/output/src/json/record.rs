//! The record of a call, written while the call is under way.

use super::value::value;
use super::write::Object;
use abi::Abi;
use decode::{Value, describe};
use tracer::{Call, Return, Stamp, Tid};

/// A call's record. One per thread is kept from the entry to the exit, so that a call is one record however many
/// others come in between.
#[derive(Debug, Default)]
pub struct Record {
    started: Stamp,
    head: Vec<u8>,
    arguments: Vec<u8>,
}

/// How a call ended.
#[derive(Clone, Copy, Debug)]
pub enum End<'a> {
    /// It came back.
    Returned {
        /// When.
        at: Stamp,
        /// With what.
        ret: Return,
        /// What that means; for a failure it does not count.
        value: Value<'a>,
        /// What is said beside it, such as `Timeout`.
        note: Value<'a>,
    },
    /// It never came back, or that was never seen: the thread ended, or the tracer let go of it.
    Unfinished,
}

impl Record {
    /// Begins the record of a call, at its entry.
    pub fn begin(&mut self, tid: Tid, name: &str, call: &Call, at: Stamp) {
        self.started = at;
        self.arguments.clear();
        self.head.clear();
        let mut object = Object::new(&mut self.head);
        object.text("type", "call");
        object.number("tid", tid.0);
        object.number("time_ns", at.real);
        object.text("syscall", name);
        object.text("abi", abi_name(call.abi));
        object.number("number", call.number);
    }

    /// Adds an argument, in the order of the row, at the entry or at the exit.
    pub fn argument(&mut self, name: &str, argument: &Value<'_>) {
        if matches!(argument, Value::Omitted) {
            return;
        }
        if let Value::Arguments(fields) = argument {
            fields.iter().for_each(|field| self.argument(field.name, &field.value));
            return;
        }
        if !self.arguments.is_empty() {
            self.arguments.push(b',');
        }
        super::write::string(name, &mut self.arguments);
        self.arguments.push(b':');
        value(argument, &mut self.arguments);
    }

    /// Ends the record and appends it to `out`, as one line.
    pub fn finish(&mut self, end: &End<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.head);
        let mut object = Object::resume(out);
        object.members("args", &self.arguments);
        match end {
            End::Unfinished => object.mark("unfinished"),
            End::Returned { at, ret, value, note } => {
                match ret.errno() {
                    Some(errno) => error(errno, &mut object),
                    None => self::value(value, object.member("result")),
                }
                if !matches!(note, Value::Omitted) {
                    self::value(note, object.member("note"));
                }
                object.number("duration_ns", at.monotonic.saturating_sub(self.started.monotonic));
            }
        }
        object.line();
    }
}

fn error(errno: u32, object: &mut Object<'_>) {
    let mut error = Object::new(object.member("error"));
    error.number("errno", errno);
    if let Some(name) = abi::generated::errnos::name(errno) {
        error.text("name", name);
    }
    if let Some(text) = describe(errno) {
        error.text("text", &text);
    }
    error.end();
}

pub(super) const fn abi_name(abi: Abi) -> &'static str {
    match abi {
        Abi::X86_64 => "x86_64",
        Abi::I386 => "i386",
        Abi::X32 => "x32",
    }
}
