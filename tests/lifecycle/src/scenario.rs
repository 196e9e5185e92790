//! What a scenario is.

use crate::plan::Plan;
use crate::stage::Stage;

/// Something that a tracer must survive.
#[derive(Debug)]
pub struct Scenario {
    /// Its case and what it is about: `case07_sixteen_threads_sigterm`.
    pub name: &'static str,
    /// What strace 7.2 does wrong here; `None` where it does well.
    pub beats: Option<Flaw>,
    /// Whether it depends on chance, so that one round says little.
    pub racy: bool,
    /// What happens.
    pub act: Act,
}

/// What strace 7.2 does wrong in a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Flaw {
    /// What that is.
    pub what: &'static str,
    /// How often it does.
    pub often: Often,
}

/// How often strace does something wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Often {
    /// In every round.
    Always,
    /// In about one round of so many.
    OneIn(u32),
    /// So rarely that one cannot wait for it.
    Rarely,
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

    /// What strace 7.2 does wrong in every round.
    pub const fn beats(self, what: &'static str) -> Self {
        self.flaw(what, Often::Always)
    }

    /// What strace 7.2 does wrong in about one round of so many.
    pub const fn beats_one_in(self, rounds: u32, what: &'static str) -> Self {
        self.flaw(what, Often::OneIn(rounds))
    }

    /// What strace 7.2 was seen to do wrong, but rarely.
    pub const fn rarely_beats(self, what: &'static str) -> Self {
        self.flaw(what, Often::Rarely)
    }

    const fn flaw(mut self, what: &'static str, often: Often) -> Self {
        self.beats = Some(Flaw { what, often });
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
