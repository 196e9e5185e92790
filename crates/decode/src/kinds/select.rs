//! Sets of descriptors (select(2)).

use super::Structure;
use crate::{Cx, Field, Kind, Role, Shape, Value};
use abi::Abi;

/// The most descriptors of a set that are looked at: as many as a process may have open (`nr_open`, proc(5)).
const MOST: usize = 1 << 20;

/// The bytes that the capture plan takes of a set: those of `FD_SETSIZE` descriptors (select(2)).
const PLANNED: usize = 128;

/// How many descriptors a set has, by argument 0; none if that is nonsense.
fn count(cx: &Cx<'_>) -> usize {
    usize::try_from(cx.arg(0) as i32).unwrap_or(0).min(MOST)
}

/// The set's descriptors, the least first. `None` when there is no set or it cannot be read.
fn members<'a>(cx: &Cx<'a>, count: usize, address: u64) -> Option<impl Iterator<Item = i32> + use<'a>> {
    if address == 0 || count == 0 {
        return None;
    }
    let word = cx.abi().long_size();
    let bytes = cx.read(address, count.div_ceil(8 * word) * word)?;
    Some((0..count).filter(|fd| bytes[fd / 8] >> (fd % 8) & 1 != 0).map(|fd| fd as i32))
}

/// A set of descriptors, of which argument 0 says how many there may be.
#[derive(Clone, Copy, Debug)]
pub struct FdSet;

impl FdSet {
    /// Decodes the set at `address`, of `count` descriptors.
    fn at<'a>(cx: &Cx<'a>, count: usize, address: u64) -> Value<'a> {
        match members(cx, count, address) {
            Some(members) if cx.options.dereference => choice(cx, members),
            _ => cx.address(address),
        }
    }
}

fn choice<'a>(cx: &Cx<'a>, members: impl Iterator<Item = i32>) -> Value<'a> {
    let mut items = cx.list();
    items.extend(members.map(|fd| cx.descriptor(fd)));
    Value::Choice { items: items.into_bump_slice(), inverted: false }
}

/// Descriptors that are ready: what they point to was shown among the arguments.
fn bare<'a>(cx: &Cx<'a>, members: impl Iterator<Item = i32>) -> &'a [Value<'a>] {
    let mut items = cx.list();
    items.extend(members.map(|fd| Value::Descriptor { fd, target: None, detail: None }));
    items.into_bump_slice()
}

impl Kind for FdSet {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Self::at(cx, count(cx), word)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(PLANNED)
    }

    fn role(&self) -> Role {
        Role::Descriptors
    }
}

/// The result of select(2) or pselect6(2): how many descriptors are ready, and in passing which, and the time left.
#[derive(Clone, Copy)]
pub struct SelectResult(pub &'static Structure);

impl Kind for SelectResult {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Signed(word as i64)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        ready(cx, self.0, count(cx), [1, 2, 3, 4].map(|index| cx.arg(index)))
    }

    fn looks_back(&self) -> &'static [usize] {
        &[1, 2, 3, 4]
    }
}

/// What is ready: three sets, then the time left.
fn ready<'a>(cx: &Cx<'a>, time: &dyn Kind, count: usize, words: [u64; 4]) -> Value<'a> {
    if cx.result() == 0 {
        return Value::Word("Timeout");
    }
    let [sets @ .., timeout] = words;
    // No more descriptors than the call says are shown.
    let mut left = usize::try_from(cx.result()).unwrap_or(0);
    let mut parts = cx.list();
    for (title, address) in ["in", "out", "except"].into_iter().zip(sets) {
        let Some(members) = members(cx, count, address) else { continue };
        let items = bare(cx, members.take(left));
        left -= items.len();
        if !items.is_empty() {
            parts.push(Value::Titled(title, cx.put(Value::Choice { items, inverted: false })));
        }
    }
    if timeout != 0 {
        parts.push(Value::Titled("left", cx.put(time.value(cx, timeout))));
    }
    Value::Sequence(parts.into_bump_slice())
}

/// The arguments of select(2) on i386, which stand in memory.
#[derive(Clone, Copy)]
pub struct OldSelect(pub &'static Structure);

impl OldSelect {
    fn words(cx: &Cx<'_>, address: u64) -> Option<[u64; 5]> {
        let size = cx.abi().pointer_size();
        let bytes = cx.read(address, 5 * size)?;
        let mut words = [0; 5];
        for (word, raw) in words.iter_mut().zip(bytes.chunks(size)) {
            *word = crate::kind::extend(raw, false);
        }
        Some(words)
    }
}

impl Kind for OldSelect {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let Some([fds, sets @ .., timeout]) = Self::words(cx, word).filter(|_| word != 0) else {
            return cx.address(word);
        };
        let count = usize::try_from(fds as i32).unwrap_or(0).min(MOST);
        let [read, write, except] = sets.map(|set| FdSet::at(cx, count, set));
        Value::Arguments(cx.slice(&[
            Field::new("nfds", Value::Signed((fds as i32).into())),
            Field::new("readfds", read),
            Field::new("writefds", write),
            Field::new("exceptfds", except),
            Field::new("timeout", self.0.value(cx, timeout)),
        ]))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        let size = abi.pointer_size();
        let set = |index: usize| crate::Nested { offset: index * size, shape: Shape::flat(PLANNED) };
        let timeout = crate::Nested { offset: 4 * size, shape: self.0.shape(abi) };
        Shape::Records { stride: 5 * size, count: crate::Len::Fixed(1), nested: vec![set(1), set(2), set(3), timeout] }
    }
}

/// The result of select(2) on i386.
#[derive(Clone, Copy)]
pub struct OldSelectResult(pub &'static Structure);

impl Kind for OldSelectResult {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Signed(word as i64)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        match OldSelect::words(cx, cx.arg(0)) {
            Some([fds, a, b, c, timeout]) => {
                let count = usize::try_from(fds as i32).unwrap_or(0).min(MOST);
                ready(cx, self.0, count, [a, b, c, timeout])
            }
            None => Value::Omitted,
        }
    }

    fn looks_back(&self) -> &'static [usize] {
        &[0]
    }
}

/// The last argument of pselect6(2): a pointer to a set of signals and its size.
#[derive(Clone, Copy, Debug)]
pub struct SigSetAndSize;

impl Kind for SigSetAndSize {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let (set, size) = bytes.split_at(cx.abi().pointer_size());
        let size = crate::kind::extend(size, false);
        let fields = [
            Field::new("sigmask", super::SigSet::at(cx, crate::kind::extend(set, false), size)),
            Field::new("sigsetsize", Value::Unsigned(size)),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        2 * abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Records {
            stride: self.size(abi),
            count: crate::Len::Fixed(1),
            nested: vec![crate::Nested { offset: 0, shape: Shape::flat(8) }],
        }
    }
}
