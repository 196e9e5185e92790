//! Requests that are not known: what the number says about their argument is enough to show its bytes.

use super::REQUEST;
use super::number::Number;
use crate::kinds::{Buffer, Hex};
use crate::{Cx, Dir, Kind, Quote, Shape, Value, kind::extend};
use abi::Abi;
use abi::generated::sets::ioctl::DIRECTION;

/// The types of requests of which strace knows some: it does not show the bytes of others of these types.
const KNOWN_TYPES: &[u8] = &[
    0x03, 0x12, 0x15, 0x21, 0x22, 0x24, 0x3d, 0x3e, 0x45, 0x49, 0x4b, 0x4c, 0x4d, 0x4f, 0x52, 0x54, 0x56, 0x57, 0x58,
    0x66, 0x69, 0x6f, 0x70, 0x75, 0x89, 0x8a, 0x94, 0xa4, 0xaa, 0xab, 0xae, 0xb4, 0xb7, 0xfd, 0xff,
];

/// The argument of such a request: its bytes where nothing is abbreviated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unknown;

/// What the number of the request says.
struct Parts {
    size: u64,
    writes: bool,
    reads: bool,
}

/// Takes the number apart, if the bytes are to be shown.
fn parts(cx: &Cx<'_>) -> Option<Parts> {
    let Number { kind, size, direction, .. } = Number::of(cx.arg(REQUEST) as u32);
    if cx.options.abbreviate || !cx.options.dereference || size == 0 || KNOWN_TYPES.contains(&kind) {
        return None;
    }
    // Without a direction there is a size where old numbers were made up by hand: both are assumed.
    let has = |bit| direction == 0 || direction & bit != 0;
    Some(Parts { size: size.into(), writes: has(INTO_KERNEL), reads: has(OUT_OF_KERNEL) })
}

/// `_IOC_WRITE` (`asm-generic/ioctl.h`).
const INTO_KERNEL: u32 = DIRECTION.of("_IOC_WRITE") as u32;

/// `_IOC_READ`.
const OUT_OF_KERNEL: u32 = DIRECTION.of("_IOC_READ") as u32;

/// Where a word of what the caller passed is kept.
fn key(word: usize) -> u32 {
    2 + 256 * (word as u32 + 1)
}

/// As many bytes as are looked at.
fn length(cx: &Cx<'_>, size: u64) -> usize {
    size.min(cx.options.limit as u64 + 1) as usize
}

fn in_hex(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Bytes { bytes, more, .. } => Value::Bytes { bytes, more, quote: Quote::Binary },
        other => other,
    }
}

/// The bytes that the caller passed.
fn before<'a>(cx: &Cx<'a>, size: u64) -> Option<Value<'a>> {
    let length = length(cx, size);
    let mut bytes = cx.list();
    for word in 0..length.div_ceil(8) {
        bytes.extend_from_slice(&cx.saved(key(word))?.to_le_bytes());
    }
    bytes.truncate(length.min(cx.options.limit));
    let more = length > bytes.len();
    Some(Value::Bytes { bytes: bytes.into_bump_slice(), more, quote: Quote::Binary })
}

impl Kind for Unknown {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let Some(parts) = parts(cx).filter(|_| word != 0) else { return Hex.value(cx, word) };
        let now = in_hex(Buffer::at(cx, word, parts.size));
        match before(cx, parts.size) {
            Some(before) if parts.reads && parts.writes => Value::Changed(cx.put(before), cx.put(now)),
            _ => now,
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, _stated: Dir) -> Dir {
        if parts(cx).is_some_and(|parts| parts.reads) { Dir::InOut } else { Dir::In }
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        let Some(parts) = parts(cx).filter(|parts| parts.writes && word != 0) else { return };
        let Some(bytes) = cx.read(word, length(cx, parts.size)) else { return };
        for (index, chunk) in bytes.chunks(8).enumerate() {
            cx.save(key(index), extend(chunk, false));
        }
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Ioctl
    }
}
