//! Where a scenario takes place: a folder, a tracer, and chance.

use crate::chance::Chance;
use crate::programs;
use crate::target::Target;
use crate::tracer::Tracer;
use std::ffi::OsStr;
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

    /// A file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
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

impl Drop for Stage {
    fn drop(&mut self) {
        // What is left does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
