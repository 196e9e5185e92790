//! Where things lie.

use anyhow::Context;
use std::path::{Path, PathBuf};

/// The folder of this package.
fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of the test programs.
pub fn programs() -> PathBuf {
    package().join("programs")
}

/// The sources of the programs whose tracing is timed.
pub fn bench() -> PathBuf {
    package().join("bench")
}

/// The list of runs that do not pass yet.
pub fn pending() -> PathBuf {
    package().join("pending.txt")
}

/// The list of runs that the eBPF backend shows otherwise, or refuses.
pub fn ebpf() -> PathBuf {
    package().join("ebpf.txt")
}

/// The expectation of a run, by its name.
pub fn expectation(name: &str) -> PathBuf {
    package().join("expected").join(format!("{name}.txt"))
}

/// The folder of the build profile that this program was built with: `target/debug`.
pub fn profile() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().context("a program lies in a folder")?;
    let folder = if folder.ends_with("deps") { folder.parent().context("deps lies in a folder")? } else { folder };
    Ok(folder.to_owned())
}

/// The tracewell that was built with the tests.
pub fn tracewell() -> anyhow::Result<PathBuf> {
    let path = profile()?.join("tracewell");
    anyhow::ensure!(path.exists(), "{} is not there: build the whole workspace", path.display());
    Ok(path)
}

/// The tracewell that was built with all optimisations.
pub fn release() -> anyhow::Result<PathBuf> {
    let path = profile()?.parent().context("a profile lies in the target folder")?.join("release/tracewell");
    anyhow::ensure!(path.exists(), "{} is not there", path.display());
    Ok(path)
}

/// Where built test programs are kept.
pub fn built() -> anyhow::Result<PathBuf> {
    Ok(profile()?.join("tracewell-tests/programs"))
}

/// An empty folder for one run. Two tracers never share one.
pub fn scratch(name: &str) -> anyhow::Result<PathBuf> {
    let folder = profile()?.join("tracewell-tests/scratch").join(name).join(std::process::id().to_string());
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
