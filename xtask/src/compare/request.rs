//! What to compare.

use crate::peer;
use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::places;

/// The command line of `compare`.
pub struct Request {
    /// Whom to compare with.
    pub peer: Tracer,
    /// The tracewell to judge.
    pub ours: Tracer,
    /// Options for both; `None` for the usual ones.
    pub options: Option<Vec<String>>,
    /// A shell command that puts everything as it was, before each run.
    pub before: Option<String>,
    /// How often each runs in a round.
    pub runs: usize,
    /// How often they are compared.
    pub rounds: usize,
    /// Whether addresses are replaced in any case, because threads race for memory.
    pub loose: bool,
    /// Whether every difference is shown, or the first.
    pub all: bool,
    /// Where the traces are left.
    pub keep: Option<PathBuf>,
    /// What to trace.
    pub subject: Subject,
}

/// A tracer, and the options that only it gets.
pub struct Tracer {
    /// The program.
    pub path: PathBuf,
    /// Its own options.
    pub options: Vec<String>,
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
        let (mut asked, mut ours, mut options, mut before, mut backends) = (None, None, None, None, None);
        let (mut runs, mut rounds, mut all, mut loose, mut keep) = (3, 1, false, false, None);
        let (mut words, mut programs) = (Vec::new(), false);
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
                lexopt::Arg::Long("backends") => backends = Some(two(&parser.value()?.to_string_lossy())?),
                lexopt::Arg::Long("rounds") => rounds = parser.value()?.to_string_lossy().parse()?,
                lexopt::Arg::Long("runs") => runs = parser.value()?.to_string_lossy().parse()?,
                lexopt::Arg::Long("loose") => loose = true,
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
        let ours = ours.map_or_else(build, Ok)?.canonicalize().context("tracewell")?;
        let (peer, ours) = match backends {
            Some(backends) => tracers_of(&ours, backends),
            None => tracers(peer::find(asked), ours)?,
        };
        let subject = if programs { Subject::Programs(words) } else { Subject::Command(words) };
        Ok(Self { peer, ours, options, before, runs: runs.max(1), rounds, loose, all, keep, subject })
    }
}

/// Strace and tracewell.
fn tracers(peer: PathBuf, ours: PathBuf) -> anyhow::Result<(Tracer, Tracer)> {
    peer::version(&peer)?;
    let plain = |path| Tracer { path, options: Vec::new() };
    Ok((plain(peer), plain(ours)))
}

/// Tracewell with one backend, and with another.
fn tracers_of(ours: &Path, backends: [String; 2]) -> (Tracer, Tracer) {
    let [first, second] =
        backends.map(|name| Tracer { path: ours.to_owned(), options: vec![format!("--backend={name}")] });
    (first, second)
}

/// Two words with a comma between them.
fn two(text: &str) -> anyhow::Result<[String; 2]> {
    let (first, second) = text.split_once(',').context("--backends: which two? as in ptrace,ebpf")?;
    Ok([first.to_owned(), second.to_owned()])
}

fn build() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo).args(["build", "--quiet", "--package", "tracewell"]).status()?;
    ensure!(status.success(), "tracewell does not build");
    places::tracewell()
}
