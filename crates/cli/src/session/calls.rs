//! Calls: their entry and their exit.

use super::{
    Session, dumps, parts,
    show::{self, Place},
    thread::{Pending, Thread},
};
use abi::Abi;
use decode::{Pointers, Saved};
use filter::Statuses;
use output::{
    json::Record,
    summary::Taken,
    text::{CallLine, Who},
};
use std::{borrow::Cow, cell::RefCell};
use tracer::{Call, Event, Flow, Return, Sums, Tracee};

/// The bit that marks x32 numbers (`__X32_SYSCALL_BIT`, asm/unistd.h).
const X32_BIT: u64 = 0x4000_0000;

/// The call that goes on with an interrupted one.
const RESTART: &str = "restart_syscall";

impl Session {
    /// A call enters the kernel.
    pub(super) fn enter(&mut self, event: &Event<'_>, call: &Call, tracee: &dyn Tracee) -> Flow {
        self.personality(event, call.abi);
        let mut pending = self.look_up(call, event, tracee);
        let thread = self.threads.entry(event.tid);
        thread.number = call.number;
        thread.ip = call.ip;
        let place = Place { arena: &self.arena, tracee, interrupted: thread.previous.as_deref() };
        if pending.wanted && self.settings.filter.selects_objects() {
            let filter = &self.settings.filter;
            pending.wanted = pending.row.is_some_and(|row| filter.touches(row, &place.context(&pending, None)));
            pending.shown &= pending.wanted;
        }
        if pending.shown {
            let who = who(event, call, thread);
            show::entry(&mut self.report, &who, &mut pending, &place);
        }
        thread.pending = Some(pending);
        Flow::Continue
    }

    /// A call has come back.
    pub(super) fn exit(&mut self, event: &Event<'_>, ret: &Return, tracee: &dyn Tracee) -> Flow {
        let Some(thread) = self.threads.get_mut(event.tid) else { return Flow::Continue };
        let Some(mut pending) = thread.pending.take() else { return Flow::Continue };
        let place = Place { arena: &self.arena, tracee, interrupted: thread.previous.as_deref() };
        let wall = event.at.monotonic.saturating_sub(pending.entered.monotonic);
        let mut said = None;
        let wanted = pending.wanted && self.settings.filter.wants_status(status_of(ret));
        if wanted {
            self.report.count(&Taken {
                abi: pending.call.abi,
                number: pending.number,
                name: &pending.name,
                system: ret.system_time,
                wall,
                failed: ret.failed,
            });
        }
        if wanted && pending.shown {
            let who = who(event, &pending.call, thread);
            show::exit(&mut self.report, &who, &mut pending, *ret, wall, &place);
            match dumps::of(&self.settings, &pending.call, &pending.name, ret, tracee) {
                Ok(dump) if dump.is_empty() => {}
                Ok(dump) => self.report.attachment(event.tid, &dump),
                Err(complaint) => said = Some(complaint),
            }
        }
        // A call that is interrupted again is gone on with by another restart_syscall.
        if pending.name != RESTART {
            thread.previous = Some(pending.name);
        }
        if let Some(complaint) = said {
            self.say(&complaint);
        }
        if wanted { self.counted() } else { Flow::Continue }
    }

    /// What a backend has counted of calls of one sort.
    pub(super) fn add_sums(&mut self, sums: &Sums) {
        let number = filter::part(sums.abi, sums.number, sums.first).unwrap_or(sums.number);
        if !self.settings.filter.wants_call(sums.abi, number) {
            return;
        }
        let name = filter::name(sums.abi, number).unwrap_or_else(|| name(sums.abi, sums.number));
        self.report.add(number, &name, sums);
    }

    /// One more call has been traced, of which there may be a limit.
    fn counted(&mut self) -> Flow {
        self.traced += 1;
        if self.settings.call_limit != Some(self.traced) {
            return Flow::Continue;
        }
        self.say("System call limit has been reached, detaching tracees");
        Flow::End
    }

    /// What is known of a call before its arguments are decoded.
    fn look_up(&self, made: &Call, event: &Event<'_>, tracee: &dyn Tracee) -> Pending {
        let part = parts::part(made, tracee);
        let number = part.as_ref().map_or(made.number, |part| part.number);
        let table = &self.tables[made.abi as usize];
        let (call, row, pointers) = match part {
            Some(part) => (part.call, Some(part.row), Pointers::of(part.row, made.abi)),
            None => (*made, table.row(made.number), table.pointers(made.number)),
        };
        let wanted = self.settings.filter.wants_call(call.abi, number);
        Pending {
            call,
            number,
            name: row.map_or_else(|| name(made.abi, made.number), |row| Cow::Borrowed(row.name)),
            row,
            pointers,
            raw: self.settings.decode.raw.contains(call.abi, number),
            options: self.settings.options(call.abi, number),
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

/// The name of a call that has no row.
fn name(abi: Abi, number: u64) -> Cow<'static, str> {
    if let Some(known) = abi::call(abi, number) {
        return Cow::Borrowed(known.name);
    }
    let number = match abi {
        Abi::X86_64 => number,
        Abi::X32 => number | X32_BIT,
        // A number is an int: −1 is −1 whatever the width of a word.
        Abi::I386 => number as i32 as u64,
    };
    Cow::Owned(format!("syscall_{number:#x}"))
}

/// Whose line a call's is.
fn who(event: &Event<'_>, call: &Call, thread: &Thread) -> Who {
    Who { tid: event.tid, at: event.at, ip: Some(call.ip), number: call.number, abi: call.abi, command: thread.command }
}

/// How a call that came back counts for `-e status=`.
fn status_of(ret: &Return) -> Statuses {
    if ret.failed { Statuses::FAILED } else { Statuses::SUCCESSFUL }
}
