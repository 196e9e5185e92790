//! The usual course: a tracer attaches to a program, is ended, and leaves everything as it was.

use crate::stage::Stage;
use crate::trace::Trace;
use rustix::process::Signal;

/// The usual course, as data.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The program and its arguments.
    pub program: &'static [&'static str],
    /// The tracer's options, before `-p`.
    pub options: &'static [&'static str],
    /// When the end is asked for.
    pub when: When,
    /// How the end is asked for.
    pub signal: Signal,
    /// So many tracers come and go, one after the other.
    pub tracers: u32,
}

/// When the end of the tracer is asked for.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// Some moments after all threads are taken.
    Taken,
    /// After so many milliseconds at most, whatever the tracer does.
    By(u64),
}

/// A plan for other plans to differ from.
pub const ATTACH: Plan =
    Plan { program: &["threads", "4"], options: &["-f"], when: When::Taken, signal: Signal::INT, tracers: 1 };

/// The moments that a tracer has when all threads are taken, in milliseconds.
const MOMENTS: u64 = 30;

impl Plan {
    /// Plays it once.
    pub fn play(&self, stage: &mut Stage) -> anyhow::Result<()> {
        let mut target = stage.target(self.program)?;
        for _ in 0..self.tracers {
            let id = target.id().to_string();
            let mut arguments = self.options.to_vec();
            arguments.extend(["-p", &id]);
            let mut tracer = stage.trace(&arguments)?;
            match self.when {
                When::Taken => {
                    target.until_taken()?;
                    stage.pause(MOMENTS);
                }
                When::By(limit) => stage.pause(limit),
            }
            tracer.send(self.signal)?;
            tracer.gone()?;
            target.is_left_alone()?;
            target.moves()?;
            Trace::read(&stage.path("trace")).unwrap_or(Trace(String::new())).has_no_gaps()?;
        }
        target.finish()
    }
}
