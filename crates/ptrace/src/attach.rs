//! Taking hold of processes that run already.

use crate::machine::Phase;
use crate::options::Options;
use crate::proc::{self, Status};
use crate::session::Session;
use crate::source::Next;
use crate::sys::{self, Patience};
use crate::table::Thread;
use std::io;
use std::time::{Duration, Instant};
use tracer::{Tid, What};

/// So many times in a row a process's threads are listed without any success before it is given up.
const TRIES: u32 = 50;

/// Between two tries the threads that we have are served for so long at most: they may be busier than we are.
const SERVING: Duration = Duration::from_millis(10);

/// A pause between two tries, for whatever is in the way to pass.
const PAUSE: Duration = Duration::from_millis(2);

/// What one pass over a process's threads has come to.
#[derive(Debug, Default)]
struct Pass {
    /// The threads that were taken hold of.
    taken: Vec<Tid>,
    /// Why a thread that lives could not be taken hold of.
    refused: Option<io::Error>,
    /// Whether a thread may be there that was not listed: one that was listed has vanished, and may have started another
    /// before; or the list was cut short, as happens when threads vanish while it is read.
    incomplete: bool,
    /// Whether the kernel waits for us to serve the threads that we have.
    in_the_way: bool,
}

/// The options that every tracee has.
pub(crate) fn ptrace_options(options: &Options) -> i32 {
    let mut flags = libc::PTRACE_O_TRACESYSGOOD | libc::PTRACE_O_TRACEEXEC | libc::PTRACE_O_TRACEEXIT;
    if options.follow {
        flags |= libc::PTRACE_O_TRACECLONE | libc::PTRACE_O_TRACEFORK | libc::PTRACE_O_TRACEVFORK;
    }
    if options.kill_on_exit {
        flags |= libc::PTRACE_O_EXITKILL;
    }
    if options.filter.is_some() {
        flags |= libc::PTRACE_O_TRACESECCOMP;
    }
    flags
}

impl Session<'_> {
    /// Takes hold of a thread, or with `follow` of all threads of its process.
    pub(crate) fn attach(&mut self, tid: Tid) -> io::Result<()> {
        if tid.0 == std::process::id() as i32 {
            self.notice("I'm sorry, I can't let you do that, Dave.".to_owned());
            return Ok(());
        }
        self.watch();
        let _patience = Patience::begin()?;
        let mut taken = Vec::new();
        let mut quiet = 0;
        let mut announced = false;
        let mut refused = None;
        let mut tries = 0;
        while tries < TRIES {
            let mut pass = self.pass(tid);
            tries = if pass.taken.is_empty() { tries + 1 } else { 0 };
            let idle = pass.taken.is_empty() && !pass.in_the_way && !pass.incomplete;
            taken.append(&mut pass.taken);
            refused = pass.refused;
            if pass.in_the_way {
                // The stops of those that we have must be served before the rest can be taken.
                announced = announced || self.announce(tid, &taken);
                self.serve();
            } else if refused.is_some() {
                std::thread::sleep(PAUSE);
            }
            quiet = if idle && refused.is_none() { quiet + 1 } else { 0 };
            if quiet == 2 || (taken.is_empty() && self.is_hopeless(tid)) || self.end.is_some() {
                break;
            }
            if !self.options.follow && !taken.is_empty() {
                break;
            }
        }
        if !announced && !self.announce(tid, &taken) {
            self.refused(tid, refused);
        }
        Ok(())
    }

    /// Tells that a process was taken hold of, if it was.
    fn announce(&mut self, tid: Tid, threads: &[Tid]) -> bool {
        if !threads.is_empty() {
            let pid = proc::status(tid).map_or(tid, |status| status.pid);
            self.ask_for_servers(pid);
            self.report(tid, pid, What::Attached { threads });
            self.outcome.taken += threads.len();
        }
        !threads.is_empty()
    }

    /// Takes hold of every thread that there is now.
    fn pass(&mut self, tid: Tid) -> Pass {
        let mut pass = Pass::default();
        let threads = if self.options.follow { proc::threads(tid).unwrap_or_default() } else { vec![tid] };
        pass.incomplete = self.options.follow && proc::status(tid).is_some_and(|status| status.threads > threads.len());
        for thread in threads {
            if self.table.get(thread).is_none() {
                self.take(thread, &mut pass);
            }
            if pass.in_the_way {
                break;
            }
        }
        pass
    }

    /// Takes hold of one thread.
    fn take(&mut self, tid: Tid, pass: &mut Pass) {
        match sys::seize(tid, ptrace_options(self.options), self.source.signals()) {
            Ok(()) => {
                self.table.insert(tid, Thread::new(Phase::Seized));
                // Where that fails, the thread's end is on the way.
                let _ = sys::interrupt(tid);
                pass.taken.push(tid);
            }
            Err(error) if error.raw_os_error() == Some(libc::EINTR) => pass.in_the_way = true,
            Err(error) if matters(tid, &error) => pass.refused = Some(error),
            Err(error) => pass.incomplete |= error.raw_os_error() == Some(libc::ESRCH),
        }
    }

    /// Attends to whatever has come meanwhile, without waiting.
    fn serve(&mut self) {
        let start = Instant::now();
        while self.end.is_none() && start.elapsed() < SERVING {
            match self.source.next(&mut self.table, Duration::ZERO) {
                Next::Quiet | Next::NoTracees => break,
                next => self.attend(next),
            }
        }
    }

    /// Whether trying again makes no sense: there is nobody, or somebody else has it, or it is not for us.
    fn is_hopeless(&self, tid: Tid) -> bool {
        let threads = proc::threads(tid).unwrap_or_default();
        // A dying process has threads without a status; a live one that refuses us has no tracer and no end.
        threads.iter().all(|&thread| {
            proc::status(thread).is_none_or(|status: Status| {
                matches!(status.state, 'Z' | 'X') || status.tracer.is_some() || !may_trace(thread)
            })
        })
    }

    /// Says why a process could not be taken hold of.
    fn refused(&mut self, tid: Tid, error: Option<io::Error>) {
        let status = proc::status(tid);
        let errno = if status.is_some() { libc::EPERM } else { libc::ESRCH };
        let error = error.unwrap_or_else(|| io::Error::from_raw_os_error(errno));
        self.notice(format!("attach: ptrace(PTRACE_SEIZE, {tid}): {}", sys::text(&error)));
        if let Some(tracer) = status.and_then(|status| status.tracer) {
            self.notice(format!("Process {tid} is already being traced by pid {tracer}"));
        } else if proc::is_foreign(tid) {
            self.notice(format!("process {tid} may be owned by a different user"));
        }
    }
}

/// Whether a refusal means that a live thread stays untraced: not where it is gone, or ours already.
fn matters(tid: Tid, error: &io::Error) -> bool {
    let me = Tid(std::process::id() as i32);
    error.raw_os_error() != Some(libc::ESRCH)
        && proc::status(tid).is_some_and(|status| !matches!(status.state, 'Z' | 'X') && status.tracer != Some(me))
}

/// Whether we have the right to trace a thread: what only a tracer may read can be read.
fn may_trace(tid: Tid) -> bool {
    std::fs::File::open(format!("/proc/{tid}/mem")).is_ok()
}
