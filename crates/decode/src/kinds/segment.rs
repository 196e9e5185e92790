//! Descriptors of segments, for thread-local storage on i386.

use crate::{Cx, Dir, Field, Kind, Shape, Value};
use abi::Abi;
use abi::generated::layouts::process::USER_DESC as LAYOUT;

/// `struct user_desc` (set_thread_area(2)).
#[derive(Clone, Copy, Debug)]
pub struct Segment;

/// How many hexadecimal digits text shows of an address or limit, at least.
const DIGITS: u8 = 6;

/// The bit-fields behind the numbers: name, lowest bit, number of bits. The last exists on x86-64 only.
const BITS: &[(&str, u32, u32)] = &[
    ("seg_32bit", 0, 1),
    ("contents", 1, 2),
    ("read_exec_only", 3, 1),
    ("limit_in_pages", 4, 1),
    ("seg_not_present", 5, 1),
    ("useable", 6, 1),
    ("lm", 7, 1),
];

impl Kind for Segment {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let abi = cx.abi();
        let limit = const { LAYOUT.member("limit") };
        let number = |place: abi::Place| place.get(abi, bytes).unwrap_or(0);
        let mut fields = cx.list();
        fields.push(Field::new("entry_number", entry(number(const { LAYOUT.member("entry_number") }))));
        let base = number(const { LAYOUT.member("base_addr") });
        fields.push(Field::new("base_addr", Value::Padded { value: base, digits: DIGITS }));
        fields.push(Field::new("limit", Value::Padded { value: number(limit), digits: DIGITS }));
        let flags = bytes.get(limit.offset(abi) + limit.size(abi)).copied().unwrap_or(0);
        let count = if abi == Abi::X86_64 { BITS.len() } else { BITS.len() - 1 };
        for (name, lowest, width) in &BITS[..count] {
            let value = u64::from(flags) >> lowest & ((1 << width) - 1);
            fields.push(Field::new(name, Value::Unsigned(value)));
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

/// The entry's number; the kernel chooses one for −1.
fn entry<'a>(number: u64) -> Value<'a> {
    if number == u64::from(u32::MAX) { Value::Signed(-1) } else { Value::Unsigned(number) }
}

/// A segment that the call fills: of a failed one only which entry was asked for is shown.
#[derive(Clone, Copy, Debug)]
pub struct Filled;

impl Kind for Filled {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if !cx.failed() {
            return Segment.value(cx, word);
        }
        match cx.number(word, 4) {
            Some(number) if word != 0 => {
                let fields = [Field::new("entry_number", entry(number))];
                Value::Struct { fields: cx.slice(&fields), more: true }
            }
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn shape(&self, abi: Abi) -> Shape {
        Segment.shape(abi)
    }
}

/// The result of set_thread_area(2), with the entry that was used.
#[derive(Clone, Copy, Debug)]
pub struct ChosenEntry;

impl Kind for ChosenEntry {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Signed(word as i64)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        match cx.number(cx.arg(0), 4) {
            Some(number) => Value::Labelled("entry_number", cx.put(Value::Unsigned(number))),
            None => Value::Omitted,
        }
    }

    fn looks_back(&self) -> &'static [usize] {
        &[0]
    }
}

/// The segment of modify_ldt(2), where argument 2 is its size.
#[derive(Clone, Copy, Debug)]
pub struct SizedSegment;

impl Kind for SizedSegment {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let size = cx.arg(2) & cx.abi().word_mask();
        if size == LAYOUT.size(cx.abi()) as u64 { Segment.value(cx, word) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Segment.shape(abi)
    }
}
