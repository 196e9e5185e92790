//! Semaphores: semget(2), semop(2), semctl(2).

use super::control::{Control, NEW_PERMISSIONS, PERMISSIONS, Record, through_ipc};
use super::flags::GetFlags;
use crate::kinds::{Array, Flags, Int, Structure, U16, Ulong};
use crate::{Cx, Dir, Kind, Len, Shape, Value, structure};
use abi::Abi;
use abi::generated::layouts::ipc as layouts;
use abi::generated::sets::ipc as sets;

/// The flags of semget(2).
pub const SEM_GET: GetFlags = GetFlags { set: &sets::GET, huge: false };

/// The operations of semop(2); the third argument says how many.
pub const SEM_OPERATIONS: Array = Array { element: &OPERATION, count: Len::Uint(2) };

/// `struct sembuf` (semop(2)).
static OPERATION: Structure = structure!(layouts::SEMBUF { sem_num: U16, sem_op: Int, sem_flg: Flags16(&sets::SEMOP) });

/// Flags in a signed 16-bit field.
struct Flags16(&'static abi::Set);

impl Kind for Flags16 {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        Flags(self.0).value(cx, word & 0xffff)
    }

    fn size(&self, _abi: Abi) -> usize {
        2
    }
}

/// The fourth argument of semctl(2).
pub const SEM_CONTROL: Control = Control { operation: 2, records: &RECORDS };

const fn record(name: &str, direction: Dir, kind: &'static dyn Kind) -> Record {
    Record { operation: sets::SEMCTL.of(name), direction, kind }
}

static RECORDS: [Record; 6] = [
    record("IPC_SET", Dir::In, &NEW_SET),
    record("IPC_STAT", Dir::Out, &SET),
    record("SEM_STAT", Dir::Out, &SET),
    record("SEM_STAT_ANY", Dir::Out, &SET),
    record("IPC_INFO", Dir::Out, &LIMITS),
    record("SEM_INFO", Dir::Out, &LIMITS),
];

/// What can be set of a set of semaphores.
static NEW_SET: Structure = structure!(layouts::SEMID64_DS { sem_perm: NEW_PERMISSIONS });

/// `struct semid64_ds` (`asm/sembuf.h`).
static SET: Structure =
    structure!(layouts::SEMID64_DS { sem_perm: PERMISSIONS, sem_otime: Ulong, sem_ctime: Ulong, sem_nsems: Ulong });

/// `struct seminfo` (semctl(2)).
static LIMITS: Structure = structure!(layouts::SEMINFO {
    semmap: Int,
    semmni: Int,
    semmns: Int,
    semmnu: Int,
    semmsl: Int,
    semopm: Int,
    semume: Int,
    semusz: Int,
    semvmx: Int,
    semaem: Int,
});

/// `union semun` (semctl(2)): a pointer, or a number where nothing is behind it. ipc(2) passes a pointer to the union.
#[derive(Clone, Copy, Debug)]
pub struct SemArgument;

impl Kind for SemArgument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match SEM_CONTROL.record(cx) {
            Some(_) => SEM_CONTROL.value(cx, word),
            None if through_ipc(cx) => Value::Pointee(cx.put(cx.address(word))),
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        SEM_CONTROL.direction(cx, stated)
    }

    fn shape(&self, abi: Abi) -> Shape {
        SEM_CONTROL.shape(abi)
    }
}
