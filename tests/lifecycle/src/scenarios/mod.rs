//! All scenarios, in the order of the contract.

mod attach;
mod mail;
mod processes;
mod second_looks;
mod signals;
mod troubles;
mod v;

use crate::scenario::Scenario;
use crate::stage::Stage;
use crate::target::Target;
use crate::trace::Trace;
use crate::tracer::Tracer;
use anyhow::{Context, ensure};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::ExitStatus;

/// All of them.
pub fn all() -> Vec<&'static Scenario> {
    let families = [
        v::SCENARIOS,
        mail::SCENARIOS,
        attach::SCENARIOS,
        processes::SCENARIOS,
        signals::SCENARIOS,
        troubles::SCENARIOS,
        second_looks::SCENARIOS,
    ];
    families.into_iter().flatten().collect()
}

/// How something ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Code(i32),
    Signal(i32),
}

impl End {
    fn is(self, status: ExitStatus) -> anyhow::Result<()> {
        let ended = match status.code() {
            Some(code) => Self::Code(code),
            None => Self::Signal(status.signal().unwrap_or(0)),
        };
        ensure!(ended == self, "ended with {ended:?}, not with {self:?}");
        Ok(())
    }
}

/// Traces one of our programs from its start to its end.
fn run(stage: &Stage, options: &[&str], words: &[&str], end: End) -> anyhow::Result<Trace> {
    let (mut tracer, target) = stage.traced(options, words)?;
    let status = tracer.end()?;
    end.is(status)
        .with_context(|| format!("the tracer said {:?}, the program {:?}", tracer.errors(), target.said()))?;
    target.is_left_alone()?;
    Trace::read(&stage.path("trace"))
}

/// What must be true once the end was asked for.
fn ended_and_left_alone(tracer: &mut Tracer, target: &mut Target) -> anyhow::Result<()> {
    tracer.gone()?;
    target.is_left_alone()?;
    target.moves()?;
    target.finish()
}

/// A path as a word of a command line.
fn word(path: &Path) -> anyhow::Result<&str> {
    path.to_str().context("paths of the suite are UTF-8")
}
