//! What runs at the entry and at the exit of calls where they are only counted: nothing is told of them, sums are kept.

use super::calls::FAILURES;
use super::common::{NEW_THREAD, TEMPORARY, Writer};
use super::{Counting, Maps, Traits, calls};
use crate::assembler::{Flaw, Op, Program, Register, Size, When};
use crate::layout::{SEVERAL, counters, sums, thread};
use crate::uapi::{self, registers};
use Register::{R0, R1, R2, R3, R4, R6, R7, R8, R9, R10};

/// What is kept of a call between its entry and its exit, in the place of its arguments.
const CALL: i16 = thread::ARGS;
const FIRST: i16 = thread::ARGS + 8;
/// How long a call took of which it is not known whether its thread saw it come back.
const DOUBTED: i16 = thread::ARGS + 16;
/// The last signal that was sent to the thread since it entered a call.
const SENT: i16 = thread::ARGS + 24;

/// Whether the call has failed, on the stack; nobody needs the new thread any more.
const FAILED: i16 = NEW_THREAD;

/// A key and a new value, on the stack.
const KEY: i16 = NEW_THREAD - sums::KEY;
const VALUE: i16 = KEY - sums::SIZE;

/// The flags of a thread that is in no call.
const OUTSIDE: i32 = thread::ANNOUNCED | thread::SYNCED;

/// The program for sys_enter, which is told the registers and the number.
pub(super) fn enter(maps: Maps, traits: Traits) -> Result<Program, Flaw> {
    let mut w = Writer::meeting(maps, traits);
    w.find_thread();
    w.settle();
    w.asm.load(Size::Double, R1, R7, 8);
    w.asm.store(Size::Double, R10, calls::NUMBER, R1);
    w.begin();
    w.finish();
    w.asm.finish()
}

/// The program for sys_exit, which is told the registers and the result.
pub(super) fn exit(maps: Maps, traits: Traits, counting: Counting) -> Result<Program, Flaw> {
    let mut w = Writer::meeting(maps, traits);
    w.come_back(Writer::begin);
    if counting.successes || counting.failures {
        w.duration(counting.overhead);
        w.sift(counting);
        w.add();
    }
    w.finish();
    w.asm.finish()
}

/// The program for signal_generate, which is told the signal, its siginfo, the thread, whether it is for the whole process,
/// and what comes of it.
pub(super) fn sent(maps: Maps) -> Result<Program, Flaw> {
    let mut w = Writer::new(maps);
    w.asm.load(Size::Double, R1, R7, 32);
    w.asm.jump(When::Ne, R1, 0, w.end);
    w.find_told();
    w.asm.load(Size::Double, R1, R7, 0);
    w.asm.store(Size::Double, R9, SENT, R1);
    w.finish();
    w.asm.finish()
}

impl Writer {
    /// A thread ends: the call that was interrupted thereby was seen to come back where a signal did that of which one is
    /// told, which SIGKILL is not.
    pub(super) fn settle_at_end(&mut self) {
        let unseen = self.asm.label();
        self.asm.load(Size::Double, R1, R9, SENT);
        self.asm.jump(When::Eq, R1, 0, unseen);
        self.asm.jump(When::Eq, R1, libc::SIGKILL, unseen);
        self.settle();
        self.asm.bind(unseen);
    }

    /// A call begins.
    fn begin(&mut self) {
        let whole = self.asm.label();
        self.arrive();
        self.abi();
        self.root();
        self.asm.store(Size::Double, R9, FIRST, 0);
        self.asm.store(Size::Double, R9, SENT, 0);
        self.asm.jump(When::Ne, R8, SEVERAL, whole);
        self.stack(R1, TEMPORARY);
        self.asm.mov(R2, 4);
        self.asm.load(Size::Double, R3, R7, 0);
        self.asm.op(Op::Add, R3, i32::from(8 * registers::BX));
        self.asm.call(uapi::READ_KERNEL);
        self.asm.load(Size::Word, R1, R10, TEMPORARY);
        self.asm.store(Size::Double, R9, FIRST, R1);
        self.asm.bind(whole);
        self.asm.load(Size::Double, R1, R10, calls::NUMBER);
        self.asm.store(Size::Double, R9, CALL, R1);
        self.asm.store(Size::Word, R9, thread::FLAGS, OUTSIDE | thread::INSIDE);
        self.asm.call(uapi::TIME);
        self.asm.store(Size::Double, R9, thread::ENTERED, R0);
    }

    /// R8 = how long the call took, but for an overhead.
    fn duration(&mut self, overhead: u64) {
        let positive = self.asm.label();
        self.asm.call(uapi::TIME);
        self.asm.load(Size::Double, R1, R9, thread::ENTERED);
        self.asm.op(Op::Sub, R0, R1);
        self.asm.mov(R8, R0);
        self.asm.number(R1, overhead);
        self.asm.jump(When::Ge, R8, R1, positive);
        self.asm.mov(R8, R1);
        self.asm.bind(positive);
        self.asm.op(Op::Sub, R8, R1);
    }

    /// Whether the call has failed; ends the program where it is not wanted. A call that was interrupted counts when its
    /// thread enters another: where the thread ends instead, nobody has seen it come back; nor a call in which the thread was
    /// sent SIGKILL.
    fn sift(&mut self, counting: Counting) {
        let (success, go) = (self.asm.label(), self.asm.label());
        self.asm.load(Size::Double, R1, R9, SENT);
        self.asm.jump(When::Eq, R1, libc::SIGKILL, self.end);
        self.outcome_from_failures();
        let told = if counting.successes { success } else { self.end };
        self.asm.jump(When::Ge, R6, FAILURES, told);
        if counting.failures {
            self.asm.store(Size::Double, R10, FAILED, 1);
            // −516 to −512 means an interruption.
            self.asm.op(Op::Sub, R6, FAILURES - 516);
            self.asm.jump(When::Gt, R6, 4, go);
            self.asm.store(Size::Double, R9, DOUBTED, R8);
            self.asm.store(Size::Word, R9, thread::FLAGS, OUTSIDE | thread::DOUBTFUL);
        }
        self.asm.goto(self.end);
        if counting.successes {
            self.asm.bind(success);
            self.asm.store(Size::Double, R10, FAILED, 0);
        }
        self.asm.bind(go);
    }

    /// Counts a call that was interrupted: its thread goes on.
    fn settle(&mut self) {
        let settled = self.asm.label();
        self.asm.load(Size::Word, R1, R9, thread::FLAGS);
        self.asm.op(Op::And, R1, thread::DOUBTFUL);
        self.asm.jump(When::Eq, R1, 0, settled);
        self.asm.store(Size::Word, R9, thread::FLAGS, OUTSIDE);
        self.asm.store(Size::Double, R10, FAILED, 1);
        self.asm.load(Size::Double, R8, R9, DOUBTED);
        self.add();
        self.asm.bind(settled);
    }

    /// Counts a call that took R8 nanoseconds.
    fn add(&mut self) {
        let (full, done) = (self.asm.label(), self.asm.label());
        self.find_sums(full);
        for (place, by) in [(sums::CALLS, None), (sums::ERRORS, Some(FAILED))] {
            self.asm.load(Size::Double, R1, R6, place);
            match by {
                None => self.asm.op(Op::Add, R1, 1),
                Some(flag) => {
                    self.asm.load(Size::Double, R2, R10, flag);
                    self.asm.op(Op::Add, R1, R2);
                }
            }
            self.asm.store(Size::Double, R6, place, R1);
        }
        self.asm.load(Size::Double, R1, R6, sums::TOTAL);
        self.asm.op(Op::Add, R1, R8);
        self.asm.store(Size::Double, R6, sums::TOTAL, R1);
        self.keep_greater(sums::LONGEST, R8);
        self.asm.mov(R2, -1);
        self.asm.op(Op::Sub, R2, R8);
        self.keep_greater(sums::BELOW_MOST, R2);
        self.bucket();
        self.asm.goto(done);
        self.asm.bind(full);
        self.count(counters::LOST, 1);
        self.asm.bind(done);
    }

    /// R6 = the sums of the call on this CPU.
    fn find_sums(&mut self, full: crate::assembler::Label) {
        let found = self.asm.label();
        self.asm.call(uapi::CPU);
        self.asm.store(Size::Word, R10, KEY + sums::CPU, R0);
        self.asm.load(Size::Word, R1, R9, thread::ABI);
        self.asm.store(Size::Word, R10, KEY + sums::ABI, R1);
        for (from, to) in [(CALL, sums::NUMBER), (FIRST, sums::FIRST)] {
            self.asm.load(Size::Double, R1, R9, from);
            self.asm.store(Size::Double, R10, KEY + to, R1);
        }
        self.look_up(self.maps.sums, KEY);
        self.asm.jump(When::Ne, R0, 0, found);
        for place in (0..sums::SIZE).step_by(8) {
            self.asm.store(Size::Double, R10, VALUE + place, 0);
        }
        self.asm.map(R1, self.maps.sums);
        self.stack(R2, KEY);
        self.stack(R3, VALUE);
        self.asm.mov(R4, 0);
        self.asm.call(uapi::UPDATE);
        self.look_up(self.maps.sums, KEY);
        self.asm.jump(When::Eq, R0, 0, full);
        self.asm.bind(found);
        self.asm.mov(R6, R0);
    }

    /// A sum becomes a register where that is greater.
    fn keep_greater(&mut self, place: i16, than: Register) {
        let kept = self.asm.label();
        self.asm.load(Size::Double, R1, R6, place);
        self.asm.jump(When::Ge, R1, than, kept);
        self.asm.store(Size::Double, R6, place, than);
        self.asm.bind(kept);
    }

    /// Counts R8 in the histogram: the bucket's number is that of the highest bit.
    fn bucket(&mut self) {
        let inside = self.asm.label();
        self.asm.mov(R1, 0);
        for step in [32, 16, 8, 4, 2, 1] {
            let lower = self.asm.label();
            self.asm.mov(R2, R8);
            self.asm.op(Op::ShiftRight, R2, step);
            self.asm.jump(When::Eq, R2, 0, lower);
            self.asm.mov(R8, R2);
            self.asm.op(Op::Add, R1, step);
            self.asm.bind(lower);
        }
        self.asm.jump(When::Le, R1, sums::LAST, inside);
        self.asm.mov(R1, sums::LAST);
        self.asm.bind(inside);
        self.asm.op(Op::ShiftLeft, R1, 3);
        self.asm.op(Op::Add, R6, R1);
        self.asm.load(Size::Double, R1, R6, sums::BUCKETS);
        self.asm.op(Op::Add, R1, 1);
        self.asm.store(Size::Double, R6, sums::BUCKETS, R1);
    }
}
