//! Queues of messages: msgget(2), msgop(2), msgctl(2).

use super::control::{Control, NEW_PERMISSIONS, PERMISSIONS, Record};
use super::flags::GetFlags;
use crate::kinds::{Buffer, Flags, Int, Long, Structure, U16, Ulong};
use crate::{Cx, Dir, Field, Kind, Len, Shape, Value, structure};
use abi::Abi;
use abi::generated::layouts::ipc as layouts;
use abi::generated::sets::ipc as sets;

/// The flags of msgget(2).
pub const MESSAGE_GET: GetFlags = GetFlags { set: &sets::GET, huge: false };

/// The flags of msgsnd(2) and msgrcv(2).
pub const MESSAGE_FLAGS: Flags = Flags(&sets::MSGFLG);

/// The third argument of msgctl(2).
pub const MESSAGE_CONTROL: Control = Control { operation: 1, records: &RECORDS };

const fn record(name: &str, direction: Dir, kind: &'static dyn Kind) -> Record {
    Record { operation: sets::MSGCTL.of(name), direction, kind }
}

static RECORDS: [Record; 6] = [
    record("IPC_SET", Dir::In, &NEW_QUEUE),
    record("IPC_STAT", Dir::Out, &QUEUE),
    record("MSG_STAT", Dir::Out, &QUEUE),
    record("MSG_STAT_ANY", Dir::Out, &QUEUE),
    record("IPC_INFO", Dir::Out, &LIMITS),
    record("MSG_INFO", Dir::Out, &LIMITS),
];

/// What can be set of a queue.
static NEW_QUEUE: Structure = structure!(layouts::MSQID64_DS { msg_perm: NEW_PERMISSIONS, msg_qbytes: Ulong });

/// `struct msqid64_ds` (`asm-generic/msgbuf.h`).
static QUEUE: Structure = structure!(layouts::MSQID64_DS {
    msg_perm: PERMISSIONS,
    msg_stime: Ulong,
    msg_rtime: Ulong,
    msg_ctime: Ulong,
    msg_qnum: Ulong,
    msg_qbytes: Ulong,
    msg_lspid: Int,
    msg_lrpid: Int,
});

/// `struct msginfo` (msgctl(2)).
static LIMITS: Structure = structure!(layouts::MSGINFO {
    msgpool: Int,
    msgmap: Int,
    msgmax: Int,
    msgmnb: Int,
    msgmni: Int,
    msgssz: Int,
    msgtql: Int,
    msgseg: U16,
});

/// `struct msgbuf` (msgop(2)): a message, after its type, of as many bytes as this argument says.
#[derive(Clone, Copy, Debug)]
pub struct Message(pub u8);

impl Kind for Message {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let word = cx.abi().long_size();
        let kind = Long.load(cx, &bytes[..word.min(bytes.len())], address);
        let length = Len::Arg(self.0).of(cx, &[]).unwrap_or(0);
        let text = Buffer::at(cx, address.wrapping_add(word as u64), length);
        Value::Struct { fields: cx.slice(&[Field::new("mtype", kind), Field::new("mtext", text)]), more: false }
    }

    /// The structure as C has it: a word, and at least one byte filled up to another.
    fn size(&self, abi: Abi) -> usize {
        2 * abi.long_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::buffer(Len::ArgAnd(self.0, abi.long_size() as u8))
    }
}
