//! Shared memory: shmget(2), shmat(2), shmctl(2).

use super::control::{Control, NEW_PERMISSIONS, PERMISSIONS, Record, through_ipc};
use super::flags::GetFlags;
use crate::kinds::{Flags, Int, Structure, Ulong};
use crate::{Cx, Dir, Kind, Value, structure};
use abi::Abi;
use abi::generated::layouts::ipc as layouts;
use abi::generated::sets::ipc as sets;

/// The flags of shmget(2).
pub const SHM_GET: GetFlags = GetFlags { set: &sets::SHMGET, huge: true };

/// The flags of shmat(2).
pub const SHM_ATTACH: Flags = Flags(&sets::SHMAT);

/// The third argument of shmctl(2).
pub const SHM_CONTROL: Control = Control { operation: 1, records: &RECORDS };

const fn record(name: &str, direction: Dir, kind: &'static dyn Kind) -> Record {
    Record { operation: sets::SHMCTL.of(name), direction, kind }
}

static RECORDS: [Record; 6] = [
    record("IPC_SET", Dir::In, &NEW_SEGMENT),
    record("IPC_STAT", Dir::Out, &SEGMENT),
    record("SHM_STAT", Dir::Out, &SEGMENT),
    record("SHM_STAT_ANY", Dir::Out, &SEGMENT),
    record("IPC_INFO", Dir::Out, &LIMITS),
    record("SHM_INFO", Dir::Out, &USAGE),
];

/// What can be set of a segment.
static NEW_SEGMENT: Structure = structure!(layouts::SHMID64_DS { shm_perm: NEW_PERMISSIONS });

/// `struct shmid64_ds` (`asm-generic/shmbuf.h`).
static SEGMENT: Structure = structure!(layouts::SHMID64_DS {
    shm_perm: PERMISSIONS,
    shm_segsz: Ulong,
    shm_cpid: Int,
    shm_lpid: Int,
    shm_nattch: Ulong,
    shm_atime: Ulong,
    shm_dtime: Ulong,
    shm_ctime: Ulong,
});

/// `struct shminfo64` (`asm-generic/shmbuf.h`).
static LIMITS: Structure =
    structure!(layouts::SHMINFO64 { shmmax: Ulong, shmmin: Ulong, shmmni: Ulong, shmseg: Ulong, shmall: Ulong });

/// `struct shm_info` (`linux/shm.h`).
static USAGE: Structure = structure!(layouts::SHM_INFO {
    used_ids: Int,
    shm_tot: Ulong,
    shm_rss: Ulong,
    shm_swp: Ulong,
    swap_attempts: Ulong,
    swap_successes: Ulong,
});

/// Where a segment was attached: the result of shmat(2). ipc(2) puts it behind another argument, the fourth here.
#[derive(Clone, Copy, Debug)]
pub struct Segment;

impl Kind for Segment {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if !through_ipc(cx) {
            return Value::Hex(word);
        }
        cx.word(cx.arg(3)).map_or(Value::Word("?"), Value::Hex)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }
}
