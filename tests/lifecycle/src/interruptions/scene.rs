//! Everybody who takes part in an interruption, and what can be seen of them.

use super::Way;
use crate::look;
use crate::tally::Word;
use crate::target::Target;
use crate::{LONG, wait_until};
use rustix::process::{Pid, Signal, kill_process};
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

/// Whatever a signal brings about is to be seen by then.
const SETTLED: Duration = Duration::from_millis(400);

/// What is typed for `fg` to `foreground.c`.
pub(super) const FG: u64 = 1;

/// What `foreground.c` notes in its tally.
mod notes {
    /// The job's status.
    pub const STATUS: u64 = 1;
    /// How often the job has stopped.
    pub const STOPS: u64 = 2;
    /// Whether the job has ended.
    pub const ENDED: u64 = 4;
    /// How often the job has gone on.
    pub const CONTINUED: u64 = 5;
}

/// Everybody who takes part.
pub(super) struct Scene {
    /// The shell whose job the tracer is, or, if that stands aside, the program.
    pub(super) shell: Target,
    pub(super) program: Target,
    /// The tracer's id.
    pub(super) tracer: u32,
    pub(super) way: Way,
}

/// Who traces a process; 0 is nobody.
pub(super) fn tracer_of(id: u32) -> u32 {
    look::thread(id).map_or(0, |thread| thread.tracer)
}

/// Whether a process stands in a stop of its tracer's.
pub(super) fn is_in_a_stop(id: u32) -> bool {
    look::thread(id).is_some_and(|thread| thread.state == 't')
}

/// Whether a process has not ended.
fn lives(id: u32) -> bool {
    look::thread(id).is_some_and(|thread| !thread.is_dead())
}

impl Scene {
    /// The program's id.
    fn id(&self) -> u32 {
        self.program.tally.get(Word::Pid) as u32
    }

    /// Waits until what is to be seen has been the same for a while.
    fn settle(&self) {
        let mut before = String::new();
        loop {
            let now = self.states();
            if now == before {
                return;
            }
            before = now;
            std::thread::sleep(SETTLED);
        }
    }

    fn states(&self) -> String {
        let tracer = look::thread(self.tracer).map(|thread| (thread.is_stopped(), thread.is_dead()));
        let program = look::thread(self.id()).map(|thread| (thread.is_dead(), thread.tracer));
        format!("{tracer:?} {program:?} {}", self.shell.tally.note(notes::ENDED))
    }

    /// Whether the program counts, and does not only come to where it is stopped. Stops of the tracer's making come and go.
    fn is_moving(&self) -> bool {
        let count = || self.program.tally.counts().iter().sum::<u64>();
        let before = count();
        wait_until(2 * SETTLED, || count() > before + 3)
    }

    /// Whether somebody waits for `fg`.
    pub(super) fn is_stopped(&self) -> bool {
        let shell = &self.shell.tally;
        shell.note(notes::STOPS) > shell.note(notes::CONTINUED)
            || look::thread(self.tracer).is_some_and(|thread| thread.is_stopped())
            || (lives(self.id()) && !self.is_moving())
    }

    /// What is seen once it is as expected, or settled.
    pub(super) fn seen(&self, expected: Option<&str>) -> String {
        self.settle();
        let mut seen = self.describe();
        if let Some(expected) = expected {
            wait_until(LONG, || {
                seen = self.describe();
                seen == expected
            });
        }
        seen
    }

    fn describe(&self) -> String {
        format!("tracer {}, program {}", self.of_tracer(), self.of_program())
    }

    fn of_tracer(&self) -> String {
        let aside = matches!(self.way, Way::Aside(_));
        match look::thread(self.tracer) {
            Some(thread) if thread.is_stopped() => "stops".to_owned(),
            Some(thread) if !thread.is_dead() => "goes on".to_owned(),
            _ if aside || self.shell.tally.note(notes::ENDED) == 0 => "ends".to_owned(),
            _ => self.status(),
        }
    }

    /// How the shell's job has ended.
    fn status(&self) -> String {
        let status = ExitStatus::from_raw(self.shell.tally.note(notes::STATUS) as i32);
        match (status.code(), status.signal()) {
            (Some(code), _) => format!("exits with {code}"),
            (None, signal) => format!("dies by {}", signal.and_then(name).unwrap_or("a signal")),
        }
    }

    fn of_program(&self) -> String {
        match look::thread(self.id()) {
            Some(thread) if !thread.is_dead() => {
                let does = if self.is_moving() { "goes on" } else { "stops" };
                format!("{does}{}", if thread.tracer == 0 { ", untraced" } else { "" })
            }
            _ if matches!(self.way, Way::Aside(_)) && self.shell.tally.note(notes::ENDED) == 1 => self.status(),
            _ => "ends".to_owned(),
        }
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // Whoever is left was started here; the others are gone already.
        for id in [self.id(), self.tracer] {
            if let Some(pid) = Pid::from_raw(id as i32).filter(|_| lives(id)) {
                let _ = kill_process(pid, Signal::KILL);
            }
        }
    }
}

/// The name of a signal that is sent here.
fn name(signal: i32) -> Option<&'static str> {
    let names = [(2, "SIGINT"), (3, "SIGQUIT"), (9, "SIGKILL"), (15, "SIGTERM"), (20, "SIGTSTP")];
    names.iter().find(|(number, _)| *number == signal).map(|(_, name)| *name)
}
