//! Arguments of the newer calls on futexes, one each for what futex(2) does in one.

use crate::{Cx, Field, Kind, Shape, Value};
use abi::Abi;
use abi::generated::{layouts::process::FUTEX_WAITV as LAYOUT, sets::process as sets};

/// The flags of a futex: the size of its word, and bits (`FUTEX2_SIZE_MASK`, `linux/futex.h`).
#[derive(Clone, Copy, Debug)]
pub struct Futex2Flags;

/// The bits of the size.
const SIZE: u64 = 3;

impl Kind for Futex2Flags {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = word & 0xffff_ffff;
        let parts = [
            Value::Const { value: word & SIZE, set: &sets::FUTEX2_SIZE },
            Value::Flags { value: word & !SIZE, set: &sets::FUTEX2 },
        ];
        Value::Bits { value: word, parts: cx.slice(&parts) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// `struct futex_waitv` (futex_waitv(2)).
#[derive(Clone, Copy, Debug)]
pub struct Waiter;

impl Kind for Waiter {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let number = |place: abi::Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let flags = Futex2Flags.value(cx, number(const { LAYOUT.member("flags") }));
        let mut fields = cx.list();
        fields.push(Field::new("val", Value::Hex(number(const { LAYOUT.member("val") }))));
        fields.push(Field::new("uaddr", Value::Address(number(const { LAYOUT.member("uaddr") }))));
        fields.push(Field::new("flags", flags));
        let reserved = number(const { LAYOUT.member("__reserved") });
        if reserved != 0 {
            fields.push(Field::new("__reserved", Value::Hex(reserved)));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        LAYOUT.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}
