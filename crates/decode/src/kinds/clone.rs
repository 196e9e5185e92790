//! Arguments of clone(2) and clone3(2). Which there are depends on the flags; text shows each with its name.

use super::named::decimal;
use super::{Address, Array, Int, segment::Segment, tail::tail};
use crate::{Cx, Dir, Field, Kind, Len, Shape, Value, signal_name};
use abi::generated::{layouts::process::CLONE_ARGS as LAYOUT, sets::process as sets};
use abi::{Abi, Place, Set};

/// The bits of the flags that are the signal sent at the end (`CSIGNAL`, clone(2)).
const SIGNAL: u64 = 0xff;

/// Whether any of these flags is set.
fn has(flags: u64, set: &'static Set, names: &[&str]) -> bool {
    names.iter().any(|name| set.value(name).is_some_and(|bit| flags & bit != 0))
}

/// Whether clone(2) stores the child's id, or a descriptor of it, in the parent.
pub fn has_parent_tid(cx: &Cx<'_>) -> bool {
    has(cx.arg(0), &sets::CLONE, &["CLONE_PARENT_SETTID", "CLONE_PIDFD"])
}

/// Whether clone(2) gives the child other thread-local storage.
pub fn has_tls(cx: &Cx<'_>) -> bool {
    has(cx.arg(0), &sets::CLONE, &["CLONE_SETTLS"])
}

/// Whether clone(2) stores or clears the child's id in the child.
pub fn has_child_tid(cx: &Cx<'_>) -> bool {
    has(cx.arg(0), &sets::CLONE, &["CLONE_CHILD_SETTID", "CLONE_CHILD_CLEARTID"])
}

/// Makes a kind for an argument of clone(2) that is shown in another place than it is passed in.
macro_rules! argument {
    ($(#[$doc:meta])* $name:ident, $label:literal, $decode:expr, $shape:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl Kind for $name {
            fn value<'a>(&self, cx: &Cx<'a>, _word: u64) -> Value<'a> {
                let decode: fn(&Cx<'a>) -> Value<'a> = $decode;
                Value::Labelled($label, cx.put(decode(cx)))
            }

            fn size(&self, abi: Abi) -> usize {
                abi.pointer_size()
            }

            fn shape(&self, abi: Abi) -> Shape {
                let shape: fn(Abi) -> Shape = $shape;
                shape(abi)
            }
        }
    };
}

argument!(
    /// Where the child's stack ends.
    Stack, "child_stack", |cx| Value::Address(cx.arg(1)), |_| Shape::Nothing);
argument!(
    /// The flags and the signal at the end.
    CloneFlags, "flags", |cx| flags(cx, cx.arg(0)), |_| Shape::Nothing);
argument!(
    /// Where the parent finds the child's id: known at the exit.
    ParentTid, "parent_tid", parent_tid, |_| Shape::flat(4));
argument!(
    /// The child's thread-local storage: an address, on i386 a segment.
    Tls, "tls", tls, tls_shape);
argument!(
    /// Where the child's id is stored or cleared.
    ChildTid, "child_tidptr", |cx| Value::Address(cx.arg(if cx.abi() == Abi::I386 { 4 } else { 3 })), |_| Shape::Nothing);

fn flags<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    let signal = word & SIGNAL;
    let parts = [Value::Flags { value: word & !SIGNAL, set: &sets::CLONE }, at_end(cx, signal)];
    Value::Joined { value: word, parts: cx.slice(&parts) }
}

fn at_end<'a>(cx: &Cx<'a>, signal: u64) -> Value<'a> {
    match u32::try_from(signal).ok().and_then(signal_name) {
        Some(name) => decimal(cx.arena, signal as i64, cx.arena.alloc_str(&name)),
        None => Value::Unsigned(signal),
    }
}

fn parent_tid<'a>(cx: &Cx<'a>) -> Value<'a> {
    if cx.failed() { cx.address(cx.arg(2)) } else { stored(cx, cx.arg(2)) }
}

/// The id that the kernel has stored.
fn stored<'a>(cx: &Cx<'a>, address: u64) -> Value<'a> {
    super::Ref(&super::Pid).value(cx, address)
}

fn tls<'a>(cx: &Cx<'a>) -> Value<'a> {
    match cx.abi() {
        Abi::I386 if cx.failed() => cx.address(cx.arg(3)),
        Abi::I386 => Segment.value(cx, cx.arg(3)),
        Abi::X86_64 | Abi::X32 => Value::Address(cx.arg(4)),
    }
}

fn tls_shape(abi: Abi) -> Shape {
    if abi == Abi::I386 { Segment.shape(abi) } else { Shape::Nothing }
}

/// `struct clone_args` (clone3(2)): what is there at the entry.
#[derive(Clone, Copy, Debug)]
pub struct CloneArgs;

/// The smallest size that the kernel takes (`CLONE_ARGS_SIZE_VER0`, `linux/sched.h`), and the largest.
const SMALLEST: u64 = 64;
const LARGEST: u64 = 4096;

/// The place of a member.
macro_rules! place {
    ($name:literal) => {
        const { LAYOUT.member($name) }
    };
}

/// The members with which one flag says whether they are shown.
struct Reader<'c, 'a> {
    cx: &'c Cx<'a>,
    bytes: &'a [u8],
}

impl Reader<'_, '_> {
    fn number(&self, place: Place) -> u64 {
        place.get(self.cx.abi(), self.bytes).unwrap_or(0)
    }

    fn has(&self, names: &[&str]) -> bool {
        has(self.number(place!("flags")), &sets::CLONE3, names)
    }

    /// Whether the caller's structure reaches to the end of this member.
    fn reaches(&self, place: Place) -> bool {
        let abi = self.cx.abi();
        self.bytes.len() >= place.offset(abi) + place.size(abi)
    }
}

impl CloneArgs {
    /// The bytes of the structure that are known here, where it can be read and has a size that the kernel takes.
    fn bytes<'a>(cx: &Cx<'a>, address: u64) -> Option<&'a [u8]> {
        let size = cx.arg(1) & cx.abi().word_mask();
        if address == 0 || size < SMALLEST || !cx.options.dereference {
            return None;
        }
        cx.read(address, size.min(LAYOUT.size(cx.abi()) as u64) as usize)
    }

    fn before<'a>(cx: &Cx<'a>, address: u64, bytes: &'a [u8]) -> Value<'a> {
        let reader = Reader { cx, bytes };
        let address_of = |place| Value::Address(reader.number(place));
        let mut fields = cx.list();
        let flags = reader.number(place!("flags"));
        fields.push(Field::new("flags", Value::Flags { value: flags, set: &sets::CLONE3 }));
        if reader.has(&["CLONE_PIDFD"]) {
            fields.push(Field::new("pidfd", address_of(place!("pidfd"))));
        }
        if reader.has(&["CLONE_CHILD_SETTID", "CLONE_CHILD_CLEARTID"]) {
            fields.push(Field::new("child_tid", address_of(place!("child_tid"))));
        }
        if reader.has(&["CLONE_PARENT_SETTID"]) {
            fields.push(Field::new("parent_tid", address_of(place!("parent_tid"))));
        }
        fields.push(Field::new("exit_signal", at_end(cx, reader.number(place!("exit_signal")))));
        fields.push(Field::new("stack", address_of(place!("stack"))));
        fields.push(Field::new("stack_size", Value::Hex(reader.number(place!("stack_size")))));
        if reader.has(&["CLONE_SETTLS"]) {
            fields.push(Field::new("tls", address_of(place!("tls"))));
        }
        let (list, count) = (reader.number(place!("set_tid")), reader.number(place!("set_tid_size")));
        if list != 0 || count != 0 {
            fields.push(Field::new("set_tid", thread_ids(cx, list, count)));
            fields.push(Field::new("set_tid_size", Value::Unsigned(count)));
        }
        let cgroup = reader.number(place!("cgroup"));
        if reader.reaches(place!("cgroup")) && (cgroup != 0 || reader.has(&["CLONE_INTO_CGROUP"])) {
            let cgroup = i32::try_from(cgroup).map_or(Value::Unsigned(cgroup), |fd| cx.descriptor(fd));
            fields.push(Field::new("cgroup", cgroup));
        }
        fields.extend(beyond(cx, address));
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    /// What the kernel has stored, where it was asked to.
    fn after<'a>(cx: &Cx<'a>, address: u64, bytes: &'a [u8]) -> Option<Value<'a>> {
        let reader = Reader { cx, bytes };
        let mut fields = cx.list();
        if reader.has(&["CLONE_PIDFD"]) {
            fields.push(Field::new("pidfd", descriptor(cx, reader.number(place!("pidfd")))));
        }
        if reader.has(&["CLONE_PARENT_SETTID"]) {
            fields.push(Field::new("parent_tid", stored(cx, reader.number(place!("parent_tid")))));
        }
        fields.extend(beyond(cx, address));
        (!fields.is_empty()).then(|| Value::Struct { fields: fields.into_bump_slice(), more: false })
    }
}

/// More ids than namespaces can be nested are refused (`MAX_PID_NS_LEVEL`, clone3(2)).
const MOST_IDS: u64 = 32;

fn thread_ids<'a>(cx: &Cx<'a>, list: u64, count: u64) -> Value<'a> {
    if count == 0 || count > MOST_IDS { Address.value(cx, list) } else { Array::at(cx, &Int, list, count) }
}

fn descriptor<'a>(cx: &Cx<'a>, address: u64) -> Value<'a> {
    match cx.number(address, 4) {
        Some(fd) => Value::Pointee(cx.put(cx.descriptor(fd as i32))),
        None => cx.address(address),
    }
}

/// What lies behind the known members.
fn beyond<'a>(cx: &Cx<'a>, address: u64) -> Option<Field<'a>> {
    let known = LAYOUT.size(cx.abi()) as u64;
    tail(cx, address, known, (cx.arg(1) & cx.abi().word_mask()).min(LARGEST))
}

impl Kind for CloneArgs {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let Some(bytes) = Self::bytes(cx, word) else { return cx.address(word) };
        let before = Self::before(cx, word, bytes);
        match Self::after(cx, word, bytes) {
            Some(after) if !cx.failed() && !cx.entering() => Value::Changed(cx.put(before), cx.put(after)),
            _ => before,
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn shape(&self, abi: Abi) -> Shape {
        let nested = |place: Place, shape| crate::Nested { offset: place.offset(abi), shape };
        Shape::Records {
            stride: LARGEST as usize,
            count: Len::Fixed(1),
            nested: vec![
                nested(place!("pidfd"), Shape::flat(4)),
                nested(place!("parent_tid"), Shape::flat(4)),
                nested(place!("set_tid"), Shape::flat(4 * MOST_IDS as usize)),
            ],
        }
    }
}
