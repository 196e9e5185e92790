//! Opening the place where the trace goes.

use crate::config::{Destination, Output};
use output::{text::Streams, writer::Writer};
use std::{
    collections::HashSet,
    ffi::{OsStr, OsString},
    fs::{File, OpenOptions},
    io,
    os::fd::{AsFd, OwnedFd},
    os::unix::{ffi::OsStrExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// The shell that reads a trace sent to a command, called `sh` (popen(3)).
const SHELL: &str = "/bin/sh";

/// An opened output and the process that reads it, if there is one.
pub struct Opened {
    /// Where lines go.
    pub streams: Streams,
    /// Who reads them.
    pub reader: Option<Child>,
}

/// Opens the output.
///
/// # Errors
/// The text for standard error, without the tracer's name.
pub fn open(output: &Output) -> Result<Opened, String> {
    match &output.destination {
        Destination::Stderr => {
            let file = own_stderr().map_err(|error| format!("standard error: {}", reason(&error)))?;
            Ok(Opened { streams: Streams::shared(writer(file)), reader: None })
        }
        Destination::File(path) if output.separate => {
            Ok(Opened { streams: separate(path, output.append), reader: None })
        }
        Destination::File(path) => {
            let file = create(path, output.append)
                .map_err(|error| format!("Can't fopen '{}': {}", path.display(), reason(&error)))?;
            Ok(Opened { streams: Streams::shared(writer(file)), reader: None })
        }
        Destination::Pipe(command) => pipe(command),
    }
}

/// What goes to a regular file is gathered. Anything else gets each event as it happens, because somebody may be
/// watching; and it must not block for ever, because that somebody may have stopped to.
fn writer(file: File) -> Writer {
    let regular = file.metadata().is_ok_and(|data| data.is_file());
    if regular { Writer::new(file) } else { Writer::at_once(Box::new(ptrace::Patient::new(file))) }
}

fn own_stderr() -> io::Result<File> {
    let descriptor: OwnedFd = io::stderr().as_fd().try_clone_to_owned()?;
    Ok(File::from(descriptor))
}

fn create(path: &Path, append: bool) -> io::Result<File> {
    OpenOptions::new().create(true).write(true).append(append).truncate(!append).open(path)
}

/// A file `PATH.TID` for each thread. A thread that has the id of one that ended adds to that one's file.
fn separate(path: &Path, append: bool) -> Streams {
    let base: OsString = path.as_os_str().to_owned();
    let mut used = HashSet::new();
    Streams::separate(Box::new(move |tid| {
        let append = !used.insert(tid) || append;
        let mut name = base.clone();
        name.push(format!(".{tid}"));
        let path = PathBuf::from(name);
        match create(&path, append) {
            Ok(file) => writer(file),
            Err(error) => {
                Writer::failed(io::Error::other(format!("Can't fopen '{}': {}", path.display(), reason(&error))))
            }
        }
    }))
}

/// A process that reads; the first character of `marked` only says so.
fn pipe(marked: &OsStr) -> Result<Opened, String> {
    let command = OsStr::from_bytes(marked.as_bytes().get(1..).unwrap_or_default());
    let mut reader = Command::new(SHELL)
        .arg0("sh")
        .arg("-c")
        .arg(command)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("Cannot run '{}': {}", command.display(), reason(&error)))?;
    let writer = match reader.stdin.take() {
        Some(end) => writer(File::from(OwnedFd::from(end))),
        None => Writer::closed(),
    };
    Ok(Opened { streams: Streams::shared(writer), reader: Some(reader) })
}

/// An error of the system in the C library's words, without its number.
pub fn reason(error: &io::Error) -> String {
    let code = error.raw_os_error().and_then(|code| u32::try_from(code).ok());
    code.and_then(decode::describe).unwrap_or_else(|| error.to_string())
}
