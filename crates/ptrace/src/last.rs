//! What is still to be done before this process ends without having come to its end.

use std::sync::OnceLock;

/// What was asked for.
static DUTY: OnceLock<fn()> = OnceLock::new();

/// Has this done by whichever thread ends the process because the one that traces cannot go on: it sleeps in a read that
/// nobody serves, or there is no memory left. It must not block, nor need memory. Only the first counts.
pub fn at_last(duty: fn()) {
    // A second one is not the process's own.
    let _ = DUTY.set(duty);
}

/// Does it.
pub(crate) fn words() {
    if let Some(duty) = DUTY.get() {
        duty();
    }
}
