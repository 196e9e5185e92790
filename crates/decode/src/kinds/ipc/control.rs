//! The calls that control an object: shmctl(2), semctl(2), msgctl(2).

use super::flags::Mode;
use crate::kinds::{Id, Int, Structure};
use crate::{Case, Cx, Dir, Kind, Shape, Value, structure};
use abi::generated::layouts::ipc::IPC64_PERM;
use abi::generated::sets::ipc as sets;
use abi::{Abi, Set};

/// The bit with which a 32-bit C library asks for the newer structures (`IPC_64`, `linux/ipc.h`). They are shown
/// in any case: the older ones are history.
const NEWER: u64 = sets::VERSION.of("IPC_64");

/// What is to be done.
#[derive(Clone, Copy, Debug)]
pub struct Operation(pub &'static Set);

impl Kind for Operation {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let whole = u64::from(word as u32);
        let operation = Value::Const { value: whole & !NEWER, set: self.0 };
        if whole & NEWER == 0 {
            return operation;
        }
        let parts = [Value::Flags { value: NEWER, set: &sets::VERSION }, operation];
        Value::Bits { value: whole, parts: cx.slice(&parts) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// What an operation's memory is.
pub struct Record {
    /// The operation.
    pub(super) operation: u64,
    /// When it is decoded.
    pub(super) direction: Dir,
    /// How it is decoded.
    pub(super) kind: &'static dyn Kind,
}

/// The memory of an operation; for those that are not listed only the address is shown.
#[derive(Clone, Copy)]
pub struct Control {
    /// The index of the argument that says what is to be done.
    pub operation: u8,
    /// The operations with memory.
    pub records: &'static [Record],
}

impl Control {
    /// What the memory of this call is, if it has any.
    pub(super) fn record(&self, cx: &Cx<'_>) -> Option<&'static Record> {
        let operation = u64::from(cx.arg(self.operation.into()) as u32) & !NEWER;
        self.records.iter().find(|record| record.operation == operation)
    }
}

impl Kind for Control {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.record(cx) {
            Some(record) => record.kind.value(cx, word),
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, _stated: Dir) -> Dir {
        self.record(cx).map_or(Dir::In, |record| record.direction)
    }

    fn shape(&self, abi: Abi) -> Shape {
        let case = |record: &Record| Case {
            values: vec![record.operation, record.operation | NEWER],
            direction: record.direction,
            shape: record.kind.shape(abi),
        };
        Shape::Switch { arg: self.operation, cases: self.records.iter().map(case).collect() }
    }
}

/// Whether a call is a part of the 32-bit ipc(2).
pub(super) fn through_ipc(cx: &Cx<'_>) -> bool {
    cx.abi() == Abi::I386 && abi::call(Abi::I386, cx.call.number).is_some_and(|call| call.name == "ipc")
}

/// Which part of ipc(2) is meant: a version, and a number that is none of those that are shown by their names.
#[derive(Clone, Copy, Debug)]
pub struct WhichIpc;

impl Kind for WhichIpc {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let whole = u64::from(word as u32);
        let number = Value::Signed((whole & 0xffff) as i64);
        match whole >> 16 {
            0 => number,
            version => {
                let parts = [Value::Shifted(cx.put(Value::Unsigned(version)), "16"), number];
                Value::Bits { value: whole, parts: cx.slice(&parts) }
            }
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// `struct ipc64_perm` (sysvipc(7)): who may do what.
pub(super) static PERMISSIONS: Structure =
    structure!(IPC64_PERM { uid: Id, gid: Id, mode: Mode, key: Int, cuid: Id, cgid: Id });

/// What can be set of [`PERMISSIONS`].
pub(super) static NEW_PERMISSIONS: Structure = structure!(IPC64_PERM { uid: Id, gid: Id, mode: Mode });
