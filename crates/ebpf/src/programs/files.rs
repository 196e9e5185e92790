//! From a descriptor to its file, and from the file to its path: one name of it in each turn, the last one first.
//!
//! A record gets a piece about the file, marked by [`layout::file`](crate::layout::file), and behind it a piece for each name.

use super::capture::{Turn, advance, argument, push};
use super::common::Writer;
use crate::assembler::{Op, Register, Size, When};
use crate::kernel_types::Types;
use crate::layout::{PIECE, file, head, item, op, scratch};
use crate::uapi;
use Register::{R0, R1, R2, R3, R4, R6, R7, R8, R9, R10};

/// Where the members are by which one gets from a thread to its files and their names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Members {
    files: i32,
    table: i32,
    room: i32,
    descriptors: i32,
    path: i32,
    directories: i32,
    current: i32,
    mount: i32,
    entry: i32,
    inode: i32,
    number: i32,
    device: i32,
    mode: i32,
    block: i32,
    magic: i32,
    hashed: i32,
    parent: i32,
    name: i32,
    root: i32,
    inner: i32,
    outer: i32,
    point: i32,
}

impl Members {
    /// Looks them up; `None` where this kernel has some of them elsewhere.
    pub(crate) fn find(types: &Types) -> Option<Self> {
        let at = |structure, member| types.offset(structure, member);
        Some(Self {
            files: at("task_struct", "files")?,
            table: at("files_struct", "fdt")?,
            room: at("fdtable", "max_fds")?,
            descriptors: at("fdtable", "fd")?,
            path: at("file", "f_path")?,
            directories: at("task_struct", "fs")?,
            current: at("fs_struct", "pwd")?,
            mount: at("path", "mnt")?,
            entry: at("path", "dentry")?,
            inode: at("dentry", "d_inode")?,
            number: at("inode", "i_ino")?,
            device: at("inode", "i_rdev")?,
            mode: at("inode", "i_mode")?,
            block: at("inode", "i_sb")?,
            magic: at("super_block", "s_magic")?,
            hashed: at("dentry", "d_hash")? + at("hlist_bl_node", "pprev")?,
            parent: at("dentry", "d_parent")?,
            name: at("dentry", "d_name")? + at("qstr", "name")?,
            root: at("vfsmount", "mnt_root")?,
            inner: at("mount", "mnt")?,
            outer: at("mount", "mnt_parent")?,
            point: at("mount", "mnt_mountpoint")?,
        })
    }
}

/// The descriptor that stands for the current directory (`AT_FDCWD`, openat(2)).
const AT_FDCWD: i32 = -100;

/// No path has more names.
const NAMES: i32 = 128;

/// No name is longer, with its NUL (`NAME_MAX`, linux/limits.h).
const LONGEST: i32 = 256;

/// Places on the stack of a turn.
const TEMPORARY: i16 = -16;
const DESCRIPTOR: i16 = -24;
const MOUNT: i16 = -32;
const ENTRY: i16 = -40;

impl Turn {
    /// `to =` the pointer at `from + offset` in the kernel; ends the turn where there is none to be read.
    fn pointer(&self, w: &mut Writer, to: Register, from: Register, offset: i32) {
        w.asm.mov(R3, from);
        w.asm.op(Op::Add, R3, offset);
        w.stack(R1, TEMPORARY);
        w.asm.mov(R2, 8);
        w.asm.call(uapi::READ_KERNEL);
        w.asm.jump(When::Ne, R0, 0, self.done);
        w.asm.load(Size::Double, to, R10, TEMPORARY);
    }

    /// R8 = the place for the next piece of the record.
    fn place(&self, w: &mut Writer) {
        w.asm.load(Size::Double, R1, R6, scratch::USED);
        w.asm.jump(When::Gt, R1, scratch::ROOM, self.done);
        w.asm.mov(R8, R6);
        w.asm.op(Op::Add, R8, i32::from(scratch::DATA));
        w.asm.op(Op::Add, R8, R1);
    }

    /// Begins with the descriptor that a step is about.
    pub(super) fn file(&self, w: &mut Writer, members: &Members) {
        let (current, path, closed) = (w.asm.label(), w.asm.label(), w.asm.label());
        self.descriptor(w);
        w.asm.store(Size::Double, R10, DESCRIPTOR, R8);
        w.asm.call(uapi::TASK);
        w.asm.mov(R9, R0);
        w.asm.jump(When::Eq, R8, AT_FDCWD, current);
        w.asm.jump(When::LtSigned, R8, 0, self.done);
        self.pointer(w, R9, R9, members.files);
        self.pointer(w, R9, R9, members.table);
        self.pointer(w, R1, R9, members.room);
        w.asm.op(Op::ShiftLeft, R1, 32);
        w.asm.op(Op::ShiftRight, R1, 32);
        w.asm.jump(When::Ge, R8, R1, closed);
        self.pointer(w, R9, R9, members.descriptors);
        w.asm.op(Op::ShiftLeft, R8, 3);
        w.asm.op(Op::Add, R9, R8);
        self.pointer(w, R9, R9, 0);
        w.asm.jump(When::Eq, R9, 0, closed);
        w.asm.op(Op::Add, R9, members.path);
        w.asm.goto(path);
        w.asm.bind(current);
        self.pointer(w, R9, R9, members.directories);
        w.asm.op(Op::Add, R9, members.current);
        w.asm.bind(path);
        self.opened(w, members);
        w.asm.bind(closed);
        self.closed(w);
    }

    /// R8 = the descriptor.
    fn descriptor(&self, w: &mut Writer) {
        let (from_result, from_record, found) = (w.asm.label(), w.asm.label(), w.asm.label());
        w.asm.load(Size::Word, R1, R7, op::SOURCE);
        w.asm.jump(When::Eq, R1, op::FROM_RESULT, from_result);
        w.asm.jump(When::Eq, R1, op::FROM_RECORD, from_record);
        argument(w, op::PLACE);
        w.asm.mov(R8, R1);
        w.asm.goto(found);
        w.asm.bind(from_result);
        w.asm.load(Size::Double, R8, R6, scratch::HEAD + head::VALUE);
        w.asm.jump(When::LtSigned, R8, 0, self.done);
        w.asm.goto(found);
        w.asm.bind(from_record);
        w.asm.load(Size::Word, R1, R7, op::PLACE);
        self.field(w);
        w.asm.load(Size::Word, R8, R2, 0);
        w.asm.bind(found);
        w.asm.op(Op::ShiftLeft, R8, 32);
        w.asm.op(Op::ShiftRightSigned, R8, 32);
    }

    /// The head of a piece about the descriptor, at R8.
    fn mark(&self, w: &mut Writer) {
        w.asm.load(Size::Word, R1, R10, DESCRIPTOR);
        w.asm.number(R2, file::DESCRIPTOR);
        w.asm.op(Op::Or, R1, R2);
        w.asm.store(Size::Double, R8, 0, R1);
        w.asm.store(Size::Double, R8, 8, file::SIZE);
    }

    /// Tells that nothing is open there.
    fn closed(&self, w: &mut Writer) {
        self.place(w);
        self.mark(w);
        for at in [file::NUMBER, file::MAGIC, file::HASHED, file::DEVICE] {
            w.asm.store(Size::Double, R8, PIECE as i16 + at, 0);
        }
        w.asm.mov(R0, file::SIZE);
        advance(w);
        w.asm.goto(self.done);
    }

    /// Tells of the file whose path R9 is, and goes on with its names.
    fn opened(&self, w: &mut Writer, members: &Members) {
        self.pointer(w, R1, R9, members.mount);
        w.asm.store(Size::Double, R10, MOUNT, R1);
        self.pointer(w, R9, R9, members.entry);
        w.asm.store(Size::Double, R10, ENTRY, R9);
        self.place(w);
        self.mark(w);
        w.asm.store(Size::Double, R8, PIECE as i16 + file::DEVICE, 0);
        self.tell(w, file::HASHED, members.hashed, 8);
        self.pointer(w, R9, R9, members.inode);
        self.tell(w, file::NUMBER, members.number, 8);
        self.tell(w, file::DEVICE, members.device, 4);
        self.tell(w, file::MODE, members.mode, 2);
        self.pointer(w, R9, R9, members.block);
        self.tell(w, file::MAGIC, members.magic, 8);
        w.asm.mov(R0, file::SIZE);
        advance(w);
        w.asm.load(Size::Double, R8, R6, scratch::OP);
        w.asm.load(Size::Double, R9, R10, ENTRY);
        w.asm.mov(R3, NAMES);
        w.asm.load(Size::Double, R4, R10, MOUNT);
        push(w, item::NAMES);
        w.asm.goto(self.done);
    }

    /// Copies `size` bytes at `R9 + offset` in the kernel into the piece at R8.
    fn tell(&self, w: &mut Writer, at: i16, offset: i32, size: i32) {
        w.asm.mov(R1, R8);
        w.asm.op(Op::Add, R1, PIECE + i32::from(at));
        w.asm.mov(R2, size);
        w.asm.mov(R3, R9);
        w.asm.op(Op::Add, R3, offset);
        w.asm.call(uapi::READ_KERNEL);
        w.asm.jump(When::Ne, R0, 0, self.done);
    }

    /// One more name; where a mount begins, it goes on in the one below.
    pub(super) fn names(&self, w: &mut Writer, members: &Members) {
        let (inside, again) = (w.asm.label(), w.asm.label());
        w.asm.load(Size::Double, R1, R6, scratch::COUNT);
        w.asm.jump(When::Eq, R1, 0, self.done);
        w.asm.load(Size::Double, R9, R6, scratch::ADDRESS);
        w.asm.load(Size::Double, R8, R6, scratch::RECORD);
        self.pointer(w, R1, R8, members.root);
        w.asm.jump(When::Ne, R1, R9, inside);
        w.asm.op(Op::Sub, R8, members.inner);
        self.pointer(w, R9, R8, members.point);
        self.pointer(w, R1, R8, members.outer);
        w.asm.jump(When::Eq, R1, R8, self.done);
        w.asm.op(Op::Add, R1, members.inner);
        w.asm.mov(R8, R1);
        w.asm.goto(again);
        w.asm.bind(inside);
        w.asm.store(Size::Double, R10, MOUNT, R8);
        self.name(w, members);
        self.pointer(w, R1, R9, members.parent);
        w.asm.jump(When::Eq, R1, R9, self.done);
        w.asm.mov(R9, R1);
        w.asm.load(Size::Double, R8, R10, MOUNT);
        w.asm.bind(again);
        w.asm.mov(R4, R8);
        w.asm.load(Size::Double, R8, R6, scratch::OP);
        w.asm.load(Size::Double, R3, R6, scratch::COUNT);
        w.asm.op(Op::Sub, R3, 1);
        push(w, item::NAMES);
        w.asm.goto(self.done);
    }

    /// Copies the name of entry R9.
    fn name(&self, w: &mut Writer, members: &Members) {
        self.place(w);
        self.pointer(w, R3, R9, members.name);
        w.asm.mov(R1, R8);
        w.asm.op(Op::Add, R1, PIECE);
        w.asm.mov(R2, LONGEST);
        w.asm.call(uapi::READ_KERNEL_TEXT);
        w.asm.jump(When::LeSigned, R0, 0, self.done);
        w.asm.number(R1, file::NAME);
        w.asm.store(Size::Double, R8, 0, R1);
        w.asm.store(Size::Double, R8, 8, R0);
        advance(w);
    }
}
