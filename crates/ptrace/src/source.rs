//! Where events come from: one place, for the tracees' statuses and for the tracer's own signals.
//!
//! The signals are blocked, and let through only while the tracer waits for a status or traces: what waits is a call
//! that a signal ends at any moment (`sys::open`), so that nothing can come between a test and a wait. A timer's signal
//! bounds the waiting.
//!
//! Asked for any thread, the kernel names the same one first each time, and goes through all of them to find it. So
//! the threads have their turn from time to time, the less often the more turns were in vain; and one that makes all
//! the stops is looked for by itself first.

use crate::options::{Interruptible, Wakeup};
use crate::pace::{self, Pace};
use crate::stop::{self, Death, Finding};
use crate::sys::{self, Caught, Disposition, Listening, Mask, Set};
use crate::table::Table;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tracer::Tid;

/// The signals that end the tracing.
pub(crate) const ENDING: [i32; 5] = [libc::SIGHUP, libc::SIGINT, libc::SIGQUIT, libc::SIGPIPE, libc::SIGTERM];

/// So many stops in a row may come from asking for any thread, before the others have their turn: at least, and at
/// most after turns that found nobody. When so many come, most threads stand still, and going through them costs less
/// than asking for one each time.
const ROW: (u32, u32) = (4, 64);

/// So many stops of one thread in a row may be found by looking for it alone, before the others have their turn.
const ALONE: u32 = 16;

/// A child that is waited for is looked at so often even when no signal comes.
const LONG: Duration = Duration::from_secs(1);

/// So many threads are looked at in their turn.
const TURN: usize = 16;

/// What the tracer has been asked for, for [`end_is_asked`], which nobody hands a [`Source`].
struct Asked {
    /// Whether the end was asked for.
    end: AtomicBool,
    /// Whether the terminal's signals are left to the command.
    not_by_terminal: AtomicBool,
    /// Whether signals ask for anything.
    by_signal: AtomicBool,
}

static ASKED: Asked =
    Asked { end: AtomicBool::new(false), not_by_terminal: AtomicBool::new(false), by_signal: AtomicBool::new(false) };

impl Asked {
    /// Forgets everything at the beginning of a run.
    fn begin(&self, interruptible: Interruptible) {
        self.end.store(false, Ordering::Relaxed);
        self.not_by_terminal.store(interruptible == Interruptible::NotByTerminal, Ordering::Relaxed);
        self.by_signal.store(interruptible.ends(), Ordering::Relaxed);
    }

    /// Whether a signal asks for the end. A terminal's and a closed pipe's come from the kernel; of the latter the write
    /// tells as well.
    fn counts(&self, caught: Caught) -> bool {
        let of_terminal = matches!(caught.signal, libc::SIGINT | libc::SIGQUIT) && !caught.sent;
        let of_pipe = caught.signal == libc::SIGPIPE && !caught.sent;
        let counts = !(of_pipe || of_terminal && self.not_by_terminal.load(Ordering::Relaxed));
        if counts {
            self.end.store(true, Ordering::Relaxed);
        }
        counts
    }
}

/// Whether the tracer has been asked to end, by a signal or by the sink, whether the backend has noticed yet or not.
/// While it is so, a write must not block.
pub fn end_is_asked() -> bool {
    if !ASKED.end.load(Ordering::Relaxed)
        && ASKED.by_signal.load(Ordering::Relaxed)
        && let Some(caught) = Set::of(&ENDING).take(Duration::ZERO).or_else(sys::peek_arrived)
        && ASKED.counts(caught)
    {
        sys::put_back(caught);
    }
    ASKED.end.load(Ordering::Relaxed)
}

/// What comes next.
#[derive(Debug)]
pub(crate) enum Next {
    /// Something may have happened to this thread.
    Thread(Tid, Finding),
    /// A signal asks for the end.
    End {
        /// Which.
        signal: i32,
        /// Whether a process sent it to us, rather than the terminal to its whole foreground group.
        sent: bool,
    },
    /// Nothing has happened for as long as was given, or nothing that matters.
    Quiet,
    /// There is no tracee and no child left.
    NoTracees,
}

/// The source. From its making on the signals are blocked and SIGCHLD has its default handling; that stays so, for a
/// signal must not cut off what is still to be written after the tracing.
pub(crate) struct Source {
    /// The signals that are heeded.
    set: Set,
    mask: Mask,
    dispositions: Vec<Disposition>,
    pace: Pace,
    /// How often the timer's signal comes; zero: not from us.
    period: Duration,
    /// How many stops came in a row by asking for any thread, and how many may.
    row: u32,
    rows: u32,
    /// How many stops came in a row by looking for one thread.
    alone: u32,
    /// Threads whose turn it is.
    turn: Vec<Tid>,
}

impl Source {
    /// Begins to block the signals.
    pub(crate) fn new(interruptible: Interruptible, wakeup: Wakeup) -> io::Result<Self> {
        let mut heeded = vec![libc::SIGALRM];
        if interruptible.ends() {
            heeded.extend(ENDING);
        }
        let mut blocked = ENDING.to_vec();
        // A write that would make a file larger than is allowed fails, and does not kill.
        blocked.extend([libc::SIGCHLD, libc::SIGALRM, libc::SIGXFSZ]);
        if interruptible == Interruptible::NeverStop {
            blocked.push(libc::SIGTSTP);
        }
        ASKED.begin(interruptible);
        let mask = Mask::block(&Set::of(&blocked));
        let mut dispositions = vec![Disposition::only_ends()?];
        for &signal in &heeded {
            dispositions.push(sys::heed(signal)?);
        }
        Ok(Self {
            set: Set::of(&heeded),
            mask,
            dispositions,
            pace: Pace::new(wakeup),
            period: Duration::ZERO,
            row: 0,
            rows: ROW.0,
            alone: 0,
            turn: Vec::new(),
        })
    }

    /// The signals that are heeded, for calls that they shall end.
    pub(crate) const fn signals(&self) -> &Set {
        &self.set
    }

    /// Lets the signals through for as long as the guard lives.
    pub(crate) fn listen(&self) -> Listening {
        Listening::begin(&self.set)
    }

    /// Gives the calling process, a new child, the signal handling that the tracer was started with.
    pub(crate) fn undo(&self) {
        for disposition in &self.dispositions {
            disposition.restore();
        }
        self.mask.restore();
    }

    /// The next thing to attend to. `Quiet` where nothing has happened for the time given (at most twice that), or
    /// at once where it is zero and there is nothing.
    pub(crate) fn next(&mut self, table: &mut Table, limit: Duration) -> Next {
        let next = self.arrived().unwrap_or_else(|| {
            if limit.is_zero() { self.glance() } else { self.quick(table).unwrap_or_else(|| self.wait(table, limit)) }
        });
        if let Next::Thread(tid, _) = next {
            self.pace.note(tid);
        }
        next
    }

    /// What a signal says that has come.
    fn arrived(&mut self) -> Option<Next> {
        while let Some(caught) = sys::take_arrived() {
            if caught.signal != libc::SIGALRM {
                if ASKED.counts(caught) {
                    return Some(Next::End { signal: caught.signal, sent: caught.sent });
                }
            } else if !self.period.is_zero() && self.pace.tick() {
                return Some(Next::Quiet);
            }
        }
        None
    }

    /// Any thread that stands still already.
    fn glance(&mut self) -> Next {
        match sys::look_any() {
            Ok(Some(sight)) => Next::Thread(sight.tid, stop::identify(sight)),
            Ok(None) => Next::Quiet,
            Err(_) => Next::NoTracees,
        }
    }

    /// What comes without waiting.
    fn quick(&mut self, table: &mut Table) -> Option<Next> {
        if self.row >= self.rows {
            self.begin_turn(table);
        }
        self.in_turn(table).or_else(|| self.look_for_one(table))
    }

    /// After a row of stops without a look at the rest: the threads whose turn it is.
    fn begin_turn(&mut self, table: &mut Table) {
        (self.row, self.alone) = (0, 0);
        self.rows = (self.rows * 2).min(ROW.1);
        if !table.is_alone() {
            self.turn = table.turn(TURN);
        }
    }

    /// A stop of a thread whose turn it is.
    fn in_turn(&mut self, table: &Table) -> Option<Next> {
        while let Some(tid) = self.turn.pop() {
            match find(table, tid) {
                Finding::Nothing => {}
                finding => {
                    self.rows = ROW.0;
                    return Some(Next::Thread(tid, finding));
                }
            }
        }
        None
    }

    /// The next stop of a thread that makes all the stops, where it comes at once.
    fn look_for_one(&mut self, table: &Table) -> Option<Next> {
        let tid = self.pace.looks_for().filter(|&tid| table.get(tid).is_some())?;
        let begin = Instant::now();
        while begin.elapsed() < pace::LOOKING {
            std::thread::yield_now();
            match find(table, tid) {
                Finding::Nothing => {}
                finding => {
                    self.pace.found();
                    self.alone += 1;
                    if self.alone == ALONE {
                        self.row = self.rows;
                    }
                    return Some(Next::Thread(tid, finding));
                }
            }
        }
        self.pace.in_vain();
        None
    }

    /// Waits for any thread, or a signal.
    fn wait(&mut self, table: &Table, limit: Duration) -> Next {
        if self.period != limit {
            self.period = limit;
            // The times are valid; it cannot fail.
            let _ = sys::tick(limit);
        }
        loop {
            match sys::wait_any(&self.set) {
                Ok(sight) => {
                    self.row += u32::from(!table.is_alone());
                    return Next::Thread(sight.tid, stop::identify(sight));
                }
                Err(error) if error.raw_os_error() != Some(libc::EINTR) => return Next::NoTracees,
                Err(_) => {}
            }
            if let Some(next) = self.arrived() {
                return next;
            }
        }
    }

    /// Remembers, for [`end_is_asked`], that the end was asked for by other means than a signal; tells the signal that
    /// asked for it first, if one has.
    pub(crate) fn ending() -> Option<(i32, bool)> {
        ASKED.end.store(true, Ordering::Relaxed);
        let asks = |caught: &Caught| caught.signal != libc::SIGALRM && ASKED.counts(*caught);
        std::iter::from_fn(sys::take_arrived).find(asks).map(|caught| (caught.signal, caught.sent))
    }
}

/// Looks at a thread. A stop that was collected, to be answered later, is not to be seen again.
fn find(table: &Table, tid: Tid) -> Finding {
    let kept = table.get(tid).is_some_and(|thread| thread.kept.is_some());
    if kept { stop::find_by_wait(tid) } else { stop::find(tid) }
}

/// Waits until a child of ours that is not traced has ended, or a signal asks the tracer to end.
pub(crate) fn wait_for(child: Tid) -> Result<Death, (i32, bool)> {
    let mut signals = vec![libc::SIGCHLD];
    if ASKED.by_signal.load(Ordering::Relaxed) {
        signals.extend(ENDING);
    }
    let set = Set::of(&signals);
    loop {
        match sys::look_for_end(child).map(|sight| sight.map(stop::identify)) {
            Ok(Some(Finding::Dead(death))) => {
                drop(sys::collect(child));
                return Ok(death);
            }
            Ok(_) => {}
            // Somebody else has waited for it.
            Err(_) => return Ok(Death::Exited(0)),
        }
        match set.take(LONG) {
            Some(caught) if caught.signal != libc::SIGCHLD && ASKED.counts(caught) => {
                return Err((caught.signal, caught.sent));
            }
            _ => {}
        }
    }
}
