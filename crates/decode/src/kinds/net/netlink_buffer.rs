//! Buffers of sockets: bytes, or messages of netlink.

use crate::kinds::IoVec;
use crate::{Cx, Value};
use abi::generated::layouts::file::IOVEC;

/// Decodes the vectors of a message, of whose buffers `filled` bytes count.
pub(super) fn vectors<'a>(cx: &Cx<'a>, address: u64, count: u64, filled: u64) -> Value<'a> {
    let end = count.checked_mul(IOVEC.size(cx.abi()) as u64).and_then(|size| address.checked_add(size));
    match end {
        Some(_) => IoVec::at(cx, address, count, Some(filled)),
        None => cx.address(address),
    }
}
