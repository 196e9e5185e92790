//! Vectors of buffers.

use super::{Address, Buffer, Structure, Ulong};
use crate::{Cx, Field, Kind, Len, Nested, Shape, Value, structure};
use abi::generated::layouts::file::IOVEC;
use abi::{Abi, Place};

/// How many vectors are looked at at most where nothing is abbreviated; the kernel takes 1024 (`IOV_MAX`, readv(2)).
const MOST: u64 = 1 << 16;

/// What the buffers hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// Nothing that is known: addresses are shown.
    None,
    /// What the call takes: all of it.
    Whole,
    /// What the call has put there: as many bytes as it returned, one buffer after another.
    Result,
}

/// An array of `struct iovec` (readv(2)).
#[derive(Clone, Copy, Debug)]
pub struct IoVec {
    /// How many there are.
    pub count: Len,
    /// What the buffers hold.
    pub data: Data,
}

const BASE: Place = IOVEC.member("iov_base");
const LENGTH: Place = IOVEC.member("iov_len");

impl IoVec {
    /// Decodes `count` vectors at `address`, of whose buffers `filled` bytes hold something (`u64::MAX`: all of
    /// them); none: addresses are shown.
    pub fn at<'a>(cx: &Cx<'a>, address: u64, count: u64, filled: Option<u64>) -> Value<'a> {
        Self::of(cx, address, count, filled, Buffer::at)
    }

    /// The same, of buffers that `show` decodes.
    pub fn of<'a>(
        cx: &Cx<'a>,
        address: u64,
        count: u64,
        filled: Option<u64>,
        show: fn(&Cx<'a>, u64, u64) -> Value<'a>,
    ) -> Value<'a> {
        let size = IOVEC.size(cx.abi());
        let end = count.checked_mul(size as u64).and_then(|length| address.checked_add(length));
        if address == 0 || end.is_none() || (count > 0 && !cx.options.dereference) {
            return cx.address(address);
        }
        // As with other lists, the lower 32 bits of the number tell whether there is something to abbreviate.
        let is_long = (count as u32 as usize) > cx.options.limit;
        let most = if cx.options.abbreviate && is_long { cx.options.limit as u64 } else { MOST };
        let mut items = cx.list();
        let mut left = filled;
        for index in 0..count {
            let at = address.wrapping_add(index * size as u64);
            let Some(bytes) = cx.read(at, size) else {
                if index == 0 {
                    return Value::Unreadable(address);
                }
                let place = cx.format(format_args!("{at:#x}"));
                items.push(Value::Commented(cx.put(Value::Word("...")), place));
                return Value::Array { items: items.into_bump_slice(), more: false };
            };
            if index >= most {
                return Value::Array { items: items.into_bump_slice(), more: true };
            }
            items.push(element(cx, bytes, &mut left, show));
        }
        Value::Array { items: items.into_bump_slice(), more: false }
    }
}

/// One vector of which the buffer is not looked into.
pub static VECTOR: Structure = structure!(IOVEC { iov_base: Address, iov_len: Ulong });

/// One vector; takes what its buffer holds off what is left.
fn element<'a>(
    cx: &Cx<'a>,
    bytes: &[u8],
    left: &mut Option<u64>,
    show: fn(&Cx<'a>, u64, u64) -> Value<'a>,
) -> Value<'a> {
    let base = BASE.get(cx.abi(), bytes).unwrap_or(0);
    let length = LENGTH.get(cx.abi(), bytes).unwrap_or(0);
    let content = match left {
        Some(left) => {
            let here = length.min(*left);
            if *left != u64::MAX {
                *left -= here;
            }
            show(cx, base, here)
        }
        None => cx.address(base),
    };
    let fields = [Field::new("iov_base", content), Field::new("iov_len", Value::Unsigned(length))];
    Value::Struct { fields: cx.slice(&fields), more: false }
}

impl Kind for IoVec {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let filled = match self.data {
            Data::None => None,
            Data::Whole => Some(u64::MAX),
            Data::Result if cx.failed() => None,
            Data::Result => Len::Result.of(cx, &[]),
        };
        match self.count.of(cx, &[]) {
            Some(count) => Self::at(cx, word, count, filled),
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        let length = Len::Field { offset: LENGTH.of(abi).offset, size: LENGTH.of(abi).size as u8 };
        let buffer = Nested { offset: BASE.offset(abi), shape: Shape::buffer(length) };
        let nested = if self.data == Data::None { Vec::new() } else { vec![buffer] };
        Shape::Records { stride: IOVEC.size(abi), count: self.count, nested }
    }
}
