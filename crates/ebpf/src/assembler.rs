//! An assembler of BPF programs: instructions, labels, and checks that the kernel's verifier would make later and
//! less clearly.

use std::fmt;

/// A register. R0 is the result of calls; R1 to R5, of which the last is not needed here, are their arguments and lost in them; R6 to R9 are kept; R10 is
/// the end of the stack frame of 512 bytes and cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    R0 = 0,
    R1,
    R2,
    R3,
    R4,
    R6 = 6,
    R7,
    R8,
    R9,
    R10,
}

/// The size of what is loaded or stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Two bytes.
    Half = 0x08,
    /// Four bytes.
    Word = 0x00,
    /// Eight bytes.
    Double = 0x18,
}

/// An operation of 64 bits on a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Add = 0x00,
    Sub = 0x10,
    Mul = 0x20,
    Or = 0x40,
    And = 0x50,
    ShiftLeft = 0x60,
    ShiftRight = 0x70,
    Mov = 0xb0,
    ShiftRightSigned = 0xc0,
}

/// When a jump is taken; comparisons are unsigned unless they say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Equal.
    Eq = 0x10,
    /// Greater.
    Gt = 0x20,
    /// Greater or equal.
    Ge = 0x30,
    /// Any of these bits is set.
    Any = 0x40,
    /// Not equal.
    Ne = 0x50,
    /// Less or equal.
    Le = 0xb0,
    /// Less or equal, signed.
    LeSigned = 0xd0,
    /// Less, signed.
    LtSigned = 0xc0,
}

/// The second operand of an operation.
#[derive(Clone, Copy, Debug)]
pub enum Operand {
    /// A register.
    Register(Register),
    /// A number, sign-extended.
    Number(i32),
}

impl From<Register> for Operand {
    fn from(register: Register) -> Self {
        Self::Register(register)
    }
}

impl From<i32> for Operand {
    fn from(number: i32) -> Self {
        Self::Number(number)
    }
}

/// A place in the program, to be bound once and jumped to from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label(usize);

/// One instruction as the kernel takes it (`struct bpf_insn`, linux/bpf.h).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    code: u8,
    registers: u8,
    offset: i16,
    number: i32,
}

impl Instruction {
    /// The bytes in memory.
    #[cfg(test)]
    fn bytes(self) -> [u8; 8] {
        let [a, b] = self.offset.to_le_bytes();
        let [c, d, e, f] = self.number.to_le_bytes();
        [self.code, self.registers, a, b, c, d, e, f]
    }
}

/// Why a program cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// A label is jumped to and stands nowhere.
    Unbound(Label),
    /// A label stands in two places.
    BoundTwice(Label),
    /// A jump is longer than its field.
    TooFar(Label),
    /// R10 is written.
    FrameWritten,
    /// The stack is used outside of its 512 bytes, or not as its alignment asks for.
    Stack(i16),
    /// The program does not end with a jump or an exit.
    FallsOff,
}

impl std::error::Error for Flaw {}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// What the number of a patched instruction counts from.
#[derive(Clone, Copy, Debug)]
enum Patch {
    /// The offset of a jump.
    Offset,
    /// The number of a call or of a function's address.
    Number,
}

/// A finished program.
#[derive(Clone, Debug)]
pub struct Program {
    /// The instructions.
    pub code: Vec<Instruction>,
    /// Where its functions begin; the first is 0.
    pub functions: Vec<u32>,
}

#[cfg(test)]
impl Program {
    /// The bytes for rbpf, with the addresses of values filled in: `address` knows them by the map's descriptor and an
    /// offset. Atomic additions, which it does not know, do nothing.
    pub(crate) fn bytes_with(&self, address: impl Fn(i32, u64) -> u64) -> Vec<u8> {
        let mut code = self.code.clone();
        for at in 1..code.len() {
            let (low, high) = (code[at - 1], code[at]);
            if low.code == 0x18 && low.registers >> 4 == VALUE {
                let place = address(low.number, u64::from(high.number as u32));
                code[at - 1].number = place as u32 as i32;
                code[at].number = (place >> 32) as i32;
            }
        }
        for one in code.iter_mut().filter(|one| one.code == ATOMIC_ADD) {
            *one = Instruction { code: 0x07 | BY_REGISTER | Op::Mov as u8, registers: 0, offset: 0, number: 0 };
        }
        code.iter().flat_map(|one| one.bytes()).collect()
    }
}

/// A program in the making.
#[derive(Debug, Default)]
pub struct Assembler {
    code: Vec<Instruction>,
    labels: Vec<Option<usize>>,
    patches: Vec<(usize, Label, Patch)>,
    functions: Vec<u32>,
    flaw: Option<Flaw>,
}

/// `BPF_X` (linux/bpf_common.h): the second operand is a register.
const BY_REGISTER: u8 = 0x08;
/// `BPF_STX | BPF_DW | BPF_ATOMIC` (linux/bpf.h); the number 0 is `BPF_ADD`.
const ATOMIC_ADD: u8 = 0xdb;
/// `BPF_PSEUDO_MAP_VALUE` (linux/bpf.h).
const VALUE: u8 = 2;
/// `BPF_PSEUDO_FUNC`, `BPF_PSEUDO_CALL` (linux/bpf.h).
const FUNCTION: u8 = 4;
/// See [`FUNCTION`].
const LOCAL_CALL: u8 = 1;
/// The size of a frame (`MAX_BPF_STACK`, linux/filter.h).
const FRAME: i16 = 512;

impl Assembler {
    /// A program without instructions.
    pub fn new() -> Self {
        Self { functions: vec![0], ..Self::default() }
    }

    /// A label that stands nowhere yet.
    pub fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() - 1)
    }

    /// Puts a label here.
    pub fn bind(&mut self, label: Label) {
        if self.labels[label.0].replace(self.code.len()).is_some() {
            self.flaw.get_or_insert(Flaw::BoundTwice(label));
        }
    }

    /// Puts a label here that is the beginning of a function.
    pub fn function(&mut self, label: Label) {
        self.functions.push(self.code.len() as u32);
        self.bind(label);
    }

    /// `to = to OP by`.
    pub fn op(&mut self, op: Op, to: Register, by: impl Into<Operand>) {
        self.writes(to);
        match by.into() {
            Operand::Register(by) => self.put(0x07 | BY_REGISTER | op as u8, to, by as u8, 0, 0),
            Operand::Number(number) => self.put(0x07 | op as u8, to, 0, 0, number),
        }
    }

    /// `to = from`.
    pub fn mov(&mut self, to: Register, from: impl Into<Operand>) {
        self.op(Op::Mov, to, from);
    }

    /// `to = *(from + offset)`, zero-extended.
    pub fn load(&mut self, size: Size, to: Register, from: Register, offset: i16) {
        self.writes(to);
        self.stack(from, offset, size);
        self.put(0x61 | size as u8, to, from as u8, offset, 0);
    }

    /// `*(to + offset) = from`.
    pub fn store(&mut self, size: Size, to: Register, offset: i16, from: impl Into<Operand>) {
        self.stack(to, offset, size);
        match from.into() {
            Operand::Register(from) => self.put(0x63 | size as u8, to, from as u8, offset, 0),
            Operand::Number(number) => self.put(0x62 | size as u8, to, 0, offset, number),
        }
    }

    /// `*(to + offset) += from` of 64 bits, atomically.
    pub fn add_atomically(&mut self, to: Register, offset: i16, from: Register) {
        self.stack(to, offset, Size::Double);
        self.put(ATOMIC_ADD, to, from as u8, offset, 0);
    }

    /// `to =` a number of 64 bits.
    pub fn number(&mut self, to: Register, number: u64) {
        self.wide(to, 0, number as u32 as i32, (number >> 32) as i32);
    }

    /// `to =` a map, by its descriptor.
    pub fn map(&mut self, to: Register, descriptor: i32) {
        self.wide(to, 1, descriptor, 0);
    }

    /// `to =` the address of the first value of an array map, `offset` bytes into it.
    pub fn map_value(&mut self, to: Register, descriptor: i32, offset: u32) {
        self.wide(to, VALUE, descriptor, offset as i32);
    }

    /// `to =` the address of a function of this program.
    pub fn function_address(&mut self, to: Register, label: Label) {
        self.patches.push((self.code.len(), label, Patch::Number));
        self.wide(to, FUNCTION, 0, 0);
    }

    /// Jumps to a label when `left` compares with `right` so.
    pub fn jump(&mut self, when: When, left: Register, right: impl Into<Operand>, label: Label) {
        self.patches.push((self.code.len(), label, Patch::Offset));
        match right.into() {
            Operand::Register(right) => self.put(0x05 | BY_REGISTER | when as u8, left, right as u8, 0, 0),
            Operand::Number(number) => self.put(0x05 | when as u8, left, 0, 0, number),
        }
    }

    /// Jumps to a label.
    pub fn goto(&mut self, label: Label) {
        self.patches.push((self.code.len(), label, Patch::Offset));
        self.put(0x05, Register::R0, 0, 0, 0);
    }

    /// Calls a helper of the kernel.
    pub fn call(&mut self, helper: i32) {
        self.put(0x85, Register::R0, 0, 0, helper);
    }

    /// Calls a function of this program.
    pub fn call_function(&mut self, label: Label) {
        self.patches.push((self.code.len(), label, Patch::Number));
        self.put(0x85, Register::R0, LOCAL_CALL, 0, 0);
    }

    /// Ends the program or the function with R0 as its result.
    pub fn exit(&mut self) {
        self.put(0x95, Register::R0, 0, 0, 0);
    }

    /// Ends it with this result.
    pub fn exit_with(&mut self, result: i32) {
        self.mov(Register::R0, result);
        self.exit();
    }

    /// The program, all jumps filled in.
    ///
    /// # Errors
    /// The first flaw that was found.
    pub fn finish(mut self) -> Result<Program, Flaw> {
        if let Some(flaw) = self.flaw {
            return Err(flaw);
        }
        if !self.code.last().is_some_and(|last| matches!(last.code, 0x95 | 0x05)) {
            return Err(Flaw::FallsOff);
        }
        for (at, label, patch) in std::mem::take(&mut self.patches) {
            let target = self.labels[label.0].ok_or(Flaw::Unbound(label))?;
            let distance = target as i64 - at as i64 - 1;
            match patch {
                Patch::Offset => self.code[at].offset = i16::try_from(distance).map_err(|_| Flaw::TooFar(label))?,
                Patch::Number => self.code[at].number = distance as i32,
            }
        }
        Ok(Program { code: self.code, functions: self.functions })
    }

    fn put(&mut self, code: u8, to: Register, from: u8, offset: i16, number: i32) {
        self.code.push(Instruction { code, registers: to as u8 | from << 4, offset, number });
    }

    /// The one instruction that takes two places.
    fn wide(&mut self, to: Register, meaning: u8, low: i32, high: i32) {
        self.writes(to);
        self.put(0x18, to, meaning, 0, low);
        self.put(0, Register::R0, 0, 0, high);
    }

    fn writes(&mut self, to: Register) {
        if to == Register::R10 {
            self.flaw.get_or_insert(Flaw::FrameWritten);
        }
    }

    fn stack(&mut self, base: Register, offset: i16, size: Size) {
        let length = match size {
            Size::Half => 2,
            Size::Word => 4,
            Size::Double => 8,
        };
        if base == Register::R10 && (offset < -FRAME || offset + length > 0 || offset % length != 0) {
            self.flaw.get_or_insert(Flaw::Stack(offset));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Register::{R0, R1, R2, R10};

    /// Runs a program on some bytes, without a kernel.
    fn run(program: &Program, memory: &mut [u8]) -> u64 {
        let bytes: Vec<u8> = program.code.iter().flat_map(|one| one.bytes()).collect();
        let machine = rbpf::EbpfVmRaw::new(Some(&bytes)).unwrap();
        machine.execute_program(memory).unwrap()
    }

    #[test]
    fn a_loop_sums_words() {
        let mut a = Assembler::new();
        let (again, end) = (a.label(), a.label());
        a.mov(R0, 0);
        a.mov(R2, 3);
        a.bind(again);
        a.jump(When::Eq, R2, 0, end);
        a.load(Size::Word, Register::R3, R1, 0);
        a.op(Op::Add, R0, Register::R3);
        a.op(Op::Add, R1, 4);
        a.op(Op::Sub, R2, 1);
        a.goto(again);
        a.bind(end);
        a.exit();
        assert_eq!(run(&a.finish().unwrap(), &mut [1, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0]), 259);
    }

    #[test]
    fn functions_are_called() {
        let mut a = Assembler::new();
        let twice = a.label();
        a.load(Size::Half, R1, R1, 0);
        a.call_function(twice);
        a.exit();
        a.function(twice);
        a.mov(R0, R1);
        a.op(Op::ShiftLeft, R0, 1);
        a.exit();
        let program = a.finish().unwrap();
        assert_eq!(program.functions, [0, 3]);
        assert_eq!(run(&program, &mut [21, 0]), 42);
    }

    #[test]
    fn numbers_of_64_bits_and_the_stack_hold() {
        let mut a = Assembler::new();
        a.number(R1, 0x1234_5678_9abc_def0);
        a.store(Size::Double, R10, -8, R1);
        a.load(Size::Word, R0, R10, -4);
        a.exit();
        assert_eq!(run(&a.finish().unwrap(), &mut [0]), 0x1234_5678);
    }

    #[test]
    fn flaws_are_told() {
        let flaw = |make: fn(&mut Assembler)| {
            let mut a = Assembler::new();
            make(&mut a);
            a.exit_with(0);
            a.finish().unwrap_err()
        };
        assert!(matches!(
            flaw(|a| {
                let nowhere = a.label();
                a.goto(nowhere)
            }),
            Flaw::Unbound(_)
        ));
        assert!(matches!(
            flaw(|a| {
                let twice = a.label();
                a.bind(twice);
                a.bind(twice)
            }),
            Flaw::BoundTwice(_)
        ));
        assert_eq!(flaw(|a| a.mov(R10, 0)), Flaw::FrameWritten);
        assert_eq!(flaw(|a| a.store(Size::Double, R10, -12, 0)), Flaw::Stack(-12));
        assert_eq!(flaw(|a| a.load(Size::Word, R0, R10, 0)), Flaw::Stack(0));
        let far = |a: &mut Assembler| {
            let label = a.label();
            a.goto(label);
            (0..40_000).for_each(|_| a.mov(R0, 0));
            a.bind(label);
        };
        assert!(matches!(flaw(far), Flaw::TooFar(_)));
        assert_eq!(Assembler::new().finish().unwrap_err(), Flaw::FallsOff);
    }
}
