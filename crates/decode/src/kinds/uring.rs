//! Arguments of io_uring's calls.

use super::cpus::CpuSet;
use super::iovec::VECTOR;
use super::spare::Spare;
use super::{Array, Const, Data, Fd, Flags, Given, Hex, Hex32, IoVec, Ref, SigSet, Size, Structure, TIMESPEC64, Uint};
use crate::{Case, Cx, Dir, Field, Kind, Len, Nested, Role, Shape, Value, structure};
use abi::generated::layouts::asynchronous as layouts;
use abi::generated::sets::asynchronous as sets;
use abi::{Abi, Place};

/// `struct io_uring_params`, on the way into the kernel and out of it.
pub struct Parameters;

/// Makes the structure of parameters, with more behind what the caller fills in.
macro_rules! parameters {
    ($($more:tt)*) => {
        structure!(layouts::IO_URING_PARAMS {
            flags: Flags(&sets::IORING_SETUP),
            sq_thread_cpu: Hex32,
            sq_thread_idle: Uint,
            [ATTACHES] wq_fd: Fd,
            resv: Spare(4),
            $($more)*
        })
    };
}

/// Whether the ring takes over the workers of another.
const ATTACHES: Given = Given {
    place: layouts::IO_URING_PARAMS.member("flags"),
    test: |flags| flags & const { sets::IORING_SETUP.of("IORING_SETUP_ATTACH_WQ") } != 0,
};

static WISHES: Structure = parameters!();

static RESULT: Structure = parameters!(
    sq_entries: Uint,
    cq_entries: Uint,
    features: Flags(&sets::IORING_FEAT),
    sq_off: SUBMISSION,
    cq_off: COMPLETION,
);

static SUBMISSION: Structure = structure!(layouts::IO_SQRING_OFFSETS {
    head: Uint,
    tail: Uint,
    ring_mask: Uint,
    ring_entries: Uint,
    flags: Uint,
    dropped: Uint,
    array: Uint,
    resv1: Spare(4),
    user_addr: Hex,
});

static COMPLETION: Structure = structure!(layouts::IO_CQRING_OFFSETS {
    head: Uint,
    tail: Uint,
    ring_mask: Uint,
    ring_entries: Uint,
    overflow: Uint,
    cqes: Uint,
    flags: Uint,
    resv1: Spare(4),
    user_addr: Hex,
});

impl Kind for Parameters {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.failed() { WISHES.value(cx, word) } else { RESULT.value(cx, word) }
    }

    fn size(&self, abi: Abi) -> usize {
        RESULT.size(abi)
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn shape(&self, abi: Abi) -> Shape {
        RESULT.shape(abi)
    }
}

/// What io_uring_enter(2) waits by: a set of signals, or a structure that has one. Argument 3 has the flags, 5 the size.
pub struct WaitArgument;

const EXTENDED: u64 = sets::IORING_ENTER.of("IORING_ENTER_EXT_ARG");
const REGISTERED: u64 = sets::IORING_ENTER.of("IORING_ENTER_EXT_ARG_REG");

const MASK: Place = layouts::IO_URING_GETEVENTS_ARG.member("sigmask");
const MASK_SIZE: Place = layouts::IO_URING_GETEVENTS_ARG.member("sigmask_sz");
const MIN_WAIT: Place = layouts::IO_URING_GETEVENTS_ARG.member("min_wait_usec");
const TIME: Place = layouts::IO_URING_GETEVENTS_ARG.member("ts");

impl Kind for WaitArgument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let (flags, size) = (cx.arg(3), Len::Arg(5).of(cx, &[]).unwrap_or(0));
        let known = layouts::IO_URING_GETEVENTS_ARG.size(cx.abi());
        if flags & (EXTENDED | REGISTERED) == REGISTERED {
            // An offset into memory that the ring has registered.
            return Value::Unsigned(word);
        }
        if flags & (EXTENDED | REGISTERED) != EXTENDED {
            return SigSet::at(cx, word, size);
        }
        let wanted = word != 0 && cx.options.dereference;
        let Some(bytes) = wanted.then(|| cx.read(word, known)).flatten() else { return cx.address(word) };
        let get = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let fields = [
            Field::new("sigmask", SigSet::at(cx, get(MASK), get(MASK_SIZE))),
            Field::new("sigmask_sz", Value::Unsigned(get(MASK_SIZE))),
            Field::new("min_wait_usec", Value::Unsigned(get(MIN_WAIT))),
            Field::new("ts", TIMESPEC64.value(cx, get(TIME))),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn name(&self, cx: &Cx<'_>) -> Option<&'static str> {
        is_extended(cx).then_some("arg")
    }

    fn shape(&self, abi: Abi) -> Shape {
        let mask = Nested { offset: MASK.offset(abi), shape: Shape::flat(8) };
        let time = Nested { offset: TIME.offset(abi), shape: TIMESPEC64.shape(abi) };
        let stride = layouts::IO_URING_GETEVENTS_ARG.size(abi);
        Shape::Records { stride, count: Len::Fixed(1), nested: vec![mask, time] }
    }
}

/// Whether io_uring_enter(2) takes more than a set of signals.
fn is_extended(cx: &Cx<'_>) -> bool {
    cx.arg(3) & (EXTENDED | REGISTERED) != 0
}

/// How long it is.
#[derive(Clone, Copy, Debug)]
pub struct WaitSize;

impl Kind for WaitSize {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Size.value(cx, word)
    }

    fn size(&self, abi: Abi) -> usize {
        Size.size(abi)
    }

    fn name(&self, cx: &Cx<'_>) -> Option<&'static str> {
        is_extended(cx).then_some("argsz")
    }
}

/// The operation of io_uring_register(2): a number, and whether the ring is itself given by number.
pub static REGISTER: super::Joined = super::Joined(&[
    super::Choice { mask: !RING_BY_NUMBER, set: &sets::IORING_REGISTER },
    super::Choice { mask: RING_BY_NUMBER, set: &sets::IORING_REGISTER_RING },
]);

const RING_BY_NUMBER: u64 = sets::IORING_REGISTER_RING.of("IORING_REGISTER_USE_REGISTERED_RING");

/// The ring: a descriptor, or the number under which it is registered.
pub struct Ring;

impl Kind for Ring {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.arg(1) & RING_BY_NUMBER == 0 { Fd.value(cx, word) } else { Value::Unsigned(u64::from(word as u32)) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Descriptor
    }

    fn role(&self) -> Role {
        Role::Descriptor
    }
}

/// What an operation of io_uring_register(2) takes.
struct Operation {
    name: &'static str,
    direction: Dir,
    kind: &'static dyn Kind,
}

/// Makes an [`Operation`].
macro_rules! operation {
    ($name:ident $direction:tt $kind:expr) => {
        Operation { name: stringify!($name), direction: $crate::direction!($direction), kind: &$kind }
    };
}

static OPERATIONS: &[Operation] = &[
    operation!(IORING_REGISTER_BUFFERS in IoVec { count: COUNT, data: Data::None }),
    operation!(IORING_REGISTER_FILES in Array { element: &Fd, count: COUNT }),
    operation!(IORING_REGISTER_EVENTFD in Ref(&Fd)),
    operation!(IORING_REGISTER_EVENTFD_ASYNC in Ref(&Fd)),
    operation!(IORING_REGISTER_FILES_UPDATE in FilesUpdate),
    operation!(IORING_REGISTER_RESTRICTIONS in Array { element: &RESTRICTION, count: COUNT }),
    operation!(IORING_REGISTER_FILES2 in OfCount(&Resources(&Fd))),
    operation!(IORING_REGISTER_BUFFERS2 in OfCount(&Resources(&VECTOR))),
    operation!(IORING_REGISTER_FILES_UPDATE2 in OfCount(&ResourcesUpdate(&SkippableFd))),
    operation!(IORING_REGISTER_BUFFERS_UPDATE in OfCount(&ResourcesUpdate(&VECTOR))),
    operation!(IORING_REGISTER_IOWQ_AFF in CpuSet { length: COUNT }),
    operation!(IORING_REGISTER_RING_FDS in Array { element: &RING_FD, count: COUNT }),
    operation!(IORING_UNREGISTER_RING_FDS in Array { element: &RING_NUMBER, count: COUNT }),
    operation!(IORING_REGISTER_PBUF_RING in One(&BUFFER_RING)),
    operation!(IORING_UNREGISTER_PBUF_RING in One(&BUFFER_RING)),
    operation!(IORING_REGISTER_SYNC_CANCEL in One(&CANCEL)),
];

/// The number of things is the last argument.
const COUNT: Len = Len::Uint(3);

/// The operation of the call.
fn operation(cx: &Cx<'_>) -> Option<&'static Operation> {
    let name = sets::IORING_REGISTER.name(u64::from(cx.arg(1) as u32) & !RING_BY_NUMBER)?;
    OPERATIONS.iter().find(|operation| operation.name == name)
}

/// What the third argument of io_uring_register(2) points to.
pub struct RegisterArgument;

impl Kind for RegisterArgument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        operation(cx).map_or_else(|| cx.address(word), |operation| operation.kind.value(cx, word))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        operation(cx).map_or(stated, |operation| operation.direction)
    }

    fn shape(&self, abi: Abi) -> Shape {
        let case = |operation: &Operation| {
            let number = sets::IORING_REGISTER.value(operation.name)?;
            let values = vec![number, number | RING_BY_NUMBER];
            Some(Case { values, direction: operation.direction, shape: operation.kind.shape(abi) })
        };
        Shape::Switch { arg: 1, cases: OPERATIONS.iter().filter_map(case).collect() }
    }
}

/// A structure of which there must be exactly one.
struct One(&'static Structure);

impl Kind for One {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if COUNT.of(cx, &[]) == Some(1) { self.0.value(cx, word) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        self.0.shape(abi)
    }
}

/// A structure whose size must be what the last argument says.
struct OfCount(&'static dyn Kind);

impl Kind for OfCount {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let is_of_size = COUNT.of(cx, &[]) == Some(self.0.size(cx.abi()) as u64);
        if is_of_size { self.0.value(cx, word) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        self.0.shape(abi)
    }
}

/// A descriptor, or the order to leave the one that is there.
struct SkippableFd;

impl Kind for SkippableFd {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match sets::IORING_SKIP.name(u64::from(word as u32)) {
            Some(name) => super::descriptor::named(cx, word as i32, name),
            None => Fd.value(cx, word),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }

    fn signed(&self) -> bool {
        true
    }
}

/// `struct io_uring_files_update`: as many descriptors as the last argument says.
struct FilesUpdate;

impl FilesUpdate {
    const OFFSET: Place = layouts::IO_URING_FILES_UPDATE.member("offset");
    const SPARE: Place = layouts::IO_URING_FILES_UPDATE.member("resv");
    const FDS: Place = layouts::IO_URING_FILES_UPDATE.member("fds");
}

impl Kind for FilesUpdate {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let get = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let mut fields = cx.list();
        fields.push(Field::new("offset", Value::Unsigned(get(Self::OFFSET))));
        if get(Self::SPARE) != 0 {
            fields.push(Field::new("resv", Value::Hex(get(Self::SPARE))));
        }
        let count = COUNT.of(cx, &[]).unwrap_or(0);
        fields.push(Field::new("fds", Array::at(cx, &SkippableFd, get(Self::FDS), count)));
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        layouts::IO_URING_FILES_UPDATE.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        let fds = Shape::Records { stride: 4, count: COUNT, nested: Vec::new() };
        let nested = vec![Nested { offset: Self::FDS.offset(abi), shape: fds }];
        Shape::Records { stride: self.size(abi), count: Len::Fixed(1), nested }
    }
}

/// `struct io_uring_rsrc_register`: what is registered, and a tag for each.
struct Resources(&'static dyn Kind);

impl Resources {
    const COUNT: Place = layouts::IO_URING_RSRC_REGISTER.member("nr");
    const FLAGS: Place = layouts::IO_URING_RSRC_REGISTER.member("flags");
    const SPARE: Place = layouts::IO_URING_RSRC_REGISTER.member("resv2");
    const DATA: Place = layouts::IO_URING_RSRC_REGISTER.member("data");
    const TAGS: Place = layouts::IO_URING_RSRC_REGISTER.member("tags");
}

/// The plan for the data and the tags of a record that says how many there are.
fn data_and_tags(element: &dyn Kind, abi: Abi, count: Place, data: Place, tags: Place) -> Vec<Nested> {
    let count = Len::Field { offset: count.of(abi).offset, size: count.of(abi).size as u8 };
    let list = |stride| Shape::Records { stride, count, nested: Vec::new() };
    vec![
        Nested { offset: data.offset(abi), shape: list(element.size(abi)) },
        Nested { offset: tags.offset(abi), shape: list(8) },
    ]
}

impl Kind for Resources {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let get = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let count = get(Self::COUNT);
        let mut fields = cx.list();
        fields.push(Field::new("nr", Value::Unsigned(count)));
        fields.push(Field::new("flags", Value::Flags { value: get(Self::FLAGS), set: &sets::IORING_RSRC }));
        if get(Self::SPARE) != 0 {
            fields.push(Field::new("resv2", Value::Hex(get(Self::SPARE))));
        }
        fields.push(Field::new("data", Array::at(cx, self.0, get(Self::DATA), count)));
        fields.push(Field::new("tags", Array::at(cx, &super::Hex64, get(Self::TAGS), count)));
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        layouts::IO_URING_RSRC_REGISTER.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        let nested = data_and_tags(self.0, abi, Self::COUNT, Self::DATA, Self::TAGS);
        Shape::Records { stride: self.size(abi), count: Len::Fixed(1), nested }
    }
}

/// `struct io_uring_rsrc_update2`: what is replaced, and a tag for each.
struct ResourcesUpdate(&'static dyn Kind);

impl ResourcesUpdate {
    const OFFSET: Place = layouts::IO_URING_RSRC_UPDATE2.member("offset");
    const SPARE: Place = layouts::IO_URING_RSRC_UPDATE2.member("resv");
    const DATA: Place = layouts::IO_URING_RSRC_UPDATE2.member("data");
    const TAGS: Place = layouts::IO_URING_RSRC_UPDATE2.member("tags");
    const COUNT: Place = layouts::IO_URING_RSRC_UPDATE2.member("nr");
    const SPARE2: Place = layouts::IO_URING_RSRC_UPDATE2.member("resv2");
}

impl Kind for ResourcesUpdate {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let get = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let count = get(Self::COUNT);
        let mut fields = cx.list();
        fields.push(Field::new("offset", Value::Unsigned(get(Self::OFFSET))));
        if get(Self::SPARE) != 0 {
            fields.push(Field::new("resv", Value::Hex(get(Self::SPARE))));
        }
        fields.push(Field::new("data", Array::at(cx, self.0, get(Self::DATA), count)));
        fields.push(Field::new("tags", Array::at(cx, &super::Hex64, get(Self::TAGS), count)));
        fields.push(Field::new("nr", Value::Unsigned(count)));
        if get(Self::SPARE2) != 0 {
            fields.push(Field::new("resv2", Value::Hex(get(Self::SPARE2))));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        layouts::IO_URING_RSRC_UPDATE2.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        let nested = data_and_tags(self.0, abi, Self::COUNT, Self::DATA, Self::TAGS);
        Shape::Records { stride: self.size(abi), count: Len::Fixed(1), nested }
    }
}

/// A ring to be registered: its descriptor.
static RING_FD: Structure = structure!(layouts::IO_URING_RSRC_UPDATE { offset: Uint, resv: Spare(4), data: Fd });

/// A registered ring: what identifies it is its offset.
static RING_NUMBER: Structure = structure!(layouts::IO_URING_RSRC_UPDATE { offset: Uint, resv: Spare(4), data: Hex });

static BUFFER_RING: Structure = structure!(layouts::IO_URING_BUF_REG {
    ring_addr: Hex,
    ring_entries: Uint,
    bgid: Uint,
    flags: Hex32,
    min_left: Uint,
    resv: Spare(4),
});

static CANCEL: Structure = structure!(layouts::IO_URING_SYNC_CANCEL_REG {
    addr: Hex,
    fd: Fd,
    flags: Flags(&sets::IORING_CANCEL),
    timeout: TIMESPEC64,
    opcode: Const(&sets::IORING_OP),
    pad: Spare(1),
    pad2: Spare(8),
});

/// Makes a condition on what a restriction restricts.
macro_rules! restricts {
    ($($name:literal)|+) => {
        Given {
            place: const { layouts::IO_URING_RESTRICTION.member("opcode") },
            test: |opcode| matches!(sets::IORING_RESTRICTION.name(opcode), $(Some($name))|+),
        }
    };
}

/// What is restricted.
struct Restricted;

impl Kind for Restricted {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let what = Const(&sets::IORING_RESTRICTION).load(cx, bytes, address);
        // The byte behind it has a meaning for what is known only.
        let operand = cx.number(address.wrapping_add(bytes.len() as u64), 1);
        match (what, operand) {
            (Value::Const { value, set }, Some(operand)) if set.name(value).is_none() => {
                let operand = if operand == 0 { "op: 0" } else { cx.format(format_args!("op: {operand:#x}")) };
                Value::Commented(cx.put(what), operand)
            }
            _ => what,
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        2
    }
}

static RESTRICTION: Structure = structure!(layouts::IO_URING_RESTRICTION {
    opcode: Restricted,
    [restricts!("IORING_RESTRICTION_REGISTER_OP")] register_op: Const(&sets::IORING_REGISTER),
    [restricts!("IORING_RESTRICTION_SQE_OP")] sqe_op: Const(&sets::IORING_OP),
    [restricts!("IORING_RESTRICTION_SQE_FLAGS_ALLOWED" | "IORING_RESTRICTION_SQE_FLAGS_REQUIRED")]
    sqe_flags: Flags(&sets::IOSQE),
    resv: Spare(1),
    resv2: Spare(4),
});
