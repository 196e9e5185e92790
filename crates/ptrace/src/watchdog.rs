//! The last resort: when the end was asked for and the tracer sleeps in a read of memory that nobody serves, it ends.
//!
//! Such a sleep cannot be interrupted, but for the end of the whole process, which another thread can bring about. The
//! kernel then lets go of every tracee. This thread sleeps until the end is asked for; before it ends the process it
//! has what was gathered of the trace written ([`crate::at_last`]).

use crate::exit::exit_like;
use crate::last;
use crate::patient;
use crate::source::ENDING;
use crate::sys::{self, Set};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tracer::{Ending, Tid};

/// So long may a read last after the end was asked for.
const LIMIT: Duration = Duration::from_millis(700);

/// How often it is looked at then.
const SLICE: Duration = Duration::from_millis(50);

/// The read that is under way: its number in the upper half, the thread that is read from in the lower; zero there when
/// none is.
static READ: AtomicU64 = AtomicU64::new(0);

/// Does a read of a thread's memory under the watchdog's eyes.
pub(crate) fn guarded<T>(tid: Tid, read: impl FnOnce() -> T) -> T {
    // Only the tracing thread writes.
    let number = (READ.load(Ordering::Relaxed) >> 32).wrapping_add(1) << 32;
    READ.store(number | u64::from(tid.0.unsigned_abs()), Ordering::Relaxed);
    let value = read();
    READ.store(number, Ordering::Relaxed);
    value
}

/// It calls few functions, none of them deep.
const STACK: usize = 64 * 1024;

/// A watchdog that sleeps until a signal asks for the end, and does nothing once this is dropped.
pub(crate) struct Watchdog(Arc<AtomicBool>);

impl Watchdog {
    /// Starts it, in a process that blocks the signals that ask for the end.
    pub(crate) fn begin() -> io::Result<Self> {
        let signals = sys::readable_by(&Set::of(&ENDING))?;
        let dismissed = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&dismissed);
        thread::Builder::new().name("watchdog".to_owned()).stack_size(STACK).spawn(move || watch(&signals, &theirs))?;
        Ok(Self(dismissed))
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Sleeps, then watches.
fn watch(signals: &OwnedFd, dismissed: &AtomicBool) {
    if sys::wait_until_readable(signals.as_fd()).is_err() {
        return;
    }
    let signal = Set::of(&ENDING).pending();
    let Some(tid) = stuck(dismissed) else { return };
    let name = std::env::args_os().next().unwrap_or_default();
    patient::say(&format!(
        "{}: Process {tid}: a page of its memory is not served; the kernel detaches everybody as the tracer ends",
        name.to_string_lossy()
    ));
    last::words();
    exit_like(signal.map_or(Ending::Exited(1), Ending::Killed))
}

/// Comes back when one and the same read has lasted for too long: whose memory is read. `None` when nothing is read any
/// more.
fn stuck(dismissed: &AtomicBool) -> Option<Tid> {
    let (mut last, mut since) = (0, Instant::now());
    while !dismissed.load(Ordering::Relaxed) {
        let now = READ.load(Ordering::Relaxed);
        let tid = Tid(now as u32 as i32);
        if now != last || tid.0 == 0 {
            (last, since) = (now, Instant::now());
        } else if since.elapsed() > LIMIT {
            return Some(tid);
        }
        thread::sleep(SLICE);
    }
    None
}
