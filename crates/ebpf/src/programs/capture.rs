//! Following a plan: a loop over what is still to be done, last come first served.
//!
//! Each turn takes one item. An item is a step of a plan with an address, a count, and the record in which its pointer
//! lies; what is left of it, its sibling and what its record leads to are put back as items.

use super::common::Writer;
use crate::assembler::{Label, Op, Register, Size, When};
use crate::layout::{PIECE, head, item, op, scratch};
use crate::uapi;
use Register::{R0, R1, R2, R3, R4, R6, R7, R8, R9, R10};

/// No plan has more turns.
const TURNS: i32 = 8192;

/// The unit in which memory is there or not.
const PAGE: i32 = 4096;

/// Places on the stack of a turn.
const KEY: i16 = -8;
const NUMBER: i16 = -16;

/// Runs the loop. The address of the room lies on the stack at `room`.
pub(super) fn run(w: &mut Writer, room: i16) {
    let turn = w.turn;
    w.asm.mov(R1, TURNS);
    w.asm.function_address(R2, turn);
    w.stack(R3, room);
    w.asm.mov(R4, 0);
    w.asm.call(uapi::LOOP);
}

/// The functions, behind the main one.
pub(super) fn functions(w: &mut Writer) {
    let append = w.asm.label();
    Turn { append, file: w.asm.label(), done: w.asm.label() }.write(w);
    write_append(w, append);
}

/// One turn of the loop. R6 is the room, R7 the step.
pub(super) struct Turn {
    append: Label,
    file: Label,
    pub(super) done: Label,
}

/// Writes what finds a length and leaves it in R8.
type FindLength = fn(&Turn, &mut Writer);

impl Turn {
    fn write(&self, w: &mut Writer) {
        let (bytes, records, text, texts) = (w.asm.label(), w.asm.label(), w.asm.label(), w.asm.label());
        let (start, resume, block, names) = (w.asm.label(), w.asm.label(), w.asm.label(), w.asm.label());
        w.asm.function(w.turn);
        self.take(w);
        w.asm.load(Size::Double, R8, R10, NUMBER);
        w.asm.jump(When::Eq, R8, item::START, start);
        w.asm.bind(resume);
        w.asm.jump(When::Eq, R8, item::BYTES, bytes);
        w.asm.jump(When::Eq, R8, item::RECORDS, records);
        w.asm.jump(When::Eq, R8, item::TEXT, text);
        w.asm.jump(When::Eq, R8, item::TEXTS, texts);
        w.asm.jump(When::Eq, R8, op::BLOCK, block);
        w.asm.jump(When::Eq, R8, item::NAMES, names);
        w.asm.goto(self.done);
        w.asm.bind(start);
        self.start(w);
        self.count(w);
        w.asm.load(Size::Word, R8, R7, op::KIND);
        w.asm.goto(resume);
        w.asm.bind(bytes);
        self.bytes(w);
        w.asm.bind(records);
        self.records(w);
        w.asm.bind(text);
        self.text(w);
        w.asm.bind(block);
        self.block(w);
        self.files(w, names);
        w.asm.bind(texts);
        self.texts(w);
        w.asm.bind(self.done);
        w.asm.exit_with(0);
    }

    /// What descriptors point to, where it is known how to find that.
    fn files(&self, w: &mut Writer, names: Label) {
        let Some(members) = w.members else {
            w.asm.bind(names);
            w.asm.bind(self.file);
            w.asm.goto(self.done);
            return;
        };
        w.asm.bind(names);
        self.names(w, &members);
        w.asm.bind(self.file);
        self.file(w, &members);
    }

    /// Takes an item; its mode goes to the stack, the rest to its place in the room. Ends the loop without one.
    fn take(&self, w: &mut Writer) {
        let some = w.asm.label();
        w.asm.load(Size::Double, R6, R2, 0);
        w.asm.load(Size::Double, R1, R6, scratch::DEPTH);
        w.asm.jump(When::Ne, R1, 0, some);
        w.asm.exit_with(1);
        w.asm.bind(some);
        w.asm.op(Op::Sub, R1, 1);
        w.asm.store(Size::Double, R6, scratch::DEPTH, R1);
        item_address(w);
        w.asm.load(Size::Word, R1, R2, item::OP);
        w.asm.store(Size::Double, R6, scratch::OP, R1);
        w.asm.store(Size::Word, R10, KEY, R1);
        w.asm.load(Size::Word, R1, R2, item::MODE);
        w.asm.store(Size::Double, R10, NUMBER, R1);
        for (from, to) in
            [(item::ADDRESS, scratch::ADDRESS), (item::COUNT, scratch::COUNT), (item::RECORD, scratch::RECORD)]
        {
            w.asm.load(Size::Double, R1, R2, from);
            w.asm.store(Size::Double, R6, to, R1);
        }
        w.look_up(w.maps.ops, KEY);
        w.asm.jump(When::Eq, R0, 0, self.done);
        w.asm.mov(R7, R0);
    }

    /// Begins with a step: its sibling, its address; ends the turn when there is nothing to be done now.
    fn start(&self, w: &mut Writer) {
        let (alone, not_switch) = (w.asm.label(), w.asm.label());
        w.asm.load(Size::Word, R8, R7, op::NEXT);
        w.asm.jump(When::Eq, R8, 0, alone);
        w.asm.load(Size::Double, R9, R6, scratch::RECORD);
        push_start(w);
        w.asm.bind(alone);
        w.asm.load(Size::Word, R1, R7, op::KIND);
        w.asm.jump(When::Ne, R1, op::SWITCH, not_switch);
        self.switch(w);
        w.asm.bind(not_switch);
        w.asm.load(Size::Word, R1, R7, op::WHEN);
        w.asm.load(Size::Double, R2, R6, scratch::MOMENT);
        w.asm.op(Op::And, R1, R2);
        w.asm.jump(When::Eq, R1, 0, self.done);
        w.asm.load(Size::Word, R1, R7, op::KIND);
        w.asm.jump(When::Eq, R1, op::FILE, self.file);
        self.address(w);
        w.asm.jump(When::Eq, R9, 0, self.done);
        w.asm.store(Size::Double, R6, scratch::ADDRESS, R9);
    }

    /// Goes on with the case that fits.
    fn switch(&self, w: &mut Writer) {
        let (other, chosen) = (w.asm.label(), w.asm.label());
        argument(w, op::ARG);
        w.asm.store(Size::Word, R10, NUMBER, R1);
        w.asm.load(Size::Word, R1, R7, op::EXTRA);
        w.asm.store(Size::Word, R10, NUMBER + 4, R1);
        w.look_up(w.maps.cases, NUMBER);
        w.asm.jump(When::Eq, R0, 0, other);
        w.asm.load(Size::Word, R8, R0, 0);
        w.asm.goto(chosen);
        w.asm.bind(other);
        w.asm.load(Size::Word, R8, R7, op::OTHERWISE);
        w.asm.bind(chosen);
        w.asm.jump(When::Eq, R8, 0, self.done);
        w.asm.load(Size::Double, R9, R6, scratch::RECORD);
        push_start(w);
        w.asm.goto(self.done);
    }

    /// R9 = the address that the step is about.
    fn address(&self, w: &mut Writer) {
        let (from_record, from_stack, found) = (w.asm.label(), w.asm.label(), w.asm.label());
        w.asm.load(Size::Word, R1, R7, op::SOURCE);
        w.asm.jump(When::Eq, R1, op::FROM_RECORD, from_record);
        w.asm.jump(When::Eq, R1, op::FROM_STACK, from_stack);
        argument(w, op::PLACE);
        w.asm.mov(R9, R1);
        w.asm.goto(found);
        w.asm.bind(from_stack);
        w.asm.load(Size::Double, R9, R6, scratch::HEAD + head::SP);
        w.asm.load(Size::Word, R1, R7, op::PLACE);
        w.asm.op(Op::Add, R9, R1);
        w.asm.goto(found);
        w.asm.bind(from_record);
        w.asm.load(Size::Word, R1, R7, op::PLACE);
        self.field(w);
        load_pointer(w, R9);
        w.asm.bind(found);
    }

    /// R2 = the place in the room of the member at R1 of the enclosing record.
    pub(super) fn field(&self, w: &mut Writer) {
        w.asm.op(Op::And, R1, PAGE - 1);
        w.asm.load(Size::Double, R2, R6, scratch::RECORD);
        w.asm.jump(When::Gt, R2, scratch::ROOM, self.done);
        w.asm.op(Op::Add, R1, R2);
        w.asm.mov(R2, R6);
        w.asm.op(Op::Add, R2, i32::from(scratch::DATA));
        w.asm.op(Op::Add, R2, R1);
    }

    /// Finds how many bytes, records or texts there are.
    fn count(&self, w: &mut Writer) {
        let (found, store) = (w.asm.label(), w.asm.label());
        let not_bytes = w.asm.label();
        let lengths: [(i32, FindLength); 9] = [
            (op::FIXED, |_, w| w.asm.load(Size::Double, R8, R7, op::COUNT)),
            (op::ARGUMENT, |_, w| {
                argument(w, op::COUNT);
                w.asm.mov(R8, R1);
                w.asm.load(Size::Word, R1, R7, op::EXTRA);
                w.asm.op(Op::Add, R8, R1);
            }),
            (op::UINT, |_, w| {
                argument(w, op::COUNT);
                w.asm.mov(R8, R1);
                low_half(w);
            }),
            (op::INT, |turn, w| {
                argument(w, op::COUNT);
                w.asm.mov(R8, R1);
                w.asm.op(Op::ShiftLeft, R8, 32);
                w.asm.op(Op::ShiftRightSigned, R8, 32);
                w.asm.jump(When::LeSigned, R8, 0, turn.done);
            }),
            (op::RESULT, |turn, w| turn.result(w)),
            (op::RESULT_UP_TO, |turn, w| {
                let less = w.asm.label();
                turn.result(w);
                argument(w, op::COUNT);
                w.asm.jump(When::Ge, R1, R8, less);
                w.asm.mov(R8, R1);
                w.asm.bind(less);
            }),
            (op::AT, |turn, w| {
                argument(w, op::COUNT);
                w.asm.mov(R3, R1);
                w.stack(R1, NUMBER);
                w.asm.mov(R2, 4);
                w.asm.call(uapi::READ_USER);
                let read = w.asm.label();
                w.asm.jump(When::Eq, R0, 0, read);
                missed(w);
                w.asm.goto(turn.done);
                w.asm.bind(read);
                w.asm.load(Size::Word, R8, R10, NUMBER);
            }),
            (op::FIELD, |turn, w| {
                let (half, double, read) = (w.asm.label(), w.asm.label(), w.asm.label());
                w.asm.load(Size::Word, R1, R7, op::COUNT);
                turn.field(w);
                w.asm.load(Size::Word, R3, R7, op::EXTRA);
                w.asm.jump(When::Eq, R3, 2, half);
                w.asm.jump(When::Eq, R3, 8, double);
                w.asm.load(Size::Word, R8, R2, 0);
                w.asm.goto(read);
                w.asm.bind(half);
                w.asm.load(Size::Half, R8, R2, 0);
                w.asm.goto(read);
                w.asm.bind(double);
                w.asm.load(Size::Double, R8, R2, 0);
                w.asm.bind(read);
            }),
            (op::IOCTL, |_, w| {
                w.asm.load(Size::Double, R8, R6, scratch::HEAD + head::ARGS + 8);
                w.asm.op(Op::ShiftRight, R8, 16);
                w.asm.op(Op::And, R8, 0x3fff);
            }),
        ];
        for (length, write) in lengths {
            let other = w.asm.label();
            w.asm.load(Size::Word, R1, R7, op::LENGTH);
            w.asm.jump(When::Ne, R1, length, other);
            write(self, w);
            w.asm.goto(found);
            w.asm.bind(other);
        }
        w.asm.goto(self.done);
        w.asm.bind(found);
        // Texts have so many bytes each; the most is how many of them there may be.
        let list = w.asm.label();
        w.asm.load(Size::Word, R2, R7, op::KIND);
        w.asm.load(Size::Double, R1, R7, op::MOST);
        w.asm.jump(When::Eq, R2, item::TEXTS, list);
        w.asm.jump(When::Eq, R2, item::TEXT, list);
        w.asm.jump(When::Ge, R1, R8, store);
        w.asm.mov(R8, R1);
        w.asm.bind(store);
        w.asm.jump(When::Ne, R2, item::BYTES, not_bytes);
        w.asm.load(Size::Word, R1, R7, op::STRIDE);
        w.asm.op(Op::Mul, R8, R1);
        w.asm.goto(not_bytes);
        w.asm.bind(list);
        w.asm.mov(R8, R1);
        w.asm.bind(not_bytes);
        w.asm.store(Size::Double, R6, scratch::COUNT, R8);
    }

    /// R8 = what the call returned; ends the turn where it failed.
    fn result(&self, w: &mut Writer) {
        w.asm.load(Size::Double, R8, R6, scratch::HEAD + head::VALUE);
        w.asm.jump(When::LeSigned, R8, 0, self.done);
    }

    /// Copies bytes, no further than the page's end in one turn.
    fn bytes(&self, w: &mut Writer) {
        let (inside, read) = (w.asm.label(), w.asm.label());
        w.asm.load(Size::Double, R9, R6, scratch::ADDRESS);
        w.asm.load(Size::Double, R8, R6, scratch::COUNT);
        w.asm.jump(When::Eq, R8, 0, self.done);
        w.asm.mov(R1, R9);
        w.asm.op(Op::And, R1, PAGE - 1);
        w.asm.mov(R2, PAGE);
        w.asm.op(Op::Sub, R2, R1);
        w.asm.jump(When::Ge, R2, R8, inside);
        w.asm.mov(R8, R2);
        w.asm.bind(inside);
        w.asm.mov(R1, R6);
        w.asm.mov(R2, R9);
        w.asm.mov(R3, R8);
        w.asm.call_function(self.append);
        w.asm.jump(When::Eq, R0, 0, read);
        missed(w);
        w.asm.goto(self.done);
        w.asm.bind(read);
        w.asm.op(Op::Add, R9, R8);
        w.asm.load(Size::Double, R1, R6, scratch::COUNT);
        w.asm.op(Op::Sub, R1, R8);
        w.asm.store(Size::Double, R6, scratch::COUNT, R1);
        w.asm.jump(When::Eq, R1, 0, self.done);
        self.go_on(w, item::BYTES);
    }

    /// Puts the item back, from the address in R9 on.
    fn go_on(&self, w: &mut Writer, mode: i32) {
        w.asm.load(Size::Double, R8, R6, scratch::OP);
        w.asm.load(Size::Double, R3, R6, scratch::COUNT);
        w.asm.load(Size::Double, R4, R6, scratch::RECORD);
        push(w, mode);
        w.asm.goto(self.done);
    }

    /// Copies a record, and goes on with its pointers and the next one.
    fn records(&self, w: &mut Writer) {
        let (read, last) = (w.asm.label(), w.asm.label());
        w.asm.load(Size::Double, R1, R6, scratch::COUNT);
        w.asm.jump(When::Eq, R1, 0, self.done);
        w.asm.load(Size::Double, R9, R6, scratch::ADDRESS);
        w.asm.load(Size::Double, R1, R6, scratch::USED);
        w.asm.op(Op::Add, R1, PIECE);
        w.asm.store(Size::Double, R10, NUMBER, R1);
        w.asm.mov(R1, R6);
        w.asm.mov(R2, R9);
        w.asm.load(Size::Word, R3, R7, op::STRIDE);
        w.asm.call_function(self.append);
        w.asm.jump(When::Eq, R0, 0, read);
        // A part of it may be there.
        w.asm.load(Size::Word, R1, R7, op::STRIDE);
        w.asm.store(Size::Double, R6, scratch::COUNT, R1);
        self.go_on(w, item::BYTES);
        w.asm.bind(read);
        w.asm.load(Size::Double, R1, R6, scratch::COUNT);
        w.asm.op(Op::Sub, R1, 1);
        w.asm.jump(When::Eq, R1, 0, last);
        w.asm.mov(R3, R1);
        w.asm.load(Size::Word, R1, R7, op::STRIDE);
        w.asm.op(Op::Add, R9, R1);
        w.asm.load(Size::Double, R8, R6, scratch::OP);
        w.asm.load(Size::Double, R4, R6, scratch::RECORD);
        push(w, item::RECORDS);
        w.asm.bind(last);
        w.asm.load(Size::Word, R8, R7, op::NESTED);
        w.asm.load(Size::Double, R9, R10, NUMBER);
        push_start(w);
        w.asm.goto(self.done);
    }

    /// Copies a block of words, makes them the arguments from the one on that points to them, and goes on with what those
    /// lead to.
    fn block(&self, w: &mut Writer) {
        w.asm.load(Size::Double, R8, R6, scratch::USED);
        w.asm.mov(R1, R6);
        w.asm.load(Size::Double, R2, R6, scratch::ADDRESS);
        w.asm.load(Size::Word, R3, R7, op::STRIDE);
        self.append_piece(w);
        w.asm.load(Size::Word, R3, R7, op::PLACE);
        w.asm.op(Op::And, R3, 0x38);
        w.asm.op(Op::Add, R3, R6);
        for index in 0..6 {
            w.asm.load(Size::Word, R1, R2, 4 * index);
            w.asm.store(Size::Double, R3, scratch::WORDS + 8 * index, R1);
        }
        w.asm.load(Size::Word, R8, R7, op::NESTED);
        w.asm.load(Size::Double, R9, R6, scratch::RECORD);
        push_start(w);
        w.asm.goto(self.done);
    }

    /// Copies a text of at most `COUNT` bytes with its NUL. Where it is not all there, what is there of it.
    fn text(&self, w: &mut Writer) {
        let (ended, part) = (w.asm.label(), w.asm.label());
        w.asm.load(Size::Double, R1, R6, scratch::USED);
        w.asm.jump(When::Gt, R1, scratch::ROOM, self.done);
        w.asm.mov(R8, R6);
        w.asm.op(Op::Add, R8, i32::from(scratch::DATA));
        w.asm.op(Op::Add, R8, R1);
        w.asm.load(Size::Double, R9, R6, scratch::COUNT);
        // The last byte is made a NUL, whatever it is.
        w.asm.op(Op::Add, R9, 1);
        w.asm.jump(When::Gt, R9, 2 * PAGE, self.done);
        w.asm.mov(R1, R8);
        w.asm.op(Op::Add, R1, PIECE);
        w.asm.mov(R2, R9);
        w.asm.load(Size::Double, R3, R6, scratch::ADDRESS);
        w.asm.call(uapi::READ_USER_TEXT);
        w.asm.jump(When::LeSigned, R0, 0, part);
        w.asm.jump(When::Ne, R0, R9, ended);
        w.asm.op(Op::Sub, R0, 1);
        w.asm.bind(ended);
        w.asm.load(Size::Double, R1, R6, scratch::ADDRESS);
        w.asm.store(Size::Double, R8, 0, R1);
        w.asm.store(Size::Double, R8, 8, R0);
        advance(w);
        w.asm.goto(self.done);
        w.asm.bind(part);
        w.asm.load(Size::Double, R9, R6, scratch::ADDRESS);
        self.go_on(w, item::BYTES);
    }

    /// Copies so many (R3) bytes from an address (R2); R2 is then where they lie in the scratch (R1), whose room was used up
    /// to R8. What cannot be read is missed, and the turn ends.
    fn append_piece(&self, w: &mut Writer) {
        let read = w.asm.label();
        w.asm.call_function(self.append);
        w.asm.jump(When::Eq, R0, 0, read);
        missed(w);
        w.asm.goto(self.done);
        w.asm.bind(read);
        w.asm.jump(When::Gt, R8, scratch::ROOM, self.done);
        w.asm.mov(R2, R6);
        w.asm.op(Op::Add, R2, i32::from(scratch::DATA) + PIECE);
        w.asm.op(Op::Add, R2, R8);
    }

    /// Copies a pointer of a list that ends with NULL, and goes on with its text and the next one.
    fn texts(&self, w: &mut Writer) {
        w.asm.load(Size::Double, R1, R6, scratch::COUNT);
        w.asm.jump(When::Eq, R1, 0, self.done);
        w.asm.load(Size::Double, R9, R6, scratch::ADDRESS);
        w.asm.load(Size::Double, R8, R6, scratch::USED);
        w.asm.mov(R1, R6);
        w.asm.mov(R2, R9);
        w.asm.load(Size::Double, R3, R6, scratch::POINTER);
        self.append_piece(w);
        load_pointer(w, R8);
        w.asm.jump(When::Eq, R8, 0, self.done);
        w.asm.store(Size::Double, R10, NUMBER, R8);
        w.asm.load(Size::Double, R1, R6, scratch::POINTER);
        w.asm.op(Op::Add, R9, R1);
        w.asm.load(Size::Double, R8, R6, scratch::OP);
        w.asm.load(Size::Double, R3, R6, scratch::COUNT);
        w.asm.op(Op::Sub, R3, 1);
        w.asm.load(Size::Double, R4, R6, scratch::RECORD);
        push(w, item::TEXTS);
        w.asm.load(Size::Double, R9, R10, NUMBER);
        w.asm.load(Size::Double, R3, R7, op::COUNT);
        push(w, item::TEXT);
    }
}

/// Copies R3 bytes from the process's R2 to the end of the record in room R1; R0 is 0 when that could be done.
fn write_append(w: &mut Writer, label: Label) {
    let failed = w.asm.label();
    w.asm.function(label);
    w.asm.mov(R6, R1);
    w.asm.mov(R9, R3);
    w.asm.jump(When::Gt, R9, PAGE, failed);
    w.asm.load(Size::Double, R1, R6, scratch::USED);
    w.asm.jump(When::Gt, R1, scratch::ROOM, failed);
    w.asm.mov(R8, R6);
    w.asm.op(Op::Add, R8, i32::from(scratch::DATA));
    w.asm.op(Op::Add, R8, R1);
    w.asm.store(Size::Double, R8, 0, R2);
    w.asm.store(Size::Double, R8, 8, R9);
    w.asm.mov(R1, R8);
    w.asm.op(Op::Add, R1, PIECE);
    w.asm.mov(R3, R2);
    w.asm.mov(R2, R9);
    w.asm.call(uapi::READ_USER);
    w.asm.jump(When::Ne, R0, 0, failed);
    w.asm.mov(R0, R9);
    advance(w);
    w.asm.exit_with(0);
    w.asm.bind(failed);
    w.asm.exit_with(1);
}

/// The record has grown by a piece of R0 bytes.
pub(super) fn advance(w: &mut Writer) {
    w.asm.op(Op::Add, R0, PIECE + 7);
    w.asm.op(Op::And, R0, !7);
    w.asm.load(Size::Double, R1, R6, scratch::USED);
    w.asm.op(Op::Add, R1, R0);
    w.asm.store(Size::Double, R6, scratch::USED, R1);
}

/// R1 = the argument word whose offset stands in the step at `place`.
pub(super) fn argument(w: &mut Writer, place: i16) {
    w.asm.load(Size::Word, R1, R7, place);
    w.asm.op(Op::And, R1, 0x38);
    w.asm.mov(R2, R6);
    w.asm.op(Op::Add, R2, R1);
    w.asm.load(Size::Double, R1, R2, scratch::WORDS);
    w.asm.load(Size::Double, R2, R6, scratch::MASK);
    w.asm.op(Op::And, R1, R2);
}

/// A register = the pointer of the call's personality at R2.
fn load_pointer(w: &mut Writer, to: Register) {
    let (narrow, found) = (w.asm.label(), w.asm.label());
    w.asm.load(Size::Double, R1, R6, scratch::POINTER);
    w.asm.jump(When::Eq, R1, 4, narrow);
    w.asm.load(Size::Double, to, R2, 0);
    w.asm.goto(found);
    w.asm.bind(narrow);
    w.asm.load(Size::Word, to, R2, 0);
    w.asm.bind(found);
}

/// R8 loses its upper half.
fn low_half(w: &mut Writer) {
    w.asm.op(Op::ShiftLeft, R8, 32);
    w.asm.op(Op::ShiftRight, R8, 32);
}

/// Something could not be read.
fn missed(w: &mut Writer) {
    w.asm.store(Size::Double, R6, scratch::MISSED, 1);
}

/// R2 = the place of item R1.
fn item_address(w: &mut Writer) {
    w.asm.op(Op::And, R1, scratch::ITEMS - 1);
    w.asm.op(Op::ShiftLeft, R1, scratch::ITEM_SHIFT);
    w.asm.mov(R2, R6);
    w.asm.op(Op::Add, R2, R1);
}

/// Adds an item that begins with step R8; its enclosing record is R9.
fn push_start(w: &mut Writer) {
    w.asm.mov(R4, R9);
    w.asm.mov(R3, 0);
    push(w, item::START);
}

/// Adds an item: step R8, address R9, count R3, record R4. More items than there is room for are left out.
pub(super) fn push(w: &mut Writer, mode: i32) {
    let full = w.asm.label();
    w.asm.load(Size::Double, R1, R6, scratch::DEPTH);
    w.asm.jump(When::Ge, R1, scratch::ITEMS, full);
    w.asm.mov(R2, R1);
    w.asm.op(Op::Add, R2, 1);
    w.asm.store(Size::Double, R6, scratch::DEPTH, R2);
    item_address(w);
    w.asm.store(Size::Word, R2, item::OP, R8);
    w.asm.store(Size::Word, R2, item::MODE, mode);
    w.asm.store(Size::Double, R2, item::ADDRESS, R9);
    w.asm.store(Size::Double, R2, item::COUNT, R3);
    w.asm.store(Size::Double, R2, item::RECORD, R4);
    w.asm.bind(full);
}
