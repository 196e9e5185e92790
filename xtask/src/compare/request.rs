//! What to compare.

use crate::peer;
use anyhow::{Context, ensure};
use std::path::PathBuf;
use std::process::Command;
use tests::places;

/// The command line of `compare`.
pub struct Request {
    /// The strace to compare with.
    pub peer: PathBuf,
    /// The tracewell to judge.
    pub ours: PathBuf,
    /// Options for both; `None` for the usual ones.
    pub options: Option<Vec<String>>,
    /// A shell command that puts everything as it was, before each run.
    pub before: Option<String>,
    /// How often each runs.
    pub runs: usize,
    /// Whether every difference is shown, or the first.
    pub all: bool,
    /// Where the traces are left.
    pub keep: Option<PathBuf>,
    /// What to trace.
    pub subject: Subject,
}

/// What is traced by both.
pub enum Subject {
    /// A command.
    Command(Vec<String>),
    /// The test programs with these in their names; all, where there are none.
    Programs(Vec<String>),
}

impl Request {
    /// Reads the words after `compare`; builds tracewell unless another is named.
    pub fn parse(given: Vec<String>) -> anyhow::Result<Self> {
        let (mut asked, mut ours, mut options, mut before) = (None, None, None, None);
        let (mut runs, mut all, mut keep, mut words, mut programs) = (3, false, None, Vec::new(), false);
        let mut parser = lexopt::Parser::from_args(given);
        while let Some(argument) = parser.next()? {
            match argument {
                lexopt::Arg::Long("peer") => asked = Some(parser.value()?.into()),
                lexopt::Arg::Long("ours") => ours = Some(PathBuf::from(parser.value()?)),
                lexopt::Arg::Long("options") => {
                    let text = parser.value()?;
                    options = Some(text.to_string_lossy().split_whitespace().map(str::to_owned).collect());
                }
                lexopt::Arg::Long("before") => before = Some(parser.value()?.to_string_lossy().into_owned()),
                lexopt::Arg::Long("runs") => runs = parser.value()?.to_string_lossy().parse()?,
                lexopt::Arg::Long("all") => all = true,
                lexopt::Arg::Long("programs") => programs = true,
                lexopt::Arg::Long("keep") => keep = Some(parser.value()?.into()),
                lexopt::Arg::Value(first) => {
                    let all = std::iter::once(first).chain(parser.raw_args()?);
                    words = all.map(|word| word.to_string_lossy().into_owned()).collect();
                }
                other => return Err(other.unexpected().into()),
            }
        }
        ensure!(programs || !words.is_empty(), "compare what? usage: cargo xtask compare [OPTION…] -- COMMAND…");
        let peer = peer::find(asked);
        peer::version(&peer)?;
        let ours = ours.map_or_else(build, Ok)?.canonicalize().context("tracewell")?;
        let subject = if programs { Subject::Programs(words) } else { Subject::Command(words) };
        Ok(Self { peer, ours, options, before, runs: runs.max(1), all, keep, subject })
    }
}

fn build() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo).args(["build", "--quiet", "--package", "tracewell"]).status()?;
    ensure!(status.success(), "tracewell does not build");
    places::tracewell()
}
