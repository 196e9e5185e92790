//! Running the peer and tracewell on the same command.

use super::request::{Request, Tracer};
use anyhow::ensure;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tests::streams::{self, Named};
use tests::volatile::{self, Addresses};
use tests::{expectation, places, run};

const PATIENCE: Duration = Duration::from_secs(300);

/// What the runs left behind.
pub struct Traces {
    /// How addresses were compared.
    pub mode: &'static str,
    /// The peer's traces.
    pub peer: Vec<Vec<Named>>,
    /// Ours.
    pub ours: Vec<Vec<Named>>,
    /// How the peer's runs ended.
    pub ends: Vec<String>,
    /// How ours ended.
    pub our_ends: Vec<String>,
}

/// What both trace, and how.
struct Traced<'a> {
    options: &'a [String],
    words: &'a [String],
    /// Whether the address space is not randomised.
    fixed: bool,
    addresses: Addresses,
}

/// Runs the peer once to warm caches up, then both in turns.
pub fn run(request: &Request, words: &[String]) -> anyhow::Result<Traces> {
    let fixed = Command::new("setarch").args(["-R", "true"]).output().is_ok_and(|output| output.status.success());
    let (addresses, mode) = if fixed && request.loose {
        (Addresses::I386, "addresses replaced")
    } else if fixed {
        (Addresses::Fixed, "addresses as they are (the address space is not randomised)")
    } else {
        (Addresses::I386, "addresses replaced (setarch -R does not work here)")
    };
    let usual = ["-f".to_owned()];
    let command = Traced { options: request.options.as_deref().unwrap_or(&usual), words, fixed, addresses };
    let one = |tracer: &Tracer, name: &str| one(request, &command, tracer, name);
    one(&request.peer, "warm")?;
    let (mut peer, mut ours) = (Vec::new(), Vec::new());
    for at in 1..=request.runs {
        peer.push(one(&request.peer, &format!("peer{at}"))?);
        ours.push(one(&request.ours, &format!("ours{at}"))?);
    }
    let (peer, ends) = peer.into_iter().unzip();
    let (ours, our_ends) = ours.into_iter().unzip();
    Ok(Traces { mode, peer, ours, ends, our_ends })
}

/// One run: the trace, and how it ended.
fn one(request: &Request, traced: &Traced<'_>, tracer: &Tracer, name: &str) -> anyhow::Result<(Vec<Named>, String)> {
    if let Some(before) = &request.before {
        ensure!(Command::new("sh").args(["-c", before]).status()?.success(), "--before {before:?} fails");
    }
    let folder = places::scratch("compare")?;
    let path = &tracer.path;
    let mut command = if traced.fixed { Command::new("setarch") } else { Command::new(path) };
    if traced.fixed {
        command.arg("-R").arg(path);
    }
    command.args(&tracer.options).args(traced.options).arg("-o").arg(folder.join("trace")).arg("--").args(traced.words);
    let (status, said) = run::finish(silent(command), PATIENCE)?;
    let files = run::trace_files(&folder)?;
    ensure!(!files.is_empty(), "{} leaves no trace: {said}", path.display());
    ensure!(!said.contains(" records were lost"), "{}: {said}", path.display());
    if let Some(keep) = &request.keep {
        keep_files(keep, name, &files)?;
    }
    std::fs::remove_dir_all(&folder)?;
    let column = expectation::column(traced.options);
    let streams = streams::of_files(&files, column, |event| volatile::settle_any(event, traced.addresses));
    Ok((streams, run::describe(status)))
}

fn silent(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn keep_files(folder: &Path, name: &str, files: &[(String, String)]) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (suffix, text) in files {
        std::fs::write(folder.join(format!("{name}{suffix}")), text)?;
    }
    Ok(())
}
