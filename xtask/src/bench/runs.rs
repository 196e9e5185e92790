//! Doing the works, by turns.

use super::load::Load;
use super::works::{Condition, Work};
use anyhow::{Context, ensure};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The options of every trace, before its file.
const OPTIONS: [&str; 2] = ["-f", "-o"];

/// Has a tracer that stops its tracees stop them at what is traced only.
const IN_KERNEL: &[&str] = &["--seccomp-bpf"];

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
    /// Whether the eBPF backend works here.
    pub ebpf: bool,
    /// Whether `perf trace` does.
    pub perf: bool,
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
    /// Tracewell's by its eBPF backend, where it works.
    pub ebpf: Option<Duration>,
    /// The limit loop's.
    pub limit: Duration,
    /// That of `perf trace`, where it works.
    pub perf: Option<Duration>,
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
        let (native, _) = self.run(work, condition, &[])?;
        let (peer, lines) = self.run(work, condition, &filtered(work, IN_KERNEL, self.traced(&self.peer, &OPTIONS)))?;
        let same = |who: &str, others: usize| {
            let same = lines.abs_diff(others) * CHANCE <= lines;
            ensure!(same, "{}: strace writes {lines} lines, {who} {others}", work.name);
            Ok(())
        };
        let (ours, our_lines) =
            self.run(work, condition, &filtered(work, IN_KERNEL, self.traced(&self.ours, &OPTIONS)))?;
        same("tracewell", our_lines)?;
        let ebpf = self.only_as_root(self.ebpf, work, condition, &filtered(work, &[], self.by_ebpf()))?;
        ebpf.map_or(Ok(()), |(_, lines)| same("tracewell --backend=ebpf", lines))?;
        let (limit, _) = self.run(work, condition, &[self.folder.join("limit").into()])?;
        let perf = self.only_as_root(self.perf, work, condition, &self.by_perf())?;
        let others = Load::now()?.of_others_since(&before);
        let (ebpf, perf) = (ebpf.map(|(time, _)| time), perf.map(|(time, _)| time));
        Ok(Round { native, peer, ours, ebpf, limit, perf, lines, others })
    }

    /// The words that have a command traced into the file for it.
    fn traced(&self, tracer: &Path, options: &[&str]) -> Vec<OsString> {
        let mut words = vec![tracer.into()];
        words.extend(options.iter().map(OsString::from));
        words.push(self.trace().into());
        words
    }

    /// The words for tracewell's eBPF backend.
    pub fn by_ebpf(&self) -> Vec<OsString> {
        self.traced(&self.ours, &["--backend=ebpf", OPTIONS[0], OPTIONS[1]])
    }

    /// The words for `perf trace`.
    pub fn by_perf(&self) -> Vec<OsString> {
        let mut words = self.traced(Path::new("perf"), &["trace", "-o"]);
        words.push("--".into());
        words
    }

    fn trace(&self) -> PathBuf {
        self.folder.join("trace")
    }

    /// What only root may do, under the condition that is about root, where it works.
    fn only_as_root(
        &self,
        works: bool,
        work: &Work,
        condition: &Condition,
        tracer: &[OsString],
    ) -> anyhow::Result<Option<(Duration, usize)>> {
        let run = (works && condition.prefix.is_empty()).then(|| self.run(work, condition, tracer));
        run.transpose()
    }

    /// How long the work takes, and how many calls its trace shows. `tracer` stands before the command.
    fn run(&self, work: &Work, condition: &Condition, tracer: &[OsString]) -> anyhow::Result<(Duration, usize)> {
        let trace = self.trace();
        let mut words: Vec<OsString> = condition.prefix.iter().map(OsString::from).collect();
        words.extend_from_slice(tracer);
        words.extend(work.command.iter().map(|word| word.replace("BENCH", &self.folder.to_string_lossy()).into()));
        let mut command = Command::new(&words[0]);
        // What cargo sets for its programs would have the loader look for libraries in many more places.
        command.env_remove("LD_LIBRARY_PATH");
        command.args(&words[1..]).stdin(Stdio::null()).stdout(Stdio::null());
        let start = Instant::now();
        let status = command.status().with_context(|| format!("starting {:?}", words[0]))?;
        let time = start.elapsed();
        ensure!(status.success(), "{}, {}: {status}", work.name, condition.name);
        if !trace.exists() {
            return Ok((time, 0));
        }
        let lines = count_events(&std::fs::read(&trace)?);
        std::fs::remove_file(trace)?;
        Ok((time, lines))
    }
}

/// The words of a tracer that traces what the work asks for, with more words where that is not everything.
fn filtered(work: &Work, more: &[&str], mut words: Vec<OsString>) -> Vec<OsString> {
    if let Some(calls) = work.only {
        words.extend(more.iter().chain(&["-e", calls]).map(OsString::from));
    }
    words
}

/// Lines, one for each call: whether a call's line is cut in two is a matter of chance; and so is how many of the
/// signals that tell of children's ends become one, because the one before has not been delivered yet.
fn count_events(trace: &[u8]) -> usize {
    let text = String::from_utf8_lossy(trace);
    text.lines().filter(|line| !line.contains(" resumed>") && !line.contains("--- SIGCHLD")).count()
}
