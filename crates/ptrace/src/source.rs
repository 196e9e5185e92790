//! Where events come from: one place, for the tracees' statuses and for the tracer's own signals.
//!
//! All signals that matter, SIGCHLD among them, are blocked and taken with one call that also has the bound on
//! the waiting: nothing can come between a test and a wait. SIGCHLD names the thread, so the common case needs
//! no `wait` at all, whose cost grows with the number of tracees.
//!
//! SIGCHLD does not queue. While one is pending, others get lost; so, after one was taken and unless its thread is
//! the only one, somebody may have stopped whom no signal tells of. Then the kernel is asked for *any* stopped
//! thread before waiting, until there is none. A stop after that sends its SIGCHLD, as none is pending.

use crate::options::Interruptible;
use crate::stop::{self, Death, Finding};
use crate::sys::{self, Caught, Disposition, Mask, Set};
use crate::table::Table;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::time::Duration;
use tracer::Tid;

/// The signals that end the tracing.
pub(crate) const ENDING: [i32; 5] = [libc::SIGHUP, libc::SIGINT, libc::SIGQUIT, libc::SIGPIPE, libc::SIGTERM];

/// So many stops in a row may come from asking for any thread, before signals and the others have their turn. When
/// so many come, most threads stand still, and going through them costs less than asking for one each time.
const ROW: u32 = 4;

/// A child that is waited for is looked at so often even when no signal comes.
const LONG: Duration = Duration::from_secs(1);

/// So many threads are looked at in their turn.
const TURN: usize = 16;

/// What the tracer has been asked for, for [`end_is_asked`], which nobody hands a [`Source`].
struct Asked {
    /// Whether the end was asked for.
    end: AtomicBool,
    /// The signal that asked for it, where the source has not told of it yet.
    signal: AtomicI32,
    /// Whether the terminal's signals are left to the command.
    not_by_terminal: AtomicBool,
    /// Whether signals ask for anything.
    by_signal: AtomicBool,
}

static ASKED: Asked = Asked {
    end: AtomicBool::new(false),
    signal: AtomicI32::new(0),
    not_by_terminal: AtomicBool::new(false),
    by_signal: AtomicBool::new(false),
};

impl Asked {
    /// Forgets everything at the beginning of a run.
    fn begin(&self, interruptible: Interruptible) {
        self.end.store(false, Ordering::Relaxed);
        self.signal.store(0, Ordering::Relaxed);
        self.not_by_terminal.store(interruptible == Interruptible::NotByTerminal, Ordering::Relaxed);
        self.by_signal.store(interruptible.ends(), Ordering::Relaxed);
    }

    /// The signal that asked for the end, and whether a process sent it, where the source has not told of it yet.
    fn take_signal(&self) -> Option<(i32, bool)> {
        match self.signal.swap(0, Ordering::Relaxed) {
            0 => None,
            signal => Some((signal.abs(), signal > 0)),
        }
    }

    /// Whether a signal asks for the end. The driver of a terminal sends its signals as the kernel does.
    fn counts(&self, caught: &Caught) -> bool {
        let of_terminal = matches!(caught.signal, libc::SIGINT | libc::SIGQUIT) && caught.code == libc::SI_KERNEL;
        let counts = !(of_terminal && self.not_by_terminal.load(Ordering::Relaxed));
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
        && let Some(caught) = Set::of(&ENDING).take(Duration::ZERO)
        && ASKED.counts(&caught)
    {
        ASKED.signal.store(if caught.code <= 0 { caught.signal } else { -caught.signal }, Ordering::Relaxed);
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
    set: Set,
    mask: Mask,
    dispositions: Vec<Disposition>,
    /// Whether somebody may have stopped without a signal.
    unsure: bool,
    /// How many stops came in a row by asking for any thread.
    row: u32,
    /// Threads whose turn it is.
    turn: Vec<Tid>,
}

impl Source {
    /// Begins to block the signals.
    pub(crate) fn new(interruptible: Interruptible) -> io::Result<Self> {
        let mut blocked = ENDING.to_vec();
        blocked.push(libc::SIGCHLD);
        if interruptible == Interruptible::NeverStop {
            blocked.push(libc::SIGTSTP);
        }
        let mut taken = vec![libc::SIGCHLD];
        if interruptible.ends() {
            taken.extend(ENDING);
        }
        ASKED.begin(interruptible);
        Ok(Self {
            set: Set::of(&taken),
            mask: Mask::block(&Set::of(&blocked)),
            // Ignored, the kernel would not send it.
            dispositions: vec![Disposition::default_for(libc::SIGCHLD)?],
            unsure: true,
            row: 0,
            turn: Vec::new(),
        })
    }

    /// Gives the calling process, a new child, the signal handling that the tracer was started with.
    pub(crate) fn undo(&self) {
        for disposition in &self.dispositions {
            disposition.restore();
        }
        self.mask.restore();
    }

    /// Says that statuses may have changed without a signal having been seen.
    pub(crate) const fn be_unsure(&mut self) {
        self.unsure = true;
    }

    /// The next thing to attend to, within the time given.
    pub(crate) fn next(&mut self, table: &mut Table, limit: Duration) -> Next {
        if let Some((signal, sent)) = ASKED.take_signal() {
            return Next::End { signal, sent };
        }
        if let Some(next) = self.in_turn(table) {
            return next;
        }
        if self.unsure {
            match sys::look_any() {
                Ok(Some(sight)) => {
                    self.row += 1;
                    return Next::Thread(sight.tid, stop::identify(sight));
                }
                Ok(None) => self.unsure = false,
                Err(_) => return Next::NoTracees,
            }
        }
        self.row = 0;
        match self.set.take(limit) {
            Some(caught) => self.signal(caught, table),
            None => Next::Quiet,
        }
    }

    /// After a row of stops by asking for any thread: the signals, and the threads whose turn it is.
    fn in_turn(&mut self, table: &mut Table) -> Option<Next> {
        if self.row >= ROW {
            self.row = 0;
            self.turn = table.turn(TURN);
            if let Some(caught) = self.set.take(Duration::ZERO) {
                return Some(self.signal(caught, table));
            }
        }
        while let Some(tid) = self.turn.pop() {
            match find(table, tid) {
                Finding::Nothing => {}
                finding => return Some(Next::Thread(tid, finding)),
            }
        }
        None
    }

    /// What a signal means.
    fn signal(&mut self, caught: Caught, table: &Table) -> Next {
        let Caught { signal, code, tid } = caught;
        if signal != libc::SIGCHLD {
            return if ASKED.counts(&caught) { Next::End { signal, sent: code <= 0 } } else { Next::Quiet };
        }
        let finding = if code == libc::CLD_TRAPPED { find(table, tid) } else { stop::find_by_wait(tid) };
        let looked_at = !matches!(finding, Finding::Nothing);
        self.unsure = !(looked_at && table.is_alone() && table.get(tid).is_some());
        Next::Thread(tid, finding)
    }

    /// Remembers, for [`end_is_asked`], that the end was asked for by other means than a signal; tells the signal that
    /// asked for it first, if one has.
    pub(crate) fn ending() -> Option<(i32, bool)> {
        ASKED.end.store(true, Ordering::Relaxed);
        ASKED.take_signal()
    }
}

/// Looks at a thread. A stop that was collected, to be answered later, is not to be seen again.
fn find(table: &Table, tid: Tid) -> Finding {
    let kept = table.get(tid).is_some_and(|thread| thread.kept.is_some());
    if kept { stop::find_by_wait(tid) } else { stop::find(tid) }
}

/// Waits until a child of ours that is not traced has ended, or a signal asks the tracer to end. A closed pipe of
/// ours does not.
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
            Some(caught) if !matches!(caught.signal, libc::SIGCHLD | libc::SIGPIPE) && ASKED.counts(&caught) => {
                return Err((caught.signal, caught.code <= 0));
            }
            _ => {}
        }
    }
}
