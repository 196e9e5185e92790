//! Cgroups that freeze a program.

use crate::scenario::skip;
use crate::{LONG, wait_until};
use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// A cgroup; it is thawed, emptied and removed at the end.
#[derive(Debug)]
pub struct Freezer {
    folder: PathBuf,
    switch: &'static str,
    words: [&'static str; 2],
}

impl Freezer {
    /// Puts a process in a cgroup of the freezer, version 1.
    pub fn v1(pid: u32) -> anyhow::Result<Self> {
        Self::make(&["/sys/fs/cgroup/freezer"], "freezer.state", ["THAWED", "FROZEN"], pid)
    }

    /// Puts a process in a cgroup, version 2.
    pub fn v2(pid: u32) -> anyhow::Result<Self> {
        Self::make(&["/sys/fs/cgroup/unified", "/sys/fs/cgroup"], "cgroup.freeze", ["0", "1"], pid)
    }

    fn make(roots: &[&str], switch: &'static str, words: [&'static str; 2], pid: u32) -> anyhow::Result<Self> {
        for root in roots {
            let folder = Path::new(root).join(format!("tracewell-{pid}"));
            if fs::create_dir(&folder).is_err() {
                continue;
            }
            let freezer = Self { folder, switch, words };
            if freezer.folder.join(switch).exists() {
                fs::write(freezer.folder.join("cgroup.procs"), pid.to_string())?;
                return Ok(freezer);
            }
        }
        Err(skip(format!("no cgroup with {switch} can be made")))
    }

    /// Freezes or thaws, and waits until it is so.
    pub fn freeze(&self, frozen: bool) -> anyhow::Result<()> {
        let word = self.words[usize::from(frozen)];
        fs::write(self.folder.join(self.switch), word).context("freezing")?;
        ensure!(wait_until(LONG, || self.is(frozen)), "the kernel does not get it frozen: {frozen}");
        Ok(())
    }

    /// Whether all are frozen, or all thawed.
    fn is(&self, frozen: bool) -> bool {
        let event = format!("frozen {}", u8::from(frozen));
        let reads = |name: &str| fs::read_to_string(self.folder.join(name)).unwrap_or_default();
        match self.switch {
            "cgroup.freeze" => reads("cgroup.events").lines().any(|line| line == event),
            _ => reads(self.switch).trim() == self.words[usize::from(frozen)],
        }
    }

    /// The processes in it.
    fn members(&self) -> String {
        fs::read_to_string(self.folder.join("cgroup.procs")).unwrap_or_default()
    }

    /// Where its processes go.
    fn parent(&self) -> PathBuf {
        self.folder.parent().map(|parent| parent.join("cgroup.procs")).unwrap_or_default()
    }
}

impl Drop for Freezer {
    fn drop(&mut self) {
        // What cannot be undone here is left over, and empty once its processes have ended.
        let _ = self.freeze(false);
        for pid in self.members().lines() {
            let _ = fs::write(self.parent(), pid);
        }
        let _ = fs::remove_dir(&self.folder);
    }
}
