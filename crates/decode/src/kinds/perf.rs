//! The attributes of perf_event_open(2): a structure that says its own size, and which grows.

use super::tail::LONGEST;
use super::{Const, Hex32, Hex64, U64, Uint, WideFlags};
use crate::{Cx, Field, Kind, Shape, Value};
use abi::generated::layouts::perf::PERF_EVENT_ATTR as ATTR;
use abi::generated::sets::{perf as sets, time::CLOCK};
use abi::{Abi, Place};
use bumpalo::collections::Vec;

/// An event's attributes.
#[derive(Clone, Copy, Debug)]
pub struct EventAttributes;

const SIZE: Place = ATTR.member("size");

/// The size of the first version (`PERF_ATTR_SIZE_VER0`): none is shorter, and 0 stands for it.
const FIRST: u64 = sets::ATTR_SIZE.of("PERF_ATTR_SIZE_VER0");

/// The first member that an abbreviated structure does not show, and for which nothing is read.
const BRIEF: Place = ATTR.member("wakeup_events");

impl Kind for EventAttributes {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let known = ATTR.size(cx.abi());
        if word == 0 || !cx.options.dereference {
            return cx.address(word);
        }
        let stated = cx.number(word.wrapping_add(SIZE.offset(cx.abi()) as u64), 4);
        let size = stated.map_or(0, |size| if size == 0 { FIRST } else { size });
        let needed = if cx.options.abbreviate { BRIEF.offset(cx.abi()) } else { known };
        let there = size.min(needed as u64) as usize;
        let Some(bytes) = cx.read(word, there).filter(|_| size >= FIRST) else { return cx.address(word) };
        let padded = cx.arena.alloc_slice_fill_default(known);
        padded[..there].copy_from_slice(bytes);
        Event { cx, bytes: padded, size, fields: cx.list() }.decode()
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(LONGEST)
    }
}

/// The attributes of one event while they are decoded.
struct Event<'a, 'c> {
    cx: &'c Cx<'a>,
    bytes: &'a [u8],
    /// How many bytes the structure has, as it says itself.
    size: u64,
    fields: Vec<'a, Field<'a>>,
}

/// Adds a member: its name in the structure, and its kind.
macro_rules! member {
    ($event:ident, $name:ident: $kind:expr) => {
        $event.add($crate::argument_name!($name), const { ATTR.member($crate::argument_name!($name)) }, &$kind)
    };
}

impl<'a> Event<'a, '_> {
    fn decode(mut self) -> Value<'a> {
        let flags = self.flags();
        self.head(flags);
        self.bits(FLAGS, flags);
        let more = if self.cx.options.abbreviate {
            true
        } else {
            self.body(flags);
            self.size > ATTR.size(self.cx.abi()) as u64
        };
        Value::Struct { fields: self.fields.into_bump_slice(), more }
    }

    fn number(&self, place: Place) -> u64 {
        place.get(self.cx.abi(), self.bytes).unwrap_or(0)
    }

    /// The flags: bit-fields, which have no name together and follow `read_format`.
    fn flags(&self) -> u64 {
        const BEFORE: Place = ATTR.member("read_format");
        let start = BEFORE.offset(self.cx.abi()) + BEFORE.size(self.cx.abi());
        self.bytes.get(start..start + 8).map_or(0, |bytes| crate::kind::extend(bytes, false))
    }

    /// Adds a member that this version of the structure has.
    fn add(&mut self, name: &'static str, place: Place, kind: &dyn Kind) {
        if (place.offset(self.cx.abi()) as u64) < self.size {
            self.fields.push(Field::new(name, kind.value(self.cx, self.number(place))));
        }
    }

    fn head(&mut self, flags: u64) {
        member!(self, r#type: Const(&sets::TYPE));
        member!(self, size: Const(&sets::ATTR_SIZE));
        let config = config(self.cx, self.kind_of_event(), self.number(const { ATTR.member("config") }));
        self.fields.push(Field::new("config", config));
        if is_set(flags, "freq") {
            member!(self, sample_freq: U64);
        } else {
            member!(self, sample_period: U64);
        }
        member!(self, sample_type: WideFlags(&sets::SAMPLE));
        member!(self, read_format: WideFlags(&sets::FORMAT));
    }

    fn kind_of_event(&self) -> &'static str {
        sets::TYPE.name(self.number(const { ATTR.member("type") })).unwrap_or("")
    }

    fn body(&mut self, flags: u64) {
        let sampled = self.number(const { ATTR.member("sample_type") });
        if is_set(flags, "watermark") {
            member!(self, wakeup_watermark: Uint);
        } else {
            member!(self, wakeup_events: Uint);
        }
        if self.kind_of_event() == "PERF_TYPE_BREAKPOINT" {
            member!(self, bp_type: BreakpointType);
            member!(self, bp_addr: Hex64);
            member!(self, bp_len: U64);
        } else {
            member!(self, config1: Hex64);
            member!(self, config2: Hex64);
        }
        if sampled & const { sets::SAMPLE.of("PERF_SAMPLE_BRANCH_STACK") } != 0 {
            member!(self, branch_sample_type: WideFlags(&sets::BRANCH));
        }
        member!(self, sample_regs_user: Hex64);
        if sampled & const { sets::SAMPLE.of("PERF_SAMPLE_STACK_USER") } != 0 {
            member!(self, sample_stack_user: Hex32);
        }
        if is_set(flags, "use_clockid") {
            member!(self, clockid: Const(&CLOCK));
        }
        member!(self, sample_regs_intr: Hex64);
        member!(self, aux_watermark: Uint);
        self.longest_stack();
        member!(self, aux_sample_size: Uint);
        let action = const { ATTR.member("aux_action") };
        if (action.offset(self.cx.abi()) as u64) < self.size {
            self.bits(AUX, self.number(action));
        }
        member!(self, sig_data: Hex64);
        member!(self, config3: Hex64);
        member!(self, config4: Hex64);
    }

    /// How deep a stack is followed, with the reserved bytes behind it where they are not zero.
    fn longest_stack(&mut self) {
        let place = const { ATTR.member("sample_max_stack") };
        let reserved = const { ATTR.member("__reserved_2") };
        if place.offset(self.cx.abi()) as u64 >= self.size {
            return;
        }
        let depth = Value::Unsigned(self.number(place));
        let value = match self.number(reserved) {
            0 => depth,
            rest => {
                let start = reserved.offset(self.cx.abi());
                let note = format_args!("bytes {start}..{}: {rest:#x}", start + reserved.size(self.cx.abi()) - 1);
                Value::Commented(self.cx.put(depth), self.cx.format(note))
            }
        };
        self.fields.push(Field::new("sample_max_stack", value));
    }

    /// Adds bit-fields; an abbreviated structure shows those that are not zero.
    fn bits(&mut self, bits: &[Bit], word: u64) {
        for bit in bits {
            let number = word >> bit.first & ((1 << bit.count) - 1);
            let hidden = number == 0 && (self.cx.options.abbreviate || bit.note == Note::Reserved);
            if hidden && bit.note != Note::Precision {
                continue;
            }
            let value = match bit.note {
                Note::None => Value::Unsigned(number),
                Note::Precision => Value::Commented(self.cx.put(Value::Unsigned(number)), PRECISION[number as usize]),
                Note::Reserved => Value::Commented(self.cx.put(Value::Hex(number)), bit.place),
            };
            self.fields.push(Field::new(bit.name, value));
        }
    }
}

/// A bit-field.
struct Bit {
    name: &'static str,
    /// Its lowest bit.
    first: u32,
    /// How many bits it has, less than 64.
    count: u32,
    note: Note,
    /// Where it lies, for one that is reserved.
    place: &'static str,
}

/// What is said about a bit-field in passing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Note {
    None,
    /// What the number means for the precision of addresses.
    Precision,
    /// It should be zero; only if it is not it is shown, with its place.
    Reserved,
}

/// How far an address may be off (`precise_ip`, perf_event_open(2)).
const PRECISION: [&str; 4] = ["arbitrary skid", "constant skid", "requested to have 0 skid", "must have 0 skid"];

const fn bit(name: &'static str, first: u32) -> Bit {
    Bit { name, first, count: 1, note: Note::None, place: "" }
}

/// The flags of an event (perf_event_open(2)), as far as they are shown by name.
const FLAGS: &[Bit] = &[
    bit("disabled", 0),
    bit("inherit", 1),
    bit("pinned", 2),
    bit("exclusive", 3),
    bit("exclude_user", 4),
    bit("exclude_kernel", 5),
    bit("exclude_hv", 6),
    bit("exclude_idle", 7),
    bit("mmap", 8),
    bit("comm", 9),
    bit("freq", 10),
    bit("inherit_stat", 11),
    bit("enable_on_exec", 12),
    bit("task", 13),
    bit("watermark", 14),
    Bit { name: "precise_ip", first: 15, count: 2, note: Note::Precision, place: "" },
    bit("mmap_data", 17),
    bit("sample_id_all", 18),
    bit("exclude_host", 19),
    bit("exclude_guest", 20),
    bit("exclude_callchain_kernel", 21),
    bit("exclude_callchain_user", 22),
    bit("mmap2", 23),
    bit("comm_exec", 24),
    bit("use_clockid", 25),
    bit("context_switch", 26),
    bit("write_backward", 27),
    bit("namespaces", 28),
    bit("ksymbol", 29),
    bit("bpf_event", 30),
    bit("aux_output", 31),
    bit("cgroup", 32),
    bit("text_poke", 33),
    bit("build_id", 34),
    bit("inherit_thread", 35),
    bit("remove_on_exec", 36),
    bit("sigtrap", 37),
    Bit { name: "__reserved_1", first: 38, count: 26, note: Note::Reserved, place: "Bits 63..38" },
];

/// What an event does to the tracing of another (`aux_action`, `linux/perf_event.h`).
const AUX: &[Bit] = &[
    bit("aux_start_paused", 0),
    bit("aux_pause", 1),
    bit("aux_resume", 2),
    Bit { name: "__reserved_3", first: 3, count: 29, note: Note::Reserved, place: "Bits 931..959" },
];

fn is_set(flags: u64, name: &str) -> bool {
    FLAGS.iter().any(|bit| bit.name == name && flags >> bit.first & 1 != 0)
}

/// What is counted, by the type of event.
fn config<'a>(cx: &Cx<'a>, kind: &str, config: u64) -> Value<'a> {
    match kind {
        "PERF_TYPE_HARDWARE" => {
            let event = Value::Const { value: config & 0xffff_ffff, set: &sets::HARDWARE };
            in_unit(cx, config, &[event])
        }
        "PERF_TYPE_SOFTWARE" => Value::Const { value: config, set: &sets::SOFTWARE },
        "PERF_TYPE_TRACEPOINT" => Value::Unsigned(config),
        "PERF_TYPE_HW_CACHE" => {
            let part = |shift: u32, set| Value::Const { value: config >> shift & 0xff, set };
            let rest = match config >> 24 & 0xff {
                0 => Value::Omitted,
                rest => Value::Shifted(cx.put(Value::Hex(rest)), "24"),
            };
            let result = Value::Shifted(cx.put(part(16, &sets::CACHE_RESULT)), "16");
            let operation = Value::Shifted(cx.put(part(8, &sets::CACHE_OPERATION)), "8");
            in_unit(cx, config, &[rest, result, operation, part(0, &sets::CACHE)])
        }
        _ => Value::Hex(config),
    }
}

/// The parts of an event's number, with the type of the unit that counts in its upper half.
fn in_unit<'a>(cx: &Cx<'a>, config: u64, parts: &[Value<'a>]) -> Value<'a> {
    let mut all = cx.list();
    if config >> 32 != 0 {
        all.push(Value::Shifted(cx.put(Value::Hex(config >> 32)), "32"));
    }
    all.extend(parts.iter().copied().filter(|part| !matches!(part, Value::Omitted)));
    Value::Joined { value: config, parts: all.into_bump_slice() }
}

/// On which accesses a breakpoint stops.
struct BreakpointType;

/// The accesses that exclude each other: reading or writing, and executing (`HW_BREAKPOINT_INVALID`).
const INVALID: u64 = sets::BREAKPOINT_INVALID.of("HW_BREAKPOINT_INVALID");

impl Kind for BreakpointType {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word <= INVALID && sets::BREAKPOINT.name(word).is_none() {
            return Value::Commented(cx.put(Value::Hex(word)), "HW_BREAKPOINT_INVALID");
        }
        Value::Const { value: word, set: &sets::BREAKPOINT }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
