//! Descriptors to wait for, and which of them are ready (poll(2)).

use super::{Array, Fd, Flags, Structure};
use crate::{Cx, Field, Kind, Len, Role, Shape, Value, structure};
use abi::generated::{layouts::poll::POLLFD as LAYOUT, sets::poll::POLL};
use abi::{Abi, Place};

/// What may happen to a descriptor.
pub static EVENTS: Flags = Flags(&POLL);

const FD: Place = LAYOUT.member("fd");
const REVENTS: Place = LAYOUT.member("revents");

/// `struct pollfd` as the caller fills it in: no events where the descriptor is none.
static POLLFD: Structure = structure!(LAYOUT {
    fd: Fd,
    [super::Given { place: FD, test: |fd| fd as i32 >= 0 }] events: Flags(&POLL),
});

/// The descriptors that poll(2) is asked about; argument 1 says how many.
pub static POLLFDS: Array = Array { element: &PollFd, count: Len::Uint(1) };

/// An element of [`POLLFDS`].
struct PollFd;

impl Kind for PollFd {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        POLLFD.load(cx, bytes, address)
    }

    fn size(&self, abi: Abi) -> usize {
        LAYOUT.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        POLLFD.shape(abi)
    }

    fn role(&self) -> Role {
        Role::Descriptors
    }
}

/// The result of poll(2) or ppoll(2): how many descriptors are ready, and in passing which.
#[derive(Clone, Copy)]
pub struct PollResult {
    /// What the time left is, where the call tells: argument 2.
    pub left: Option<&'static dyn Kind>,
}

impl Kind for PollResult {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Signed(word as i64)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        if cx.result() == 0 {
            return Value::Word("Timeout");
        }
        if !cx.options.dereference {
            return Value::Omitted;
        }
        let Some(ready) = ready(cx) else { return Value::Omitted };
        match self.left.filter(|_| cx.arg(2) != 0) {
            Some(kind) => {
                let left = Value::Titled("left", cx.put(kind.value(cx, cx.arg(2))));
                Value::Sequence(cx.slice(&[ready, left]))
            }
            None => ready,
        }
    }

    fn looks_back(&self) -> &'static [usize] {
        if self.left.is_some() { &[0, 2] } else { &[0] }
    }
}

/// Those of the descriptors for which something has happened.
fn ready<'a>(cx: &Cx<'a>) -> Option<Value<'a>> {
    let start = cx.arg(0);
    let count = Len::Uint(1).of(cx, &[]).unwrap_or(0);
    if start == 0 {
        return None;
    }
    let size = LAYOUT.size(cx.abi());
    let most = if cx.options.abbreviate { cx.options.limit } else { usize::MAX };
    let mut items = cx.list();
    let mut more = false;
    for index in 0..count {
        let at = start.wrapping_add(index.wrapping_mul(size as u64));
        let Some(bytes) = cx.read(at, size) else {
            items.push(Value::Unreadable(at));
            break;
        };
        let revents = REVENTS.get(cx.abi(), bytes).unwrap_or(0) & 0xffff;
        if revents == 0 {
            continue;
        }
        if items.len() >= most {
            more = true;
            break;
        }
        let fields = [
            Field::new("fd", Value::Signed(i64::from(FD.get(cx.abi(), bytes).unwrap_or(0) as i32))),
            Field::new("revents", Value::Flags { value: revents, set: &POLL }),
        ];
        items.push(Value::Struct { fields: cx.slice(&fields), more: false });
    }
    (!items.is_empty()).then(|| Value::Array { items: items.into_bump_slice(), more })
}
