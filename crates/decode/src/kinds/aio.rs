//! The control blocks of aio (io_submit(2)).

use super::ioprio::IoPriority;
use super::named::decimal;
use super::poll::EVENTS;
use super::{Buffer, Data, Hex64, IoVec, Structure, Wide};
use crate::{Cx, Field, Kind, Len, Nested, Shape, Value, structure};
use abi::generated::layouts::asynchronous::{IO_EVENT as EVENT, IOCB as LAYOUT};
use abi::generated::sets::{asynchronous as sets, file::RWF};
use abi::{Abi, Place};

const DATA: Place = LAYOUT.member("aio_data");
const KEY: Place = LAYOUT.member("aio_key");
const RW_FLAGS: Place = LAYOUT.member("aio_rw_flags");
const COMMAND: Place = LAYOUT.member("aio_lio_opcode");
const PRIORITY: Place = LAYOUT.member("aio_reqprio");
const FD: Place = LAYOUT.member("aio_fildes");
const BUFFER: Place = LAYOUT.member("aio_buf");
const LENGTH: Place = LAYOUT.member("aio_nbytes");
const OFFSET: Place = LAYOUT.member("aio_offset");
const FLAGS: Place = LAYOUT.member("aio_flags");
const RESULT_FD: Place = LAYOUT.member("aio_resfd");

/// `aio_resfd` is an eventfd.
const HAS_RESULT_FD: u64 = sets::IOCB_FLAG.of("IOCB_FLAG_RESFD");

/// `aio_reqprio` is an I/O priority.
const HAS_PRIORITY: u64 = sets::IOCB_FLAG.of("IOCB_FLAG_IOPRIO");

/// `struct iocb`: what is to be done.
pub struct ControlBlock {
    /// Whether the part that depends on the command is shown.
    pub whole: bool,
}

/// A block as bytes.
struct Block<'a, 'c> {
    cx: &'c Cx<'a>,
    bytes: &'a [u8],
}

impl<'a> Block<'a, '_> {
    fn get(&self, place: Place) -> u64 {
        place.get(self.cx.abi(), self.bytes).unwrap_or(0)
    }

    /// The command, which as a number is decimal.
    fn command(&self) -> Value<'a> {
        let value = self.get(COMMAND);
        let raw = self.cx.put(Value::Unsigned(value));
        match sets::IOCB_CMD.name(value) {
            Some(name) => decimal(self.cx.arena, value as i64, name),
            None => {
                let meaning = Value::Commented(raw, sets::IOCB_CMD.unknown);
                Value::Either { raw, meaning: self.cx.put(meaning) }
            }
        }
    }

    /// What every block has.
    fn common(&self, fields: &mut bumpalo::collections::Vec<'a, Field<'a>>) {
        fields.push(Field::new("aio_data", Value::Hex(self.get(DATA))));
        if self.get(KEY) != 0 {
            fields.push(Field::new("aio_key", Value::Unsigned(self.get(KEY))));
        }
        if self.get(RW_FLAGS) != 0 {
            fields
                .push(Field::new("aio_rw_flags", Value::Flags { value: self.get(RW_FLAGS) & 0xffff_ffff, set: &RWF }));
        }
        fields.push(Field::new("aio_lio_opcode", self.command()));
        let priority = self.get(PRIORITY);
        if self.get(FLAGS) & HAS_PRIORITY != 0 {
            let value = match IoPriority.value(self.cx, priority & 0xffff) {
                Value::Either { meaning, .. } => {
                    Value::Either { raw: self.cx.put(Value::Hex(priority & 0xffff)), meaning }
                }
                other => other,
            };
            fields.push(Field::new("aio_reqprio", value));
        } else if priority != 0 {
            fields.push(Field::new("aio_reqprio", Value::Signed(priority as i64)));
        }
        fields.push(Field::new("aio_fildes", self.cx.descriptor(self.get(FD) as i32)));
    }

    /// What depends on the command; `None` for commands that need no more.
    fn content(&self) -> Option<Value<'a>> {
        let (cx, address, length) = (self.cx, self.get(BUFFER), self.get(LENGTH));
        Some(match sets::IOCB_CMD.name(self.get(COMMAND))? {
            "IOCB_CMD_PREAD" => Value::Address(address),
            "IOCB_CMD_PWRITE" => Buffer::at(cx, address, length),
            "IOCB_CMD_PREADV" => IoVec::at(cx, address, length, None),
            "IOCB_CMD_PWRITEV" => IoVec::at(cx, address, length, Some(u64::MAX)),
            "IOCB_CMD_POLL" => EVENTS.value(cx, address),
            _ => return None,
        })
    }

    fn whole(&self, fields: &mut bumpalo::collections::Vec<'a, Field<'a>>) {
        let Some(content) = self.content() else { return };
        let is_list = matches!(content, Value::Array { .. });
        let is_poll = sets::IOCB_CMD.name(self.get(COMMAND)) == Some("IOCB_CMD_POLL");
        fields.push(Field::new("aio_buf", content));
        if !is_list && !is_poll {
            fields.push(Field::new("aio_nbytes", Value::Unsigned(self.get(LENGTH))));
        }
        if !is_poll {
            fields.push(Field::new("aio_offset", Value::Signed(self.get(OFFSET) as i64)));
        }
        let (flags, fd) = (self.get(FLAGS), self.get(RESULT_FD));
        if flags != 0 {
            fields.push(Field::new("aio_flags", Value::Flags { value: flags, set: &sets::IOCB_FLAG }));
        }
        if flags & HAS_RESULT_FD != 0 {
            fields.push(Field::new("aio_resfd", self.cx.descriptor(fd as i32)));
        } else if fd != 0 {
            fields.push(Field::new("aio_resfd", Value::Hex(fd)));
        }
    }
}

impl Kind for ControlBlock {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let block = Block { cx, bytes };
        let mut fields = cx.list();
        block.common(&mut fields);
        if self.whole {
            block.whole(&mut fields);
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        LAYOUT.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        // A buffer or a vector, as the command says: the plan takes it for a vector, whose first part it is.
        let count = Len::Field { offset: LENGTH.of(abi).offset, size: LENGTH.of(abi).size as u8 };
        let content = IoVec { count, data: Data::Whole }.shape(abi);
        let nested = if self.whole { vec![Nested { offset: BUFFER.offset(abi), shape: content }] } else { Vec::new() };
        Shape::Records { stride: self.size(abi), count: Len::Fixed(1), nested }
    }
}

/// `struct io_event`: what has been done.
pub static IO_EVENT: Structure = structure!(EVENT { data: Hex64, obj: Hex64, res: Wide, res2: Wide });
