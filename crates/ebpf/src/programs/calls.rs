//! What runs at the entry and at the exit of calls.

use super::common::{KEY, ROOM, TEMPORARY, Writer};
use super::{Maps, Traits, capture};
use crate::Outcomes;
use crate::assembler::{Flaw, Op, Program, Register, Size, When};
use crate::layout::{KEPT_BACK, NUMBERS, STACK, counters, head, item, kind, op, scratch, thread};
use crate::uapi::{self, registers};
use Register::{R0, R1, R2, R3, R4, R6, R7, R8, R9, R10};
use abi::Abi;

/// The words of the six arguments of a 64-bit call, and of a 32-bit one.
const WIDE: [i16; 6] = [registers::DI, registers::SI, registers::DX, registers::R10, registers::R8, registers::R9];
const NARROW: [i16; 6] = [registers::BX, registers::CX, registers::DX, registers::SI, registers::DI, registers::BP];

/// The program for sys_enter, which is told the registers and the number.
pub(super) fn enter(maps: Maps, traits: Traits) -> Result<Program, Flaw> {
    let mut w = Writer::meeting(maps, traits);
    w.find_thread();
    w.asm.load(Size::Double, R1, R7, 8);
    w.asm.store(Size::Double, R10, NUMBER, R1);
    match traits.outcomes {
        None => w.entry(),
        Some(_) => w.entry_in_doubt(),
    }
    w.finish();
    capture::functions(&mut w);
    w.asm.finish()
}

/// The program for sys_exit, which is told the registers and the result.
///
/// A call that a seccomp filter answers does not come by sys_enter: its entry is told here.
pub(super) fn exit(maps: Maps, traits: Traits) -> Result<Program, Flaw> {
    let mut w = Writer::meeting(maps, traits);
    match traits.outcomes {
        None => w.come_back(Writer::entry),
        Some(outcomes) => {
            w.come_back(Writer::entry_in_doubt);
            w.only(outcomes);
            w.tell_kept_back();
        }
    }
    w.result();
    w.finish();
    capture::functions(&mut w);
    w.asm.finish()
}

/// The flags of a thread that has entered a call.
const ENTERED: i32 = thread::INSIDE | thread::ANNOUNCED | thread::SYNCED;

/// How many results mean a failure: −1 to −4095 (`MAX_ERRNO`, linux/err.h).
pub(super) const FAILURES: i32 = 4095;

/// The place of the call's number on the stack.
pub(super) const NUMBER: i16 = -32;

impl Writer {
    /// A call comes back, R8 being the thread's flags in it. `enter` is for a call that did not come by sys_enter.
    pub(super) fn come_back(&mut self, enter: fn(&mut Self)) {
        let (known, entered) = (self.asm.label(), self.asm.label());
        self.find_thread();
        self.asm.load(Size::Word, R8, R9, thread::FLAGS);
        self.asm.jump(When::Any, R8, thread::HELD, self.end);
        self.asm.jump(When::Any, R8, thread::ANNOUNCED, known);
        self.room();
        self.head(kind::BORN, R6, scratch::HEAD);
        self.send();
        self.asm.bind(known);
        self.asm.store(Size::Word, R9, thread::FLAGS, thread::ANNOUNCED | thread::SYNCED);
        self.asm.jump(When::Any, R8, thread::INSIDE, entered);
        self.asm.op(Op::And, R8, thread::SYNCED);
        self.asm.jump(When::Eq, R8, 0, self.end);
        self.original_number();
        enter(self);
        self.asm.load(Size::Word, R8, R9, thread::FLAGS);
        self.asm.store(Size::Word, R9, thread::FLAGS, thread::ANNOUNCED | thread::SYNCED);
        self.asm.bind(entered);
    }

    /// A thread is at the entry of a call, wanted or not. Ends the program for one that is to execute the command and does
    /// not do that yet.
    pub(super) fn arrive(&mut self) {
        let free = self.asm.label();
        self.asm.load(Size::Word, R1, R9, thread::FLAGS);
        self.asm.op(Op::And, R1, thread::HELD);
        self.asm.jump(When::Eq, R1, 0, free);
        for (register, first) in [(registers::DI, counters::FIRST), (registers::SI, counters::SECOND)] {
            self.stack(R1, TEMPORARY);
            self.asm.mov(R2, 8);
            self.asm.load(Size::Double, R3, R7, 0);
            self.asm.op(Op::Add, R3, i32::from(8 * register));
            self.asm.call(uapi::READ_KERNEL);
            self.asm.map_value(R1, self.maps.counters, first);
            self.asm.load(Size::Double, R1, R1, 0);
            self.asm.load(Size::Double, R2, R10, TEMPORARY);
            self.asm.jump(When::Ne, R1, R2, self.end);
        }
        self.asm.bind(free);
        // Not in step: a call that is not wanted ends unseen, too.
        self.asm.store(Size::Word, R9, thread::FLAGS, thread::ANNOUNCED);
    }

    /// Tells an entry.
    fn entry(&mut self) {
        self.prepare_entry();
        self.send();
    }

    /// Makes the record of an entry.
    fn prepare_entry(&mut self) {
        self.arrive();
        self.abi();
        self.root();
        self.room();
        self.copy_registers();
        self.head(kind::ENTER, R6, scratch::HEAD);
        self.arguments();
        self.keep();
        self.capture();
        let whole = self.asm.label();
        self.asm.load(Size::Double, R1, R6, scratch::MISSED);
        self.asm.store(Size::Word, R6, scratch::HEAD + head::MISSED, R1);
        self.asm.jump(When::Eq, R1, 0, whole);
        self.asm.store(Size::Word, R9, thread::FLAGS, ENTERED | thread::MISSED);
        self.asm.bind(whole);
    }

    /// Keeps an entry back until its exit tells whether it is wanted; one that is too long for that is told at once.
    fn entry_in_doubt(&mut self) {
        self.prepare_entry();
        let (long, done) = (self.asm.label(), self.asm.label());
        self.asm.load(Size::Double, R1, R6, scratch::USED);
        self.asm.jump(When::Gt, R1, KEPT_BACK - i32::from(head::SIZE), long);
        self.asm.store(Size::Double, R6, scratch::HEAD + head::VALUE, R1);
        self.asm.map(R1, self.maps.kept_back);
        self.stack(R2, KEY);
        self.asm.mov(R3, R6);
        self.asm.op(Op::Add, R3, i32::from(scratch::HEAD));
        self.asm.mov(R4, 0);
        self.asm.call(uapi::UPDATE);
        self.asm.jump(When::Ne, R0, 0, long);
        self.asm.load(Size::Word, R1, R9, thread::FLAGS);
        self.asm.op(Op::Or, R1, thread::KEPT_BACK);
        self.asm.store(Size::Word, R9, thread::FLAGS, R1);
        self.asm.goto(done);
        self.asm.bind(long);
        self.send();
        self.asm.bind(done);
    }

    /// Tells the entry that was kept back, if one was, R8 being the thread's flags.
    pub(super) fn tell_kept_back(&mut self) {
        let (kept, done) = (self.asm.label(), self.asm.label());
        self.asm.jump(When::Any, R8, thread::KEPT_BACK, kept);
        self.asm.goto(done);
        self.asm.bind(kept);
        self.look_up(self.maps.kept_back, KEY);
        self.asm.jump(When::Eq, R0, 0, done);
        self.asm.load(Size::Double, R3, R0, head::VALUE);
        self.asm.jump(When::Gt, R3, KEPT_BACK - i32::from(head::SIZE), done);
        self.asm.op(Op::Add, R3, i32::from(head::SIZE));
        self.asm.mov(R2, R0);
        self.output();
        self.asm.bind(done);
    }

    /// Ends the program for a call with another outcome.
    fn only(&mut self, outcomes: Outcomes) {
        let wanted = self.asm.label();
        self.outcome_from_failures();
        match outcomes {
            Outcomes::Successes => self.asm.jump(When::Ge, R6, FAILURES, wanted),
            Outcomes::Failures => self.asm.jump(When::Le, R6, FAILURES - 1, wanted),
        }
        self.asm.store(Size::Double, R9, thread::ENTERED, 0);
        self.asm.goto(self.end);
        self.asm.bind(wanted);
    }

    /// R6 = what the call returned, counted from the least failure on: below [`FAILURES`] it has failed.
    pub(super) fn outcome_from_failures(&mut self) {
        let wide = self.asm.label();
        self.asm.load(Size::Double, R6, R7, 8);
        self.asm.load(Size::Word, R1, R9, thread::ABI);
        self.asm.jump(When::Ne, R1, Abi::I386 as i32, wide);
        self.asm.op(Op::ShiftLeft, R6, 32);
        self.asm.op(Op::ShiftRightSigned, R6, 32);
        self.asm.bind(wide);
        self.asm.op(Op::Add, R6, FAILURES);
    }

    /// Tells the result, R8 being the thread's flags.
    fn result(&mut self) {
        self.room();
        self.head(kind::EXIT, R6, scratch::HEAD);
        self.asm.store(Size::Double, R9, thread::ENTERED, 0);
        self.recall();
        self.asm.load(Size::Double, R1, R7, 8);
        self.asm.store(Size::Double, R6, scratch::HEAD + head::VALUE, R1);
        // What could not be read at the entry is taken again.
        let (again, go) = (self.asm.label(), self.asm.label());
        self.asm.jump(When::Any, R8, thread::MISSED, again);
        self.asm.store(Size::Double, R6, scratch::MOMENT, op::AT_EXIT);
        self.asm.goto(go);
        self.asm.bind(again);
        self.asm.store(Size::Double, R6, scratch::MOMENT, op::AT_EXIT | op::AT_ENTRY);
        self.asm.bind(go);
        self.root_at_exit();
        self.capture();
        self.send();
    }

    /// R8 = the first step of what is taken at the exit. After an execve the old memory is gone, and what could not be
    /// read of it is looked for on the new stack.
    fn root_at_exit(&mut self) {
        let (same, done) = (self.asm.label(), self.asm.label());
        self.asm.jump(When::Any, R8, thread::EXECUTED, done);
        self.asm.load(Size::Word, R8, R9, thread::ROOT);
        self.asm.goto(same);
        self.asm.bind(done);
        self.copy_registers();
        self.asm.load(Size::Double, R1, R6, scratch::REGISTERS + 8 * registers::SP);
        self.asm.store(Size::Double, R6, scratch::HEAD + head::SP, R1);
        self.asm.op(Op::And, R8, thread::MISSED);
        self.asm.jump(When::Eq, R8, 0, same);
        self.asm.mov(R8, STACK);
        self.asm.bind(same);
    }

    /// The number that the call was made with, where only the registers tell it.
    fn original_number(&mut self) {
        self.stack(R1, NUMBER);
        self.asm.mov(R2, 8);
        self.asm.load(Size::Double, R3, R7, 0);
        self.asm.op(Op::Add, R3, i32::from(8 * registers::NUMBER));
        self.asm.call(uapi::READ_KERNEL);
    }

    /// R8 = the convention by which the call was made.
    pub(super) fn abi(&mut self) {
        let (told, native) = (self.asm.label(), self.asm.label());
        self.stack(R1, TEMPORARY);
        self.asm.mov(R2, 4);
        self.asm.load(Size::Double, R3, R10, KEY);
        self.asm.op(Op::Add, R3, uapi::STATUS);
        self.asm.call(uapi::READ_KERNEL);
        self.asm.mov(R8, Abi::I386 as i32);
        self.asm.load(Size::Word, R1, R10, TEMPORARY);
        self.asm.jump(When::Any, R1, uapi::COMPAT, told);
        self.asm.mov(R8, Abi::X32 as i32);
        self.asm.load(Size::Double, R1, R10, NUMBER);
        self.asm.jump(When::LtSigned, R1, 0, native);
        self.asm.jump(When::Any, R1, uapi::X32, told);
        self.asm.bind(native);
        self.asm.mov(R8, Abi::X86_64 as i32);
        self.asm.bind(told);
        self.asm.store(Size::Word, R9, thread::ABI, R8);
    }

    /// R8 = the first step of the call's plan; ends the program when the call is not wanted.
    pub(super) fn root(&mut self) {
        let known = self.asm.label();
        let done = self.asm.label();
        self.asm.load(Size::Word, R1, R10, NUMBER);
        self.asm.op(Op::And, R1, !uapi::X32);
        self.asm.jump(When::Ge, R1, NUMBERS, known);
        self.asm.op(Op::Mul, R8, NUMBERS);
        self.asm.op(Op::Add, R1, R8);
        self.asm.jump(When::Ge, R1, 3 * NUMBERS, self.end);
        self.asm.op(Op::ShiftLeft, R1, 2);
        self.asm.map_value(R2, self.maps.roots, 0);
        self.asm.op(Op::Add, R2, R1);
        self.asm.load(Size::Word, R8, R2, 0);
        self.asm.jump(When::Eq, R8, 0, self.end);
        self.asm.op(Op::And, R8, i32::MAX);
        self.asm.goto(done);
        self.asm.bind(known);
        self.asm.mov(R8, 0);
        self.asm.bind(done);
        self.asm.store(Size::Word, R9, thread::ROOT, R8);
    }

    /// Copies the registers into the room.
    fn copy_registers(&mut self) {
        self.asm.mov(R1, R6);
        self.asm.op(Op::Add, R1, i32::from(scratch::REGISTERS));
        self.asm.mov(R2, registers::ALL);
        self.asm.load(Size::Double, R3, R7, 0);
        self.asm.call(uapi::READ_KERNEL);
    }

    /// The call's number, its arguments, and where it was made.
    fn arguments(&mut self) {
        let (narrow, done) = (self.asm.label(), self.asm.label());
        let copy = |w: &mut Self, size: Size, from: i16, to: i16| {
            w.asm.load(size, R1, R6, scratch::REGISTERS + 8 * from);
            w.asm.store(Size::Double, R6, scratch::HEAD + to, R1);
        };
        copy(self, Size::Double, registers::IP, head::IP);
        copy(self, Size::Double, registers::SP, head::SP);
        self.asm.load(Size::Double, R1, R10, NUMBER);
        self.asm.store(Size::Double, R6, scratch::HEAD + head::NUMBER, R1);
        self.asm.load(Size::Word, R1, R9, thread::ABI);
        self.asm.store(Size::Word, R6, scratch::HEAD + head::ABI, R1);
        self.asm.jump(When::Eq, R1, Abi::I386 as i32, narrow);
        for (index, word) in (0..).zip(WIDE) {
            copy(self, Size::Double, word, head::ARGS + 8 * index);
        }
        self.asm.goto(done);
        self.asm.bind(narrow);
        for (index, word) in (0..).zip(NARROW) {
            copy(self, Size::Word, word, head::ARGS + 8 * index);
        }
        self.asm.bind(done);
    }

    /// Keeps for the exit what the exit cannot know.
    fn keep(&mut self) {
        self.asm.store(Size::Word, R9, thread::FLAGS, ENTERED);
        for index in 0..6 {
            self.asm.load(Size::Double, R1, R6, scratch::HEAD + head::ARGS + 8 * index);
            self.asm.store(Size::Double, R9, thread::ARGS + 8 * index, R1);
            self.asm.store(Size::Double, R6, scratch::WORDS + 8 * index, R1);
        }
        self.asm.load(Size::Double, R1, R6, scratch::HEAD + head::SP);
        self.asm.store(Size::Double, R9, thread::SP, R1);
        self.asm.load(Size::Double, R1, R6, scratch::HEAD + head::TIME);
        self.asm.store(Size::Double, R9, thread::ENTERED, R1);
        self.asm.store(Size::Double, R6, scratch::HEAD + head::ENTERED, R1);
        self.asm.store(Size::Double, R6, scratch::MOMENT, op::AT_ENTRY);
        self.asm.store(Size::Double, R6, scratch::HEAD + head::VALUE, 0);
    }

    /// What [`Self::keep`] kept.
    fn recall(&mut self) {
        for index in 0..6 {
            self.asm.load(Size::Double, R1, R9, thread::ARGS + 8 * index);
            self.asm.store(Size::Double, R6, scratch::HEAD + head::ARGS + 8 * index, R1);
            self.asm.store(Size::Double, R6, scratch::WORDS + 8 * index, R1);
        }
        self.asm.load(Size::Double, R1, R9, thread::SP);
        self.asm.store(Size::Double, R6, scratch::HEAD + head::SP, R1);
        self.asm.load(Size::Word, R1, R9, thread::ABI);
        self.asm.store(Size::Word, R6, scratch::HEAD + head::ABI, R1);
    }

    /// Follows the plan that begins with step R8.
    fn capture(&mut self) {
        let (nothing, wide, go) = (self.asm.label(), self.asm.label(), self.asm.label());
        self.asm.store(Size::Double, R6, scratch::MISSED, 0);
        self.asm.jump(When::Eq, R8, 0, nothing);
        self.asm.store(Size::Word, R6, item::OP, R8);
        self.asm.store(Size::Word, R6, item::MODE, item::START);
        self.asm.store(Size::Double, R6, item::ADDRESS, 0);
        self.asm.store(Size::Double, R6, item::COUNT, 0);
        self.asm.store(Size::Double, R6, item::RECORD, 0);
        self.asm.store(Size::Double, R6, scratch::DEPTH, 1);
        self.asm.number(R1, u64::MAX);
        self.asm.store(Size::Double, R6, scratch::MASK, R1);
        self.asm.load(Size::Word, R2, R6, scratch::HEAD + head::ABI);
        self.asm.jump(When::Eq, R2, 0, wide);
        self.asm.store(Size::Double, R6, scratch::POINTER, 4);
        self.asm.jump(When::Ne, R2, Abi::I386 as i32, go);
        self.asm.number(R1, Abi::I386.word_mask());
        self.asm.store(Size::Double, R6, scratch::MASK, R1);
        self.asm.goto(go);
        self.asm.bind(wide);
        self.asm.store(Size::Double, R6, scratch::POINTER, 8);
        self.asm.bind(go);
        capture::run(self, ROOM);
        self.asm.bind(nothing);
    }
}
