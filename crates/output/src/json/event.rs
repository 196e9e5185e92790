//! Records of what happens to a thread besides calls.

use super::value::{signal_member, value};
use super::write::Object;
use decode::Value;
use tracer::{Event, Stamp, Tid, What};

/// Appends the record of an event as one line. Calls have a [`Record`](super::Record) of their own and
/// signals need their decoded siginfo ([`signal`]): for them nothing is written.
pub fn event(event: &Event<'_>, out: &mut Vec<u8>) {
    let Some(kind) = kind(&event.what) else { return };
    let mut object = begin(kind, event.tid, event.at, out);
    match event.what {
        What::Attached { threads } => object.number("threads", threads.len() as u64),
        What::Born { parent: Some(parent) } => object.number("parent", parent.0),
        What::Exec { former } => object.number("former", former.0),
        What::Stopped { signal } => signal_member("signal", signal.unsigned_abs(), &mut object),
        What::Exited { status } => object.number("status", status),
        What::Killed { signal, core } => {
            signal_member("signal", signal.unsigned_abs(), &mut object);
            object.flag("core", core);
        }
        What::Superseded { by } => object.number("by", by.0),
        What::Lost { count, .. } => object.number("count", count),
        _ => {}
    }
    object.line();
}

/// Appends the record of a signal that is about to be delivered, with its decoded siginfo
/// ([`Value::Omitted`] where it could not be had).
pub fn signal(tid: Tid, at: Stamp, signal: i32, info: &Value<'_>, out: &mut Vec<u8>) {
    let mut object = begin("signal", tid, at, out);
    signal_member("signal", signal.unsigned_abs(), &mut object);
    object.number("number", signal);
    if !matches!(info, Value::Omitted) {
        value(info, object.member("info"));
    }
    object.line();
}

/// The `type` of an event's record.
const fn kind(what: &What<'_>) -> Option<&'static str> {
    match what {
        What::Attached { .. } => Some("attached"),
        What::Born { .. } => Some("born"),
        What::Exec { .. } => Some("exec"),
        What::Stopped { .. } => Some("stopped"),
        What::Exited { .. } => Some("exited"),
        What::Killed { .. } => Some("killed"),
        What::Superseded { .. } => Some("superseded"),
        What::Lost { .. } => Some("lost"),
        What::Detached => Some("detached"),
        What::Enter(_) | What::Exit(_) | What::Signal { .. } | What::Exiting | What::Interrupted { .. } => None,
    }
}

fn begin<'o>(kind: &str, tid: Tid, at: Stamp, out: &'o mut Vec<u8>) -> Object<'o> {
    let mut object = Object::new(out);
    object.text("type", kind);
    object.number("tid", tid.0);
    object.number("time_ns", at.real);
    object
}
