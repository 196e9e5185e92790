//! Waiting for descriptors: poll, select, epoll and kin.

use crate::kinds::by_abi::{ByAbi, is_not_i386};
use crate::kinds::poll::{POLLFDS, PollResult};
use crate::kinds::select::{FdSet, OldSelect, OldSelectResult, SelectResult, SigSetAndSize};
use crate::kinds::{
    Array, Const, Fd, Flags, Hex64, ITIMERSPEC, ITIMERSPEC64, Int, Long, Nothing, SigSet, Size, Structure, TIMESPEC,
    TIMESPEC64, TIMEVAL, Uint,
};
use crate::{Cx, Kind, Len, Row, Shape, Value, structure};
use abi::Abi;
use abi::generated::layouts::poll as layouts;
use abi::generated::sets::{poll as sets, signal, time};

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    poll(fds: in POLLFDS, nfds: in Uint, timeout: in Int) -> PollResult { left: None }, [DESC];
    ppoll(fds: in POLLFDS, nfds: in Uint, tmo_p: in TIMESPEC, sigmask: in SigSet(Len::Arg(4)), sigsetsize: in Size) -> PollResult { left: Some(&TIMESPEC) }, [DESC];
    ppoll_time64(fds: in POLLFDS, nfds: in Uint, tmo_p: in TIMESPEC64, sigmask: in SigSet(Len::Arg(4)), sigsetsize: in Size) -> PollResult { left: Some(&TIMESPEC64) }, [DESC];
    select(nfds: in SELECT_FIRST, readfds: in FdSet => is_not_i386, writefds: in FdSet => is_not_i386, exceptfds: in FdSet => is_not_i386, timeout: in TIMEVAL => is_not_i386) -> SELECT_RESULT, [DESC];
    _newselect(nfds: in Int, readfds: in FdSet, writefds: in FdSet, exceptfds: in FdSet, timeout: in TIMEVAL) -> SelectResult(&TIMEVAL), [DESC];
    pselect6(nfds: in Int, readfds: in FdSet, writefds: in FdSet, exceptfds: in FdSet, timeout: in TIMESPEC, sig: in SigSetAndSize) -> SelectResult(&TIMESPEC), [DESC];
    pselect6_time64(nfds: in Int, readfds: in FdSet, writefds: in FdSet, exceptfds: in FdSet, timeout: in TIMESPEC64, sig: in SigSetAndSize) -> SelectResult(&TIMESPEC64), [DESC];

    epoll_create(size: in Int) -> Fd, [DESC];
    epoll_create1(flags: in Flags(&sets::EPOLL_CREATE)) -> Fd, [DESC];
    epoll_ctl(epfd: in Fd, op: in Const(&sets::EPOLL_CTL), fd: in Fd, event: in ControlEvent) -> Nothing, [DESC];
    epoll_wait(epfd: in Fd, events: out EPOLL_EVENTS, maxevents: in Int, timeout: in Int) -> Long, [DESC];
    epoll_pwait(epfd: in Fd, events: out EPOLL_EVENTS, maxevents: in Int, timeout: in Int, sigmask: out SigSet(Len::Arg(5)), sigsetsize: in Size) -> Long, [DESC];
    epoll_pwait2(epfd: in Fd, events: out EPOLL_EVENTS, maxevents: in Int, timeout: out TIMESPEC64, sigmask: out SigSet(Len::Arg(5)), sigsetsize: in Size) -> Long, [DESC];

    signalfd(fd: in Fd, mask: in SigSet(Len::Arg(2)), sizemask: in Size) -> Fd, [DESC SIGNAL];
    signalfd4(fd: in Fd, mask: in SigSet(Len::Arg(2)), sizemask: in Size, flags: in Flags(&signal::SIGNALFD)) -> Fd, [DESC SIGNAL];
    timerfd_create(clockid: in Const(&time::CLOCK), flags: in Flags(&sets::TIMERFD)) -> Fd, [DESC];
    timerfd_settime(fd: in Fd, flags: in Flags(&sets::TIMERFD), new_value: in ITIMERSPEC, old_value: out ITIMERSPEC) -> Nothing, [DESC];
    timerfd_gettime(fd: in Fd, curr_value: out ITIMERSPEC) -> Nothing, [DESC];
    timerfd_settime64(fd: in Fd, flags: in Flags(&sets::TIMERFD), new_value: in ITIMERSPEC64, old_value: out ITIMERSPEC64) -> Nothing, [DESC];
    timerfd_gettime64(fd: in Fd, curr_value: out ITIMERSPEC64) -> Nothing, [DESC];
};

/// The first argument of select(2): on i386 it is the only one and points to all of them.
static SELECT_FIRST: ByAbi = ByAbi { i386: &OldSelect(&TIMEVAL), other: &Int };

/// The result of select(2).
static SELECT_RESULT: ByAbi = ByAbi { i386: &OldSelectResult(&TIMEVAL), other: &SelectResult(&TIMEVAL) };

/// `struct epoll_event` (epoll_event(3type)).
static EPOLL_EVENT: Structure = structure!(layouts::EPOLL_EVENT { events: Flags(&sets::EPOLL_EVENTS), data: Hex64 });

/// What epoll_wait(2) gives: as many as it returns.
static EPOLL_EVENTS: Array = Array { element: &EPOLL_EVENT, count: Len::Result };

/// The event of epoll_ctl(2), which the kernel does not look at when it is to forget a descriptor.
struct ControlEvent;

impl Kind for ControlEvent {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match sets::EPOLL_CTL.name(u64::from(cx.arg(1) as u32)) {
            Some("EPOLL_CTL_DEL") => cx.address(word),
            _ => EPOLL_EVENT.value(cx, word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        EPOLL_EVENT.shape(abi)
    }
}
