//! Messages of netlink(7), as they stand in the buffers of sockets.
//!
//! A buffer holds messages one after another; a message is a header and what its type says, in NETLINK_ROUTE a structure
//! and attributes ([`attribute`]) that may hold attributes themselves.

mod address;
mod attribute;
mod diag;
mod link;
mod message;
mod neighbour;
mod queueing;
mod route;
mod routing;

pub(crate) use message::messages;

use crate::{Cx, Quote, Value};

/// Messages and attributes begin at multiples of this (`NLMSG_ALIGNTO`, netlink(3)).
const ALIGNMENT: usize = 4;

/// How many elements an abbreviated trace shows.
fn most(cx: &Cx<'_>) -> usize {
    if cx.options.abbreviate { cx.options.limit } else { usize::MAX }
}

/// Bytes that nothing is known of, each as `\x..`, as many as `-s` allows.
fn binary<'a>(cx: &Cx<'a>, bytes: &'a [u8]) -> Value<'a> {
    let shown = bytes.len().min(cx.options.limit);
    Value::Bytes { bytes: &bytes[..shown], more: shown < bytes.len(), quote: Quote::Binary }
}
