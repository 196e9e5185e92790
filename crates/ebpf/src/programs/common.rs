//! What the programs have in common.

use super::{Maps, Members, Traits, Unasked};
use crate::assembler::{Assembler, Label, Op, Operand, Register, Size, When};
use crate::layout::{counters, head, kind, scratch, thread};
use crate::uapi;
use Register::{R0, R1, R2, R3, R4, R6, R7, R9, R10};

/// Places on the stack of the main function.
pub(crate) const KEY: i16 = -8;
pub(crate) const ROOM: i16 = -16;
pub(crate) const TEMPORARY: i16 = -24;
pub(crate) const NEW_THREAD: i16 = -128;

/// A program in the making, and its maps. R6 is the room for the record, R7 what the tracepoint tells, R9 the
/// thread.
pub(crate) struct Writer {
    pub(crate) asm: Assembler,
    pub(crate) maps: Maps,
    /// Where the program ends when there is nothing to tell.
    pub(crate) end: Label,
    /// One turn of the loop that follows plans.
    pub(crate) turn: Label,
    /// Who is traced without being asked for.
    unasked: Unasked,
    /// The tracer's process.
    tracer: i32,
    /// How to find what descriptors point to.
    pub(crate) members: Option<Members>,
}

impl Writer {
    pub(crate) fn new(maps: Maps) -> Self {
        let mut asm = Assembler::new();
        let (end, turn) = (asm.label(), asm.label());
        asm.mov(R7, R1);
        Self { asm, maps, end, turn, unasked: Unasked::Nobody, tracer: 0, members: None }
    }

    /// A program in which threads can be met that nobody has asked for.
    pub(crate) fn meeting(maps: Maps, traits: Traits) -> Self {
        Self { unasked: traits.unasked, tracer: traits.tracer, members: traits.members, ..Self::new(maps) }
    }

    /// R0 = the value of a map under the key that lies on the stack.
    pub(crate) fn look_up(&mut self, map: i32, key: i16) {
        self.asm.map(R1, map);
        self.stack(R2, key);
        self.asm.call(uapi::LOOKUP);
    }

    /// Takes the key that lies on the stack out of a map.
    pub(crate) fn delete(&mut self, map: i32, key: i16) {
        self.asm.map(R1, map);
        self.stack(R2, key);
        self.asm.call(uapi::DELETE);
    }

    /// A register = the address of a place on the stack.
    pub(crate) fn stack(&mut self, to: Register, place: i16) {
        self.asm.mov(to, R10);
        self.asm.op(Op::Add, to, i32::from(place));
    }

    /// R9 = what is known of the current thread; ends the program when it is not traced.
    pub(crate) fn find_thread(&mut self) {
        self.find_known();
        self.only_traced();
    }

    /// Ends the program where thread R9 is one of which nothing is told.
    fn only_traced(&mut self) {
        self.asm.load(Size::Word, R1, R9, thread::FLAGS);
        self.asm.jump(When::Any, R1, thread::EXCLUDED, self.end);
    }

    /// R9 = what is known of the current thread; ends the program when nothing is.
    pub(crate) fn find_known(&mut self) {
        let found = self.asm.label();
        self.asm.call(uapi::TASK);
        self.asm.store(Size::Double, R10, KEY, R0);
        self.look_up(self.maps.threads, KEY);
        self.asm.mov(R9, R0);
        self.asm.jump(When::Ne, R9, 0, found);
        self.meet();
        self.asm.bind(found);
    }

    /// R9 = what is known of the thread to which a signal is sent; ends the program when it is not traced.
    pub(crate) fn find_told(&mut self) {
        self.asm.load(Size::Double, R1, R7, 16);
        self.asm.store(Size::Double, R10, KEY, R1);
        self.look_up(self.maps.threads, KEY);
        self.asm.mov(R9, R0);
        self.asm.jump(When::Eq, R9, 0, self.end);
        self.only_traced();
    }

    /// A thread that was not met yet becomes known, if it is asked for or one of those that need not be.
    fn meet(&mut self) {
        let (unasked, known) = (self.asm.label(), self.asm.label());
        self.asm.map_value(R1, self.maps.counters, counters::PENDING);
        self.asm.load(Size::Double, R1, R1, 0);
        self.asm.jump(When::Eq, R1, 0, unasked);
        self.asm.call(uapi::IDS);
        self.asm.store(Size::Word, R10, TEMPORARY, R0);
        self.look_up(self.maps.asked, TEMPORARY);
        self.asm.jump(When::Eq, R0, 0, unasked);
        self.asm.load(Size::Word, R1, R0, 0);
        self.new_thread(R1);
        self.add_thread(KEY);
        self.delete(self.maps.asked, TEMPORARY);
        self.count(counters::PENDING, -1);
        self.asm.goto(known);
        self.asm.bind(unasked);
        self.take();
        self.asm.bind(known);
        self.look_up(self.maps.threads, KEY);
        self.asm.mov(R9, R0);
        self.asm.jump(When::Eq, R9, 0, self.end);
    }

    /// Takes a thread that nobody has asked for, or ends the program.
    fn take(&mut self) {
        if matches!(self.unasked, Unasked::Nobody) {
            self.asm.goto(self.end);
            return;
        }
        self.asm.call(uapi::IDS);
        self.asm.op(Op::ShiftRight, R0, 32);
        self.asm.jump(When::Eq, R0, self.tracer, self.end);
        if let Unasked::In(cgroup) = self.unasked {
            self.asm.map(R1, cgroup);
            self.asm.mov(R2, 0);
            self.asm.call(uapi::UNDER_CGROUP);
            self.asm.jump(When::Ne, R0, 1, self.end);
        }
        self.new_thread(thread::ANNOUNCED);
        self.add_thread(KEY);
        self.count(counters::LIVE, 1);
    }

    /// Prepares what is known of a thread that is new.
    pub(crate) fn new_thread(&mut self, flags: impl Into<Operand>) {
        for at in (0..thread::SIZE).step_by(8) {
            self.asm.store(Size::Double, R10, NEW_THREAD + at, 0);
        }
        self.asm.store(Size::Word, R10, NEW_THREAD + thread::FLAGS, flags);
    }

    /// Adds the prepared thread under the task on the stack, or counts it and ends the program.
    pub(crate) fn add_thread(&mut self, key: i16) {
        let added = self.asm.label();
        self.asm.map(R1, self.maps.threads);
        self.stack(R2, key);
        self.stack(R3, NEW_THREAD);
        self.asm.mov(R4, 0);
        self.asm.call(uapi::UPDATE);
        self.asm.jump(When::Eq, R0, 0, added);
        self.count(counters::CROWDED, 1);
        self.asm.goto(self.end);
        self.asm.bind(added);
    }

    /// Adds to a counter.
    pub(crate) fn count(&mut self, counter: u32, by: i32) {
        self.asm.map_value(R1, self.maps.counters, counter);
        self.asm.mov(R2, by);
        self.asm.add_atomically(R1, 0, R2);
    }

    /// R6 = this CPU's room for a record, and its address on the stack.
    pub(crate) fn room(&mut self) {
        self.asm.call(uapi::CPU);
        self.asm.store(Size::Word, R10, TEMPORARY, R0);
        self.look_up(self.maps.scratch, TEMPORARY);
        self.asm.jump(When::Eq, R0, 0, self.end);
        self.asm.mov(R6, R0);
        self.asm.store(Size::Double, R10, ROOM, R6);
        self.asm.store(Size::Double, R6, scratch::USED, 0);
    }

    /// Fills in what all records have, `base` + `offset` being the record's place.
    pub(crate) fn head(&mut self, what: u32, base: Register, offset: i16) {
        self.asm.store(Size::Word, base, offset + head::KIND, what as i32);
        self.asm.call(uapi::TIME);
        self.asm.store(Size::Double, base, offset + head::TIME, R0);
        for (from, to) in [(thread::LOST, head::LOST), (thread::ENTERED, head::ENTERED)] {
            self.asm.load(Size::Double, R1, R9, from);
            self.asm.store(Size::Double, base, offset + to, R1);
        }
        self.asm.load(Size::Word, R1, R9, thread::PARENT);
        self.asm.store(Size::Word, base, offset + head::PARENT, R1);
        self.asm.store(Size::Word, base, offset + head::MISSED, 0);
        if what == kind::IGNORED {
            // It may be sent from anywhere: what is known is all there is.
            self.asm.load(Size::Double, R0, R9, thread::TID);
        } else {
            self.asm.call(uapi::IDS);
            self.asm.store(Size::Double, R9, thread::TID, R0);
        }
        self.asm.store(Size::Double, base, offset + head::TID, R0);
    }

    /// Sends the record in the room and what follows its head.
    pub(crate) fn send(&mut self) {
        self.asm.load(Size::Double, R3, R6, scratch::USED);
        self.asm.jump(When::Gt, R3, scratch::ROOM + scratch::SLACK / 2, self.end);
        self.asm.op(Op::Add, R3, i32::from(head::SIZE));
        self.asm.mov(R2, R6);
        self.asm.op(Op::Add, R2, i32::from(scratch::HEAD));
        self.output();
    }

    /// Sends the record in the room, which is a head alone. Where it finds no room it is kept under its thread and kind:
    /// without it nothing that comes later could be understood.
    pub(crate) fn send_or_keep(&mut self) {
        let (done, lost) = (self.asm.label(), self.asm.label());
        self.asm.mov(R2, R6);
        self.asm.op(Op::Add, R2, i32::from(scratch::HEAD));
        self.asm.mov(R3, i32::from(head::SIZE));
        self.try_output();
        self.asm.jump(When::Eq, R0, 0, done);
        for (from, to) in [(head::TID, TEMPORARY), (head::KIND, TEMPORARY + 4)] {
            self.asm.load(Size::Word, R1, R6, scratch::HEAD + from);
            self.asm.store(Size::Word, R10, to, R1);
        }
        self.asm.map(R1, self.maps.kept);
        self.stack(R2, TEMPORARY);
        self.asm.mov(R3, R6);
        self.asm.op(Op::Add, R3, i32::from(scratch::HEAD));
        self.asm.mov(R4, 0);
        self.asm.call(uapi::UPDATE);
        self.asm.jump(When::Ne, R0, 0, lost);
        self.count(counters::KEPT, 1);
        self.asm.goto(done);
        self.asm.bind(lost);
        self.lost();
        self.asm.bind(done);
    }

    /// Sends R3 bytes at R2; what finds no room is counted.
    pub(crate) fn output(&mut self) {
        let sent = self.asm.label();
        self.try_output();
        self.asm.jump(When::Eq, R0, 0, sent);
        self.lost();
        self.asm.bind(sent);
    }

    /// Sends R3 bytes at R2; R0 is 0 where there was room.
    fn try_output(&mut self) {
        self.asm.map(R1, self.maps.ring);
        self.asm.mov(R4, uapi::NO_WAKEUP);
        self.asm.call(uapi::RING_OUTPUT);
    }

    /// Counts a record that was lost.
    fn lost(&mut self) {
        self.count(counters::LOST, 1);
        self.asm.mov(R1, 1);
        self.asm.add_atomically(R9, thread::LOST, R1);
    }

    /// The end of the main function.
    pub(crate) fn finish(&mut self) {
        self.asm.bind(self.end);
        self.asm.exit_with(0);
    }
}
