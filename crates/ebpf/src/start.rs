//! Starting a command: the child waits in a read from a pipe until it is asked for; where the tracer dies before, it
//! reads the end of the pipe and ends, too.

use crate::outcome::Error;
use crate::signals::Signals;
use std::ffi::{CString, OsString};
use std::io::{self, PipeReader, PipeWriter, Write};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::ptr::null;
use tracer::{Ending, Tid, environment, error_text};

/// A command to start.
#[derive(Clone, Debug)]
pub struct Command {
    /// The file to execute.
    pub program: PathBuf,
    /// The arguments, the zeroth included.
    pub arguments: Vec<OsString>,
    /// Changes to the environment, in order: a value to set, or `None` to remove the variable.
    pub environment: Vec<(OsString, Option<OsString>)>,
    /// The tracer's own name, with which the message about a failing execve begins.
    pub tracer: OsString,
    /// Whether SIGPIPE is ignored in the command, as it was in the tracer when that started.
    pub ignores_sigpipe: bool,
}

/// A child that waits to be let go.
pub(crate) struct Held {
    tid: Tid,
    hold: PipeWriter,
    first: [u64; 2],
}

/// What a child does that was let go.
enum Task<'a> {
    Exit(i32),
    Execute(&'a Image, &'a Signals),
}

impl Held {
    /// A child that will end with a status.
    pub(crate) fn exiting(status: i32) -> Result<Self, Error> {
        Self::new(&Task::Exit(status))
    }

    /// A child that will execute a command.
    pub(crate) fn command(command: &Command, signals: &Signals) -> Result<Self, Error> {
        let image = Image::new(command)?;
        let first = [image.program.as_ptr() as u64, image.argument_pointers.as_ptr() as u64];
        Ok(Self { first, ..Self::new(&Task::Execute(&image, signals))? })
    }

    /// The first two arguments of the execve, which are at the same addresses in the child: what it does before is ours
    /// and told to nobody.
    pub(crate) const fn first(&self) -> [u64; 2] {
        self.first
    }

    fn new(task: &Task<'_>) -> Result<Self, Error> {
        let (held, hold) = io::pipe().map_err(Error::system("pipe"))?;
        // SAFETY: the child calls only functions that may be called after a fork, and never returns.
        match unsafe { libc::fork() } {
            -1 => Err(Error::system("fork")(io::Error::last_os_error())),
            0 => run(task, &held, &hold),
            pid => Ok(Self { tid: Tid(pid), hold, first: [0; 2] }),
        }
    }

    pub(crate) const fn tid(&self) -> Tid {
        self.tid
    }

    /// Lets it go.
    pub(crate) fn release(&self) -> Result<(), Error> {
        (&self.hold).write_all(&[0]).map_err(Error::system("write"))
    }

    /// Waits for its end.
    pub(crate) fn wait(&self) {
        ended(self.tid, 0);
    }
}

/// How a child of ours has ended, if it has.
pub(crate) fn poll(child: Tid) -> Option<Ending> {
    ended(child, libc::WNOHANG)
}

fn ended(child: Tid, options: i32) -> Option<Ending> {
    let mut status = 0;
    // SAFETY: the status is a valid place.
    if unsafe { libc::waitpid(child.0, &raw mut status, options) } != child.0 {
        return None;
    }
    Some(ending(status))
}

/// What the status of an end means (wait(2)).
pub(crate) fn ending(status: i32) -> Ending {
    if libc::WIFSIGNALED(status) {
        Ending::Killed(libc::WTERMSIG(status))
    } else {
        Ending::Exited(libc::WEXITSTATUS(status))
    }
}

/// What the child needs, made before the fork, after which nothing may be allocated.
struct Image {
    program: CString,
    arguments: Vec<CString>,
    environment: Vec<CString>,
    argument_pointers: Vec<*const libc::c_char>,
    environment_pointers: Vec<*const libc::c_char>,
    complaint: Vec<u8>,
    sigpipe: libc::sighandler_t,
}

impl Image {
    fn new(command: &Command) -> Result<Self, Error> {
        let mut complaint = command.tracer.as_bytes().to_vec();
        complaint.extend(b": exec: ");
        let arguments = command.arguments.iter().map(|a| CString::new(a.as_bytes())).collect::<Result<_, _>>()?;
        let mut image = Self {
            program: CString::new(command.program.as_os_str().as_bytes())?,
            arguments,
            environment: environment(&command.environment)?,
            argument_pointers: Vec::new(),
            environment_pointers: Vec::new(),
            complaint,
            sigpipe: if command.ignores_sigpipe { libc::SIG_IGN } else { libc::SIG_DFL },
        };
        let pointers = |strings: &[CString]| strings.iter().map(|string| string.as_ptr()).chain([null()]).collect();
        image.argument_pointers = pointers(&image.arguments);
        image.environment_pointers = pointers(&image.environment);
        Ok(image)
    }
}

/// What the child does. It allocates nothing.
fn run(task: &Task<'_>, held: &PipeReader, hold: &PipeWriter) -> ! {
    let mut byte = 0_u8;
    // SAFETY: plain system calls on descriptors and strings that live in this copy of the memory.
    unsafe {
        libc::close(hold.as_raw_fd());
        if let Task::Execute(image, signals) = task {
            signals.restore();
            libc::signal(libc::SIGPIPE, image.sigpipe);
        }
        if libc::read(held.as_raw_fd(), (&raw mut byte).cast(), 1) != 1 {
            libc::_exit(1);
        }
        match task {
            Task::Exit(status) => libc::_exit(*status),
            Task::Execute(image, _) => {
                let (arguments, environment) = (&image.argument_pointers, &image.environment_pointers);
                libc::execve(image.program.as_ptr(), arguments.as_ptr(), environment.as_ptr());
                fail(&image.complaint)
            }
        }
    }
}

/// Says on standard error what went wrong, and ends.
fn fail(complaint: &[u8]) -> ! {
    // The memory is this process's own, and no other thread can hold the allocator's lock in a tracer that has one
    // thread; the worst is a child that hangs, held by nobody.
    let mut line = complaint.to_vec();
    line.extend(error_text(&io::Error::last_os_error()).bytes());
    line.push(b'\n');
    // SAFETY: the line is valid for its length; _exit does not return.
    unsafe {
        libc::write(libc::STDERR_FILENO, line.as_ptr().cast(), line.len());
        libc::_exit(1)
    }
}
