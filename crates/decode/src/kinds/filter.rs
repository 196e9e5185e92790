//! Programs of the classic packet filter, which seccomp(2) and sockets take (`linux/filter.h`).

use super::{Array, U16};
use crate::{Cx, Field, Kind, Len, Nested, Shape, Value};
use abi::generated::layouts::process::{SOCK_FILTER, SOCK_FPROG};
use abi::generated::sets::process as sets;
use abi::{Abi, Place, Set};

/// `struct sock_fprog`: a length and a program.
pub struct Program {
    /// How the results of the program are shown.
    pub results: &'static dyn Kind,
}

impl Kind for Program {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let abi = cx.abi();
        let length = const { SOCK_FPROG.member("len") }.get(abi, bytes).unwrap_or(0);
        let program = const { SOCK_FPROG.member("filter") }.get(abi, bytes).unwrap_or(0);
        let shown = if cx.options.abbreviate {
            Value::Address(program)
        } else {
            Array::at(cx, &Instruction { results: self.results }, program, length)
        };
        let fields = [Field::new("len", U16.load(cx, &bytes[..2], address)), Field::new("filter", shown)];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        SOCK_FPROG.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        let len = const { SOCK_FPROG.member("len") };
        let count = Len::Field { offset: len.offset(abi) as u16, size: len.size(abi) as u8 };
        let program = Shape::Records { stride: SOCK_FILTER.size(abi), count, nested: Vec::new() };
        let offset = const { SOCK_FPROG.member("filter") }.offset(abi);
        Shape::Records { stride: self.size(abi), count: Len::Fixed(1), nested: vec![Nested { offset, shape: program }] }
    }
}

/// `struct sock_filter`, as the macros make it: `BPF_STMT(BPF_RET|BPF_K, 0)`.
pub(crate) struct Instruction {
    /// How the results of the program are shown.
    pub(crate) results: &'static dyn Kind,
}

impl Kind for Instruction {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let code = number(const { SOCK_FILTER.member("code") });
        let constant = number(const { SOCK_FILTER.member("k") });
        let (then, otherwise) =
            (number(const { SOCK_FILTER.member("jt") }), number(const { SOCK_FILTER.member("jf") }));
        let constant = match sets::BPF_CLASS.name(code & CLASS) {
            Some("BPF_RET") => self.results.value(cx, constant),
            _ => Value::Hex(constant),
        };
        let mut items = cx.list();
        items.extend([operation(cx, code), constant]);
        if then == 0 && otherwise == 0 {
            return Value::Call { name: "BPF_STMT", items: items.into_bump_slice(), main: None };
        }
        items.extend([Value::Hex(then), Value::Hex(otherwise)]);
        Value::Call { name: "BPF_JUMP", items: items.into_bump_slice(), main: None }
    }

    fn size(&self, abi: Abi) -> usize {
        SOCK_FILTER.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}

/// The bits of an operation's class (`BPF_CLASS`, `linux/bpf_common.h`).
const CLASS: u64 = 0x07;

/// The parts of an operation above its class: mask and names.
fn parts(class: &str) -> &'static [(u64, &'static Set)] {
    const LOAD: &[(u64, &Set)] = &[(0x18, &sets::BPF_SIZE), (0xe0, &sets::BPF_LOAD)];
    const CALCULATE: &[(u64, &Set)] = &[(0x08, &sets::BPF_SOURCE), (0xf0, &sets::BPF_ALU_OP)];
    const JUMP: &[(u64, &Set)] = &[(0x08, &sets::BPF_SOURCE), (0xf0, &sets::BPF_JMP_OP)];
    const RETURN: &[(u64, &Set)] = &[(0x18, &sets::BPF_RESULT)];
    const OTHER: &[(u64, &Set)] = &[(0xf8, &sets::BPF_MISC_OP)];
    match class {
        "BPF_LD" | "BPF_LDX" => LOAD,
        "BPF_ALU" => CALCULATE,
        "BPF_JMP" => JUMP,
        "BPF_RET" => RETURN,
        "BPF_MISC" => OTHER,
        _ => &[],
    }
}

fn operation<'a>(cx: &Cx<'a>, code: u64) -> Value<'a> {
    let mut rest = code & !CLASS;
    let mut all = cx.list();
    all.push(Value::Const { value: code & CLASS, set: &sets::BPF_CLASS });
    let parts = parts(sets::BPF_CLASS.name(code & CLASS).unwrap_or(""));
    for (mask, set) in parts {
        all.push(Value::Const { value: code & mask, set });
        rest &= !mask;
    }
    // Where two masks take the low byte apart, the high byte is not shown.
    if rest != 0 && parts.len() < 2 {
        all.push(Value::Commented(cx.put(Value::Hex(rest)), sets::BPF_CLASS.unknown));
    }
    Value::Joined { value: code, parts: all.into_bump_slice() }
}

/// What a filter of seccomp(2) returns: an action and its data.
#[derive(Clone, Copy, Debug)]
pub struct Verdict;

/// The bits of the data (`SECCOMP_RET_DATA`, `linux/seccomp.h`).
const DATA: u64 = 0xffff;

impl Kind for Verdict {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let parts = [Value::Const { value: word & !DATA, set: &sets::SECCOMP_RETURN }, Value::Hex(word & DATA)];
        Value::Joined { value: word, parts: cx.slice(&parts) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
