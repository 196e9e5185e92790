//! Whether a trace is complete: the programs' steps are calls whose argument counts up.

use anyhow::{bail, ensure};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// What stands before a step's number in a trace: `close(-17)`.
const STEP: &str = "close(-";

/// A trace.
#[derive(Debug)]
pub struct Trace(pub String);

/// The number of a step, and the thread that made it.
fn step(line: &str) -> Option<(&str, u64)> {
    let (before, after) = line.split_once(STEP)?;
    let digits = after.split(|letter: char| !letter.is_ascii_digit()).next()?;
    Some((before.split(' ').next()?, digits.parse().ok()?))
}

impl Trace {
    /// Reads one from a file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        Ok(Self(String::from_utf8_lossy(&std::fs::read(path)?).into_owned()))
    }

    /// Whether no thread makes a step that is not seen, from its first to its last. Threads are told by their ids, so the
    /// tracer must have followed them.
    pub fn has_no_gaps(&self) -> anyhow::Result<()> {
        let mut last = HashMap::new();
        // A line that is not complete may be cut anywhere.
        for line in self.0.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            let Some((thread, number)) = step(line) else { continue };
            match last.insert(thread.to_owned(), number) {
                Some(before) if number != before + 1 => {
                    bail!("the trace has a gap: thread {thread} steps from {before} to {number}")
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The chains of the program `churn` that have made a step.
    pub fn chains(&self) -> BTreeSet<u64> {
        self.0.lines().filter_map(step).map(|(_, number)| number / 1_000_000).collect()
    }

    /// How many steps there are.
    pub fn steps(&self) -> u64 {
        self.0.lines().filter(|line| step(line).is_some()).count() as u64
    }

    /// How many lines have a part.
    pub fn count(&self, part: &str) -> usize {
        self.0.lines().filter(|line| line.contains(part)).count()
    }

    /// Whether a line has a part.
    pub fn has(&self, part: &str) -> anyhow::Result<()> {
        ensure!(self.count(part) > 0, "the trace has no {part:?}; it ends with {:?}", self.tail());
        Ok(())
    }

    fn tail(&self) -> &str {
        self.0.lines().last().unwrap_or_default()
    }
}
