//! Everything that is not a call: signals, ends, births, and taking hold and letting go.

use super::{Session, thread::Thread};
use abi::Abi;
use decode::{Value, kinds::siginfo, signal_name};
use filter::Quiet;
use output::text::{self, Who};
use tracer::{Event, Tid, Tracee, What};

impl Session {
    /// Reports an event that is not a call.
    pub(super) fn other(&mut self, event: &Event<'_>, tracee: &dyn Tracee) {
        match event.what {
            What::Enter(_) | What::Exit(_) => {}
            What::Attached { threads } => self.attached(event, threads),
            What::Interrupted { abi, number } => self.interrupted(event, abi, number),
            What::Born { .. } => self.born(event),
            What::Exec { former } => self.exec(event, former),
            What::Signal { signal, info } => self.signal(event, signal, info, tracee),
            What::Stopped { signal } => self.stopped(event, signal),
            What::Exiting => self.exiting(event),
            What::Exited { status } => self.exited(event, status),
            What::Killed { signal, core } => self.killed(event, signal, core),
            What::Superseded { by } => self.superseded(event, by),
            What::Lost { count, call } => self.lost(event, count, call),
            What::Detached => self.detached(event),
        }
    }

    /// Shows that a process now makes calls of another kind than before.
    pub(super) fn personality(&mut self, event: &Event<'_>, abi: Abi) {
        let thread = self.threads.entry(event.tid);
        let before = thread.abi.replace(abi).unwrap_or(Abi::X86_64);
        if before == abi || self.settings.quiet.contains(Quiet::PERSONALITY) {
            return;
        }
        let mode = match abi {
            Abi::X86_64 => "64 bit",
            Abi::I386 => "32 bit",
            Abi::X32 => "x32",
        };
        // A summary alone has this line, too.
        let who = self.who(event);
        self.report.line(&who, |out| {
            out.extend_from_slice(format!("[ Process PID={} runs in {mode} mode. ]", event.tid).as_bytes());
        });
    }

    fn attached(&mut self, event: &Event<'_>, threads: &[Tid]) {
        threads.iter().for_each(|&tid| self.threads.add(tid));
        self.count_threads();
        self.report.record(event);
        if self.settings.quiet.contains(Quiet::ATTACH) {
            return;
        }
        match threads.len() {
            0 | 1 => self.say(&format!("Process {} attached", event.tid)),
            many => self.say(&format!("Process {} attached with {many} threads", event.tid)),
        }
    }

    /// The thread was in a call that a restart_syscall(2) will go on with.
    fn interrupted(&mut self, event: &Event<'_>, abi: Abi, number: u64) {
        if let Some(call) = abi::call(abi, number) {
            self.threads.entry(event.tid).previous = Some(call.name.into());
        }
    }

    fn born(&mut self, event: &Event<'_>) {
        self.threads.add(event.tid);
        self.count_threads();
        self.report.record(event);
        if !self.settings.quiet.contains(Quiet::ATTACH) {
            self.say(&format!("Process {} attached", event.tid));
        }
    }

    /// Tells the output how many threads there are.
    fn count_threads(&mut self) {
        self.report.threads(self.threads.count(), &self.settings);
    }

    /// The thread that called execve is now its process's only one; what is known of it goes with it.
    fn exec(&mut self, event: &Event<'_>, former: Tid) {
        if former != event.tid {
            self.report.cut(former, event.tid);
            self.report.close(former);
            self.threads.rename(former, event.tid);
            self.count_threads();
        }
        self.report.record(event);
    }

    fn signal(&mut self, event: &Event<'_>, signal: i32, info: Option<&[u8; 128]>, tracee: &dyn Tracee) {
        if !self.settings.prints || !self.settings.filter.wants_signal(signal) {
            return;
        }
        let abi = self.threads.get(event.tid).and_then(|thread| thread.abi).unwrap_or(Abi::X86_64);
        let (descriptors, commands) = (self.settings.descriptors(), self.settings.decode.commands);
        let value = info.map_or(Value::Omitted, |raw| siginfo(&self.arena, abi, raw, tracee, descriptors, commands));
        let who = self.who(event);
        self.report.signal(&who, signal, &value, |out, style| {
            out.extend_from_slice(b"--- ");
            out.extend_from_slice(name(signal).as_bytes());
            if !matches!(value, Value::Omitted) {
                out.push(b' ');
                text::value(out, &value, style);
            }
            out.extend_from_slice(b" ---");
        });
    }

    fn stopped(&mut self, event: &Event<'_>, signal: i32) {
        if !self.settings.prints || !self.settings.filter.wants_signal(signal) {
            return;
        }
        let who = self.who(event);
        self.report.event(&who, event, |out| {
            out.extend_from_slice(format!("--- stopped by {} ---", name(signal)).as_bytes());
        });
    }

    fn exiting(&mut self, event: &Event<'_>) {
        self.end_call(event);
    }

    fn exited(&mut self, event: &Event<'_>, status: i32) {
        let line = format!("+++ exited with {status} +++");
        let who = Who { ip: None, ..self.who(event) };
        self.ended(event, &who, &line, !self.settings.quiet.contains(Quiet::EXIT));
    }

    fn killed(&mut self, event: &Event<'_>, signal: i32, core: bool) {
        let dumped = if core { " (core dumped)" } else { "" };
        let line = format!("+++ killed by {}{dumped} +++", name(signal));
        let who = Who { ip: None, ..self.who(event) };
        self.ended(event, &who, &line, self.settings.filter.wants_signal(signal));
    }

    fn superseded(&mut self, event: &Event<'_>, by: Tid) {
        self.report.cut(by, event.tid);
        let line = format!("+++ superseded by execve in pid {by} +++");
        // Where it was is forgotten: the thread that called execve has its id from now on.
        let who = Who { tid: event.tid, ..self.who(&Event { tid: by, ..*event }) };
        self.ended(event, &who, &line, !self.settings.quiet.contains(Quiet::THREAD_EXECVE));
    }

    /// The thread is gone, which is `shown` or not.
    fn ended(&mut self, event: &Event<'_>, who: &Who, line: &str, shown: bool) {
        self.end_call(event);
        if self.settings.prints && shown {
            self.report.event(who, event, |out| out.extend_from_slice(line.as_bytes()));
        }
        self.threads.remove(event.tid);
        self.report.close(event.tid);
        self.count_threads();
    }

    /// The call that the thread is in will not come back.
    fn end_call(&mut self, event: &Event<'_>) {
        let who = self.who(event);
        let pending = self.threads.get_mut(event.tid).and_then(|thread| thread.pending.take());
        let Some(pending) = pending else { return };
        if pending.shown && self.settings.filter.wants_status(filter::Statuses::UNFINISHED) {
            self.report.vanish(&who, pending);
        }
    }

    /// What the thread did was lost, perhaps the end of its call with it.
    fn lost(&mut self, event: &Event<'_>, count: u64, call: bool) {
        let who = self.who(event);
        let pending = self.threads.get_mut(event.tid).and_then(|thread| thread.pending.take_if(|_| call));
        if let Some(pending) = pending.filter(|pending| pending.shown) {
            self.report.break_off(&who, pending);
        }
        if self.settings.prints {
            let records = if count == 1 { "record" } else { "records" };
            self.report.event(&who, event, |out| {
                out.extend_from_slice(format!("--- lost {count} {records} ---").as_bytes());
            });
        }
    }

    fn detached(&mut self, event: &Event<'_>) {
        let who = self.who(event);
        if !self.settings.quiet.contains(Quiet::ATTACH) {
            self.say(&format!("Process {} detached", event.tid));
        }
        let thread = self.threads.remove(event.tid);
        if let Some(pending) = thread.and_then(|thread| thread.pending)
            && pending.shown
            && self.settings.filter.wants_status(filter::Statuses::DETACHED)
        {
            self.report.abandon(&who, pending);
        }
        self.report.record(event);
        self.report.close(event.tid);
        self.count_threads();
    }

    /// Whom a line is about that is not a call's.
    fn who(&self, event: &Event<'_>) -> Who {
        let nobody = Thread::default();
        let thread = self.threads.get(event.tid).unwrap_or(&nobody);
        Who {
            tid: event.tid,
            at: event.at,
            ip: Some(thread.ip),
            number: thread.number,
            abi: thread.abi.unwrap_or(Abi::X86_64),
            command: thread.command,
        }
    }
}

fn name(signal: i32) -> String {
    let known = u32::try_from(signal).ok().and_then(signal_name);
    known.map_or_else(|| signal.to_string(), |name| name.into_owned())
}
