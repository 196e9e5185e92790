//! Doing the works, by turns.

use super::load::Load;
use super::works::{Condition, Work};
use anyhow::{Context, ensure};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The options of every trace.
const OPTIONS: [&str; 2] = ["-f", "-o"];

/// A round in which others used more of the machine is done again.
const QUIET: f64 = 0.05;

/// So often at most.
const TRIES: u32 = 3;

/// One line in so many may be a matter of chance: where memory was placed, whether a signal interrupted a call.
const CHANCE: usize = 200;

/// The programs that are compared.
pub struct Tools {
    pub peer: PathBuf,
    pub ours: PathBuf,
    /// Where the built programs are, and where traces go.
    pub folder: PathBuf,
}

/// One round.
pub struct Round {
    /// Nobody's tracee.
    pub native: Duration,
    /// Strace's.
    pub peer: Duration,
    /// Tracewell's.
    pub ours: Duration,
    /// The limit loop's.
    pub limit: Duration,
    /// How many calls both traces show.
    pub lines: usize,
    /// The share of the machine that others used.
    pub others: f64,
}

impl Drop for Tools {
    fn drop(&mut self) {
        // What cannot be removed stays behind, in the folder for such things.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Tools {
    /// A round that nobody disturbed much, or the last of several tries.
    pub fn round(&self, work: &Work, condition: &Condition) -> anyhow::Result<Round> {
        let mut round = self.try_round(work, condition)?;
        for _ in 1..TRIES {
            if round.others > QUIET {
                round = self.try_round(work, condition)?;
            }
        }
        Ok(round)
    }

    fn try_round(&self, work: &Work, condition: &Condition) -> anyhow::Result<Round> {
        let before = Load::now()?;
        let (native, _) = self.run(work, condition, None)?;
        let (peer, lines) = self.run(work, condition, Some(&self.peer))?;
        let (ours, our_lines) = self.run(work, condition, Some(&self.ours))?;
        let (limit, _) = self.run(work, condition, Some(&self.folder.join("limit")))?;
        let others = Load::now()?.of_others_since(&before);
        let same = lines.abs_diff(our_lines) * CHANCE <= lines;
        ensure!(same, "{}: strace writes {lines} lines, tracewell {our_lines}", work.name);
        Ok(Round { native, peer, ours, limit, lines, others })
    }

    /// How long the work takes, and how many calls its trace shows.
    fn run(&self, work: &Work, condition: &Condition, tracer: Option<&Path>) -> anyhow::Result<(Duration, usize)> {
        let trace = self.folder.join("trace");
        let traces = tracer.is_some_and(|tracer| !tracer.ends_with("limit"));
        let mut words: Vec<OsString> = condition.prefix.iter().map(OsString::from).collect();
        words.extend(tracer.map(OsString::from));
        if traces {
            words.extend(OPTIONS.iter().map(OsString::from));
            words.push(trace.clone().into());
        }
        words.extend(work.command.iter().map(|word| word.replace("BENCH", &self.folder.to_string_lossy()).into()));
        let mut command = Command::new(&words[0]);
        // What cargo sets for its programs would have the loader look for libraries in many more places.
        command.env_remove("LD_LIBRARY_PATH");
        command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null());
        let start = Instant::now();
        let status = command.status().with_context(|| format!("starting {:?}", words[0]))?;
        let time = start.elapsed();
        ensure!(status.success(), "{}, {}: {status}", work.name, condition.name);
        let lines = if traces { count_events(&std::fs::read(&trace)?) } else { 0 };
        if traces {
            std::fs::remove_file(trace)?;
        }
        Ok((time, lines))
    }
}

/// Lines, one for each call: whether a call's line is cut in two is a matter of chance; and so is where a call is
/// interrupted by a signal.
fn count_events(trace: &[u8]) -> usize {
    let text = String::from_utf8_lossy(trace);
    text.lines().filter(|line| !line.contains(" resumed>")).count()
}
