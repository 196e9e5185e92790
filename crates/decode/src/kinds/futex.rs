//! Arguments of futex(2): which there are depends on the operation.

use super::{Address, Hex32, Uint};
use crate::{Cx, Kind, Shape, Value};
use abi::generated::sets::process as sets;
use abi::{Abi, Set};

/// The only value of a set that names a single constant.
fn only(set: &'static Set) -> u64 {
    set.entries.first().map_or(0, |entry| entry.value)
}

/// The operation, with its flags.
#[derive(Clone, Copy, Debug)]
pub struct Operation;

impl Kind for Operation {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = u64::from(word as u32);
        let mut parts = cx.list();
        let clock = only(&sets::FUTEX_CLOCK);
        let private = only(&sets::FUTEX_PRIVATE);
        let (rest, set) = match () {
            () if sets::FUTEX.name(word).is_some() => return Value::Const { value: word, set: &sets::FUTEX },
            () if word & clock != 0 && takes_clock(word & !clock) => (clock, &sets::FUTEX_CLOCK),
            () if sets::FUTEX.name(word & !private) == Some("FUTEX_FD") => (private, &sets::FUTEX_PRIVATE),
            () => return Value::Const { value: word, set: &sets::FUTEX },
        };
        parts.push(Value::Const { value: word & !rest, set: &sets::FUTEX });
        parts.push(Value::Flags { value: rest, set });
        Value::Bits { value: word, parts: parts.into_bump_slice() }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// Whether an operation is one for which text knows `FUTEX_CLOCK_REALTIME`.
fn takes_clock(operation: u64) -> bool {
    let name = sets::FUTEX.name(operation).unwrap_or("");
    matches!(
        name.strip_suffix("_PRIVATE").unwrap_or(name),
        "FUTEX_WAIT" | "FUTEX_WAIT_BITSET" | "FUTEX_WAIT_REQUEUE_PI"
    )
}

/// The bits of an operation that are not flags (futex(2)).
const COMMAND: u64 = 0x7f;

/// The name of the operation without its flags; empty for one that is not known.
fn command(cx: &Cx<'_>) -> &'static str {
    sets::FUTEX.name(cx.arg(1) & COMMAND).unwrap_or("")
}

/// Whether the operation has the third argument, a number.
pub fn has_value(cx: &Cx<'_>) -> bool {
    !matches!(command(cx), "FUTEX_LOCK_PI" | "FUTEX_LOCK_PI2" | "FUTEX_UNLOCK_PI" | "FUTEX_TRYLOCK_PI")
}

/// Whether the operation has the fourth argument.
pub fn has_fourth(cx: &Cx<'_>) -> bool {
    !matches!(command(cx), "FUTEX_WAKE" | "FUTEX_FD" | "FUTEX_UNLOCK_PI" | "FUTEX_TRYLOCK_PI" | "FUTEX_WAKE_BITSET")
}

/// Whether the operation has a second futex.
pub fn has_second(cx: &Cx<'_>) -> bool {
    matches!(
        command(cx),
        "" | "FUTEX_REQUEUE" | "FUTEX_CMP_REQUEUE" | "FUTEX_WAKE_OP" | "FUTEX_WAIT_REQUEUE_PI" | "FUTEX_CMP_REQUEUE_PI"
    )
}

/// Whether the operation has the sixth argument.
pub fn has_last(cx: &Cx<'_>) -> bool {
    matches!(
        command(cx),
        "" | "FUTEX_CMP_REQUEUE" | "FUTEX_WAKE_OP" | "FUTEX_WAIT_BITSET" | "FUTEX_WAKE_BITSET" | "FUTEX_CMP_REQUEUE_PI"
    )
}

/// The fourth argument: a time for those that wait, a number for those that wake.
pub struct Fourth(pub &'static dyn Kind);

impl Kind for Fourth {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match command(cx) {
            "" => Address.value(cx, word),
            "FUTEX_REQUEUE" | "FUTEX_CMP_REQUEUE" | "FUTEX_WAKE_OP" | "FUTEX_CMP_REQUEUE_PI" => Uint.value(cx, word),
            _ => self.0.value(cx, word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        self.0.shape(abi)
    }
}

/// The sixth argument: a number, a mask, or an operation of its own.
#[derive(Clone, Copy, Debug)]
pub struct Last;

impl Kind for Last {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let value = u64::from(word as u32);
        match command(cx) {
            "FUTEX_CMP_REQUEUE" | "FUTEX_CMP_REQUEUE_PI" => Uint.value(cx, word),
            "FUTEX_WAKE_OP" => wake_operation(cx, value),
            "" => Hex32.value(cx, word),
            _ => match sets::FUTEX_BITSET.name(value) {
                Some(name) => Value::Named { value, name },
                None => Value::Hex(value),
            },
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// What `FUTEX_WAKE_OP` does and compares (`FUTEX_OP`, `linux/futex.h`): four bits of operation, the highest of which
/// shifts its argument, four of comparison, twelve of each one's argument.
fn wake_operation<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    let shift = only(&sets::FUTEX_SHIFT);
    let operation = word >> 28 & 0xf;
    let mut parts = cx.list();
    if operation & shift != 0 {
        parts.push(Value::Shifted(cx.put(Value::Flags { value: shift, set: &sets::FUTEX_SHIFT }), "28"));
    }
    parts.push(shifted(cx, operation & !shift, &sets::FUTEX_WAKE_OP, "28"));
    parts.push(Value::Shifted(cx.put(Value::Hex(word >> 12 & 0xfff)), "12"));
    parts.push(shifted(cx, word >> 24 & 0xf, &sets::FUTEX_WAKE_CMP, "24"));
    parts.push(Value::Address(word & 0xfff));
    if word & 0xfff == 0 {
        parts.pop();
        parts.push(Value::Signed(0));
    }
    Value::Bits { value: word, parts: parts.into_bump_slice() }
}

fn shifted<'a>(cx: &Cx<'a>, value: u64, set: &'static Set, by: &'static str) -> Value<'a> {
    if set.name(value).is_some() {
        return Value::Shifted(cx.put(Value::Const { value, set }), by);
    }
    Value::Commented(cx.put(Value::Shifted(cx.put(Value::Hex(value)), by)), set.unknown)
}
