//! What a scenario is.

use crate::plan::Plan;
use crate::stage::Stage;

/// Something that a tracer must survive.
#[derive(Debug)]
pub struct Scenario {
    /// Its case and what it is about: `case07_sixteen_threads_sigterm`.
    pub name: &'static str,
    /// What strace 7.2 does wrong here; `None` where it does well.
    pub beats: Option<&'static str>,
    /// Whether it depends on chance, so that one round says little.
    pub racy: bool,
    /// What happens.
    pub act: Act,
}

/// What happens in a scenario.
#[derive(Debug)]
pub enum Act {
    /// The usual: see [`Plan`].
    Plan(Plan),
    /// Anything.
    Story(fn(&mut Stage) -> anyhow::Result<()>),
}

impl Scenario {
    /// A scenario with the usual course.
    pub const fn plan(name: &'static str, plan: Plan) -> Self {
        Self { name, beats: None, racy: false, act: Act::Plan(plan) }
    }

    /// A scenario with a course of its own.
    pub const fn story(name: &'static str, story: fn(&mut Stage) -> anyhow::Result<()>) -> Self {
        Self { name, beats: None, racy: false, act: Act::Story(story) }
    }

    /// What strace 7.2 does wrong.
    pub const fn beats(mut self, what: &'static str) -> Self {
        self.beats = Some(what);
        self
    }

    /// One round says little.
    pub const fn racy(mut self) -> Self {
        self.racy = true;
        self
    }

    /// Plays it once.
    pub fn play(&self, stage: &mut Stage) -> anyhow::Result<()> {
        match &self.act {
            Act::Plan(plan) => plan.play(stage),
            Act::Story(story) => story(stage),
        }
    }
}

/// Why a scenario cannot be played here. As an error it means "skipped".
#[derive(Debug)]
pub struct Skipped(pub String);

impl std::fmt::Display for Skipped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "skipped: {}", self.0)
    }
}

impl std::error::Error for Skipped {}

/// An error that means "skipped".
pub fn skip(why: impl Into<String>) -> anyhow::Error {
    Skipped(why.into()).into()
}
