//! What rows are made of: the kinds of argument.

mod array;
mod bytes;
pub mod date;
pub mod device;
pub mod dirents;
mod descriptor;
pub mod mount;
mod named;
pub mod open;
mod pointer;
mod scalar;
pub mod stat;
pub mod statfs;
pub mod statx;
mod strings;
mod structure;
pub mod tail;
pub mod wide;
pub mod xattr;

pub use array::Array;
pub use bytes::Buffer;
pub use descriptor::{DirFd, Fd, FdOrNone};
pub use named::{Bits, Choice, Const, Flags, Mode, Named, Signal, WideConst, WideFlags};
pub use pointer::{Pointer, Ref, Updated};
pub use scalar::{Address, Bool, Hex, Hex32, Id, Int, Long, Nothing, OldId, Size, U8, U16, U64, Uint, Ulong, Unused, Wide};
pub use strings::{Path, Text, Texts};
pub use structure::{Given, Part, Structure};
