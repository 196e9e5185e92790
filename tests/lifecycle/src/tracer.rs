//! The tracer as a process.

use crate::stage::note_survivors;
use crate::{GLANCE, LONG, PROMISED, look, wait_until};
use anyhow::{Context, bail, ensure};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A tracer that was started; it is killed at the end.
#[derive(Debug)]
pub struct Tracer {
    child: Child,
    errors: PathBuf,
    asked: Option<Asked>,
}

/// When the end was asked for.
#[derive(Clone, Copy, Debug)]
struct Asked {
    at: Instant,
    /// How long the tracer had waited for a processor until then.
    waited: Duration,
}

impl Tracer {
    /// Starts one in a group of its own, with what it says kept in files.
    pub fn start(mut command: Command, folder: &Path) -> anyhow::Result<Self> {
        command.stdout(File::create(folder.join("said"))?).stderr(File::create(folder.join("errors"))?);
        Self::start_with(command, folder)
    }

    /// The same, with the outputs that the command has already.
    pub fn start_with(mut command: Command, folder: &Path) -> anyhow::Result<Self> {
        // Whoever started the suite may have left descriptors open; none of them is the tracer's business.
        close_fds::set_fds_cloexec_threadsafe(3, &[]);
        command.stdin(Stdio::null()).process_group(0);
        let child = command.spawn().context("starting the tracer")?;
        Ok(Self { child, errors: folder.join("errors"), asked: None })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal. From the first on, time counts.
    pub fn send(&mut self, signal: Signal) -> anyhow::Result<()> {
        let pid = Pid::from_raw(self.id() as i32).context("it has an id")?;
        self.ask();
        Ok(kill_process(pid, signal)?)
    }

    /// What it has said on standard error.
    pub fn errors(&self) -> String {
        let text = std::fs::read(&self.errors).unwrap_or_default();
        String::from_utf8_lossy(&text).into_owned()
    }

    fn within(&mut self, limit: Duration) -> anyhow::Result<Option<ExitStatus>> {
        let mut status = None;
        wait_until(limit, || {
            status = self.child.try_wait().unwrap_or_default();
            status.is_some()
        });
        Ok(status)
    }

    /// From the first call on, time counts.
    fn ask(&mut self) -> Asked {
        let waited = || look::waited(self.child.id());
        *self.asked.get_or_insert_with(|| Asked { waited: waited(), at: Instant::now() })
    }

    /// Waits for it to be gone as promised, counted from the first signal.
    pub fn gone(&mut self) -> anyhow::Result<ExitStatus> {
        self.gone_within(PROMISED)
    }

    /// The same with another limit.
    pub fn gone_within(&mut self, limit: Duration) -> anyhow::Result<ExitStatus> {
        let asked = self.ask();
        let mut waited = Duration::ZERO;
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            // What it waits while others have the processors is not the tracer's doing. What we wait does not matter: we
            // look for its end first.
            waited = waited.max(look::waited(self.id()).saturating_sub(asked.waited));
            if asked.at.elapsed() > limit + waited {
                break;
            }
            std::thread::sleep(GLANCE);
        }
        match self.within(LONG)? {
            Some(_) => bail!("the tracer is late: gone {:.1?} after the end was asked for", asked.at.elapsed()),
            None => bail!("the tracer hangs: still there {:.1?} after the end was asked for", asked.at.elapsed()),
        }
    }

    /// Waits for it to end by itself.
    pub fn end(&mut self) -> anyhow::Result<ExitStatus> {
        self.within(LONG)?.with_context(|| format!("the tracer does not end; it said: {}", self.errors()))
    }

    /// Whether it runs.
    pub fn runs(&mut self) -> anyhow::Result<()> {
        ensure!(self.child.try_wait()?.is_none(), "the tracer ended by itself; it said: {}", self.errors());
        Ok(())
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        if let (Ok(None), Some(folder)) = (self.child.try_wait(), self.errors.parent()) {
            note_survivors(folder, &[self.child.id()]);
        }
        // They may be gone already. Some tracers leave children of their own behind, in their group.
        if let Some(group) = Pid::from_raw(self.id() as i32) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        // One that sleeps so that nothing can wake it must not keep the suite.
        wait_until(PROMISED, || !matches!(self.child.try_wait(), Ok(None)));
    }
}
