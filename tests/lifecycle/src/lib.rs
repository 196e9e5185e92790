//! The stress suite: what a tracer must survive, and what its tracees must not notice.
//!
//! A [`Scenario`](scenario::Scenario) puts a program and a tracer on a [`Stage`](stage::Stage), lets something
//! happen, and looks at both from outside. Any tracer with strace's command line can be looked at.

pub mod busy;
pub mod chance;
pub mod freezer;
pub mod interruptions;
pub mod look;
pub mod peer;
pub mod plan;
pub mod programs;
pub mod rounds;
pub mod scenario;
pub mod scenarios;
pub mod soak;
pub mod stage;
pub mod tally;
pub mod target;
pub mod trace;
pub mod tracer;

use std::time::Duration;

/// The promise: so long after the end was asked for, the tracer is gone; not counting the time that it waited
/// for a processor because others had them all.
pub const PROMISED: Duration = Duration::from_secs(1);

/// The longest that anything may take that is not promised to be fast.
pub const LONG: Duration = Duration::from_secs(30);

/// How often something that is waited for is looked at.
pub const GLANCE: Duration = Duration::from_millis(1);

/// Waits until something is so, for at most so long; whether it is.
pub fn wait_until(limit: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let start = std::time::Instant::now();
    loop {
        if is_so() {
            return true;
        }
        if start.elapsed() > limit {
            return false;
        }
        std::thread::sleep(GLANCE);
    }
}
