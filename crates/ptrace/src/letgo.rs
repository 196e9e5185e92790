//! Letting go of every tracee, within a bounded time, whatever state they are in.
//!
//! Whoever runs is interrupted and let go of at its stop; whoever stands still is let go of at once. Whom
//! that does not reach in time is let go of by the kernel as soon as the tracer is gone.

use crate::machine::{Goal, Phase};
use crate::proc;
use crate::session::{End, Session};
use crate::source::Next;
use crate::sys;
use std::time::{Duration, Instant};
use tracer::Tid;

/// How long the tracees may need in all. One second is promised, with the writing.
pub(crate) const PATIENCE: Duration = Duration::from_millis(600);

/// How often those that have not answered are looked at.
pub(crate) const SLICE: Duration = Duration::from_millis(20);

impl Session<'_> {
    /// Lets go of every tracee.
    pub(crate) fn let_go(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        self.goal = Goal::LetGo;
        self.watchdog = None;
        self.interrupt_all();
        while !self.table.is_empty() && Instant::now() < deadline {
            match self.source.next(&mut self.table, SLICE) {
                Next::End { .. } => break,
                Next::Quiet => self.look_after_the_silent(),
                next => self.attend(next),
            }
            self.release_leaders(false);
        }
        self.release_leaders(true);
        self.give_up();
        self.forward();
    }

    /// Asks all that run to stop, and lets go of those that stand still.
    fn interrupt_all(&mut self) {
        for tid in self.table.running() {
            self.know_process(tid);
            // Where that fails, the thread's end is on the way.
            let _ = sys::interrupt(tid);
        }
        for tid in self.table.kept() {
            self.release(tid);
        }
    }

    /// Notes the process of a thread, by which leaders are told from sub-threads.
    fn know_process(&self, tid: Tid) {
        if let Some(thread) = self.table.get(tid) {
            crate::memory::process_of(tid, &thread.pid);
        }
    }

    /// Whether a thread, to be let go of, leads threads that are to be let go of first.
    pub(crate) fn waits_for_sub_threads(&self, tid: Tid) -> bool {
        self.goal == Goal::LetGo && self.table.has_sub_threads(tid)
    }

    /// Lets go of those leaders whose threads are gone; with `force`, of all.
    fn release_leaders(&mut self, force: bool) {
        for tid in self.table.kept() {
            if force || !self.table.has_sub_threads(tid) {
                self.release(tid);
            }
        }
    }

    /// Lets go of a thread whose stop was kept.
    fn release(&mut self, tid: Tid) {
        let Some(thread) = self.table.get_mut(tid) else {
            return;
        };
        let Some(kept) = thread.kept.take() else {
            return;
        };
        // A kept stop that is not answered any more means that the thread was killed.
        thread.phase = Phase::Outside;
        self.detach(tid, kept.into_stop());
    }

    /// After a silence: threads that will never stop are let go of as they are.
    fn look_after_the_silent(&mut self) {
        self.drop_vanished();
        for tid in self.table.running() {
            let state = proc::status(tid).map(|status| status.state);
            if matches!(state, None | Some('Z' | 'X')) && self.is_silent(tid) {
                self.lost(tid);
                if state == Some('Z') {
                    self.not_detached(tid, "it has ended, and its threads go on");
                }
            }
        }
    }

    /// Whether there is no status of a thread: a leader that ended before its threads.
    fn is_silent(&self, tid: Tid) -> bool {
        matches!(sys::look(tid), Ok(None))
    }

    /// Leaves those to the kernel who are left.
    fn give_up(&mut self) {
        for tid in self.table.tids() {
            let state = proc::status(tid).map(|status| status.state);
            let why = match state {
                None | Some('Z' | 'X') => None,
                Some(_) if proc::is_frozen(tid) => Some("it is frozen".to_owned()),
                Some('D') => Some(proc::call(tid).map_or_else(
                    || "it sleeps uninterruptibly".to_owned(),
                    |number| format!("it sleeps uninterruptibly in system call {number}"),
                )),
                Some(_) => Some("it did not stop in time".to_owned()),
            };
            self.lost(tid);
            if let Some(why) = why {
                self.not_detached(tid, &why);
            }
        }
    }

    /// Says of whom the kernel has to let go, and why.
    fn not_detached(&mut self, tid: Tid, why: &str) {
        self.notice(format!("Process {tid} not detached: {why}; the kernel detaches it as the tracer ends"));
    }

    /// Passes the signal on to the command, which whoever ends the tracer means to end, too, unless the tracer stands
    /// aside. The terminal's signals have reached it already; and a closed pipe of ours is none of its business.
    fn forward(&mut self) {
        let (Some(command), Some(End::Signal { signal, sent: true })) = (self.command, self.end) else {
            return;
        };
        if signal != libc::SIGPIPE && self.outcome.command.is_none() {
            // It may have ended just now.
            let _ = sys::send(command, signal);
        }
    }
}
