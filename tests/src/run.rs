//! Running a tracer on a test program, in an empty folder and an empty environment.

use crate::case::{Case, Mode};
use crate::{places, program};
use anyhow::{Context, bail};
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// No test program takes a tenth of this.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a tracer left behind.
#[derive(Debug)]
pub struct Outcome {
    /// `exit status N` or `killed by signal N`.
    pub status: String,
    /// What it said.
    pub stderr: String,
    /// The trace files, each with what follows `trace` in its name.
    pub files: Vec<(String, String)>,
}

/// Runs a tracer as a case says. It is called by the name `strace`, whoever it is, so that messages are the same.
pub fn run(tracer: &Path, case: &Case) -> anyhow::Result<Outcome> {
    let built = program::build(&case.program, case.abi)?;
    let folder = places::scratch(&case.name())?;
    // No copy: one that is being written may be held open by a child that another test is just starting, and a file that
    // is open for writing cannot be executed.
    std::fs::hard_link(&built, folder.join(&case.program)).context("linking the program")?;
    let mut command = Command::new(tracer);
    command.arg0("strace").args(&case.options);
    if case.mode != Mode::Stderr {
        command.args(["-o", "trace"]);
    }
    match &case.command {
        Some(words) => command.args(words),
        None => command.arg(format!("./{}", case.program)),
    };
    command.current_dir(&folder).env_clear().stdin(Stdio::null()).stdout(Stdio::null());
    let (status, stderr) = finish(command, PATIENCE)?;
    let outcome = Outcome { status: describe(status), stderr: hide(&stderr, &folder), files: trace_files(&folder)? };
    std::fs::remove_dir_all(&folder)?;
    Ok(outcome)
}

/// Runs a tracer to its end, reading what it says meanwhile; one that hangs is killed, and what it traces.
pub fn finish(mut command: Command, patience: Duration) -> anyhow::Result<(ExitStatus, String)> {
    // Whoever started the tests may have left descriptors open; `-y` would show them.
    close_fds::set_fds_cloexec_threadsafe(3, &[]);
    let mut tracer = command.stderr(Stdio::piped()).process_group(0).spawn().context("starting the tracer")?;
    let mut pipe = tracer.stderr.take().context("standard error is a pipe")?;
    let reader = std::thread::spawn(move || {
        let mut said = Vec::new();
        pipe.read_to_end(&mut said).map(|_| String::from_utf8_lossy(&said).into_owned())
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = tracer.try_wait()? {
            break status;
        }
        if start.elapsed() > patience {
            let group = format!("kill -s KILL -- -{}", tracer.id());
            Command::new("sh").args(["-c", &group]).status()?;
            tracer.wait()?;
            bail!("the tracer did not end within {patience:?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let Ok(said) = reader.join() else { bail!("the reader of standard error panicked") };
    Ok((status, said?))
}

/// `exit status N` or `killed by signal N`.
pub fn describe(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit status {code}"),
        (None, signal) => format!("killed by signal {}", signal.unwrap_or_default()),
    }
}

/// The trace, or with `-ff` the traces, in the order of their names' lengths and numbers.
pub fn trace_files(folder: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if let Some(rest) = entry.file_name().to_string_lossy().strip_prefix("trace") {
            let text = String::from_utf8_lossy(&std::fs::read(entry.path())?).into_owned();
            files.push((rest.to_owned(), hide(&text, folder)));
        }
    }
    files.sort_by_key(|(name, _)| (name.len(), name.clone()));
    Ok(files)
}

/// Puts a name that is the same everywhere in place of the scratch folder's.
fn hide(text: &str, folder: &Path) -> String {
    text.replace(&*folder.to_string_lossy(), "/scratch")
}
