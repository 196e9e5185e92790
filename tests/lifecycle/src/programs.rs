//! The tracees: C programs in `programs/`, built when they are first needed.

use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use tests::places;

/// One program is built at a time.
static BUILDING: Mutex<()> = Mutex::new(());

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("programs")
}

/// Where what is built and written lies.
pub fn workshop() -> anyhow::Result<PathBuf> {
    Ok(places::profile()?.join("lifecycle"))
}

fn is_newer(built: &Path, source: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    time(built).is_some_and(|built| Some(built) > time(source))
}

/// The program of that name, built if it has to be.
pub fn program(name: &str) -> anyhow::Result<PathBuf> {
    let _guard = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    let source = sources().join(name).with_extension("c");
    let built = workshop()?.join("programs").join(name);
    if !is_newer(&built, &source) || !is_newer(&built, &sources().join("tally.h")) {
        compile(&source, &built)?;
    }
    Ok(built)
}

/// Programs named `…32` are for the 32-bit personality, and have no C library.
fn options(source: &Path) -> &'static [&'static str] {
    let is_32 = source.file_stem().is_some_and(|name| name.to_string_lossy().ends_with("32"));
    if is_32 {
        &["-m32", "-ffreestanding", "-fno-stack-protector", "-fno-pie", "-nostdlib", "-static", "-no-pie"]
    } else {
        &["-pthread", "-Wall", "-Wno-return-type"]
    }
}

/// Compiles beside the goal and renames: suites that run at once never see half a program.
fn compile(source: &Path, built: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(built.parent().context("it lies in a folder")?)?;
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let beside = built.with_extension(std::process::id().to_string());
    let mut command = Command::new(&compiler);
    command.args(["-std=gnu11", "-O1"]).args(options(source)).arg("-o").args([&beside, source]);
    let output = command.output().with_context(|| format!("the C compiler `{compiler}` does not start"))?;
    if !output.status.success() {
        bail!("`{compiler}` cannot build {}:\n{}", source.display(), String::from_utf8_lossy(&output.stderr));
    }
    Ok(std::fs::rename(beside, built)?)
}
