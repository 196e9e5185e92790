//! What rows are made of: the kinds of argument.

pub mod annotated;
pub mod arch;
mod array;
pub mod barrier;
pub mod by_abi;
mod bytes;
pub mod capability;
pub mod clock;
pub mod clone;
pub mod cpus;
mod descriptor;
pub mod futex;
pub mod groups;
pub mod mapping;
mod named;
pub mod personality;
mod pointer;
pub mod rlimit;
pub mod rseq;
mod rusage;
mod scalar;
pub mod schedule;
pub mod seccomp;
pub mod segment;
pub mod sigaction;
pub mod sigevent;
mod siginfo;
mod sigset;
mod strings;
mod structure;
pub mod sysinfo;
pub mod tail;
mod time;
pub mod wait;

pub use array::Array;
pub use bytes::{Buffer, Noise};
pub use descriptor::{DirFd, Fd, FdOrNone};
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
