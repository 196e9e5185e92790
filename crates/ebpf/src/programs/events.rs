//! What runs when threads are born, end, execute, and get signals.

use super::common::{KEY, TEMPORARY, Writer};
use super::{Maps, Traits};
use crate::assembler::{Flaw, Op, Program, Register, Size, When};
use crate::layout::{SIGINFO, counters, head, kind, scratch, thread};
use crate::uapi;
use Register::{R0, R1, R2, R3, R6, R7, R8, R9, R10};

/// For sched_process_fork, which is told the parent and the child, before the child runs.
///
/// What the tracer forks is to execute the command.
pub(super) fn fork(maps: Maps, traits: Traits) -> Result<Program, Flaw> {
    let mut w = Writer::new(maps);
    let (other, add) = (w.asm.label(), w.asm.label());
    w.asm.call(uapi::IDS);
    w.asm.op(Op::ShiftRight, R0, 32);
    w.asm.jump(When::Ne, R0, traits.tracer, other);
    w.new_thread(thread::ANNOUNCED | thread::HELD);
    w.asm.goto(add);
    w.asm.bind(other);
    if traits.follow {
        w.find_known();
        w.asm.load(Size::Word, R8, R9, thread::FLAGS);
        w.asm.op(Op::And, R8, thread::EXCLUDED);
        w.new_thread(R8);
        w.asm.call(uapi::IDS);
        w.asm.store(Size::Word, R10, super::common::NEW_THREAD + thread::PARENT, R0);
    } else {
        w.asm.goto(w.end);
    }
    w.asm.bind(add);
    w.asm.load(Size::Double, R1, R7, 8);
    w.asm.store(Size::Double, R10, TEMPORARY, R1);
    w.add_thread(TEMPORARY);
    w.count(counters::LIVE, 1);
    w.finish();
    w.asm.finish()
}

/// For sched_process_exec, which is told the thread and its id before.
pub(super) fn exec(maps: Maps) -> Result<Program, Flaw> {
    let mut w = Writer::new(maps);
    w.find_thread();
    w.asm.load(Size::Word, R8, R9, thread::FLAGS);
    w.tell_kept_back();
    w.asm.op(Op::Or, R8, thread::EXECUTED);
    w.asm.op(Op::And, R8, !thread::KEPT_BACK);
    w.asm.store(Size::Word, R9, thread::FLAGS, R8);
    w.room();
    w.head(kind::EXEC, R6, scratch::HEAD);
    w.asm.load(Size::Double, R1, R7, 8);
    w.asm.store(Size::Double, R6, scratch::HEAD + head::VALUE, R1);
    w.send_or_keep();
    w.finish();
    w.asm.finish()
}

/// For sched_process_exit, in the thread that ends.
pub(super) fn end(maps: Maps, traits: Traits, exit_code: Option<i32>) -> Result<Program, Flaw> {
    let mut w = Writer::new(maps);
    let gone = w.asm.label();
    w.find_known();
    w.asm.load(Size::Word, R8, R9, thread::FLAGS);
    w.asm.jump(When::Any, R8, thread::EXCLUDED, gone);
    if traits.counting.is_some() {
        w.settle_at_end();
    }
    w.room();
    w.head(kind::END, R6, scratch::HEAD);
    w.asm.store(Size::Double, R6, scratch::HEAD + head::VALUE, -1);
    if let Some(offset) = exit_code {
        w.asm.store(Size::Double, R10, TEMPORARY, 0);
        w.stack(R1, TEMPORARY);
        w.asm.mov(R2, 4);
        w.asm.load(Size::Double, R3, R10, KEY);
        w.asm.op(Op::Add, R3, offset);
        w.asm.call(uapi::READ_KERNEL);
        w.asm.load(Size::Double, R1, R10, TEMPORARY);
        w.asm.store(Size::Double, R6, scratch::HEAD + head::VALUE, R1);
    }
    w.send_or_keep();
    w.asm.bind(gone);
    w.delete(maps.threads, KEY);
    w.count(counters::LIVE, -1);
    w.finish();
    w.asm.finish()
}

/// For signal_deliver, which is told the signal, its siginfo and its action.
pub(super) fn signal(maps: Maps, traits: Traits) -> Result<Program, Flaw> {
    let mut w = Writer::meeting(maps, traits);
    w.find_thread();
    w.room();
    w.head(kind::SIGNAL, R6, scratch::HEAD);
    w.asm.load(Size::Double, R1, R7, 0);
    w.asm.store(Size::Double, R6, scratch::HEAD + head::VALUE, R1);
    // The action begins with its handler and its flags (`struct sigaction`, linux/signal_types.h).
    w.asm.mov(R1, R6);
    w.asm.op(Op::Add, R1, i32::from(scratch::HEAD + head::ARGS));
    w.asm.mov(R2, 16);
    w.asm.load(Size::Double, R3, R7, 16);
    w.asm.call(uapi::READ_KERNEL);
    w.asm.mov(R1, R6);
    w.asm.op(Op::Add, R1, i32::from(scratch::DATA));
    w.asm.mov(R2, SIGINFO);
    w.asm.load(Size::Double, R3, R7, 8);
    w.asm.call(uapi::READ_KERNEL);
    w.asm.store(Size::Double, R6, scratch::USED, SIGINFO);
    w.send();
    w.finish();
    w.asm.finish()
}

/// The record of [`sent`], on the stack.
const RECORD: i16 = -(head::SIZE + SIGINFO as i16 + 64);

/// For signal_generate, which is told the signal, its siginfo, the thread, whether it is for the whole process, and what
/// comes of it. Runs anywhere, in interrupts, too.
pub(super) fn sent(maps: Maps) -> Result<Program, Flaw> {
    let mut w = Writer::new(maps);
    let ignored = w.asm.label();
    w.asm.load(Size::Double, R1, R7, 32);
    w.asm.jump(When::Gt, R1, uapi::SIGNAL_IGNORED, w.end);
    w.find_told();
    for at in (0..head::SIZE + SIGINFO as i16).step_by(8) {
        w.asm.store(Size::Double, R10, RECORD + at, 0);
    }
    w.head(kind::IGNORED, R10, RECORD);
    w.asm.load(Size::Double, R1, R7, 32);
    w.asm.jump(When::Eq, R1, uapi::SIGNAL_IGNORED, ignored);
    w.asm.store(Size::Word, R10, RECORD + head::KIND, kind::SENT as i32);
    w.asm.bind(ignored);
    w.asm.load(Size::Double, R1, R7, 0);
    w.asm.store(Size::Double, R10, RECORD + head::VALUE, R1);
    w.asm.load(Size::Double, R8, R7, 8);
    w.stack(R1, RECORD + head::SIZE);
    w.asm.mov(R2, SIGINFO);
    w.asm.mov(R3, R8);
    w.asm.call(uapi::READ_KERNEL);
    w.stack(R2, RECORD);
    w.asm.mov(R3, i32::from(head::SIZE) + SIGINFO);
    w.output();
    w.finish();
    w.asm.finish()
}

/// How much of a `task_struct` is searched for the exit status, and in how many pieces: what lies beyond is not read.
pub(crate) const SPECIMEN: i32 = 4096;

/// For sched_process_exit: copies the beginning of the `task_struct` of one thread that is asked for.
pub(crate) fn specimen(maps: Maps) -> Result<Program, Flaw> {
    let mut w = Writer::new(maps);
    w.find_thread();
    w.room();
    w.head(kind::END, R6, scratch::HEAD);
    w.asm.mov(R1, R6);
    w.asm.op(Op::Add, R1, i32::from(scratch::DATA));
    w.asm.mov(R2, SPECIMEN);
    w.asm.load(Size::Double, R3, R10, KEY);
    w.asm.call(uapi::READ_KERNEL);
    w.asm.store(Size::Double, R6, scratch::USED, SPECIMEN);
    w.send();
    w.delete(maps.threads, KEY);
    w.count(counters::LIVE, -1);
    w.finish();
    w.asm.finish()
}
