//! The clocks that events are stamped with.

use tracer::Stamp;

/// The time now, by both clocks.
pub(crate) fn now() -> Stamp {
    Stamp { monotonic: read(libc::CLOCK_MONOTONIC), real: read(libc::CLOCK_REALTIME) }
}

/// Nanoseconds on a clock. Every clock used here exists on every Linux, so the call cannot fail.
fn read(clock: libc::clockid_t) -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid place for one timespec.
    unsafe { libc::clock_gettime(clock, &raw mut time) };
    (time.tv_sec as u64).wrapping_mul(1_000_000_000).wrapping_add(time.tv_nsec as u64)
}
