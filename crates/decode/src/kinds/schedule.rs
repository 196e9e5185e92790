//! Scheduling.

use crate::{Cx, Dir, Field, Kind, Shape, Value};
use abi::generated::{errnos, layouts::process::SCHED_ATTR as LAYOUT, sets::process as sets};
use abi::{Abi, Place};

/// A scheduling policy, with the flag that it may have.
#[derive(Clone, Copy, Debug)]
pub struct Policy;

impl Kind for Policy {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = word & 0xffff_ffff;
        let flag = sets::SCHED_RESET.value("SCHED_RESET_ON_FORK").unwrap_or(0);
        if word & flag == 0 || (word as i32) < 0 {
            return Value::Const { value: word, set: &sets::SCHED };
        }
        let policy = word & !flag;
        let policy = match sets::SCHED.name(policy) {
            Some(_) => Value::Const { value: policy, set: &sets::SCHED },
            None => Value::Hex(policy),
        };
        let parts = [Value::Flags { value: flag, set: &sets::SCHED_RESET }, policy];
        Value::Bits { value: word, parts: cx.slice(&parts) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The size of `struct sched_attr` when it was new, and of what is known of it (sched_setattr(2)).
const FIRST: usize = 48;
const KNOWN: usize = 56;

/// The place of a member.
macro_rules! place {
    ($name:literal) => {
        const { LAYOUT.member($name) }
    };
}

/// `struct sched_attr` as sched_getattr(2) fills it: as many bytes as its first member says.
#[derive(Clone, Copy, Debug)]
pub struct FilledAttributes;

impl Kind for FilledAttributes {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word == 0 || cx.arg(2) as u32 == 0 || !cx.options.dereference {
            return cx.address(word);
        }
        let Some(filled) = cx.read(word, (cx.arg(2) as u32 as usize).min(KNOWN)) else {
            return Value::Unreadable(word);
        };
        // What is not there is zero.
        let bytes = cx.arena.alloc_slice_fill_default(KNOWN);
        bytes[..filled.len()].copy_from_slice(filled);
        match place!("size").get(cx.abi(), bytes) {
            Some(size) if size < FIRST as u64 => size_alone(cx, size),
            _ => attributes(cx, bytes, None, true, true),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(KNOWN)
    }
}

/// `struct sched_attr` as sched_setattr(2) takes it; when that finds it too long, it stores the size that it knows.
#[derive(Clone, Copy, Debug)]
pub struct Attributes;

impl Kind for Attributes {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let before = cx.saved(INDEX).or_else(|| cx.number(word, 4));
        let (true, Some(size)) = (word != 0 && cx.options.dereference, before) else { return cx.address(word) };
        let value = given(cx, word, size);
        let too_big = cx.ret.and_then(|ret| ret.errno()).and_then(errnos::name) == Some("E2BIG");
        match cx.number(word, 4).filter(|_| too_big) {
            Some(after) => Value::Changed(cx.put(value), cx.put(size_alone(cx, after))),
            None => value,
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        if let Some(size) = cx.number(word, 4) {
            cx.save(INDEX, size);
        }
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(KNOWN)
    }
}

/// The argument of sched_setattr(2) that the structure is.
const INDEX: u32 = 1;

/// A structure of which no more than its size counts.
fn size_alone<'a>(cx: &Cx<'a>, size: u64) -> Value<'a> {
    Value::Struct { fields: cx.slice(&[Field::new("size", Value::Unsigned(size))]), more: false }
}

const KEEP_POLICY: u64 = sets::SCHED_FLAG.of("SCHED_FLAG_KEEP_POLICY");
const KEEP_PARAMETERS: u64 = sets::SCHED_FLAG.of("SCHED_FLAG_KEEP_PARAMS");

fn given<'a>(cx: &Cx<'a>, address: u64, size: u64) -> Value<'a> {
    if size != 0 && size < FIRST as u64 {
        return size_alone(cx, size);
    }
    let length = if size == 0 { FIRST } else { size.min(KNOWN as u64) as usize };
    let Some(bytes) = cx.read(address, length) else { return cx.address(address) };
    let flags = place!("sched_flags").get(cx.abi(), bytes).unwrap_or(0);
    let changes = |bits| flags & bits == 0;
    // strace shows a policy that is less than 0, whatever the flags say.
    let is_negative = place!("sched_policy").get(cx.abi(), bytes).is_some_and(|policy| (policy as i32) < 0);
    let policy = is_negative || changes(KEEP_POLICY | KEEP_PARAMETERS);
    attributes(cx, bytes, Some(size), policy, changes(KEEP_PARAMETERS))
}

/// The members that count; `stated` is the size of the structure where the kernel has changed it since.
fn attributes<'a>(cx: &Cx<'a>, bytes: &'a [u8], stated: Option<u64>, policy: bool, parameters: bool) -> Value<'a> {
    let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
    let unsigned = |place| Value::Unsigned(number(place));
    let size = stated.unwrap_or_else(|| number(place!("size")));
    let mut fields = cx.list();
    fields.push(Field::new("size", Value::Unsigned(size)));
    if policy {
        let value = Value::Const { value: number(place!("sched_policy")), set: &sets::SCHED };
        fields.push(Field::new("sched_policy", value));
    }
    fields
        .push(Field::new("sched_flags", Value::Flags { value: number(place!("sched_flags")), set: &sets::SCHED_FLAG }));
    if parameters {
        fields.push(Field::new("sched_nice", Value::Signed(number(place!("sched_nice")) as i64)));
        fields.push(Field::new("sched_priority", unsigned(place!("sched_priority"))));
        fields.push(Field::new("sched_runtime", unsigned(place!("sched_runtime"))));
        fields.push(Field::new("sched_deadline", unsigned(place!("sched_deadline"))));
        fields.push(Field::new("sched_period", unsigned(place!("sched_period"))));
    }
    if size >= KNOWN as u64 {
        fields.push(Field::new("sched_util_min", unsigned(place!("sched_util_min"))));
        fields.push(Field::new("sched_util_max", unsigned(place!("sched_util_max"))));
    }
    Value::Struct { fields: fields.into_bump_slice(), more: stated.is_some_and(|size| size > KNOWN as u64) }
}
