//! Times, clocks' and timers' structures.

use super::{Int, Structure, Ulong, Wide};
use crate::{Cx, Dir, Kind, Shape, Value, is_restart, structure};
use abi::Abi;
use abi::generated::layouts::time as layouts;

/// `struct timespec` (timespec(3type)) with the personality's own `long`.
pub static TIMESPEC: Structure = structure!(layouts::TIMESPEC { tv_sec: Wide, tv_nsec: Ulong });

/// `struct __kernel_timespec`, 64 bits under every personality (`linux/time_types.h`).
pub static TIMESPEC64: Structure = structure!(layouts::TIMESPEC64 { tv_sec: Wide, tv_nsec: Ulong });

/// `struct timeval` (timeval(3type)).
pub static TIMEVAL: Structure = structure!(layouts::TIMEVAL { tv_sec: Wide, tv_usec: Ulong });

/// `struct itimerspec` (itimerspec(3type)).
pub static ITIMERSPEC: Structure = structure!(layouts::ITIMERSPEC { it_interval: TIMESPEC, it_value: TIMESPEC });

/// `struct __kernel_itimerspec`, 64 bits under every personality (`linux/time_types.h`).
pub static ITIMERSPEC64: Structure =
    structure!(layouts::ITIMERSPEC64 { it_interval: TIMESPEC64, it_value: TIMESPEC64 });

/// `struct itimerval` (setitimer(2)).
pub static ITIMERVAL: Structure = structure!(layouts::ITIMERVAL { it_interval: TIMEVAL, it_value: TIMEVAL });

/// `struct timezone` (gettimeofday(2)).
pub static TIMEZONE: Structure = structure!(layouts::TIMEZONE { tz_minuteswest: Int, tz_dsttime: Int });

/// What is left of a sleep: written only when a signal ends it early (nanosleep(2)).
#[derive(Clone, Copy)]
pub struct Remaining(pub &'static dyn Kind);

impl Kind for Remaining {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match cx.ret.and_then(|r| r.errno()) {
            Some(errno) if is_restart(errno) => self.0.value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn shape(&self, abi: Abi) -> Shape {
        self.0.shape(abi)
    }
}

/// A number of clock ticks (`clock_t`, times(2)) with its seconds in passing.
#[derive(Clone, Copy, Debug)]
pub struct Ticks;

/// How many ticks a second has for user space (`USER_HZ`, time(7)).
const TICKS_PER_SECOND: u64 = 100;

impl Ticks {
    /// So many ticks, with their seconds where there are any.
    pub fn shown(arena: &bumpalo::Bump, ticks: u64) -> Value<'_> {
        if ticks == 0 {
            return Value::Unsigned(0);
        }
        let comment = format!("{}.{:02} s", ticks / TICKS_PER_SECOND, ticks % TICKS_PER_SECOND);
        let raw = arena.alloc(Value::Unsigned(ticks));
        Value::Either { raw, meaning: arena.alloc(Value::Commented(raw, arena.alloc_str(&comment))) }
    }
}

impl Kind for Ticks {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Self::shown(cx.arena, word)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }

    fn signed(&self) -> bool {
        true
    }
}
