//! From the capture plans of the rows to what the programs follow.

use crate::layout::{NUMBERS, SEVERAL, STACK, WANTED, item, op};
use abi::Abi;
use decode::{
    Dir, Len, Nested, Row, Shape,
    calls::{self, by_number},
    parts::{Place, Whole, whole},
    plan,
};
use std::collections::HashMap;

/// No more of one buffer or list is copied than so many bytes.
const MOST: u64 = 64 * 1024;

/// No more texts of a list.
const TEXTS: u64 = 1024;

/// The longest record with pointers, and the longest text, that is copied in one piece.
const PAGE: usize = 4096;

/// All plans, as the programs' maps hold them.
#[derive(Debug, Default)]
pub(crate) struct Plans {
    /// The steps; the first one is nobody's, the second one is [`STACK`].
    pub(crate) ops: Vec<[u8; op::SIZE]>,
    /// By number, for each personality: the first step, and whether the call is wanted.
    pub(crate) roots: Vec<u32>,
    /// By the number of a switch and the value of its argument: a step.
    pub(crate) cases: Vec<(u64, u32)>,
    /// How many bytes of what is shown up to a limit are copied.
    limit: u64,
    /// Whether it matters what descriptors point to.
    files: bool,
    known: HashMap<[u8; op::SIZE], u32>,
    switches: u32,
    /// Which of the programs' words each argument is.
    words: [u8; 6],
}

/// A step in the making.
#[derive(Clone, Copy, Default)]
struct Op {
    kind: i32,
    when: i32,
    source: i32,
    place: u32,
    stride: u32,
    length: i32,
    count: u64,
    extra: u32,
    nested: u32,
    next: u32,
    otherwise: u32,
    arg: u32,
    most: u64,
}

impl Op {
    fn bytes(&self) -> [u8; op::SIZE] {
        let mut bytes = [0; op::SIZE];
        let mut put = |at: i16, value: u32| bytes[at as usize..at as usize + 4].copy_from_slice(&value.to_le_bytes());
        put(op::KIND, self.kind as u32);
        put(op::WHEN, self.when as u32);
        put(op::SOURCE, self.source as u32);
        put(op::PLACE, self.place);
        put(op::STRIDE, self.stride);
        put(op::LENGTH, self.length as u32);
        put(op::COUNT, self.count as u32);
        put(op::COUNT + 4, (self.count >> 32) as u32);
        put(op::EXTRA, self.extra);
        put(op::NESTED, self.nested);
        put(op::NEXT, self.next);
        put(op::OTHERWISE, self.otherwise);
        put(op::ARG, self.arg);
        put(op::MOST, self.most as u32);
        put(op::MOST + 4, (self.most >> 32) as u32);
        bytes
    }
}

/// Where a pointer comes from.
type Source = (i32, u32);

impl Plans {
    /// The plans of all calls that are wanted. `limit` is that of `-s`, `files` tells whether it matters what descriptors
    /// point to.
    pub(crate) fn new(limit: u64, files: bool, wanted: impl Fn(Abi, u64) -> bool) -> Self {
        let limit = limit.saturating_add(1).min(MOST);
        let mut plans = Self { limit, files, words: AS_THEY_ARE, ..Self::default() };
        plans.ops.push([0; op::SIZE]);
        let (when, source) = (op::AT_EXIT, op::FROM_STACK);
        let stack = Op { kind: item::BYTES, when, source, stride: 1, count: MOST, most: MOST, ..Op::default() };
        let place = plans.add(&stack);
        debug_assert_eq!(place as i32, STACK);
        for abi in Abi::ALL {
            let table = by_number(abi);
            for number in 0..NUMBERS as u64 {
                let root = if wanted(abi, number) { plans.call(&table, abi, number) | WANTED } else { 0 };
                plans.roots.push(root);
            }
        }
        plans
    }

    /// Only which calls are counted, and which of them are several in one.
    pub(crate) fn counting(wanted: impl Fn(Abi, u64) -> bool, several: impl Fn(Abi, u64) -> bool) -> Self {
        let root = |abi, number| match (wanted(abi, number), several(abi, number)) {
            (false, _) => 0,
            (true, false) => WANTED,
            (true, true) => WANTED | SEVERAL as u32,
        };
        let roots = Abi::ALL.into_iter().flat_map(|abi| (0..NUMBERS as u64).map(move |number| (abi, number)));
        Self { roots: roots.map(|(abi, number)| root(abi, number)).collect(), ..Self::default() }
    }

    /// The first step of a call's plan, 0 without one.
    fn call(&mut self, table: &[Option<&Row>], abi: Abi, number: u64) -> u32 {
        match whole(abi, number) {
            Some(whole) => self.whole(whole),
            None => table.get(number as usize).copied().flatten().map_or(0, |row| self.row(row, abi)),
        }
    }

    /// The first step of a row's plan.
    fn row(&mut self, row: &Row, abi: Abi) -> u32 {
        let steps = plan(row, abi);
        let made = self.shape(&row.ret.shape(abi), Dir::Out, (op::FROM_RESULT, 0), 0);
        steps.iter().rev().fold(made, |next, fetch| {
            let source = (op::FROM_ARGUMENT, self.word(fetch.arg as u8));
            self.shape(&fetch.shape, fetch.when, source, next)
        })
    }

    /// A switch between the plans of a call's parts. The second version of a part has a bit in the upper half of its number.
    fn whole(&mut self, whole: &Whole) -> u32 {
        self.switches += 1;
        let switch = self.switches;
        for number in 0..whole.names.len() as u64 {
            for value in [number, number | 1 << 16] {
                let Some(name) = whole.part(value) else { continue };
                let Some(row) = calls::named(name) else { continue };
                let step = self.part(row, &whole.places(name, value)[..row.args.len()]);
                self.cases.push((key(switch, value), step));
            }
        }
        self.add(&Op { kind: op::SWITCH, extra: switch, ..Op::default() })
    }

    /// The first step of the plan of a part whose arguments stand in these places: what lies in memory is made
    /// arguments first.
    fn part(&mut self, row: &Row, places: &[Place]) -> u32 {
        for (word, place) in self.words.iter_mut().zip(places) {
            *word = match *place {
                Place::Word(index) | Place::BehindOrWord(index) => index,
                Place::Behind(pointer, index) => pointer + index,
            };
        }
        let nested = self.row(row, Abi::I386);
        self.words = AS_THEY_ARE;
        let behind = places.iter().filter_map(|place| match *place {
            Place::Word(_) => None,
            Place::Behind(pointer, index) => Some((pointer, index)),
            Place::BehindOrWord(pointer) => Some((pointer, 0)),
        });
        let Some((pointer, last)) = behind.max_by_key(|(_, index)| *index) else { return nested };
        let (when, place) = (moments(Dir::InOut), self.word(pointer));
        let stride = 4 * (u32::from(last) + 1);
        self.add(&Op {
            kind: op::BLOCK,
            when,
            source: op::FROM_ARGUMENT,
            place,
            stride,
            count: 1,
            most: 1,
            nested,
            ..Op::default()
        })
    }

    /// Where the programs find an argument.
    fn word(&self, index: u8) -> u32 {
        8 * u32::from(self.words[usize::from(index)])
    }

    /// Adds a step, or finds it: many calls have the same ones.
    fn add(&mut self, step: &Op) -> u32 {
        let bytes = step.bytes();
        *self.known.entry(bytes).or_insert_with(|| {
            self.ops.push(bytes);
            self.ops.len() as u32 - 1
        })
    }

    /// The steps for a shape, before those of its siblings.
    fn shape(&mut self, shape: &Shape, when: Dir, (source, place): Source, next: u32) -> u32 {
        let base = Op { when: moments(when), source, place, next, ..Op::default() };
        match shape {
            Shape::Nothing => next,
            Shape::Descriptor if self.files => self.add(&Op { kind: op::FILE, when: moments(Dir::InOut), ..base }),
            Shape::Descriptor => next,
            Shape::Records { stride, count, nested } => self.records(&base, *stride, *count, nested, when),
            Shape::Shown { count } => {
                let (length, count, extra) = self.length(*count);
                self.add(&Op { kind: item::BYTES, stride: 1, length, count, extra, most: self.limit, ..base })
            }
            Shape::Text { max } => {
                let most = max.saturating_add(1).min(PAGE + 1) as u64;
                self.add(&Op { kind: item::TEXT, most, ..base })
            }
            Shape::Texts => {
                self.add(&Op { kind: item::TEXTS, count: self.limit.min(PAGE as u64), most: TEXTS, ..base })
            }
            Shape::Switch { arg, cases } => {
                self.switches += 1;
                let switch = self.switches;
                let mut otherwise = 0;
                for case in cases {
                    let step = self.shape(&case.shape, case.direction, (source, place), 0);
                    if case.values.is_empty() {
                        otherwise = step;
                        break;
                    }
                    self.cases.extend(case.values.iter().map(|value| (key(switch, *value), step)));
                }
                self.add(&Op { kind: op::SWITCH, otherwise, arg: self.word(*arg), extra: switch, ..base })
            }
            Shape::Stack { parts } => parts.iter().rev().fold(next, |next, (offset, size)| {
                let (source, place, count) = (op::FROM_STACK, *offset as u32, *size as u64);
                let when = op::AT_ENTRY;
                self.add(&Op { kind: item::BYTES, when, source, place, next, stride: 1, count, most: MOST, ..base })
            }),
            Shape::Ioctl => self.add(&Op { kind: item::BYTES, stride: 1, length: op::IOCTL, most: MOST, ..base }),
        }
    }

    fn records(&mut self, base: &Op, stride: usize, count: Len, nested: &[Nested], when: Dir) -> u32 {
        let stride = stride.max(1);
        let (length, count, extra) = self.length(count);
        let most = MOST / stride as u64;
        let step = Op { stride: stride as u32, length, count, extra, most, ..*base };
        let mut inner = 0;
        for Nested { offset, shape } in nested.iter().rev().filter(|nested| nested.offset < PAGE) {
            inner = self.shape(shape, when, (op::FROM_RECORD, *offset as u32), inner);
        }
        if inner == 0 || stride > PAGE {
            return self.add(&Op { kind: item::BYTES, ..step });
        }
        self.add(&Op { kind: item::RECORDS, nested: inner, ..step })
    }

    /// How a length is found: the way, and what it needs.
    fn length(&self, length: Len) -> (i32, u64, u32) {
        let word = |index: u8| u64::from(self.word(index));
        match length {
            Len::Fixed(count) => (op::FIXED, count, 0),
            Len::Arg(index) => (op::ARGUMENT, word(index), 0),
            Len::ArgAnd(index, more) => (op::ARGUMENT, word(index), more.into()),
            Len::Int(index) => (op::INT, word(index), 0),
            Len::Uint(index) => (op::UINT, word(index), 0),
            Len::Result => (op::RESULT, 0, 0),
            Len::ResultUpTo(index) => (op::RESULT_UP_TO, word(index), 0),
            Len::At(index) => (op::AT, word(index), 0),
            Len::Field { offset, size } => (op::FIELD, u64::from(offset), u32::from(size)),
        }
    }
}

/// The arguments are the words of the call.
const AS_THEY_ARE: [u8; 6] = [0, 1, 2, 3, 4, 5];

/// The key of a case.
fn key(switch: u32, value: u64) -> u64 {
    u64::from(switch) << 32 | value & 0xffff_ffff
}

fn moments(when: Dir) -> i32 {
    match when {
        Dir::In => op::AT_ENTRY,
        Dir::Out => op::AT_EXIT,
        Dir::InOut => op::AT_ENTRY | op::AT_EXIT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_steps_are_shared_and_unwanted_calls_have_none() {
        let plans = Plans::new(32, false, |abi, number| abi == Abi::X86_64 && number != 0);
        let root = |name: &str| plans.roots[abi::number_of(Abi::X86_64, name).unwrap() as usize];
        assert_eq!(root("read"), 0);
        assert_eq!(root("getpid"), WANTED);
        assert_eq!(root("chdir"), root("rmdir"));
        assert!(root("openat") & !WANTED > 0);
    }
}
