//! Reading, writing and descriptors: read, write, fcntl, ioctl, pipes.

use crate::ioctl::{self, RequestArgument, RequestNumber};
use crate::kinds::fcntl::{self, FcntlArgument, FcntlResult};
use crate::kinds::iovec::{Data, IoVec};
use crate::kinds::splice::{FileOffset, MemfdFlags, SendOffset};
use crate::kinds::wide::{TransferFlags, offset};
use crate::kinds::{
    Array, Buffer, Const, Fd, Flags, Hex32, Int, Nothing, Ref, Size, Text, U64, Uint, Ulong, Unused, Wide,
};
use crate::{Len, Row};
use abi::generated::sets::{file as sets, poll};

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    read(fd: in Fd, buf: out Buffer(Len::Result), count: in Size) -> Size, [DESC];
    write(fd: in Fd, buf: in Buffer(Len::Arg(2)), count: in Size) -> Size, [DESC];
    pread64(fd: in Fd, buf: out Buffer(Len::Result), count: in Size, offset: in offset(3)) -> Size, [DESC];
    pwrite64(fd: in Fd, buf: in Buffer(Len::Arg(2)), count: in Size, offset: in offset(3)) -> Size, [DESC];
    readv(fd: in Fd, iov: inout VECTORS_READ, iovcnt: in Ulong) -> Size, [DESC];
    writev(fd: in Fd, iov: in VECTORS, iovcnt: in Ulong) -> Size, [DESC];
    preadv(fd: in Fd, iov: inout VECTORS_READ, iovcnt: in Ulong, offset: in offset(3)) -> Size, [DESC];
    pwritev(fd: in Fd, iov: in VECTORS, iovcnt: in Ulong, offset: in offset(3)) -> Size, [DESC];
    preadv2(fd: in Fd, iov: inout VECTORS_READ, iovcnt: in Ulong, offset: in offset(3), pos_h: in Unused, flags: in TransferFlags) -> Size, [DESC];
    pwritev2(fd: in Fd, iov: in VECTORS, iovcnt: in Ulong, offset: in offset(3), pos_h: in Unused, flags: in TransferFlags) -> Size, [DESC];

    dup(oldfd: in Fd) -> Fd, [DESC];
    dup2(oldfd: in Fd, newfd: in Fd) -> Fd, [DESC];
    dup3(oldfd: in Fd, newfd: in Fd, flags: in Flags(&sets::OPEN)) -> Fd, [DESC];
    pipe(pipefd: out PIPE) -> Nothing, [DESC];
    pipe2(pipefd: out PIPE, flags: in Flags(&sets::OPEN)) -> Nothing, [DESC];
    fcntl(fd: in Fd, op: in Const(&sets::FCNTL), arg: in FcntlArgument { wide: false } => fcntl::takes_argument) -> FcntlResult, [DESC];
    fcntl64(fd: in Fd, op: in Const(&sets::FCNTL), arg: in FcntlArgument { wide: true } => fcntl::takes_argument) -> FcntlResult, [DESC];
    ioctl(fd: in Fd, op: in RequestNumber, argp: in RequestArgument => ioctl::takes_argument) -> Int, [DESC];

    sendfile(out_fd: in Fd, in_fd: in Fd, offset: inout SendOffset(&FileOffset), count: in Size) -> Size, [DESC NETWORK];
    sendfile64(out_fd: in Fd, in_fd: in Fd, offset: inout SendOffset(&U64), count: in Size) -> Size, [DESC NETWORK];
    splice(fd_in: in Fd, off_in: in Ref(&Wide), fd_out: in Fd, off_out: in Ref(&Wide), len: in Size, flags: in Flags(&sets::SPLICE)) -> Size, [DESC];
    tee(fd_in: in Fd, fd_out: in Fd, len: in Size, flags: in Flags(&sets::SPLICE)) -> Size, [DESC];
    vmsplice(fd: in Fd, iov: in VECTORS, nr_segs: in Ulong, flags: in Flags(&sets::SPLICE)) -> Size, [DESC];
    copy_file_range(fd_in: in Fd, off_in: in Ref(&Wide), fd_out: in Fd, off_out: in Ref(&Wide), len: in Size, flags: in Uint) -> Size, [DESC];

    eventfd(initval: in Uint) -> Fd, [DESC];
    eventfd2(initval: in Uint, flags: in Flags(&poll::EVENTFD)) -> Fd, [DESC];
    memfd_create(name: in Text, flags: in MemfdFlags) -> Fd, [DESC];
    memfd_secret(flags: in Flags(&sets::MEMFD_SECRET)) -> Fd, [DESC];
    userfaultfd(flags: in Flags(&sets::USERFAULTFD)) -> Fd, [DESC];
    pidfd_getfd(pidfd: in Fd, targetfd: in Int, flags: in Hex32) -> Fd, [DESC];
};

/// The vectors of a call that writes.
static VECTORS: IoVec = IoVec { count: Len::Arg(2), data: Data::Whole };

/// The vectors of a call that reads.
static VECTORS_READ: IoVec = IoVec { count: Len::Arg(2), data: Data::Result };

/// The two ends of a pipe.
static PIPE: Array = Array { element: &Fd, count: Len::Fixed(2) };
