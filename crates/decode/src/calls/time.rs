//! Clocks, timers and sleeping.

use crate::Row;
use crate::kinds::{
    Const, Flags, ITIMERSPEC, ITIMERSPEC64, ITIMERVAL, Int, Long, Nothing, Ref, Remaining, Structure, TIMESPEC,
    TIMESPEC64, TIMEVAL, TIMEZONE, Ticks, Uint,
    clock::{DATE, DatedTime, RemainingUnlessAbsolute, STATE, TIMEX, TIMEX64, UnsignedLong},
    sigevent::SigEvent,
};
use crate::structure;
use abi::generated::{layouts::time as layouts, sets::time as sets};

/// `struct tms` (times(2)).
static TMS: Structure =
    structure!(layouts::TMS { tms_utime: Ticks, tms_stime: Ticks, tms_cutime: Ticks, tms_cstime: Ticks });

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    clock_gettime(which_clock: in Const(&sets::CLOCK), tp: out TIMESPEC) -> Nothing, [CLOCK];
    clock_gettime64(which_clock: in Const(&sets::CLOCK), tp: out TIMESPEC64) -> Nothing, [CLOCK];
    clock_getres(which_clock: in Const(&sets::CLOCK), tp: out TIMESPEC) -> Nothing, [CLOCK];
    clock_getres_time64(which_clock: in Const(&sets::CLOCK), tp: out TIMESPEC64) -> Nothing, [CLOCK];
    clock_settime(which_clock: in Const(&sets::CLOCK), tp: in TIMESPEC) -> Nothing, [CLOCK];
    clock_settime64(which_clock: in Const(&sets::CLOCK), tp: in TIMESPEC64) -> Nothing, [CLOCK];
    clock_adjtime(which_clock: in Const(&sets::CLOCK), tx: out TIMEX) -> STATE, [CLOCK];
    clock_adjtime64(which_clock: in Const(&sets::CLOCK), tx: out TIMEX64) -> STATE, [CLOCK];
    adjtimex(txc_p: out TIMEX) -> STATE, [CLOCK];
    clock_nanosleep(which_clock: in Const(&sets::CLOCK), flags: in Flags(&sets::TIMER), rqtp: in TIMESPEC,
        rmtp: inout RemainingUnlessAbsolute(&TIMESPEC)) -> Nothing, [];
    clock_nanosleep_time64(which_clock: in Const(&sets::CLOCK), flags: in Flags(&sets::TIMER), rqtp: in TIMESPEC64,
        rmtp: inout RemainingUnlessAbsolute(&TIMESPEC64)) -> Nothing, [];
    nanosleep(rqtp: in TIMESPEC, rmtp: inout Remaining(&TIMESPEC)) -> Nothing, [];
    gettimeofday(tv: out TIMEVAL, tz: out TIMEZONE) -> Nothing, [CLOCK];
    settimeofday(tv: in TIMEVAL, tz: in TIMEZONE) -> Nothing, [CLOCK];
    time(tloc: out Ref(&DatedTime)) -> DATE, [CLOCK];
    stime(tptr: out Ref(&DatedTime)) -> Nothing, [];
    times(tbuf: out TMS) -> UnsignedLong, [];
    alarm(seconds: in Uint) -> Long, [];
    getitimer(which: in Const(&sets::ITIMER), value: out ITIMERVAL) -> Nothing, [];
    setitimer(which: in Const(&sets::ITIMER), value: in ITIMERVAL, ovalue: out ITIMERVAL) -> Nothing, [];
    timer_create(which_clock: in Const(&sets::CLOCK), timer_event_spec: in SigEvent, created_timer_id: out Ref(&Int))
        -> Nothing, [];
    timer_settime(timer_id: in Int, flags: in Flags(&sets::TIMER), new_setting: in ITIMERSPEC, old_setting: out ITIMERSPEC)
        -> Nothing, [];
    timer_settime64(timer_id: in Int, flags: in Flags(&sets::TIMER), new_setting: in ITIMERSPEC64,
        old_setting: out ITIMERSPEC64) -> Nothing, [];
    timer_gettime(timer_id: in Int, setting: out ITIMERSPEC) -> Nothing, [];
    timer_gettime64(timer_id: in Int, setting: out ITIMERSPEC64) -> Nothing, [];
    timer_getoverrun(timer_id: in Int) -> Long, [];
    timer_delete(timer_id: in Int) -> Nothing, [];
};
