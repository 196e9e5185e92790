//! Calls: their entry and their exit.

use super::{Session, dumps, report::Report, thread::Pending};
use bumpalo::Bump;
use decode::{Cx, Saved, Value};
use filter::Statuses;
use output::{
    json::Record,
    summary::Taken,
    text::{CallLine, Ending, Who},
};
use std::{cell::RefCell, mem::take};
use tracer::{Call, Event, Flow, Return, Tracee};

/// The error of a call that a restart_syscall(2) will go on with (`ERESTART_RESTARTBLOCK`, linux/errno.h).
const RESTART_BLOCK: u32 = 516;

/// What a call is decoded with, beside the call.
struct Place<'a> {
    arena: &'a Bump,
    tracee: &'a dyn Tracee,
    interrupted: Option<&'static str>,
}

impl Session {
    /// A call enters the kernel.
    pub(super) fn enter(&mut self, event: &Event<'_>, call: &Call, tracee: &dyn Tracee) -> Flow {
        self.personality(event, call.abi);
        let mut pending = self.look_up(call, event);
        let thread = self.threads.entry(event.tid).or_default();
        thread.number = call.number;
        thread.ip = call.ip;
        let place = Place { arena: &self.arena, tracee, interrupted: thread.interrupted };
        if pending.wanted && self.settings.filter.selects_objects() {
            pending.wanted =
                pending.row.is_some_and(|row| self.settings.filter.touches(row, &context(&pending, None, &place)));
            pending.shown &= pending.wanted;
        }
        if pending.shown {
            let who = Who { tid: event.tid, at: event.at, ip: Some(call.ip), number: call.number };
            show_entry(&mut self.report, &who, &mut pending, &place);
        }
        thread.pending = Some(pending);
        Flow::Continue
    }

    /// A call has come back.
    pub(super) fn exit(&mut self, event: &Event<'_>, ret: &Return, tracee: &dyn Tracee) -> Flow {
        let Some(thread) = self.threads.get_mut(&event.tid) else { return Flow::Continue };
        let Some(pending) = thread.pending.take() else { return Flow::Continue };
        let place = Place { arena: &self.arena, tracee, interrupted: thread.interrupted };
        thread.interrupted = match ret.errno() {
            Some(RESTART_BLOCK) if pending.name == "restart_syscall" => thread.interrupted,
            Some(RESTART_BLOCK) => Some(pending.name),
            _ => None,
        };
        let wall = event.at.monotonic.saturating_sub(pending.entered.monotonic);
        let wanted = self.settings.filter.wants_status(status_of(ret));
        if wanted && pending.wanted {
            self.report.count(&Taken {
                abi: pending.call.abi,
                number: pending.call.number,
                name: pending.name,
                system: ret.system_time,
                wall,
                failed: ret.failed,
            });
        }
        if pending.shown && wanted {
            let who = Who { tid: event.tid, at: event.at, ip: Some(pending.call.ip), number: pending.call.number };
            let (call, name) = (pending.call, pending.name);
            show_exit(&mut self.report, &who, pending, *ret, wall, &place);
            let moved = if ret.failed { 0 } else { ret.value as u64 };
            let dump = dumps::of(&self.settings, &call, name, moved, tracee);
            if !dump.is_empty() {
                self.report.attachment(event.tid, &dump);
            }
        }
        Flow::Continue
    }

    /// What is known of a call before its memory is looked into.
    fn look_up(&self, call: &Call, event: &Event<'_>) -> Pending {
        let info = abi::call(call.abi, call.number);
        let wanted = self.settings.filter.wants_call(call.abi, call.number);
        Pending {
            call: *call,
            name: info.map_or("", |info| info.name),
            row: self.tables[call.abi as usize].row(call.number),
            raw: self.settings.decode.raw.contains(call.abi, call.number),
            options: self.settings.options(call.abi, call.number),
            entered: event.at,
            next: 0,
            saved: RefCell::new(Saved::default()),
            line: CallLine::new(self.settings.filter.waits_for_status()),
            record: Record::default(),
            wanted,
            shown: wanted && self.settings.prints,
        }
    }
}

/// How a call that came back counts for `-e status=`.
fn status_of(ret: &Return) -> Statuses {
    if ret.failed { Statuses::FAILED } else { Statuses::SUCCESSFUL }
}

fn show_entry(report: &mut Report, who: &Who, pending: &mut Pending, place: &Place<'_>) {
    report.begin(who, pending);
    show_arguments(report, pending, None, place);
    report.pause(who, pending);
}

fn show_exit(report: &mut Report, who: &Who, mut pending: Pending, ret: Return, wall: u64, place: &Place<'_>) {
    report.resume(who, &pending);
    show_arguments(report, &mut pending, Some(ret), place);
    let (line, mut record) = (take(&mut pending.line), take(&mut pending.record));
    let (value, note) = meaning(&pending, ret, place);
    report.result(who, line, &mut record, &Ending { ret, value, note, duration: wall });
}

/// Shows the arguments that can be told now, from the first that is not shown yet.
fn show_arguments(report: &mut Report, pending: &mut Pending, ret: Option<Return>, place: &Place<'_>) {
    let Pending { call, row, raw, options, next, saved, line, record, .. } = pending;
    let cx = Cx {
        arena: place.arena,
        tracee: place.tracee,
        call: *call,
        ret,
        options: *options,
        saved,
        interrupted: place.interrupted,
    };
    match row {
        Some(row) if !*raw => {
            *next = decode::arguments(row, &cx, *next, |_, name, value| report.argument(line, record, name, &value));
            if ret.is_none() {
                decode::keep(row, &cx, *next);
            }
        }
        _ if ret.is_none() => show_words(report, &cx, line, record),
        _ => {}
    }
}

/// What a decoder has at hand.
fn context<'a>(pending: &'a Pending, ret: Option<Return>, place: &Place<'a>) -> Cx<'a> {
    Cx {
        arena: place.arena,
        tracee: place.tracee,
        call: pending.call,
        ret,
        options: pending.options,
        saved: &pending.saved,
        interrupted: place.interrupted,
    }
}

/// Shows argument words as they are.
fn show_words(report: &mut Report, cx: &Cx<'_>, line: &mut CallLine, record: &mut Record) {
    let info = abi::call(cx.call.abi, cx.call.number);
    let count = info.map_or(6, |info| usize::from(info.count));
    decode::raw_arguments(cx, count, |index, value| {
        let name = info.and_then(|info| info.arguments.get(index).copied());
        let fallback = ["arg0", "arg1", "arg2", "arg3", "arg4", "arg5"][index.min(5)];
        report.argument(line, record, name.unwrap_or(fallback), &value);
    });
}

/// What a result means, and what is said beside it.
fn meaning<'a>(pending: &'a Pending, ret: Return, place: &Place<'a>) -> (Value<'a>, Value<'a>) {
    let cx = context(pending, Some(ret), place);
    if ret.failed {
        return (Value::Omitted, Value::Omitted);
    }
    match pending.row {
        _ if pending.raw => (Value::Hex(ret.value as u64), Value::Omitted),
        Some(row) => {
            let outcome = decode::outcome(row, &cx);
            (outcome.value, outcome.note)
        }
        None => (Value::Signed(ret.value), Value::Omitted),
    }
}
