//! Clocks, timers and sleeping.

use crate::Row;
use crate::kinds::{
    Const, Flags, ITIMERSPEC, ITIMERSPEC64, ITIMERVAL, Int, Long, Nothing, Ref, Remaining, Structure, TIMESPEC,
    TIMESPEC64, TIMEVAL, TIMEZONE, Ticks, Uint,
    clock::{ClockState, DATE, DatedTime, RemainingUnlessAbsolute, TIMEX, TIMEX64, UnsignedLong},
    sigevent::SigEvent,
};
use crate::structure;
use abi::generated::{layouts::time as layouts, sets::time as sets};

/// `struct tms` (times(2)).
static TMS: Structure =
    structure!(layouts::TMS { tms_utime: Ticks, tms_stime: Ticks, tms_cutime: Ticks, tms_cstime: Ticks });

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    clock_gettime(clockid: in Const(&sets::CLOCK), tp: out TIMESPEC) -> Nothing, [CLOCK];
    clock_gettime64(clockid: in Const(&sets::CLOCK), tp: out TIMESPEC64) -> Nothing, [CLOCK];
    clock_getres(clockid: in Const(&sets::CLOCK), tp: out TIMESPEC) -> Nothing, [CLOCK];
    clock_getres_time64(clockid: in Const(&sets::CLOCK), tp: out TIMESPEC64) -> Nothing, [CLOCK];
    clock_settime(clockid: in Const(&sets::CLOCK), tp: in TIMESPEC) -> Nothing, [CLOCK];
    clock_settime64(clockid: in Const(&sets::CLOCK), tp: in TIMESPEC64) -> Nothing, [CLOCK];
    clock_adjtime(clockid: in Const(&sets::CLOCK), buf: out TIMEX) -> ClockState(1), [CLOCK];
    clock_adjtime64(clockid: in Const(&sets::CLOCK), buf: out TIMEX64) -> ClockState(1), [CLOCK];
    adjtimex(buf: out TIMEX) -> ClockState(0), [CLOCK];
    clock_nanosleep(clockid: in Const(&sets::CLOCK), flags: in Flags(&sets::TIMER), request: in TIMESPEC,
        remain: inout RemainingUnlessAbsolute(&TIMESPEC)) -> Nothing, [];
    clock_nanosleep_time64(clockid: in Const(&sets::CLOCK), flags: in Flags(&sets::TIMER), request: in TIMESPEC64,
        remain: inout RemainingUnlessAbsolute(&TIMESPEC64)) -> Nothing, [];
    nanosleep(req: in TIMESPEC, rem: inout Remaining(&TIMESPEC)) -> Nothing, [];
    gettimeofday(tv: out TIMEVAL, tz: out TIMEZONE) -> Nothing, [CLOCK];
    settimeofday(tv: in TIMEVAL, tz: in TIMEZONE) -> Nothing, [CLOCK];
    time(tloc: out Ref(&DatedTime)) -> DATE, [CLOCK];
    stime(tloc: out Ref(&DatedTime)) -> Nothing, [];
    times(buf: out TMS) -> UnsignedLong, [];
    alarm(seconds: in Uint) -> Long, [];
    getitimer(which: in Const(&sets::ITIMER), curr_value: out ITIMERVAL) -> Nothing, [];
    setitimer(which: in Const(&sets::ITIMER), new_value: in ITIMERVAL, old_value: out ITIMERVAL) -> Nothing, [];
    timer_create(clockid: in Const(&sets::CLOCK), sevp: in SigEvent, timerid: out Ref(&Int))
        -> Nothing, [];
    timer_settime(timerid: in Int, flags: in Flags(&sets::TIMER), new_value: in ITIMERSPEC, old_value: out ITIMERSPEC)
        -> Nothing, [];
    timer_settime64(timerid: in Int, flags: in Flags(&sets::TIMER), new_value: in ITIMERSPEC64,
        old_value: out ITIMERSPEC64) -> Nothing, [];
    timer_gettime(timerid: in Int, curr_value: out ITIMERSPEC) -> Nothing, [];
    timer_gettime64(timerid: in Int, curr_value: out ITIMERSPEC64) -> Nothing, [];
    timer_getoverrun(timerid: in Int) -> Long, [];
    timer_delete(timerid: in Int) -> Nothing, [];
};
