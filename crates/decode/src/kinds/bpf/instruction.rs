//! An instruction of a program for bpf(2).

use crate::kinds::Hex64;
use crate::{Cx, Field, Kind, Value, kind::extend};
use abi::generated::{layouts::bpf::BPF_INSN, sets::bpf as sets};
use abi::{Abi, Place, Set};

/// `struct bpf_insn` (`linux/bpf.h`): 8 bytes, of which the second holds two registers.
#[derive(Clone, Copy, Debug)]
pub struct Instruction;

const OFFSET: Place = BPF_INSN.member("off");
const IMMEDIATE: Place = BPF_INSN.member("imm");

impl Kind for Instruction {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let [code, registers, ..] = *bytes else { return Value::Omitted };
        let register = |number| Value::Const { value: u64::from(number), set: &sets::REGISTER };
        let signed = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let fields = [
            Field::new("code", operation(cx, code.into())),
            Field::new("dst_reg", register(registers & 15)),
            Field::new("src_reg", register(registers >> 4)),
            Field::new("off", Value::Signed(i64::from(signed(OFFSET) as i16))),
            Field::new("imm", Hex64.value(cx, extend(&signed(IMMEDIATE).to_le_bytes()[..4], false))),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        BPF_INSN.size(abi)
    }
}

/// The bits of an operation's class (`BPF_CLASS`, `linux/bpf_common.h`).
const CLASS: u64 = 0x07;

/// The parts of an operation above its class: mask and names.
fn parts(class: &str) -> &'static [(u64, &'static Set)] {
    const MOVE: &[(u64, &Set)] = &[(0x18, &sets::INSN_SIZE), (0xe0, &sets::INSN_MODE)];
    const CALCULATE: &[(u64, &Set)] = &[(0x08, &sets::INSN_SOURCE), (0xf0, &sets::INSN_ALU)];
    const JUMP: &[(u64, &Set)] = &[(0x08, &sets::INSN_SOURCE), (0xf0, &sets::INSN_JUMP)];
    match class {
        "BPF_LD" | "BPF_LDX" | "BPF_ST" | "BPF_STX" => MOVE,
        "BPF_ALU" | "BPF_ALU64" => CALCULATE,
        "BPF_JMP" => JUMP,
        _ => &[],
    }
}

fn operation<'a>(cx: &Cx<'a>, code: u64) -> Value<'a> {
    let mut rest = code & !CLASS;
    let mut all = cx.list();
    all.push(Value::Const { value: code & CLASS, set: &sets::INSN_CLASS });
    for (mask, set) in parts(sets::INSN_CLASS.name(code & CLASS).unwrap_or("")) {
        all.push(Value::Const { value: code & mask, set });
        rest &= !mask;
    }
    if rest != 0 {
        all.push(Value::Commented(cx.put(Value::Hex(rest)), sets::INSN_ALU.unknown));
    }
    Value::Bits { value: code, parts: all.into_bump_slice() }
}
