//! What rows are made of: the kinds of argument.

mod array;
mod bytes;
mod descriptor;
pub mod iovec;
mod named;
pub mod net;
mod pointer;
mod rusage;
mod scalar;
mod siginfo;
mod sigset;
mod strings;
mod structure;
mod time;

pub use array::Array;
pub use bytes::Buffer;
pub use descriptor::{DirFd, Fd, FdOrNone};
pub use iovec::{Data, IoVec};
pub use named::{Bits, Choice, Const, Flags, Mode, Named, Signal, WideFlags};
pub use pointer::{Pointer, Ref, Updated};
pub use rusage::RUSAGE;
pub use scalar::{Address, Bool, Hex, Hex32, Id, Int, Long, Nothing, Size, U8, U16, Uint, Ulong, Unused, Wide};
pub use siginfo::{SigInfo, siginfo};
pub use sigset::{PartialSigSet, SigBits, SigMask, SigSet, signals};
pub use strings::{Path, Text, Texts};
pub use structure::{Part, Structure};
pub use time::{ITIMERSPEC, ITIMERSPEC64, ITIMERVAL, Remaining, TIMESPEC, TIMESPEC64, TIMEVAL, TIMEZONE, Ticks};
