//! The strace that traces are compared with.

use anyhow::{Context, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the peer is: as asked for, or as `STRACE` in the environment says, or the `strace` in `PATH`. Whoever runs it
/// may do so in another folder.
pub fn find(asked: Option<PathBuf>) -> PathBuf {
    let named = asked.or_else(|| std::env::var_os("STRACE").map(PathBuf::from));
    named.map_or_else(|| PathBuf::from("strace"), |path| std::path::absolute(&path).unwrap_or(path))
}

/// `strace 7.2`, as the peer says of itself.
pub fn version(peer: &Path) -> anyhow::Result<String> {
    let output = Command::new(peer).arg("-V").output();
    let output = output.with_context(|| format!("{}: name strace by --peer or $STRACE", peer.display()))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let first = text.lines().next().unwrap_or_default();
    ensure!(first.starts_with("strace -- version "), "{} is not strace", peer.display());
    Ok(first.replace("-- version ", ""))
}
