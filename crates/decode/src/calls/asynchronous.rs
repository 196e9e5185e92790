//! Asynchronous input and output: io_uring, aio.

use crate::kinds::aio::{ControlBlock, IO_EVENT};
use crate::kinds::select::SigSetAndSize;
use crate::kinds::uring::{Parameters, REGISTER, RegisterArgument, WaitArgument};
use crate::kinds::{Array, Fd, Flags, Hex, Int, Long, Nothing, Pointer, Ref, Size, TIMESPEC, TIMESPEC64, Uint};
use crate::{Len, Row};
use abi::generated::sets::asynchronous as sets;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    io_uring_setup(entries: in Uint, params: inout Parameters) -> Fd, [DESC];
    io_uring_enter(fd: in Fd, to_submit: in Uint, min_complete: in Uint, flags: in Flags(&sets::IORING_ENTER), argp: in WaitArgument, argsz: in Size) -> Int, [DESC SIGNAL];
    io_uring_register(fd: in Fd, op: in REGISTER, arg: in RegisterArgument, nr_args: in Uint) -> Int, [DESC MEMORY];

    io_setup(nr_reqs: in Uint, ctx: out Ref(&Hex)) -> Nothing, [MEMORY];
    io_destroy(ctx: in Hex) -> Nothing, [MEMORY];
    io_submit(ctx_id: in Hex, nr: in Long, iocbpp: in BLOCKS) -> Int, [];
    io_cancel(ctx_id: in Hex, iocb: in ControlBlock { whole: false }, result: out IO_EVENT) -> Nothing, [];
    io_getevents(ctx_id: in Hex, min_nr: in Long, nr: in Long, events: out EVENTS, timeout: in TIMESPEC) -> Int, [];
    io_pgetevents(ctx_id: in Hex, min_nr: in Long, nr: in Long, events: out EVENTS, timeout: in TIMESPEC, sig: in SigSetAndSize) -> Int, [];
    io_pgetevents_time64(ctx_id: in Hex, min_nr: in Long, nr: in Long, events: out EVENTS, timeout: in TIMESPEC64, sig: in SigSetAndSize) -> Int, [];
};

/// The blocks of io_submit(2): a list of pointers.
static BLOCKS: Array = Array { element: &Pointer(&ControlBlock { whole: true }), count: Len::Arg(1) };

/// What io_getevents(2) gives: as many as it returns.
static EVENTS: Array = Array { element: &IO_EVENT, count: Len::Result };
