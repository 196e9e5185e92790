//! A call's way to the output: its arguments at the entry and at the exit, and its result.

use super::{report::Report, thread::Pending};
use bumpalo::Bump;
use decode::{Budget, Cx, Pointers, Row, Value};
use output::{
    json::Record,
    text::{CallLine, Ending, Who},
};
use std::mem::take;
use tracer::{Return, Tracee};

/// What a call is decoded with, beside the call.
pub struct Place<'a> {
    /// Where values live.
    pub arena: &'a Bump,
    /// Whose memory is looked into.
    pub tracee: &'a dyn Tracee,
    /// The name of the call that a restart_syscall(2) goes on with.
    pub interrupted: Option<&'a str>,
}

impl<'a> Place<'a> {
    /// What a decoder has at hand.
    pub fn context(&self, pending: &'a Pending, ret: Option<Return>) -> Cx<'a> {
        Cx {
            arena: self.arena,
            tracee: self.tracee,
            call: pending.call,
            ret,
            options: pending.options,
            saved: &pending.saved,
            interrupted: self.interrupted,
            budget: Budget::new(pending.options.limit),
        }
    }
}

/// Shows what the entry of a call can tell.
pub fn entry(report: &mut Report, who: &Who, pending: &mut Pending, place: &Place<'_>) {
    report.begin(who, pending);
    arguments(report, pending, None, place);
    report.pause(who, pending);
}

/// Shows the rest of a call, after [`entry`].
pub fn exit(report: &mut Report, who: &Who, pending: &mut Pending, ret: Return, wall: u64, place: &Place<'_>) {
    report.resume(who, pending);
    arguments(report, pending, Some(ret), place);
    let (line, mut record) = (take(&mut pending.line), take(&mut pending.record));
    let (value, note) = meaning(pending, ret, place);
    report.result(who, line, &mut record, &Ending { ret, value, note, duration: wall });
}

/// Shows the arguments that can be told now, from the first that is not shown yet.
fn arguments(report: &mut Report, pending: &mut Pending, ret: Option<Return>, place: &Place<'_>) {
    let Pending { call, row, pointers, raw, options, next, saved, line, record, .. } = pending;
    let cx = Cx {
        arena: place.arena,
        tracee: place.tracee,
        call: *call,
        ret,
        options: *options,
        saved,
        interrupted: place.interrupted,
        budget: Budget::new(options.limit),
    };
    match row {
        Some(row) if !*raw => {
            expect(&cx, *pointers);
            *next = decode::arguments(row, &cx, *next, |_, name, value| report.argument(line, record, name, &value));
            if ret.is_none() {
                decode::keep(row, &cx, *next);
            }
        }
        row if ret.is_none() => words(report, &cx, *row, line, record),
        _ => {}
    }
}

/// Has the memory that several arguments point to fetched at once.
fn expect(cx: &Cx<'_>, pointers: Pointers) {
    let bits = match cx.ret {
        None => pointers.entry,
        Some(ret) if ret.failed => 0,
        Some(_) => pointers.exit,
    };
    if bits.count_ones() > 1 {
        let pointed = |index| if bits >> index & 1 == 1 { cx.arg(index) & cx.abi().word_mask() } else { 0 };
        cx.tracee.expect(&std::array::from_fn::<u64, 6, _>(pointed));
    }
}

/// Shows argument words as they are.
fn words(report: &mut Report, cx: &Cx<'_>, row: Option<&Row>, line: &mut CallLine, record: &mut Record) {
    let info = abi::call(cx.call.abi, cx.call.number);
    let stated = info.map_or(6, |info| usize::from(info.count));
    let count = match row {
        // Old calls of i386 take one pointer to all of their arguments.
        Some(row) if stated > 1 => row.words(cx.call.abi),
        _ => stated,
    };
    decode::raw_arguments(cx, count, |index, value| {
        let name = info.and_then(|info| info.arguments.get(index).copied());
        let fallback = ["arg1", "arg2", "arg3", "arg4", "arg5", "arg6"][index.min(5)];
        report.argument(line, record, name.unwrap_or(fallback), &value);
    });
}

/// What a result means, and what is said beside it.
fn meaning<'a>(pending: &'a Pending, ret: Return, place: &Place<'a>) -> (Value<'a>, Value<'a>) {
    let cx = place.context(pending, Some(ret));
    if ret.failed {
        return (Value::Omitted, Value::Omitted);
    }
    match pending.row {
        _ if pending.raw => (Value::Hex(ret.value as u64 & cx.abi().word_mask()), Value::Omitted),
        Some(row) => {
            let outcome = decode::outcome(row, &cx);
            (outcome.value, outcome.note)
        }
        None => (Value::Signed(ret.value), Value::Omitted),
    }
}
