//! What rows are made of: the kinds of argument.

mod array;
mod bytes;
mod descriptor;
mod named;
mod pointer;
mod scalar;
mod strings;
mod structure;

pub use array::Array;
pub use bytes::Buffer;
pub use descriptor::{DirFd, Fd, FdOrNone};
pub use named::{Bits, Choice, Const, Flags, Mode, Named, Signal, WideFlags};
pub use pointer::{Pointer, Ref, Updated};
pub use scalar::{Address, Bool, Hex, Hex32, Id, Int, Long, Nothing, Size, U8, U16, Uint, Ulong, Unused, Wide};
pub use strings::{Path, Text, Texts};
pub use structure::{Part, Structure};
