//! Reading and setting clocks.

use super::annotated::{Annotated, constant_or_nothing};
use super::date::dated;
use super::{Flags, Int, Long, Remaining, Structure, TIMEVAL, Wide};
use crate::{Cx, Dir, Kind, Shape, Value, structure};
use abi::Abi;
use abi::generated::{layouts::time as layouts, sets::time as sets};

/// Seconds since the epoch, with their date.
#[derive(Clone, Copy, Debug)]
pub struct DatedTime;

impl Kind for DatedTime {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match Long.value(cx, word) {
            Value::Signed(seconds) if seconds != 0 => dated(cx, Value::Signed(seconds), seconds, 0, 9),
            other => other,
        }
    }

    fn size(&self, abi: Abi) -> usize {
        if abi == Abi::I386 { 4 } else { 8 }
    }

    fn signed(&self) -> bool {
        true
    }
}

/// The result of time(2).
pub static DATE: Annotated = Annotated { value: &Long, note: date };

fn date<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    match Long.value(cx, word) {
        Value::Signed(seconds) => dated(cx, Value::Omitted, seconds, 0, 9),
        _ => Value::Omitted,
    }
}

/// The result of times(2): it wraps around, so that it has no sign.
#[derive(Clone, Copy, Debug)]
pub struct UnsignedLong;

impl Kind for UnsignedLong {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Unsigned(word & cx.abi().word_mask())
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// What is left of a sleep, unless it was until a point in time (clock_nanosleep(2)).
#[derive(Clone, Copy)]
pub struct RemainingUnlessAbsolute(pub &'static dyn Kind);

impl Kind for RemainingUnlessAbsolute {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let absolute = sets::TIMER.value("TIMER_ABSTIME").is_some_and(|bit| cx.arg(1) & bit != 0);
        if absolute { cx.address(word) } else { Remaining(self.0).value(cx, word) }
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

/// The state of the clock, as the result of adjtimex(2): said where what argument N points to can be read.
pub struct ClockState(pub usize);

impl Kind for ClockState {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Long.value(cx, word)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        match TIMEX.value(cx, cx.arg(self.0) & cx.abi().word_mask()) {
            Value::Struct { .. } => constant_or_nothing(cx, cx.result() as u64, &sets::ADJTIME_STATE),
            _ => Value::Omitted,
        }
    }

    fn looks_back(&self) -> &'static [usize] {
        if self.0 == 0 { &[0] } else { &[1] }
    }
}

/// `struct timex` (adjtimex(2)).
pub static TIMEX: Structure = structure!(layouts::TIMEX {
    modes: Flags(&sets::ADJTIME_MODES),
    offset: Long,
    freq: Long,
    maxerror: Long,
    esterror: Long,
    status: Flags(&sets::ADJTIME_STATUS),
    constant: Long,
    precision: Long,
    tolerance: Long,
    time: TIMEVAL,
    tick: Long,
    ppsfreq: Long,
    jitter: Long,
    shift: Int,
    stabil: Long,
    jitcnt: Long,
    calcnt: Long,
    errcnt: Long,
    stbcnt: Long,
    tai: Int,
});

/// The time of [`TIMEX64`].
static TIMEVAL64: Structure = structure!(layouts::TIMEX_TIMEVAL64 { tv_sec: Wide, tv_usec: Wide });

/// `struct __kernel_timex`, 64 bits under every personality (clock_adjtime(2)).
pub static TIMEX64: Structure = structure!(layouts::TIMEX64 {
    modes: Flags(&sets::ADJTIME_MODES),
    offset: Wide,
    freq: Wide,
    maxerror: Wide,
    esterror: Wide,
    status: Flags(&sets::ADJTIME_STATUS),
    constant: Wide,
    precision: Wide,
    tolerance: Wide,
    time: TIMEVAL64,
    tick: Wide,
    ppsfreq: Wide,
    jitter: Wide,
    shift: Int,
    stabil: Wide,
    jitcnt: Wide,
    calcnt: Wide,
    errcnt: Wide,
    stbcnt: Wide,
    tai: Int,
});
