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
    /// Options for both.
    pub options: Vec<String>,
    /// A shell command that puts everything as it was, before each run.
    pub before: Option<String>,
    /// How often each runs.
    pub runs: usize,
    /// Whether every difference is shown, or the first.
    pub all: bool,
    /// Where the traces are left.
    pub keep: Option<PathBuf>,
    /// The command to trace.
    pub command: Vec<String>,
}

impl Request {
    /// Reads the words after `compare`; builds tracewell unless another is named.
    pub fn parse(words: Vec<String>) -> anyhow::Result<Self> {
        let (mut asked, mut ours, mut options, mut before) = (None, None, vec!["-f".to_owned()], None);
        let (mut runs, mut all, mut keep, mut command) = (3, false, None, Vec::new());
        let mut parser = lexopt::Parser::from_args(words);
        while let Some(argument) = parser.next()? {
            match argument {
                lexopt::Arg::Long("peer") => asked = Some(parser.value()?.into()),
                lexopt::Arg::Long("ours") => ours = Some(PathBuf::from(parser.value()?)),
                lexopt::Arg::Long("options") => {
                    options = parser.value()?.to_string_lossy().split_whitespace().map(str::to_owned).collect();
                }
                lexopt::Arg::Long("before") => before = Some(parser.value()?.to_string_lossy().into_owned()),
                lexopt::Arg::Long("runs") => runs = parser.value()?.to_string_lossy().parse()?,
                lexopt::Arg::Long("all") => all = true,
                lexopt::Arg::Long("keep") => keep = Some(parser.value()?.into()),
                lexopt::Arg::Value(first) => {
                    let words = std::iter::once(first).chain(parser.raw_args()?);
                    command = words.map(|word| word.to_string_lossy().into_owned()).collect();
                }
                other => return Err(other.unexpected().into()),
            }
        }
        ensure!(!command.is_empty(), "compare what? usage: cargo xtask compare [OPTION…] -- COMMAND…");
        let peer = peer::find(asked);
        peer::version(&peer)?;
        let ours = ours.map_or_else(build, Ok)?.canonicalize().context("tracewell")?;
        Ok(Self { peer, ours, options, before, runs: runs.max(1), all, keep, command })
    }
}

fn build() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo).args(["build", "--quiet", "--package", "tracewell"]).status()?;
    ensure!(status.success(), "tracewell does not build");
    places::tracewell()
}
