//! Requests that are not known: what the number says about their argument is enough to show its bytes.

use super::{PARTS, REQUEST};
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
    let request = cx.arg(REQUEST);
    let [number, kind, size, _] = PARTS;
    let part = |start: u32, bits: u32| request >> start & ((1 << bits) - 1);
    let is_known = KNOWN_TYPES.contains(&(part(number, kind) as u8));
    let size_in_bytes = part(number + kind, size);
    let direction = part(number + kind + size, 2);
    let has = |name| DIRECTION.value(name).is_some_and(|bit| direction & bit != 0);
    let shown = !cx.options.abbreviate && !is_known && size_in_bytes > 0 && cx.options.dereference;
    // Without a direction there is a size where old numbers were made up by hand: both are assumed.
    let (writes, reads) = (has("_IOC_WRITE") || direction == 0, has("_IOC_READ") || direction == 0);
    shown.then_some(Parts { size: size_in_bytes, writes, reads })
}

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
