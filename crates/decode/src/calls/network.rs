//! Sockets.

use crate::kinds::net::{
    Access, Arrived, LEVEL, OptionIn, OptionOut, Protocol, Received, ReceivedMany, SOCKET_FLAGS, Sent, SentMany,
    SockAddr, SockAddrBack, SockLen, SockOpt, SocketBuffer, SocketType, WhichSocketCall,
};
use crate::kinds::{Address, Array, Const, Fd, Flags, Int, Kept, Nothing, Size, TIMESPEC, TIMESPEC64, Uint, Ulong};
use crate::{Len, Row};
use abi::generated::sets::network as sets;

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    socket(domain: in Const(&sets::AF), r#type: in SocketType, protocol: in Protocol) -> Fd, [NETWORK];
    socketcall(call: in WhichSocketCall, args: in Address) -> Int, [DESC];
    socketpair(domain: in Const(&sets::AF), r#type: in SocketType, protocol: in Ulong, sv: out PAIR) -> Nothing, [NETWORK];
    bind(sockfd: in Fd, addr: in SockAddr { length: 2 }, addrlen: in Int) -> Nothing, [NETWORK];
    connect(sockfd: in Fd, addr: in SockAddr { length: 2 }, addrlen: in Int) -> Nothing, [NETWORK];
    listen(sockfd: in Fd, backlog: in Int) -> Nothing, [NETWORK];
    accept(sockfd: in Fd, addr: inout BACK, addrlen: inout BACK_LENGTH) -> Fd, [NETWORK];
    accept4(sockfd: in Fd, addr: inout BACK, addrlen: inout BACK_LENGTH, flags: in SOCKET_FLAGS) -> Fd, [NETWORK];
    getsockname(sockfd: in Fd, addr: inout BACK, addrlen: inout BACK_LENGTH) -> Nothing, [NETWORK];
    getpeername(sockfd: in Fd, addr: inout BACK, addrlen: inout BACK_LENGTH) -> Nothing, [NETWORK];
    sendto(sockfd: in Fd, buf: in SocketBuffer(Len::Arg(2)), len: in Size, flags: in MESSAGE_FLAGS, dest_addr: in SockAddr { length: 5 }, addrlen: in Int) -> Size, [NETWORK];
    send(fd: in Fd, buff: in SocketBuffer(Len::Arg(2)), len: in Size, flags: in MESSAGE_FLAGS) -> Size, [NETWORK];
    recv(fd: in Fd, ubuf: out SocketBuffer(Len::Result), size: in Size, flags: in MESSAGE_FLAGS) -> Size, [NETWORK];
    recvfrom(sockfd: in Fd, buf: out SocketBuffer(Len::Result), len: in Size, flags: in MESSAGE_FLAGS, src_addr: inout SockAddrBack { length: 5 }, addrlen: inout SockLen { address: Some(4), index: 5 }) -> Size, [NETWORK];
    sendmsg(sockfd: in Fd, msg: in Sent, flags: in MESSAGE_FLAGS) -> Size, [NETWORK];
    recvmsg(sockfd: in Fd, msg: inout Received, flags: in MESSAGE_FLAGS) -> Size, [NETWORK];
    sendmmsg(sockfd: in Fd, msgvec: inout SentMany, vlen: in Uint, flags: in MESSAGE_FLAGS) -> Size, [NETWORK];
    recvmmsg(sockfd: in Fd, msgvec: inout ReceivedMany, vlen: in Uint, flags: in MESSAGE_FLAGS, timeout: inout Kept { record: &TIMESPEC, index: 4 }) -> Arrived(&TIMESPEC), [NETWORK];
    recvmmsg_time64(sockfd: in Fd, msgvec: inout ReceivedMany, vlen: in Uint, flags: in MESSAGE_FLAGS, timeout: inout Kept { record: &TIMESPEC64, index: 4 }) -> Arrived(&TIMESPEC64), [NETWORK];
    setsockopt(sockfd: in Fd, level: in LEVEL, optname: in SockOpt(Access::Write), optval: in OptionIn, optlen: in Int) -> Nothing, [NETWORK];
    getsockopt(sockfd: in Fd, level: in LEVEL, optname: in SockOpt(Access::Read), optval: inout OptionOut, optlen: inout OPTION_LENGTH) -> Nothing, [NETWORK];
    shutdown(sockfd: in Fd, how: in Const(&sets::SHUT)) -> Nothing, [NETWORK];
};

/// The two descriptors that socketpair(2) makes.
const PAIR: Array = Array { element: &Fd, count: Len::Fixed(2) };

/// An address that comes back as the second argument, with its length as the third.
const BACK: SockAddrBack = SockAddrBack { length: 2 };

/// The length of [`BACK`].
const BACK_LENGTH: SockLen = SockLen { address: Some(1), index: 2 };

/// The flags of send(2) and recv(2).
const MESSAGE_FLAGS: Flags = Flags(&sets::MSG);

/// The length of an option; shown even where the option is `NULL`.
const OPTION_LENGTH: SockLen = SockLen { address: None, index: 4 };
