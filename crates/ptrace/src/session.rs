//! One run of the tracer: takes what comes, asks the [machine](crate::machine) what it means, tells the
//! sink, and answers the thread.

use crate::machine::{self, Answer, Goal, Phase, Report, Seen, Step, Until};
use crate::memory::{Gone, Look, Pages, process_of};
use crate::options::Options;
use crate::outcome::Outcome;
use crate::proc;
use crate::servers::{self, Serving};
use crate::source::{Next, Source};
use crate::stop::{Death, Finding, Kept, Stop};
use crate::sys::{self, SyscallInfo};
use crate::table::{Birth, Table, Unclaimed};
use crate::watchdog::Watchdog;
use crate::words;
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};
use tracer::{Call, Event, Flow, Sink, Tid, Tracee, What};

/// After so long without an event the sink may write out what it has gathered.
const IDLE: Duration = Duration::from_millis(20);

/// After so long without an event the threads are looked at without having been asked to: a thread can
/// vanish silently (an execve by a sibling that is not traced).
const LONG: Duration = Duration::from_secs(1);

/// Why the tracing is to end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    /// A signal; whether a process sent it.
    Signal { signal: i32, sent: bool },
    /// The sink.
    Sink,
}

/// The state of a run.
pub(crate) struct Session<'a> {
    pub(crate) options: &'a Options,
    pub(crate) sink: &'a mut dyn Sink,
    pub(crate) source: Source,
    pub(crate) table: Table,
    pub(crate) goal: Goal,
    pub(crate) end: Option<End>,
    /// The command, where it is a child of this process.
    pub(crate) command: Option<Tid>,
    pub(crate) outcome: Outcome,
    /// Whether the sink cannot go on and is told nothing any more.
    untold: bool,
    pages: RefCell<Pages>,
    pub(crate) watchdog: Option<Watchdog>,
}

impl<'a> Session<'a> {
    /// A run that traces nothing yet.
    pub(crate) fn new(options: &'a Options, sink: &'a mut dyn Sink, source: Source) -> Self {
        Self {
            options,
            sink,
            source,
            table: Table::default(),
            goal: Goal::Trace,
            end: None,
            command: None,
            outcome: Outcome::default(),
            untold: false,
            pages: RefCell::new(Pages::new()),
            watchdog: None,
        }
    }

    /// Traces until nothing is left to trace or the end is asked for.
    pub(crate) fn trace(&mut self) {
        self.watch();
        let listening = self.source.listen();
        let mut wait = IDLE;
        while self.end.is_none() && !self.table.is_empty() {
            wait = match self.source.next(&mut self.table, wait) {
                Next::Quiet => {
                    self.quiet(wait);
                    if self.table.has_unclaimed() { IDLE } else { LONG }
                }
                next => {
                    self.attend(next);
                    IDLE
                }
            };
            self.adopt(false);
        }
        drop(listening);
        self.adopt(true);
    }

    /// Has the watchdog watch, where signals may end the tracing. Without it the tracer does what it can.
    pub(crate) fn watch(&mut self) {
        if self.watchdog.is_none() && self.options.interruptible.ends() {
            self.watchdog = Watchdog::begin().ok();
        }
    }

    /// What is to be done when nothing has happened for a while.
    fn quiet(&mut self, waited: Duration) {
        if waited == LONG {
            self.drop_vanished();
        } else if !self.untold && self.sink.idle() == Flow::End {
            self.end_by_sink();
        }
    }

    /// Attends to whatever came.
    pub(crate) fn attend(&mut self, next: Next) {
        match next {
            Next::Thread(tid, finding) => self.thread(tid, finding),
            // What comes of writing to a closed pipe: the sink says it where it cannot do without that.
            Next::End { signal: libc::SIGPIPE, sent: false } if self.options.filter.is_some() => {}
            Next::End { signal, sent } => self.end = Some(End::Signal { signal, sent }),
            Next::NoTracees => self.drop_vanished(),
            Next::Quiet => {}
        }
    }

    /// Attends to one thread.
    pub(crate) fn thread(&mut self, tid: Tid, finding: Finding) {
        match finding {
            Finding::Stop(stop) => self.stopped(tid, stop),
            Finding::Dead(death) => self.dead(tid, death),
            Finding::Nothing | Finding::NoSuch => {}
        }
    }

    /// A thread has stopped.
    fn stopped(&mut self, tid: Tid, stop: Stop) {
        self.pages.get_mut().forget();
        let former = self.before(tid, &stop);
        let Some(thread) = self.table.get_mut(tid) else {
            if is_ours(tid) {
                self.stranger(tid, stop);
            } else {
                // An inherited child under job control.
                drop(sys::collect(tid));
            }
            return;
        };
        let before = thread.phase;
        let mut step = machine::step(before, thread.filtered, self.goal, seen(&stop));
        thread.phase = step.phase;
        thread.filtered = step.filtered;
        // A thread that stood still and stops anew was killed.
        thread.kept = None;
        if self.goal == Goal::LetGo && is_our_doing(&stop, thread.stopped) {
            step.report = Report::Nothing;
        }
        thread.stopped = matches!(stop, Stop::Group(_));
        if before == Phase::Seized {
            self.tell_interrupted(tid, &stop);
        }
        if (before, step.phase, step.filtered) == (Phase::Held, Phase::Starting, false) && self.options.filter.is_some()
        {
            self.sink.notice("seccomp filter is requested but unavailable");
        }
        let flow = self.tell(tid, &stop, &step, former);
        refuse_for_others(&stop);
        if self.options.detach_on_execve && step.report == Report::Exec && before != Phase::Starting {
            step.answer = Answer::Detach;
        }
        self.answer(tid, stop, if flow == Flow::Detach { Answer::Detach } else { step.answer });
    }

    /// What an event says about other threads; answers the id before an execve.
    fn before(&mut self, tid: Tid, stop: &Stop) -> Tid {
        let Stop::Event(event) = stop else { return tid };
        match event.event {
            libc::PTRACE_EVENT_CLONE | libc::PTRACE_EVENT_FORK | libc::PTRACE_EVENT_VFORK => {
                if let Some(child) = event.message() {
                    self.made(child, tid);
                }
                tid
            }
            libc::PTRACE_EVENT_EXEC => {
                let former = event.message().unwrap_or(tid);
                self.took_over(tid, former);
                former
            }
            _ => tid,
        }
    }

    /// Tells in which call a thread was that has just been taken hold of.
    fn tell_interrupted(&mut self, tid: Tid, stop: &Stop) {
        if let Stop::Event(event) = stop
            && let Some((abi, number)) = event.interrupted()
        {
            self.look(tid, stop, What::Interrupted { abi, number });
        }
    }

    /// Tells the sink what the step says.
    fn tell(&mut self, tid: Tid, stop: &Stop, step: &Step, former: Tid) -> Flow {
        if step.born {
            let parent = self.table.get(tid).and_then(|thread| thread.parent);
            self.look(tid, stop, What::Born { parent });
        }
        match (step.report, stop) {
            (Report::Enter, Stop::Entry(stop_at) | Stop::Picked(stop_at)) => {
                let call = words::call(&stop_at.info);
                self.begin_time(tid);
                self.watch_for_servers(tid, &call);
                self.look(tid, stop, What::Enter(&call))
            }
            (Report::Exit, Stop::Exit(stop_at)) => {
                let time = self.elapsed_time(tid);
                self.look(tid, stop, What::Exit(&words::result(&stop_at.info, time)))
            }
            (Report::Signal, Stop::Signal(stop_at)) => {
                let info = stop_at.info();
                self.look(tid, stop, What::Signal { signal: stop_at.signal, info: info.as_ref() })
            }
            (Report::Stopped, Stop::Group(stop_at)) => self.look(tid, stop, What::Stopped { signal: stop_at.signal }),
            (Report::Exec, _) => self.look(tid, stop, What::Exec { former }),
            (Report::Exiting, _) => self.look(tid, stop, What::Exiting),
            _ => Flow::Continue,
        }
    }

    /// Reads memory with care from the call on by which a tracee may come to serve others' pages.
    fn watch_for_servers(&mut self, tid: Tid, call: &Call) {
        let serves = match servers::by_call(call.abi, call.number, call.args[1]) {
            Serving::No => false,
            Serving::Maybe => servers::by_descriptors(tid),
            Serving::Yes => true,
        };
        if serves {
            self.pages.get_mut().reader().be_careful();
        }
    }

    /// Reads memory with care where a process that was taken hold of may serve others' pages.
    pub(crate) fn ask_for_servers(&mut self, tid: Tid) {
        if servers::by_descriptors(tid) {
            self.pages.get_mut().reader().be_careful();
        }
    }

    /// Does with a stopped thread what was decided.
    pub(crate) fn answer(&mut self, tid: Tid, stop: Stop, answer: Answer) {
        match answer {
            // Where that fails, the thread was killed, and its end is on the way.
            Answer::Go(until) => drop(stop.go(until)),
            Answer::Detach if self.waits_for_sub_threads(tid) => self.keep(tid, stop),
            Answer::Detach => self.detach(tid, stop),
            Answer::Kill => stop.kill(),
            Answer::Keep => self.keep(tid, stop),
        }
    }

    /// Lets go of a stopped thread: the one way out. A call that was changed at its entry is to be finished or undone here.
    pub(crate) fn detach(&mut self, tid: Tid, stop: Stop) {
        // Where that fails, the thread was killed, and its end is on the way.
        if stop.detach().is_ok() {
            self.lost(tid);
        }
    }

    /// A thread is not ours any more.
    pub(crate) fn lost(&mut self, tid: Tid) {
        if let Some(thread) = self.table.remove(tid) {
            let pid = process_of(tid, &thread.pid);
            self.report(tid, pid, What::Detached);
        }
    }

    /// Leaves a thread where it is, to be answered later. One that stands before a signal goes on with
    /// it: it has been interrupted and stops again.
    fn keep(&mut self, tid: Tid, stop: Stop) {
        match stop.keep() {
            Ok(kept) => {
                if let Some(thread) = self.table.get_mut(tid) {
                    thread.phase = if thread.phase == Phase::Parked { Phase::Parked } else { Phase::Kept };
                    thread.kept = Some(kept);
                }
            }
            Err(stop) => drop(stop.go(Until::Call)),
        }
    }

    /// A stop of a tracee that is not known.
    pub(crate) fn stranger(&mut self, tid: Tid, stop: Stop) {
        if !self.options.follow {
            // A child by CLONE_PTRACE, of which no event tells. Where this fails it was killed.
            drop(stop.detach());
            return;
        }
        let step = machine::stranger(self.goal);
        if let Some(death) = self.table.add_stranger(tid, step.phase) {
            self.tell_life(tid, None, death);
        }
        self.tell(tid, &stop, &step, tid);
        self.answer(tid, stop, step.answer);
    }

    /// A thread has made a child, which stopped already, or ended, or is still to stop.
    pub(crate) fn made(&mut self, child: Tid, parent: Tid) {
        match self.table.made(child, parent) {
            Birth::Awaited => {}
            Birth::Stopped(first) => self.first_stop(child, first),
            Birth::Over(death) => self.tell_life(child, Some(parent), death),
        }
    }

    /// Answers the first stop of a thread, which was kept.
    fn first_stop(&mut self, tid: Tid, first: Kept) {
        self.stopped(tid, first.into_stop());
        self.pages.get_mut().forget();
    }

    /// Goes on with those of whom no event has told in time: whoever made them was killed before.
    pub(crate) fn adopt(&mut self, all: bool) {
        if self.table.has_unclaimed() {
            for unclaimed in self.table.take_unclaimed(Instant::now(), all) {
                match unclaimed {
                    Unclaimed::Stopped(tid, first) => self.first_stop(tid, first),
                    Unclaimed::Over(tid, death) => self.tell_life(tid, None, death),
                }
            }
        }
    }

    /// Tells of somebody who has ended already.
    fn tell_life(&mut self, tid: Tid, parent: Option<Tid>, death: Death) {
        self.report(tid, tid, What::Born { parent });
        self.tell_death(tid, tid, death);
    }

    /// A thread that called execve as `former` has the id `tid` now, its process's own.
    pub(crate) fn took_over(&mut self, tid: Tid, former: Tid) {
        if self.table.took_over(tid, former) {
            self.report(tid, tid, What::Superseded { by: former });
        }
    }

    /// A thread has ended.
    fn dead(&mut self, tid: Tid, death: Death) {
        let ours = self.table.get(tid).is_some() || is_ours(tid);
        drop(sys::collect(tid));
        if self.command == Some(tid) {
            self.outcome.command = Some(death.into());
        }
        match self.table.remove(tid) {
            Some(thread) => {
                let pid = thread.pid.get().unwrap_or(tid);
                if machine::is_unborn(thread.phase) {
                    self.report(tid, pid, What::Born { parent: thread.parent });
                }
                self.tell_death(tid, pid, death);
            }
            None if ours && self.goal == Goal::Trace => self.table.ended_early(tid, death),
            None => {} // An inherited child, or one that we have let go of.
        }
    }

    /// Tells of an end.
    fn tell_death(&mut self, tid: Tid, pid: Tid, death: Death) {
        self.report(
            tid,
            pid,
            match death {
                Death::Exited(status) => What::Exited { status },
                Death::Killed { signal, core } => What::Killed { signal, core },
            },
        );
    }

    /// Forgets the threads that are no tracees any more without a status having told so.
    pub(crate) fn drop_vanished(&mut self) {
        for tid in self.table.tids() {
            if sys::look(tid).is_err() && self.table.remove(tid).is_some() {
                self.report(tid, tid, What::Superseded { by: tid });
            }
        }
    }

    /// Tells of a thread that stands still.
    fn look(&mut self, tid: Tid, stop: &Stop, what: What<'_>) -> Flow {
        let unknown = Cell::new(None);
        let pid = self.table.get(tid).map_or(&unknown, |thread| &thread.pid);
        let tracee = Look { halted: stop.halted(), pid, pages: &self.pages };
        let flow = if self.untold { Flow::Continue } else { tell(self.sink, tid, what, &tracee) };
        self.heed(flow)
    }

    /// Tells of a thread that cannot be looked into.
    pub(crate) fn report(&mut self, tid: Tid, pid: Tid, what: What<'_>) {
        if !self.untold {
            let flow = tell(self.sink, tid, what, &Gone { tid, pid });
            self.heed(flow);
        }
    }

    /// Takes note where the sink asks for the end.
    fn heed(&mut self, flow: Flow) -> Flow {
        if flow == Flow::End {
            self.end_by_sink();
        }
        flow
    }

    /// The sink cannot go on. Whoever has a filter cannot do without us, and goes on untold.
    fn end_by_sink(&mut self) {
        self.outcome.stopped_by_sink = true;
        match Source::ending() {
            None | Some((libc::SIGPIPE, false)) if self.options.filter.is_some() => self.untold = true,
            // A write that was cut off because a signal had come is that signal's doing.
            Some((signal, sent)) => _ = self.end.get_or_insert(End::Signal { signal, sent }),
            None => _ = self.end.get_or_insert(End::Sink),
        }
    }

    /// Says that something could not be done.
    pub(crate) fn notice(&mut self, line: String) {
        self.sink.notice(&line);
        self.outcome.notices.push(line);
    }

    /// Remembers the system time at the beginning of a call.
    fn begin_time(&mut self, tid: Tid) {
        if self.options.system_time
            && let Some(thread) = self.table.get_mut(tid)
        {
            thread.system_time = sys::system_time(tid);
        }
    }

    /// The system time since the beginning of the call.
    fn elapsed_time(&self, tid: Tid) -> u64 {
        match self.table.get(tid) {
            Some(thread) if self.options.system_time => sys::system_time(tid).saturating_sub(thread.system_time),
            _ => 0,
        }
    }
}

/// Whether an unknown thread is a tracee of ours, rather than a child that this process was started with.
fn is_ours(tid: Tid) -> bool {
    proc::status(tid).is_some_and(|status| status.tracer == Some(Tid(std::process::id() as i32)))
}

/// Tells one event.
fn tell(sink: &mut dyn Sink, tid: Tid, what: What<'_>, tracee: &dyn Tracee) -> Flow {
    sink.event(&Event { tid, at: sys::now(), what }, tracee)
}

/// Whether a stop while letting go tells of nothing but our interrupt: a group-stop that was told before, or
/// a call that the kernel will go on with by itself.
fn is_our_doing(stop: &Stop, was_stopped: bool) -> bool {
    match stop {
        Stop::Group(_) => was_stopped,
        Stop::Exit(stop) => words::is_restart(&stop.info),
        _ => false,
    }
}

/// A call that a tracee's own filter has picked fails, as it would without us. Where that fails, the thread was killed.
fn refuse_for_others(stop: &Stop) {
    if let Stop::Picked(stop) = stop
        && !stop.is_picked_by_us()
    {
        let _ = stop.refuse();
    }
}

/// What the machine calls a stop.
fn seen(stop: &Stop) -> Seen {
    match stop {
        Stop::Entry(stop) => Seen::Entry { exec: is_exec(&stop.info) },
        Stop::Exit(_) => Seen::Exit,
        Stop::Picked(stop) => Seen::Picked { ours: stop.is_picked_by_us() },
        Stop::Signal(_) => Seen::Signal,
        Stop::Group(_) => Seen::Group,
        Stop::Event(stop) => match stop.event {
            libc::PTRACE_EVENT_STOP => Seen::Trap,
            libc::PTRACE_EVENT_EXEC => Seen::Exec,
            libc::PTRACE_EVENT_EXIT => Seen::Exiting,
            _ => Seen::Event,
        },
    }
}

/// Whether the call is an execve by our own child, whose calls are of our own kind.
fn is_exec(info: &SyscallInfo) -> bool {
    info.words[0] == libc::SYS_execve as u64
}
