//! Starting a command.
//!
//! The child waits in a read from a pipe until it is traced; where the tracer dies before, it reads the end of
//! the pipe and ends, too. No stop signal is involved that could be left behind. What the child does until its
//! execve is ours and told to nobody.
//!
//! With `-D` it is the other way round: this process becomes the command, and the tracer goes on as its grandchild,
//! whose parent has ended, so that the command has no child that it does not know of.

use crate::attach::ptrace_options;
use crate::machine::Phase;
use crate::options::{Aside, Command, User};
use crate::outcome::Error;
use crate::seccomp::Filter;
use crate::session::Session;
use crate::source::Source;
use crate::sys;
use crate::table::Thread;
use std::ffi::CString;
use std::io::{self, PipeReader, PipeWriter, Write};
use std::os::fd::AsRawFd;
use std::os::unix::ffi::OsStrExt;
use std::ptr::null;
use tracer::{Tid, What, environment};

impl Session<'_> {
    /// Starts the command, traced from its execve on.
    pub(crate) fn start(&mut self, command: &Command) -> Result<(), Error> {
        let image = Image::new(command)?;
        let (held, mut hold) = io::pipe().map_err(|source| Error::System { action: "pipe", source })?;
        let filter = self.options.filter.as_ref();
        let child =
            Child { image: &image, source: &self.source, held: &held, hold: &hold, aside: command.aside, filter };
        let tid = match command.aside {
            None => child.fork()?,
            Some(aside) => child.step_aside(aside)?,
        };
        let trouble = |source| Error::Seize { tid, source };
        let taken = sys::seize_held(tid, ptrace_options(self.options)).and_then(|()| sys::interrupt(tid));
        if let Err(source) = taken {
            drop(hold); // The child ends.
            return Err(trouble(source));
        }
        let mut thread = Thread::new(Phase::Held);
        thread.pid = Some(tid).into();
        self.table.insert(tid, thread);
        self.command = Some(tid).filter(|_| command.aside.is_none());
        self.outcome.taken += 1;
        if command.aside.is_some() {
            self.report(tid, tid, What::Attached { threads: &[tid] });
        }
        // It was interrupted before, so that it cannot come to the execve without having stopped.
        hold.write_all(&[0]).map_err(trouble)
    }
}

/// What the child needs, made before the fork, after which nothing may be allocated.
struct Image {
    program: CString,
    arguments: Vec<CString>,
    environment: Vec<CString>,
    user: Option<User>,
    complaint: Vec<u8>,
}

impl Image {
    fn new(command: &Command) -> Result<Self, Error> {
        let mut complaint = command.tracer.as_bytes().to_vec();
        complaint.extend(b": exec: ");
        Ok(Self {
            program: CString::new(command.program.as_os_str().as_bytes())?,
            arguments: command.arguments.iter().map(|a| CString::new(a.as_bytes())).collect::<Result<_, _>>()?,
            environment: environment(&command.environment)?,
            user: command.user.clone(),
            complaint,
        })
    }
}

/// Arrays of pointers as execve takes them.
struct Pointers {
    arguments: Vec<*const libc::c_char>,
    environment: Vec<*const libc::c_char>,
}

impl Image {
    fn pointers(&self) -> Pointers {
        let array = |strings: &[CString]| strings.iter().map(|string| string.as_ptr()).chain([null()]).collect();
        Pointers { arguments: array(&self.arguments), environment: array(&self.environment) }
    }
}

/// The process that is to execute the command.
struct Child<'a> {
    image: &'a Image,
    source: &'a Source,
    held: &'a PipeReader,
    hold: &'a PipeWriter,
    aside: Option<Aside>,
    filter: Option<&'a Filter>,
}

impl Child<'_> {
    /// Makes it.
    fn fork(&self) -> Result<Tid, Error> {
        let pointers = self.image.pointers();
        // SAFETY: the child calls only functions that may be called after a fork, and never returns.
        match unsafe { libc::fork() } {
            -1 => Err(Error::System { action: "fork", source: io::Error::last_os_error() }),
            0 => self.run(&pointers),
            pid => Ok(Tid(pid)),
        }
    }

    /// Makes this process it, and comes back in a grandchild.
    fn step_aside(&self, aside: Aside) -> Result<Tid, Error> {
        let pointers = self.image.pointers();
        let command = Tid(std::process::id() as i32);
        allow_to_trace(libc::PR_SET_PTRACER_ANY);
        // SAFETY: this process has one thread, so that a child may do whatever it could do itself; `status` is valid.
        unsafe {
            match libc::fork() {
                -1 => return Err(Error::System { action: "fork", source: io::Error::last_os_error() }),
                0 => match libc::fork() {
                    0 => {}
                    pid => libc::_exit(i32::from(pid < 0)),
                },
                between => {
                    // Where there is no grandchild, nobody holds the pipe, which ends the wait for it.
                    let mut status = 0;
                    libc::waitpid(between, &raw mut status, 0);
                    self.run(&pointers)
                }
            }
            match aside {
                Aside::Grandchild => {}
                // Neither can fail in a new process, which leads nothing.
                Aside::Group => drop(libc::setpgid(0, 0)),
                Aside::Session => drop(libc::setsid()),
            }
        }
        Ok(command)
    }

    /// It waits, becomes whom it shall be, executes the command. It allocates nothing.
    fn run(&self, pointers: &Pointers) -> ! {
        let image = self.image;
        // SAFETY: plain system calls on descriptors and strings that live in this copy of the memory.
        unsafe {
            libc::close(self.hold.as_raw_fd());
            if let Some(user) = &image.user {
                become_user(user, &image.complaint);
            }
            self.source.undo();
            let pipe = if sys::first_sigpipe() { libc::SIG_IGN } else { libc::SIG_DFL };
            libc::signal(libc::SIGPIPE, pipe);
            let mut byte = 0_u8;
            if libc::read(self.held.as_raw_fd(), (&raw mut byte).cast(), 1) != 1 {
                libc::_exit(1);
            }
            if self.aside.is_some() {
                allow_to_trace(0);
            }
            if let Some(filter) = self.filter {
                filter.begin();
            }
            libc::execve(image.program.as_ptr(), pointers.arguments.as_ptr(), pointers.environment.as_ptr());
        }
        fail(&image.complaint)
    }
}

/// Says who may trace this process that is no ancestor of it; matters where Yama restricts that
/// (PR_SET_PTRACER(2const)), and fails without harm where it is absent.
fn allow_to_trace(who: libc::c_ulong) {
    // SAFETY: touches no memory.
    unsafe { libc::prctl(libc::PR_SET_PTRACER, who, 0, 0, 0) };
}

/// Changes the user and the groups; whoever may not ends here.
///
/// # Safety
///
/// To be called in the child only.
unsafe fn become_user(user: &User, complaint: &[u8]) {
    // SAFETY: the groups are a valid array; the other calls touch no memory.
    let changed = unsafe {
        libc::setgroups(user.groups.len(), user.groups.as_ptr()) == 0
            && libc::setregid(user.gid, user.gid) == 0
            && libc::setreuid(user.uid, user.uid) == 0
    };
    if !changed {
        fail(complaint);
    }
}

/// Says on standard error what went wrong, and ends.
fn fail(complaint: &[u8]) -> ! {
    let error = io::Error::last_os_error();
    // The memory is this process's own, and no other thread can hold the allocator's lock in a tracer
    // that has one thread; the worst is a child that hangs, held by nobody.
    let mut line = complaint.to_vec();
    line.extend(sys::text(&error).bytes());
    line.push(b'\n');
    // SAFETY: the line is valid for its length; _exit does not return.
    unsafe {
        libc::write(libc::STDERR_FILENO, line.as_ptr().cast(), line.len());
        libc::_exit(1)
    }
}
