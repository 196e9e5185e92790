//! Kinds of the network calls.

mod address;
mod control;
mod control_data;
mod families;
mod message;
mod netlink_buffer;
mod option;
mod option_data;
mod option_memory;
mod sockaddr;
mod socket;

pub(crate) use address::{HostLong, in_network_order, in6_field, in6_text};
pub use address::{InAddr, Port};
pub(crate) use families::{Interface, colons};
pub use message::{Arrived, Received, ReceivedMany, Sent, SentMany};
pub use netlink_buffer::SocketBuffer;
pub use option::{Access, LEVEL, SockOpt};
pub use option_memory::{OptionIn, OptionOut};
pub(crate) use sockaddr::decoded as socket_address;
pub use sockaddr::{SockAddr, SockAddrBack, SockLen};
pub use socket::{Protocol, SOCKET_FLAGS, SocketType, WhichSocketCall};
