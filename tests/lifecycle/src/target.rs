//! A program to be traced, and what must be true of it when the tracer is gone.

use crate::look::{self, Thread};
use crate::stage::note_survivors;
use crate::tally::{Tally, Word};
use crate::{LONG, PROMISED, wait_until};
use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// How long a thread may take to run again after its tracer is gone.
const SETTLING: Duration = Duration::from_millis(500);

/// A program, with all processes of its group; they are killed at the end.
#[derive(Debug)]
pub struct Target {
    child: Option<Child>,
    group: u32,
    /// Its accounts.
    pub tally: Tally,
    said: PathBuf,
}

impl Target {
    /// Starts a program in a group of its own.
    pub fn start(mut command: Command, folder: &Path) -> anyhow::Result<Self> {
        let tally = Self::tally(&mut command, folder)?;
        let said = folder.join("said");
        command
            .stdin(Stdio::null())
            .stdout(File::create(&said)?)
            .stderr(File::create(folder.join("target.errors"))?)
            .process_group(0);
        let child = command.spawn().context("starting the program")?;
        let group = child.id();
        Ok(Self { child: Some(child), group, tally, said })
    }

    /// Gives a command its accounts.
    pub fn tally(command: &mut Command, folder: &Path) -> anyhow::Result<Tally> {
        let path = folder.join("tally");
        command.env("TALLY", &path);
        Ok(Tally::new(&path)?)
    }

    /// A program that a tracer has started, in the tracer's group.
    pub fn of_tracer(tally: Tally, group: u32, folder: &Path) -> Self {
        Self { child: None, group, tally, said: folder.join("said") }
    }

    /// The program's id.
    pub fn id(&self) -> u32 {
        self.child.as_ref().map_or_else(|| self.tally.get(Word::Pid) as u32, Child::id)
    }

    /// Waits until the program says that it is where it is meant to be.
    pub fn until_ready(&self) -> anyhow::Result<()> {
        ensure!(wait_until(LONG, || self.tally.get(Word::Ready) == 1), "the program is not ready");
        Ok(())
    }

    /// All threads of the program and its children that live.
    pub fn threads(&self) -> Vec<Thread> {
        let mut threads = look::group_threads(self.group);
        threads.retain(|thread| !thread.is_dead());
        threads
    }

    /// Waits until something is true of its process's own threads.
    pub fn until(&self, what: &str, is_so: impl Fn(&[Thread]) -> bool) -> anyhow::Result<()> {
        let id = self.id();
        if !wait_until(LONG, || is_so(&look::threads(id))) {
            bail!("not {what}: {}", look::describe(&look::threads(id)));
        }
        Ok(())
    }

    /// Waits until every live thread of its process is traced.
    pub fn until_taken(&self) -> anyhow::Result<()> {
        self.until("taken", |threads| {
            let mut live = threads.iter().filter(|thread| !thread.is_dead()).peekable();
            live.peek().is_some() && live.all(|thread| thread.tracer != 0)
        })
    }

    /// Sends it a signal.
    pub fn send(&self, signal: Signal) -> anyhow::Result<()> {
        let pid = Pid::from_raw(self.id() as i32).context("it has an id")?;
        Ok(kill_process(pid, signal)?)
    }

    /// Whether no thread is traced, and none is stopped; at once, but for the moment that a thread needs to run again.
    pub fn is_left_alone(&self) -> anyhow::Result<()> {
        let traced = |thread: &Thread| thread.tracer != 0;
        let is_free = || !self.threads().iter().any(|thread| traced(thread) || thread.is_stopped());
        ensure!(wait_until(SETTLING, is_free), "left traced or stopped: {}", look::describe(&self.threads()));
        Ok(())
    }

    /// Whether its process is gone. While an execve replaces the leader, one look may find nobody.
    fn is_gone(&self) -> bool {
        (0..5).all(|_| {
            let empty = self.threads().is_empty();
            if empty {
                std::thread::sleep(Duration::from_millis(10));
            }
            empty
        })
    }

    /// Whether every counter moves.
    pub fn moves(&self) -> anyhow::Result<()> {
        let before = self.tally.counts();
        ensure!(!before.is_empty(), "the program counts nothing");
        let moved = || self.tally.counts().iter().zip(&before).all(|(now, then)| now > then);
        let gone = || self.is_gone();
        let standing = || {
            let after = self.tally.counts();
            before.iter().zip(&after).filter(|(then, now)| then == now).count()
        };
        wait_until(LONG, || moved() || gone());
        if !moved() {
            ensure!(!gone(), "the program has ended: {}", self.said());
            bail!("{} of {} counters stand still: {}", standing(), before.len(), look::describe(&self.threads()));
        }
        Ok(())
    }

    /// Asks it to end, and waits; its accounts must balance.
    pub fn finish(&mut self) -> anyhow::Result<()> {
        self.tally.set(Word::Stop, 1)?;
        match self.end()? {
            status if status.success() => Ok(()),
            status => bail!("the program ended with {status}: {}", self.said()),
        }
    }

    /// Waits for its end.
    pub fn end(&mut self) -> anyhow::Result<ExitStatus> {
        let child = self.child.as_mut().context("it is a child of the suite")?;
        let mut status = None;
        wait_until(LONG, || {
            status = child.try_wait().unwrap_or_default();
            status.is_some()
        });
        status.with_context(|| format!("the program does not end: {}", look::describe(&self.threads())))
    }

    /// What it has said of itself.
    pub fn said(&self) -> String {
        std::fs::read_to_string(&self.said).unwrap_or_default().trim().to_owned()
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Some(folder) = self.said.parent() {
            note_survivors(folder, &look::group(self.group));
        }
        // They may be gone already; the suite kills only what it started.
        if let Some(group) = Pid::from_raw(self.group as i32) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        if let Some(child) = &mut self.child {
            wait_until(PROMISED, || !matches!(child.try_wait(), Ok(None)));
        }
    }
}
