//! Inter-process communication: System V's and POSIX's.

use crate::kinds::ipc::{
    Key, MESSAGE_CONTROL, MESSAGE_FLAGS, MESSAGE_GET, MQ_ATTRIBUTES, MQ_NEW_ATTRIBUTES, Message, Operation, SEM_GET,
    SEM_OPERATIONS, SHM_ATTACH, SHM_CONTROL, SHM_GET, Segment, SemArgument, WhichIpc,
};
use crate::kinds::{
    Address, Buffer, Fd, Hex, Int, Long, Mode, Nothing, Path, Ref, Size, TIMESPEC, TIMESPEC64, Uint, open::OPEN_FLAGS,
    sigevent::SigEvent,
};
use crate::{Cx, Len, Row};
use abi::generated::sets::{file, ipc as sets};

/// The rows of this family.
pub static ROWS: &[Row] = crate::calls! {
    shmget(key: in Key, size: in Size, shmflg: in SHM_GET) -> Int, [IPC];
    shmat(shmid: in Int, shmaddr: in Address, shmflg: in SHM_ATTACH) -> Segment, [IPC MEMORY];
    shmdt(shmaddr: in Address) -> Nothing, [IPC MEMORY];
    shmctl(shmid: in Int, op: in Operation(&sets::SHMCTL), buf: in SHM_CONTROL) -> Int, [IPC];
    semget(key: in Key, nsems: in Int, semflg: in SEM_GET) -> Int, [IPC];
    semop(semid: in Int, sops: in SEM_OPERATIONS, nsops: in Uint) -> Nothing, [IPC];
    semtimedop(semid: in Int, sops: in SEM_OPERATIONS, nsops: in Uint, timeout: in TIMESPEC) -> Nothing, [IPC];
    semtimedop_time64(semid: in Int, sops: in SEM_OPERATIONS, nsops: in Uint, timeout: in TIMESPEC64) -> Nothing, [IPC];
    semctl(semid: in Int, semnum: in Int, op: in Operation(&sets::SEMCTL), arg: in SemArgument) -> Int, [IPC];
    msgget(key: in Key, msgflg: in MESSAGE_GET) -> Int, [IPC];
    msgsnd(msqid: in Int, msgp: in Message(2), msgsz: in Size, msgflg: in MESSAGE_FLAGS) -> Nothing, [IPC];
    msgrcv(msqid: in Int, msgp: out Message(2), msgsz: in Size, msgtyp: in Long, msgflg: in MESSAGE_FLAGS) -> Size, [IPC];
    msgctl(msqid: in Int, op: in Operation(&sets::MSGCTL), buf: in MESSAGE_CONTROL) -> Int, [IPC];
    ipc(call: in WhichIpc, first: in Hex, second: in Hex, third: in Hex, ptr: in Hex, fifth: in Hex) -> Int, [IPC];
    mq_open(name: in Path, flags: in OPEN_FLAGS, mode: in Mode => queue_is_made, attr: in MQ_NEW_ATTRIBUTES => queue_is_made) -> Fd, [DESC];
    mq_unlink(path: in Path) -> Nothing, [NONE];
    mq_timedsend(mqdes: in Fd, msg_ptr: in Buffer(Len::Arg(2)), msg_len: in Size, msg_prio: in Uint, abs_timeout: in TIMESPEC) -> Nothing, [DESC];
    mq_timedsend_time64(mqdes: in Fd, msg_ptr: in Buffer(Len::Arg(2)), msg_len: in Size, msg_prio: in Uint, abs_timeout: in TIMESPEC64) -> Nothing, [DESC];
    mq_timedreceive(mqdes: in Fd, msg_ptr: out Buffer(Len::Result), msg_len: in Size, msg_prio: out Ref(&Uint), abs_timeout: in TIMESPEC) -> Size, [DESC];
    mq_timedreceive_time64(mqdes: in Fd, msg_ptr: out Buffer(Len::Result), msg_len: in Size, msg_prio: out Ref(&Uint), abs_timeout: in TIMESPEC64) -> Size, [DESC];
    mq_notify(mqdes: in Fd, sevp: in SigEvent) -> Nothing, [DESC];
    mq_getsetattr(mqdes: in Fd, newattr: in MQ_ATTRIBUTES, oldattr: out MQ_ATTRIBUTES) -> Nothing, [DESC];
};

/// Whether mq_open(2) takes a mode and attributes.
fn queue_is_made(cx: &Cx<'_>) -> bool {
    cx.arg(1) & const { file::OPEN.of("O_CREAT") } != 0
}
