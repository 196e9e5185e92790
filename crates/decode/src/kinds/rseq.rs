//! The area of a restartable sequence (rseq(2)).

use super::{Flags, Hex64, Structure, Uint, decimal};
use crate::{Cx, Field, Kind, Len, Nested, Shape, Value, structure};
use abi::generated::{
    layouts::process::{RSEQ as LAYOUT, RSEQ_CS},
    sets::process as sets,
};
use abi::{Abi, Place};

/// A pointer to `struct rseq` of the size in argument 1.
#[derive(Clone, Copy, Debug)]
pub struct Rseq;

/// The first size that there was (`sizeof(struct rseq)` of Linux 4.18), and the alignment that is asked for.
const FIRST: usize = 32;

/// Up to the end of the member `__reserved`, which lies behind that.
const WHOLE: usize = FIRST + 1;

/// The place of a member.
macro_rules! place {
    ($name:literal) => {
        const { LAYOUT.member($name) }
    };
}

impl Kind for Rseq {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let size = (cx.arg(1) as u32 as usize).min(WHOLE);
        if word == 0 || size < FIRST || !word.is_multiple_of(FIRST as u64) || !cx.options.dereference {
            return cx.address(word);
        }
        match cx.read(word, size) {
            Some(bytes) => record(cx, bytes),
            None => Value::Unreadable(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        let section = Nested { offset: place!("rseq_cs").offset(abi), shape: SECTION.shape(abi) };
        Shape::Records { stride: WHOLE, count: Len::Fixed(1), nested: vec![section] }
    }
}

/// `struct rseq_cs`: a section that is restarted when it is interrupted.
static SECTION: Structure = structure!(RSEQ_CS {
    version: Uint,
    flags: Flags(&sets::RSEQ_CS),
    start_ip: Hex64,
    post_commit_offset: Hex64,
    abort_ip: Hex64,
});

/// The section that the thread is in, and where it stands.
fn section<'a>(cx: &Cx<'a>, address: u64) -> Value<'a> {
    let place = address & cx.abi().word_mask();
    match SECTION.value(cx, place) {
        section @ Value::Struct { .. } => Value::Commented(cx.put(section), cx.format(format_args!("{place:#x}"))),
        _ => Value::Address(address),
    }
}

fn record<'a>(cx: &Cx<'a>, bytes: &'a [u8]) -> Value<'a> {
    let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
    let control = [
        Field::new("request", Value::Unsigned(number(place!("slice_ctrl.request")))),
        Field::new("granted", Value::Unsigned(number(place!("slice_ctrl.granted")))),
        Field::new("__reserved", Value::Hex(number(place!("slice_ctrl.__reserved")))),
    ];
    let fields = [
        Field::new("cpu_id_start", cpu(cx, number(place!("cpu_id_start")))),
        Field::new("cpu_id", cpu(cx, number(place!("cpu_id")))),
        Field::new("rseq_cs", section(cx, number(place!("rseq_cs")))),
        Field::new("flags", Value::Flags { value: number(place!("flags")), set: &sets::RSEQ_CS }),
        Field::new("node_id", Value::Unsigned(number(place!("node_id")))),
        Field::new("mm_cid", Value::Unsigned(number(place!("mm_cid")))),
        Field::new("slice_ctrl", Value::Struct { fields: cx.slice(&control), more: false }),
        Field::new("__reserved", Value::Hex(number(place!("__reserved")))),
    ];
    Value::Struct { fields: cx.slice(&fields), more: false }
}

fn cpu<'a>(cx: &Cx<'a>, number: u64) -> Value<'a> {
    match sets::RSEQ_CPU.name(number) {
        Some(name) => decimal(cx.arena, i64::from(number as i32), name),
        None => Value::Unsigned(number),
    }
}
