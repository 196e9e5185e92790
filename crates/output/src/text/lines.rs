//! Lines of a trace: what stands before a call, how it is cut when another thread comes in between, and how it ends.

use super::clock::Clock;
use super::streams::Streams;
use super::value::{signed, unsigned};
use super::{Style, bracketed, value};
use abi::Abi;
use decode::{Value, describe, is_restart};
use tracer::{CommandName, Return, Stamp, Tid};

/// How lines look.
#[derive(Clone, Copy, Debug)]
pub struct LineStyle {
    /// The column at which results are aligned (`-a`).
    pub column: usize,
    /// The digits of the time of day before each line, and whether it is seconds since the epoch.
    pub absolute: Option<Digits>,
    /// Whether the time of day is written as seconds since the epoch.
    pub epoch: bool,
    /// The time since the line before (`-r`).
    pub relative: Option<Digits>,
    /// The time spent in the call (`-T`).
    pub duration: Option<Digits>,
    /// The instruction pointer (`-i`).
    pub instruction_pointer: bool,
    /// The number of the call (`-n`).
    pub call_number: bool,
    /// The names of arguments (`-N`).
    pub argument_names: bool,
    /// How values look.
    pub values: Style,
}

/// How many digits follow the point of a time.
pub type Digits = usize;

/// Which thread a line is about, and where it is.
#[derive(Clone, Copy, Debug)]
pub struct Who {
    /// The thread.
    pub tid: Tid,
    /// When it happened.
    pub at: Stamp,
    /// The instruction pointer; `None` when the thread is gone.
    pub ip: Option<u64>,
    /// The number of its latest call.
    pub number: u64,
    /// The personality of its latest call.
    pub abi: Abi,
    /// The name of its command, where lines are to say it.
    pub command: Option<CommandName>,
}

/// How a line names its thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Not at all.
    None,
    /// `1234  `.
    Plain,
    /// `[pid 1234] `.
    Bracketed,
}

/// The state of a call's line between its entry and its exit.
#[derive(Debug, Default)]
pub struct CallLine {
    /// How many arguments are shown.
    shown: usize,
    /// The text so far, where it is held back until the call has ended.
    held: Option<Vec<u8>>,
}

impl CallLine {
    /// A new line; `held` back until [`Lines::result`] when whether it is wanted depends on the call's end.
    pub fn new(held: bool) -> Self {
        Self { shown: 0, held: held.then(Vec::new) }
    }
}

/// How a call came back.
#[derive(Clone, Copy, Debug)]
pub struct Ending<'a> {
    /// The result as the kernel gave it.
    pub ret: Return,
    /// What a success means.
    pub value: Value<'a>,
    /// What is said in parentheses after it.
    pub note: Value<'a>,
    /// How long it took, in nanoseconds.
    pub duration: u64,
}

/// A trace as text.
pub struct Lines {
    style: LineStyle,
    streams: Streams,
    clock: Clock,
    naming: Naming,
    /// When the line before began, for `-r`.
    before: Option<u64>,
    /// What is being written, before it goes to its stream.
    piece: Vec<u8>,
}

impl Lines {
    /// A trace that goes to `streams`.
    pub fn new(style: LineStyle, streams: Streams) -> Self {
        Self { style, streams, clock: Clock::new(), naming: Naming::None, before: None, piece: Vec::new() }
    }

    /// How lines name their threads from now on.
    pub fn name_threads(&mut self, naming: Naming) {
        self.naming = naming;
    }

    /// How values look.
    pub fn values(&self) -> Style {
        self.style.values
    }

    /// Where the lines go.
    pub fn streams(&mut self) -> &mut Streams {
        &mut self.streams
    }

    /// Begins a call's line.
    pub fn begin(&mut self, who: &Who, line: &CallLine, name: &str) {
        if line.held.is_none() {
            self.interrupt(who.tid);
        }
        self.prefix(who);
        self.piece.extend_from_slice(name.as_bytes());
        self.piece.push(b'(');
    }

    /// Adds an argument.
    pub fn argument(&mut self, line: &mut CallLine, name: &str, argument: &Value<'_>) {
        if matches!(argument, Value::Omitted) {
            return;
        }
        if let Value::Arguments(fields) = argument {
            fields.iter().for_each(|field| self.argument(line, field.name, &field.value));
            return;
        }
        if line.shown > 0 {
            self.piece.extend_from_slice(b", ");
        }
        line.shown += 1;
        if self.style.argument_names && !matches!(argument, Value::Labelled(..)) {
            self.piece.extend_from_slice(name.as_bytes());
            self.piece.push(b'=');
        }
        value(&mut self.piece, argument, self.style.values);
    }

    /// Ends the part that the entry can tell.
    pub fn pause(&mut self, who: &Who, line: &mut CallLine) {
        self.put(who.tid, line, true);
    }

    /// Goes on with a call's line, which another thread may have cut.
    pub fn resume(&mut self, who: &Who, line: &CallLine, name: &str) {
        if line.held.is_some() || self.streams.of(who.tid).open() == Some(who.tid) {
            return;
        }
        self.interrupt(who.tid);
        self.prefix(who);
        self.piece.extend_from_slice(b"<... ");
        self.piece.extend_from_slice(name.as_bytes());
        self.piece.extend_from_slice(b" resumed>");
    }

    /// Ends a call's line with its result.
    pub fn result(&mut self, who: &Who, mut line: CallLine, ending: &Ending<'_>) {
        self.close(who.tid, &line);
        self.outcome(ending);
        if let Some(digits) = self.style.duration {
            self.piece.extend_from_slice(b" <");
            fraction(&mut self.piece, ending.duration, digits, 1);
            self.piece.push(b'>');
        }
        self.piece.push(b'\n');
        self.put(who.tid, &mut line, false);
        self.release(who.tid, line);
    }

    /// Ends the line of a call that will not come back: the thread is ending. `complete` when all arguments are shown.
    pub fn vanish(&mut self, who: &Who, mut line: CallLine, name: &str, complete: bool) {
        self.resume(who, &line, name);
        if !complete {
            self.piece.extend_from_slice(b" <unfinished ...>");
        }
        self.close(who.tid, &line);
        self.piece.extend_from_slice(b"?\n");
        self.put(who.tid, &mut line, false);
        self.release(who.tid, line);
    }

    /// Cuts the line of a call that the tracer will not see the end of (it lets go).
    pub fn abandon(&mut self, who: &Who, line: CallLine) {
        self.cut(who, line, b" <detached ...>\n");
    }

    /// Cuts the line of a call whose end was lost.
    pub fn break_off(&mut self, who: &Who, line: CallLine) {
        self.cut(who, line, b" <unfinished ...>\n");
    }

    /// Ends a call's line where it is, unless another thread has cut it already; one that is held back goes out.
    fn cut(&mut self, who: &Who, mut line: CallLine, mark: &[u8]) {
        if line.held.is_some() {
            self.piece.extend_from_slice(b" <unfinished ...>\n");
            self.put(who.tid, &mut line, false);
            self.release(who.tid, line);
        } else if self.streams.of(who.tid).open() == Some(who.tid) {
            self.streams.of(who.tid).add(mark, None);
        }
    }

    /// Cuts the line of a thread that goes on under another id: it has called execve and was not the leader.
    pub fn rename(&mut self, former: Tid, tid: Tid) {
        let stream = self.streams.of(former);
        if stream.open() == Some(former) {
            stream.add(format!(" <pid changed to {tid} ...>\n").as_bytes(), None);
        }
    }

    /// Writes a line of its own.
    pub fn line(&mut self, who: &Who, write: impl FnOnce(&mut Vec<u8>)) {
        self.interrupt(who.tid);
        self.prefix(who);
        write(&mut self.piece);
        self.piece.push(b'\n');
        self.streams.of(who.tid).add(&self.piece, None);
        self.piece.clear();
    }

    /// Writes lines that belong to the line before and have no thread's name, such as a dump.
    pub fn attachment(&mut self, tid: Tid, text: &[u8]) {
        self.streams.of(tid).add(text, None);
    }

    /// Cuts whatever line another thread has left open where this thread writes.
    fn interrupt(&mut self, tid: Tid) {
        let stream = self.streams.of(tid);
        if stream.open().is_some() {
            stream.add(b" <unfinished ...>\n", None);
        }
    }

    /// Moves the piece to where the line is.
    fn put(&mut self, tid: Tid, line: &mut CallLine, open: bool) {
        match &mut line.held {
            Some(held) => held.extend_from_slice(&self.piece),
            None => self.streams.of(tid).add(&self.piece, open.then_some(tid)),
        }
        self.piece.clear();
    }

    /// Lets a held line go out.
    fn release(&mut self, tid: Tid, line: CallLine) {
        if let Some(held) = line.held {
            self.interrupt(tid);
            self.streams.of(tid).add(&held, None);
        }
    }

    /// The parenthesis, the blanks and the sign before a result.
    fn close(&mut self, tid: Tid, line: &CallLine) {
        self.piece.push(b')');
        let before = match &line.held {
            Some(held) => held.len(),
            None => self.streams.of(tid).column(),
        };
        let at = before + self.piece.len();
        let blanks = self.style.column.saturating_sub(at).max(1);
        self.piece.resize(self.piece.len() + blanks, b' ');
        self.piece.extend_from_slice(b"= ");
    }

    fn outcome(&mut self, ending: &Ending<'_>) {
        let out = &mut self.piece;
        match ending.ret.errno() {
            Some(errno) if is_restart(errno) => {
                out.extend_from_slice(b"? ");
                error(out, errno);
            }
            Some(errno) => {
                out.extend_from_slice(b"-1 ");
                error(out, errno);
            }
            None => value(out, &ending.value, self.style.values),
        }
        note(out, &ending.note, self.style.values);
    }

    fn command(&mut self, who: &Who) {
        if let Some(command) = who.command {
            bracketed(&mut self.piece, command.bytes(), self.style.values.hex);
        }
    }

    fn prefix(&mut self, who: &Who) {
        match self.naming {
            Naming::None => {}
            Naming::Plain => {
                let width = if who.command.is_some() { 0 } else { 5 };
                padded(&mut self.piece, who.tid.0, width, false, b"", b"");
                self.command(who);
                self.piece.push(b' ');
            }
            Naming::Bracketed => {
                padded(&mut self.piece, who.tid.0, 5, true, b"[pid ", b"");
                self.command(who);
                self.piece.extend_from_slice(b"] ");
            }
        }
        self.times(who.at);
        if self.style.call_number {
            match i32::try_from(who.number) {
                Ok(number) => padded(&mut self.piece, number, 4, true, b"[", b"] "),
                Err(_) => self.piece.extend_from_slice(b"[???] "),
            }
        }
        if self.style.instruction_pointer {
            let digits = if who.abi == Abi::I386 { 8 } else { 16 };
            let text = match who.ip {
                Some(ip) => format!("[{ip:0digits$x}] "),
                None => format!("[{}] ", "?".repeat(digits)),
            };
            self.piece.extend_from_slice(text.as_bytes());
        }
    }

    fn times(&mut self, at: Stamp) {
        if let Some(digits) = self.style.absolute {
            if self.style.epoch {
                fraction(&mut self.piece, at.real, digits, 1);
            } else {
                self.clock.time_of_day(&mut self.piece, at.real, digits);
            }
            self.piece.push(b' ');
        }
        if let Some(digits) = self.style.relative {
            let since = at.monotonic.saturating_sub(self.before.unwrap_or(at.monotonic));
            self.before = Some(at.monotonic);
            if self.style.absolute.is_some() {
                self.piece.extend_from_slice(b"(+");
                fraction(&mut self.piece, since, digits, 6);
                self.piece.extend_from_slice(b") ");
            } else {
                fraction(&mut self.piece, since, digits, 6);
                self.piece.push(b' ');
            }
        }
    }
}

/// What is said in parentheses after a result, where that is anything.
fn note(out: &mut Vec<u8>, note: &Value<'_>, style: Style) {
    let start = out.len();
    out.extend_from_slice(b" (");
    let text = out.len();
    value(out, note, style);
    if out.len() == text {
        out.truncate(start);
    } else {
        out.push(b')');
    }
}

/// `EINTR (Interrupted system call)`.
fn error(out: &mut Vec<u8>, errno: u32) {
    match abi::generated::errnos::name(errno) {
        Some(name) => out.extend_from_slice(name.as_bytes()),
        None => {
            out.extend_from_slice(b"ERRNO_");
            unsigned(out, errno.into());
        }
    }
    if let Some(text) = describe(errno) {
        out.extend_from_slice(b" (");
        out.extend_from_slice(text.as_bytes());
        out.push(b')');
    }
}

/// Nanoseconds as seconds with digits after the point; the seconds at least `width` wide.
fn fraction(out: &mut Vec<u8>, nanos: u64, digits: Digits, width: usize) {
    let (seconds, rest) = (nanos / 1_000_000_000, nanos % 1_000_000_000);
    let part = rest / 10_u64.pow(9 - digits as u32);
    let text = if digits == 0 { format!("{seconds:width$}") } else { format!("{seconds:width$}.{part:0digits$}") };
    out.extend_from_slice(text.as_bytes());
}

/// A number padded with blanks, before it or behind it.
fn padded(out: &mut Vec<u8>, number: i32, width: usize, right: bool, before: &[u8], behind: &[u8]) {
    out.extend_from_slice(before);
    let start = out.len();
    signed(out, number.into());
    let blanks = width.saturating_sub(out.len() - start);
    let at = if right { start } else { out.len() };
    out.splice(at..at, std::iter::repeat_n(b' ', blanks));
    out.extend_from_slice(behind);
}
