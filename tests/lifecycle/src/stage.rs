//! Where a scenario takes place: a folder, a tracer, and chance.

use crate::chance::Chance;
use crate::look;
use crate::programs;
use crate::target::Target;
use crate::tracer::Tracer;
use anyhow::Context;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One round of one scenario.
#[derive(Debug)]
pub struct Stage {
    /// The program that traces.
    pub tracer: PathBuf,
    /// An own, empty folder.
    pub folder: PathBuf,
    /// For timing that differs from round to round.
    pub chance: Chance,
}

impl Stage {
    /// A stage with an empty folder.
    pub fn new(tracer: &Path, name: &str, seed: u64) -> anyhow::Result<Self> {
        let folder = programs::workshop()?.join("scratch").join(format!("{}.{name}", std::process::id()));
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(Self { tracer: tracer.to_owned(), folder, chance: Chance::new(seed) })
    }

    /// Ends a round that failed: what lies in the folder is kept for whoever wants to understand it, with the reason.
    /// Tells where.
    pub fn keep(self, name: &str, seed: u64, reason: &str) -> anyhow::Result<PathBuf> {
        let place = programs::workshop()?.join("failures").join(format!("{name}.{seed}"));
        std::fs::write(self.path("reason"), format!("{}: {reason}\n", self.tracer.display()))?;
        if place.exists() {
            std::fs::remove_dir_all(&place)?;
        }
        std::fs::create_dir_all(place.parent().context("it lies in a folder")?)?;
        std::fs::rename(&self.folder, &place)?;
        Ok(place)
    }

    /// A file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Copies a program into the folder. A process of its own does so: no child of another scenario can hold the copy
    /// open for writing, so that it could not be executed.
    pub fn copy(&self, program: &Path, name: &str) -> anyhow::Result<PathBuf> {
        let copy = self.path(name);
        let status = Command::new("cp").arg(program).arg(&copy).status()?;
        anyhow::ensure!(status.success(), "cp {}: {status}", program.display());
        Ok(copy)
    }

    /// A command line: the name of a program in `programs/`, and its arguments.
    pub fn command(&self, words: &[&str]) -> anyhow::Result<Command> {
        let (name, arguments) = words.split_first().unwrap_or((&"", &[]));
        let mut command = Command::new(programs::program(name)?);
        command.args(arguments);
        Ok(command)
    }

    /// Starts a program and waits until it is ready.
    pub fn target(&self, words: &[&str]) -> anyhow::Result<Target> {
        let target = Target::start(self.command(words)?, &self.folder)?;
        target.until_ready()?;
        Ok(target)
    }

    /// The tracer's command line, with the trace going to the file `trace`.
    pub fn tracing<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(&self.tracer);
        command.arg("-o").arg(self.path("trace")).args(arguments);
        command
    }

    /// Starts the tracer.
    pub fn trace<S: AsRef<OsStr>>(&self, arguments: &[S]) -> anyhow::Result<Tracer> {
        Tracer::start(self.tracing(arguments), &self.folder)
    }

    /// Follows a program that runs.
    pub fn follow(&self, target: &Target) -> anyhow::Result<Tracer> {
        self.trace(&["-f", "-p", &target.id().to_string()])
    }

    /// Starts a program of ours under the tracer. It is ready when it says so.
    pub fn traced(&self, options: &[&str], words: &[&str]) -> anyhow::Result<(Tracer, Target)> {
        let program = programs::program(words.first().unwrap_or(&""))?;
        let mut command = self.tracing(options);
        command.arg(program).args(words.iter().skip(1));
        let tally = Target::tally(&mut command, &self.folder)?;
        let tracer = Tracer::start(command, &self.folder)?;
        let target = Target::of_tracer(tally, tracer.id(), &self.folder);
        Ok((tracer, target))
    }

    /// Pauses for a time by chance, up to so many milliseconds.
    pub fn pause(&mut self, milliseconds: u64) {
        std::thread::sleep(self.chance.time(milliseconds));
    }
}

/// Notes in a folder what can be seen of processes that are about to be killed because their round is over: after a round
/// that went well nobody is left, but where a scenario ends before its program.
pub fn note_survivors(folder: &Path, pids: &[u32]) {
    let evidence = look::evidence(pids);
    if !evidence.is_empty() {
        // Where it cannot be written there is less to go by.
        let file = std::fs::File::options().create(true).append(true).open(folder.join("survivors"));
        let _ = file.and_then(|mut file| file.write_all(evidence.as_bytes()));
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What is left does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
