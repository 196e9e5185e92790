//! What rows are made of: the kinds of argument.

mod array;
pub mod by_abi;
mod bytes;
pub mod date;
mod descriptor;
pub mod device;
pub mod dirents;
pub mod fcntl;
pub mod iovec;
mod kept;
pub mod mount;
mod named;
pub mod net;
pub mod open;
mod pointer;
pub mod poll;
mod rusage;
mod scalar;
pub mod select;
mod siginfo;
mod sigset;
pub mod splice;
pub mod stat;
pub mod statfs;
pub mod statx;
mod strings;
mod structure;
pub mod tail;
mod time;
pub mod wide;
pub mod xattr;

pub use array::Array;
pub use bytes::Buffer;
pub use descriptor::{DirFd, Fd, FdOrNone};
pub use iovec::{Data, IoVec};
pub use kept::Kept;
pub use named::{Bits, Choice, Const, Flags, Mode, Named, Signal, WideConst, WideFlags};
pub use pointer::{Pointer, Ref, Updated};
pub use rusage::RUSAGE;
pub use scalar::{
    Address, Bool, Hex, Hex32, Id, Int, Long, Nothing, OldId, Size, U8, U16, U64, Uint, Ulong, Unused, Wide,
};
pub use siginfo::{SigInfo, siginfo};
pub use sigset::{PartialSigSet, SigBits, SigMask, SigSet, signals};
pub use strings::{Path, Text, Texts};
pub use structure::{Given, Part, Structure};
pub use time::{ITIMERSPEC, ITIMERSPEC64, ITIMERVAL, Remaining, TIMESPEC, TIMESPEC64, TIMEVAL, TIMEZONE, Ticks};
