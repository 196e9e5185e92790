//! From records to events.

use crate::files::{Known, STANDARD};
use crate::kernel::Kernel;
use crate::layout::kind;
use crate::look::Look;
use crate::outcome::{Error, Outcome};
use crate::record::{Captured, Record};
use crate::ring::Ring;
use crate::signals::Signals;
use crate::start::{self, Held};
use crate::{Options, Scope, exec, sys, targets};
use abi::Abi;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use tracer::{Ending, Event, Files, Flow, Return, Sink, Stamp, Tid, What};

/// How long the reader sleeps when there is nothing: twice as long each time, between these.
const SHORTEST: Duration = Duration::from_micros(200);
const LONGEST: Duration = Duration::from_millis(4);

/// So many records are read before signals have their turn.
const BATCH: usize = 4096;

/// An entry at which something could not be read waits so long for its exit, in nanoseconds, and for so many records at
/// most: there it was tried again.
const PATIENCE: u64 = 250_000_000;
const CROWD: usize = 65_536;

/// After so many sleeps in a row nothing is happening.
const QUIET: u32 = 8;

/// The signals that stop a process that does not handle them.
const STOPPING: [i32; 4] = [libc::SIGSTOP, libc::SIGTSTP, libc::SIGTTIN, libc::SIGTTOU];

/// What is known of a thread.
#[derive(Default)]
struct Thread {
    pid: Option<Tid>,
    /// The entry of the call that it is in.
    entry: Option<Record>,
    /// Whether it has executed another program in that call.
    executed: bool,
    /// Signals that it ignores, to be told after the call.
    ignored: Vec<Record>,
    /// The last signal that was sent to it and not delivered yet.
    sent: Option<Record>,
    /// Whether its birth was told, or that it was taken hold of.
    announced: bool,
    /// How many of its records were lost, as far as that was told.
    lost: u64,
}

/// A thread's next record, where it is there already, and whether an execve lies before it.
#[derive(Default)]
struct Next {
    record: Option<Record>,
    executed: bool,
}

/// A tracing.
pub(crate) struct Session<'a> {
    kernel: Kernel,
    ring: Ring,
    signals: &'a Signals,
    sink: &'a mut dyn Sink,
    files: &'a dyn Files,
    /// What is known of descriptors.
    known: Known,
    threads: BTreeMap<Tid, Thread>,
    waiting: VecDeque<Record>,
    /// Records that found no room in the ring: later ones than those that are read.
    kept: Vec<Record>,
    /// Leaders that ended while another thread of theirs was in a call: an execve may have taken them away.
    parked: Vec<Record>,
    command: Option<Tid>,
    outcome: Outcome,
    end: bool,
    /// Whether threads are traced that nobody has asked for: there is always somebody.
    everyone: bool,
    /// Whether only some outcomes are wanted: then an entry is told with its exit.
    selects: bool,
    /// Nanoseconds from `CLOCK_MONOTONIC` to `CLOCK_REALTIME`.
    ahead: u64,
}

impl<'a> Session<'a> {
    pub(crate) fn new(
        kernel: Kernel,
        ring: Ring,
        signals: &'a Signals,
        sink: &'a mut dyn Sink,
        options: &Options<'a>,
        known: Known,
    ) -> Self {
        let now = sys::now();
        Self {
            kernel,
            ring,
            signals,
            sink,
            files: options.files,
            known,
            threads: BTreeMap::new(),
            waiting: VecDeque::new(),
            kept: Vec::new(),
            parked: Vec::new(),
            command: None,
            outcome: Outcome::default(),
            end: false,
            everyone: !matches!(options.scope, Scope::Asked),
            selects: options.outcomes.is_some(),
            ahead: now.real.wrapping_sub(now.monotonic),
        }
    }

    /// Takes hold of a process, or of one thread.
    pub(crate) fn attach(&mut self, tid: Tid, whole: bool) -> Result<(), Error> {
        let pid = targets::process(tid)?;
        let mut taken = Vec::new();
        loop {
            let threads = if whole && pid == tid { targets::threads(pid) } else { vec![tid] };
            let known = |tid: &Tid| taken.contains(tid) || self.threads.contains_key(tid);
            let new: Vec<Tid> = threads.into_iter().filter(|tid| !known(tid)).collect();
            if new.is_empty() {
                break;
            }
            self.kernel.ask(&new)?;
            taken.extend(new);
        }
        self.known.look_up(pid, targets::descriptors(pid).into_iter(), self.files);
        // Who has ended meanwhile will not be met.
        taken.retain(|&tid| targets::lives(pid, tid) || !self.kernel.forget(tid));
        for &tid in &taken {
            self.threads.insert(tid, Thread { pid: Some(pid), announced: true, ..Thread::default() });
        }
        self.tell(tid, pid, sys::now(), What::Attached { threads: &taken }, [None, None]);
        Ok(())
    }

    /// Lets a held child go, traced.
    pub(crate) fn start(&mut self, child: &Held) -> Result<(), Error> {
        let tid = child.tid();
        self.kernel.expect_command(child.first());
        self.known.look_up(tid, STANDARD, self.files);
        self.threads.insert(tid, Thread { pid: Some(tid), announced: true, ..Thread::default() });
        self.command = Some(tid);
        child.release()
    }

    /// Tells what happens until everybody has ended, or the end is asked for.
    pub(crate) fn trace(&mut self) {
        let (mut pause, mut quiet) = (SHORTEST, 0);
        while !self.end {
            let alive = self.somebody_lives();
            let read = self.read();
            self.work(false);
            if !alive && (read == 0 || self.everyone) {
                break;
            }
            let limit = if read > 0 { Duration::ZERO } else { pause };
            (pause, quiet) = if read > 0 { (SHORTEST, 0) } else { ((2 * pause).min(LONGEST), quiet + 1) };
            if let Some(signal) = self.signals.take(limit).filter(|signal| *signal != libc::SIGPIPE) {
                self.outcome.interrupted = Some(signal);
                self.end = true;
            }
            if quiet > 0 && quiet % QUIET == 0 {
                let flow = self.sink.idle();
                self.obey(flow);
            }
        }
    }

    /// Whether there is still something to wait for.
    fn somebody_lives(&self) -> bool {
        if self.everyone {
            return self.command.is_none() || self.outcome.command.is_none();
        }
        self.kernel.live() > 0
    }

    /// Stops the programs, tells what they have sent, and lets go of who is left.
    pub(crate) fn finish(mut self) -> Outcome {
        self.kernel.detach();
        if !self.outcome.stopped_by_sink {
            while self.read() > 0 {
                self.work(false);
            }
            self.work(true);
            self.tell_losses();
            self.kernel.sums().iter().for_each(|sums| self.sink.sums(sums));
            for (tid, thread) in std::mem::take(&mut self.threads) {
                self.tell(tid, thread.pid.unwrap_or(tid), sys::now(), What::Detached, [None, None]);
            }
        }
        self.note_losses();
        self.note_crowd();
        if let (Some(command), None) = (self.command, self.outcome.command) {
            self.outcome.command = start::poll(command);
        }
        self.outcome
    }

    /// Reads some records; how many there are, those included that have to wait for others.
    fn read(&mut self) -> usize {
        let mut bytes = Vec::new();
        let mut count = 0;
        while count < BATCH && self.ring.next(&mut bytes) {
            self.waiting.extend(Record::new(&bytes));
            count += 1;
        }
        // What was kept before the ring was seen to be empty is later than all that was in it.
        let end = if count < BATCH { u64::MAX } else { self.waiting.back().map_or(0, Record::time) };
        self.insert_kept(end);
        self.kept.extend(self.kernel.take_kept());
        self.insert_kept(self.waiting.back().map_or(0, Record::time));
        count + self.kept.len()
    }

    /// Puts the records that were kept until a time among those that wait to be told.
    fn insert_kept(&mut self, until: u64) {
        let later = self.kept.iter().position(|record| record.time() > until).unwrap_or(self.kept.len());
        for record in self.kept.drain(..later) {
            let place = self.waiting.iter().position(|other| other.time() > record.time());
            self.waiting.insert(place.unwrap_or(self.waiting.len()), record);
        }
    }

    /// Tells the records in their order, up to one that has to wait for the thread's next.
    fn work(&mut self, all: bool) {
        while let Some(record) = self.waiting.front() {
            let waits = self.waits(record);
            let next = if waits { self.next(record) } else { Next::default() };
            if waits && next.record.is_none() && !all && !self.is_late(record) {
                return;
            }
            if let Some(record) = self.waiting.pop_front() {
                self.record(record, next);
            }
            if self.end && self.outcome.stopped_by_sink {
                return;
            }
        }
    }

    /// Whether a record must not be told before the thread's next one is there: an entry at which something could not be
    /// read, which was tried again at the exit, and an interrupted call, whose interruption may be the thread's end.
    fn waits(&self, record: &Record) -> bool {
        is_interrupted(record) || record.kind() == kind::ENTER && record.missed() && !self.selects
    }

    /// Whether a record has waited for too long, or too many have.
    fn is_late(&self, record: &Record) -> bool {
        self.waiting.len() >= CROWD || sys::now().monotonic.saturating_sub(record.time()) > PATIENCE
    }

    /// What the thread of the record in front tells next; an execve may have changed its id.
    fn next(&self, record: &Record) -> Next {
        let (mut tid, mut executed) = (record.tid(), false);
        for other in self.waiting.iter().skip(1) {
            if other.kind() == kind::EXEC && other.value() == i64::from(tid.0) {
                (tid, executed) = (other.tid(), true);
            } else if other.tid() == tid && !matches!(other.kind(), kind::SENT | kind::IGNORED) {
                return Next { record: Some(other.clone()), executed };
            }
        }
        Next::default()
    }

    /// Tells that records of a thread were lost where its next one comes, and forgets the call whose end was among them.
    fn tell_loss(&mut self, tid: Tid, record: &Record) {
        let Some(thread) = self.threads.get_mut(&tid) else { return };
        let count = record.lost().saturating_sub(thread.lost);
        if count == 0 {
            return;
        }
        thread.lost = record.lost();
        let call = thread.entry.take_if(|entry| entry.time() != record.entered()).is_some();
        let at = self.stamp(record.time());
        self.tell(tid, record.pid(), at, What::Lost { count, call }, [None, None]);
    }

    /// Tells of the records that were lost after the last ones of their threads.
    fn tell_losses(&mut self) {
        if self.kernel.lost() == 0 {
            return;
        }
        for (tid, lost) in self.kernel.losses() {
            let Some(thread) = self.threads.get_mut(&tid) else { continue };
            let (count, call) = (lost.saturating_sub(thread.lost), false);
            let pid = thread.pid.unwrap_or(tid);
            if count > 0 {
                self.tell(tid, pid, sys::now(), What::Lost { count, call }, [None, None]);
            }
        }
    }

    /// Says at the end how many records were lost.
    fn note_losses(&mut self) {
        self.outcome.lost = self.kernel.lost();
        if self.outcome.lost > 0 {
            let line = format!("{} records were lost: the ring was full (see --ring-size)", self.outcome.lost);
            self.sink.notice(&line);
            self.outcome.notices.push(line);
        }
    }

    /// Tells of threads that found no room.
    fn note_crowd(&mut self) {
        let crowded = self.kernel.crowded();
        if crowded == 0 {
            return;
        }
        let room = self.kernel.room();
        let line = format!("{crowded} times a thread was left out: no more than {room} are traced at once");
        self.sink.notice(&line);
        self.outcome.notices.push(line);
    }

    /// Tells a record; `next` is the thread's next one, where that matters.
    fn record(&mut self, record: Record, next: Next) {
        let (tid, pid) = (record.tid(), record.pid());
        match record.kind() {
            kind::SENT => self.thread(tid, pid).sent = Some(record),
            kind::IGNORED if self.thread(tid, pid).entry.is_some() => self.thread(tid, pid).ignored.push(record),
            kind::IGNORED => self.signal(&record),
            kind::EXEC => self.exec(&record),
            _ => self.own(record, next),
        }
    }

    /// Tells a record that the thread itself has made, and before it what went unseen.
    fn own(&mut self, record: Record, next: Next) {
        let tid = record.tid();
        let thread = self.thread(tid, record.pid());
        if !std::mem::replace(&mut thread.announced, true) {
            if let Some(parent) = record.parent().and_then(|parent| self.threads.get(&parent)?.pid) {
                self.known.inherit(record.pid(), parent);
            }
            self.event(&record, What::Born { parent: record.parent() }, [None, None]);
        }
        if matches!(record.kind(), kind::ENTER | kind::EXIT) {
            self.known.learn(record.pid(), record.pieces());
        }
        self.tell_loss(tid, &record);
        match record.kind() {
            kind::ENTER => self.enter(record, next),
            kind::EXIT => self.exit(&record, next.record.as_ref()),
            kind::END => self.ended(record),
            kind::SIGNAL => self.signal(&record),
            _ => {}
        }
    }

    /// What is known of a thread.
    fn thread(&mut self, tid: Tid, pid: Tid) -> &mut Thread {
        let thread = self.threads.entry(tid).or_default();
        thread.pid = Some(pid);
        thread
    }

    /// A call enters. Where only some outcomes are wanted it waits for its own.
    fn enter(&mut self, record: Record, next: Next) {
        if !self.selects {
            let exit = next.record.filter(|next| next.kind() == kind::EXIT);
            self.tell_entry(&record, exit.as_ref(), next.executed);
        }
        let thread = self.threads.entry(record.tid()).or_default();
        thread.entry = Some(record);
        thread.executed = false;
    }

    /// Tells an entry, of which the exit may know what could not be read.
    fn tell_entry(&mut self, record: &Record, exit: Option<&Record>, executed: bool) {
        let found = exit.filter(|_| executed).and_then(|exit| exec::arguments(record, exit));
        let memory = match &found {
            Some(found) => [Some(found), Some(record)],
            None => [Some(record), exit.filter(|_| !executed)],
        };
        self.event(record, What::Enter(&record.call()), memory);
    }

    fn exit(&mut self, record: &Record, next: Option<&Record>) {
        if self.killed_unasked(record, next) {
            return; // Nobody sees a call come back that was interrupted by the thread's end.
        }
        let thread = self.threads.entry(record.tid()).or_default();
        let ignored = std::mem::take(&mut thread.ignored);
        let executed = thread.executed;
        // Where there is none it was lost, or its outcome was not wanted.
        if let Some(entry) = thread.entry.take_if(|entry| entry.time() == record.entered()) {
            if self.selects {
                self.tell_entry(&entry, Some(record), executed);
            }
            let took = record.time().saturating_sub(entry.time());
            let ret = result(record.abi(), record.value(), took);
            self.event(record, What::Exit(&ret), [Some(record), Some(&entry)]);
        }
        for signal in &ignored {
            self.signal(signal);
        }
    }

    /// The thread is now its process's only one, under the leader's id.
    fn exec(&mut self, record: &Record) {
        let former = Tid(record.value() as i32);
        let tid = record.tid();
        self.tell_loss(former, record);
        if former != tid {
            if let Some(at) = self.parked.iter().position(|leader| leader.tid() == tid) {
                let leader = self.parked.swap_remove(at);
                self.event(&leader, What::Superseded { by: former }, [None, None]);
            }
            let thread = self.threads.remove(&former).unwrap_or_default();
            self.threads.insert(tid, thread);
        }
        self.known.execute(record.pid());
        self.thread(tid, record.pid()).executed = true;
        self.event(record, What::Exec { former }, [None, None]);
    }

    fn ended(&mut self, record: Record) {
        let (tid, pid) = (record.tid(), record.pid());
        let others = self.threads.iter().any(|(other, thread)| {
            *other != tid && thread.pid == Some(pid) && (self.selects || thread.entry.is_some())
        });
        if tid == pid && others && record.value() == 0 && !self.outcome.stopped_by_sink {
            self.event(&record, What::Exiting, [None, None]);
            self.parked.push(record);
            return;
        }
        self.end_of(&record);
        let last = !self.threads.values().any(|thread| thread.pid == Some(pid));
        let left = |leader: &Record| leader.pid() == pid;
        if let Some(at) = self.parked.iter().position(left).filter(|_| last || tid == pid) {
            let leader = self.parked.swap_remove(at);
            self.end_of(&leader);
        }
    }

    /// Whether a call was interrupted by the end of its thread, and not by a signal that is told.
    fn killed_unasked(&self, record: &Record, next: Option<&Record>) -> bool {
        let kills = |next: &Record| next.kind() == kind::END || next.kind() == kind::SIGNAL && is_kill(next);
        let sent = self.threads.get(&record.tid()).and_then(|thread| thread.sent.as_ref());
        sent.is_some_and(is_kill) || is_interrupted(record) && next.is_some_and(kills) && sent.is_none()
    }

    /// The signal that killed a thread, where it was sent and not delivered: the kernel does not deliver what is
    /// sure to kill. The SIGSYS of a seccomp filter that kills is not even sent as far as ptrace can tell.
    fn fatal(&self, end: &Record) -> Option<Record> {
        let sent = self.threads.get(&end.tid())?.sent.as_ref();
        let killed = end.value() & 0x7f;
        sent.filter(|sent| sent.value() == killed && killed != i64::from(libc::SIGSYS)).cloned()
    }

    /// The end of a thread.
    fn end_of(&mut self, record: &Record) {
        let tid = record.tid();
        if let Some(sent) = self.fatal(record) {
            self.signal(&sent);
        }
        self.event(record, What::Exiting, [None, None]);
        let status = record.value() as i32;
        let ending = start::ending(status);
        let what = match ending {
            Ending::Exited(status) => What::Exited { status },
            Ending::Killed(signal) => What::Killed { signal, core: libc::WCOREDUMP(status) },
        };
        self.event(record, what, [None, None]);
        self.threads.remove(&tid);
        self.known.forget(tid);
        if self.command == Some(tid) {
            self.outcome.command = Some(ending);
        }
    }

    fn signal(&mut self, record: &Record) {
        if is_kill(record) || record.kind() == kind::SIGNAL && record.is_immutable() {
            return;
        }
        if let Some(thread) = self.threads.get_mut(&record.tid()) {
            thread.sent = None;
        }
        let signal = record.value() as i32;
        self.event(record, What::Signal { signal, info: Some(&record.siginfo()) }, [None, None]);
        if record.kind() == kind::SIGNAL && record.handler() == libc::SIG_DFL as u64 && STOPPING.contains(&signal) {
            self.event(record, What::Stopped { signal }, [None, None]);
        }
    }

    /// Tells one event of a record.
    fn event(&mut self, record: &Record, what: What<'_>, memory: [Option<&Record>; 2]) {
        self.tell(record.tid(), record.pid(), self.stamp(record.time()), what, memory);
    }

    /// A moment of `CLOCK_MONOTONIC` by both clocks.
    const fn stamp(&self, monotonic: u64) -> Stamp {
        Stamp { monotonic, real: monotonic.wrapping_add(self.ahead) }
    }

    fn tell(&mut self, tid: Tid, pid: Tid, at: Stamp, what: What<'_>, memory: [Option<&Record>; 2]) {
        let look = Look { tid, pid, captured: Captured(memory), known: &self.known, files: self.files };
        let flow = self.sink.event(&Event { tid, at, what }, &look);
        self.obey(flow);
    }

    fn obey(&mut self, flow: Flow) {
        if flow == Flow::End {
            self.end = true;
            self.outcome.stopped_by_sink = true;
        }
    }
}

/// Whether a record is about SIGKILL, which nobody sees delivered.
fn is_kill(record: &Record) -> bool {
    record.value() == i64::from(libc::SIGKILL)
}

/// Whether a record is about the exit of a call that was interrupted.
fn is_interrupted(record: &Record) -> bool {
    record.kind() == kind::EXIT && matches!(result(record.abi(), record.value(), 0).errno(), Some(512..=516))
}

/// The result of a call, and how many nanoseconds it took: the time spent in the kernel by itself is not known.
fn result(abi: Abi, value: i64, took: u64) -> Return {
    let value = if abi == Abi::I386 { i64::from(value as i32) } else { value };
    Return { value, failed: (-4095..0).contains(&value), system_time: took }
}
