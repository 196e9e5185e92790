//! Asynchronous input and output: io_uring, aio.

use crate::kinds::aio::{ControlBlock, IO_EVENT};
use crate::kinds::select::SigSetAndSize;
use crate::kinds::uring::{Parameters, REGISTER, RegisterArgument, Ring, WaitArgument, WaitSize};
use crate::kinds::{Address, Array, Fd, Flags, Long, Nothing, Pointer, Ref, TIMESPEC, TIMESPEC64, Uint};
use crate::{Len, Row};
use abi::generated::sets::asynchronous as sets;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    io_uring_setup(entries: in Uint, params: inout Parameters) -> Fd, [DESC];
    io_uring_enter(fd: in Fd, to_submit: in Uint, min_complete: in Uint, flags: in Flags(&sets::IORING_ENTER), sigset: in WaitArgument, sigsetsize: in WaitSize) -> Long, [DESC SIGNAL];
    io_uring_register(fd: in Ring, opcode: in REGISTER, arg: in RegisterArgument, nr_args: in Uint) -> Long, [DESC MEMORY];

    io_setup(nr_events: in Uint, ctx_idp: out Ref(&Address)) -> Nothing, [MEMORY];
    io_destroy(ctx_id: in Address) -> Nothing, [MEMORY];
    io_submit(ctx_id: in Address, nr: in Long, iocbpp: in BLOCKS) -> Long, [];
    io_cancel(ctx_id: in Address, iocb: in ControlBlock { whole: false }, result: out IO_EVENT) -> Nothing, [];
    io_getevents(ctx_id: in Address, min_nr: in Long, nr: in Long, events: out EVENTS, timeout: in TIMESPEC) -> Long, [];
    io_pgetevents(ctx_id: in Address, min_nr: in Long, nr: in Long, events: out EVENTS, timeout: in TIMESPEC, sig: in SigSetAndSize) -> Long, [];
    io_pgetevents_time64(ctx_id: in Address, min_nr: in Long, nr: in Long, events: out EVENTS, timeout: in TIMESPEC64, sig: in SigSetAndSize) -> Long, [];
};

/// The blocks of io_submit(2): a list of pointers.
static BLOCKS: Array = Array { element: &Pointer(&ControlBlock { whole: true }), count: Len::Arg(1) };

/// What io_getevents(2) gives: as many as it returns.
static EVENTS: Array = Array { element: &IO_EVENT, count: Len::Result };
