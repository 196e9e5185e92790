//! Building the test programs: once each, with the C compiler and nothing of a C library.

use crate::places;
use crate::volatile::LINKED_AT;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};

/// The options that make a program hold its own calls only, at addresses that are known.
const OPTIONS: &[&str] = &[
    "-std=gnu11",
    "-O1",
    "-Wall",
    "-Wextra",
    "-ffreestanding",
    "-fno-pie",
    "-fno-stack-protector",
    "-fno-asynchronous-unwind-tables",
    "-fcf-protection=none",
    "-nostdlib",
    "-static",
    "-no-pie",
    "-Wl,--build-id=none",
];

/// Builds a program for a personality, unless that is done already; gives its path.
pub fn build(program: &str, abi: &str) -> anyhow::Result<PathBuf> {
    let source = places::programs().join(program).with_extension("c");
    let folder = places::built()?.join(abi);
    let built = folder.join(program);
    let lock = lock_of(&built);
    let _guard = lock.lock();
    if !is_newer(&built, &source) || !is_newer(&built, &places::programs().join("bare.h")) {
        std::fs::create_dir_all(&folder)?;
        compile(&source, abi, &built)?;
    }
    Ok(built)
}

/// What is held while a program is built: tests that want the same one at once build it once. One that were replaced
/// while somebody links to it would vanish under the link.
fn lock_of(built: &Path) -> Arc<Mutex<()>> {
    static LOCKS: Mutex<BTreeMap<PathBuf, Arc<Mutex<()>>>> = Mutex::new(BTreeMap::new());
    let mut locks = LOCKS.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(locks.entry(built.to_owned()).or_default())
}

fn is_newer(built: &Path, source: &Path) -> bool {
    let time = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    time(built).is_some_and(|built| Some(built) > time(source))
}

/// Compiles beside the goal and renames, so that tests that run at once never see half a program.
fn compile(source: &Path, abi: &str, built: &Path) -> anyhow::Result<()> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let beside = built.with_extension(format!("{}.{:?}", std::process::id(), std::thread::current().id()));
    let output = Command::new(&compiler)
        .arg(if abi == "i386" { "-m32" } else { "-m64" })
        .args(OPTIONS)
        .arg(format!("-Wl,-Ttext-segment={LINKED_AT:#x}"))
        .arg("-o")
        .args([&beside, source])
        .output()
        .with_context(|| format!("the C compiler `{compiler}` does not start"))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("`{compiler}` cannot build {} for {abi}:\n{said}", source.display());
    }
    Ok(std::fs::rename(beside, built)?)
}
