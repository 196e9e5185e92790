//! Plain numbers.

use crate::{Cx, Kind, Value};
use abi::Abi;

/// Makes a scalar kind: its size in bytes, whether its sign is extended, and the value of a word.
macro_rules! scalar {
    ($(#[$doc:meta])* $name:ident, $size:expr, $signed:literal, $value:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Kind for $name {
            fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
                let value: fn(&Cx<'a>, u64) -> Value<'a> = $value;
                value(cx, word)
            }

            fn size(&self, abi: Abi) -> usize {
                let size: fn(Abi) -> usize = $size;
                size(abi)
            }

            fn signed(&self) -> bool {
                $signed
            }
        }
    };
}

scalar!(
    /// A signed 32-bit number.
    Int, |_| 4, true, |_, word| Value::Signed(i64::from(word as i32)));
scalar!(
    /// An unsigned 32-bit number.
    Uint, |_| 4, false, |_, word| Value::Unsigned(u64::from(word as u32)));
scalar!(
    /// An unsigned 16-bit number.
    U16, |_| 2, false, |_, word| Value::Unsigned(u64::from(word as u16)));
scalar!(
    /// An unsigned 8-bit number.
    U8, |_| 1, false, |_, word| Value::Unsigned(u64::from(word as u8)));
scalar!(
    /// A signed number as wide as a pointer.
    Long, Abi::long_size, true, |cx, word| Value::Signed(signed_word(cx.abi(), word)));
scalar!(
    /// An unsigned number as wide as a pointer.
    Ulong, Abi::long_size, false, |_, word| Value::Unsigned(word));
scalar!(
    /// A count of bytes: `size_t`.
    Size, Abi::long_size, false, |_, word| Value::Unsigned(word));
scalar!(
    /// A signed 64-bit number under every personality; as an i386 argument it would take two words.
    Wide, |_| 8, true, |_, word| Value::Signed(word as i64));
scalar!(
    /// An unsigned 64-bit number under every personality.
    U64, |_| 8, false, |_, word| Value::Unsigned(word));
/// A number in base 16, as wide as a pointer; a field of any size.
#[derive(Clone, Copy, Debug)]
pub struct Hex;

impl Kind for Hex {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Hex(word & cx.abi().word_mask())
    }

    fn load<'a>(&self, _cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        Value::Hex(crate::kind::extend(bytes, false))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

scalar!(
    /// A 64-bit number in base 16 under every personality.
    Hex64, |_| 8, false, |_, word| Value::Hex(word));
scalar!(
    /// A 32-bit number in base 16.
    Hex32, |_| 4, false, |_, word| Value::Hex(u64::from(word as u32)));
scalar!(
    /// An address that is not looked into.
    Address, Abi::pointer_size, false, |_, word| Value::Address(word));
scalar!(
/// A user's or group's id: unsigned, but −1 for "leave it".
Id, |_| 4, false, |_, word| match word as u32 {
    u32::MAX => Value::Signed(-1),
    id => Value::Unsigned(u64::from(id)),
});
scalar!(
/// An id of a call that takes 16 bits under i386, where a later one with 32 bits exists.
OldId, |abi| if abi == Abi::I386 { 2 } else { 4 }, false, |cx, word| match (cx.abi(), word as u16) {
    (Abi::I386, u16::MAX) => Value::Signed(-1),
    (Abi::I386, id) => Value::Unsigned(u64::from(id)),
    _ => Id.value(cx, word),
});
scalar!(
    /// A truth value, 0 or 1.
    Bool, |_| 4, false, |_, word| Value::Unsigned(u64::from(word as u32)));
scalar!(
    /// The result of a call that returns 0 or nothing.
    Nothing, |_| 4, true, |_, word| Value::Signed(word as i64));
scalar!(
    /// An argument that exists for the kernel and is not shown.
    Unused, |_| 4, false, |_, _| Value::Omitted);

/// A word of a personality with its sign extended.
pub(crate) fn signed_word(abi: Abi, word: u64) -> i64 {
    match abi {
        Abi::I386 => i64::from(word as i32),
        Abi::X86_64 | Abi::X32 => word as i64,
    }
}
