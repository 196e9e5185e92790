//! Arguments of quotactl(2), which depend on its command.

use super::{Const, Flags, Hex, Id, Int, Path, Ref, Structure, U16, U64, Uint};
use crate::{Case, Cx, Dir, Kind, Role, Shape, Value, structure};
use abi::Abi;
use abi::generated::{layouts::file as layouts, sets::file as sets};

/// The bits of a command that say whose quota is meant (`SUBCMDMASK`, quotactl(2)).
const TYPE: u64 = sets::QUOTA_PARTS.of("SUBCMDMASK");

/// By how many bits the operation is shifted (`SUBCMDSHIFT`).
const SHIFT: u64 = sets::QUOTA_PARTS.of("SUBCMDSHIFT");

/// An operation on quotas.
struct Operation {
    name: &'static str,
    /// What the id is, if it has one.
    id: Option<&'static dyn Kind>,
    direction: Dir,
    /// What the address leads to, if it has one.
    address: Option<&'static dyn Kind>,
}

/// Makes an [`Operation`]: its name, the kind of its id in brackets, the direction and kind of what it points to.
macro_rules! operation {
    ($name:ident $([$id:expr])? $(, $direction:tt $kind:expr)?) => {
        Operation {
            name: stringify!($name),
            id: operation!(@some $($id)?),
            direction: operation!(@direction $($direction)?),
            address: operation!(@some $($kind)?),
        }
    };
    (@some) => { None };
    (@some $kind:expr) => { Some(&$kind) };
    (@direction) => { Dir::In };
    (@direction $direction:tt) => { $crate::direction!($direction) };
}

static OPERATIONS: &[Operation] = &[
    operation!(Q_SYNC),
    operation!(Q_QUOTAON [Const(&sets::QUOTA_FORMAT)], in Path),
    operation!(Q_QUOTAOFF),
    operation!(Q_GETFMT, out Ref(&Const(&sets::QUOTA_FORMAT))),
    operation!(Q_GETINFO, out INFO),
    operation!(Q_SETINFO, in INFO),
    operation!(Q_GETQUOTA [Id], out BLOCK),
    operation!(Q_SETQUOTA [Id], in BLOCK),
    operation!(Q_GETNEXTQUOTA [Id], out NEXT_BLOCK),
    operation!(Q_XQUOTAON, in Ref(&Flags(&sets::XFS_QUOTA))),
    operation!(Q_XQUOTAOFF, in Ref(&Flags(&sets::XFS_QUOTA))),
    operation!(Q_XQUOTARM, in Ref(&Flags(&sets::XFS_QUOTA_TYPE))),
    operation!(Q_XGETQUOTA [Id], out XFS_QUOTA),
    operation!(Q_XGETNEXTQUOTA [Id], out XFS_QUOTA),
    operation!(Q_XSETQLIM [Id], in XFS_QUOTA),
    operation!(Q_XGETQSTAT, out XFS_STATE),
    operation!(Q_XGETQSTATV, out XFS_STATE_WITH_VERSION),
    operation!(Q_XQUOTASYNC),
];

/// Makes the structure of limits and usage, with members of its own behind it.
macro_rules! block {
    ($layout:path $(, $name:ident: $kind:expr)?) => {
        structure!($layout {
            dqb_bhardlimit: U64 => brief,
            dqb_bsoftlimit: U64 => brief,
            dqb_curspace: U64 => brief,
            dqb_ihardlimit: U64 => brief,
            dqb_isoftlimit: U64 => brief,
            dqb_curinodes: U64 => brief,
            dqb_btime: U64,
            dqb_itime: U64,
            dqb_valid: Flags(&sets::QUOTA_VALID),
            $($name: $kind => brief,)?
        })
    };
}

static BLOCK: Structure = block!(layouts::IF_DQBLK);
static NEXT_BLOCK: Structure = block!(layouts::IF_NEXTDQBLK, dqb_id: Uint);

static INFO: Structure = structure!(layouts::IF_DQINFO {
    dqi_bgrace: U64,
    dqi_igrace: U64,
    dqi_flags: Flags(&sets::QUOTA_INFO),
    dqi_valid: Flags(&sets::QUOTA_INFO_VALID),
});

static XFS_QUOTA: Structure = structure!(layouts::FS_DISK_QUOTA {
    d_version: Int => brief,
    d_flags: Flags(&sets::XFS_QUOTA_TYPE) => brief,
    d_fieldmask: Hex => brief,
    d_id: Uint => brief,
    d_blk_hardlimit: U64 => brief,
    d_blk_softlimit: U64 => brief,
    d_ino_hardlimit: U64 => brief,
    d_ino_softlimit: U64 => brief,
    d_bcount: U64 => brief,
    d_icount: U64 => brief,
    d_itimer: Int,
    d_btimer: Int,
    d_iwarns: U16,
    d_bwarns: U16,
    d_rtb_hardlimit: U64,
    d_rtb_softlimit: U64,
    d_rtbcount: U64,
    d_rtbtimer: Int,
    d_rtbwarns: U16,
});

static XFS_FILE: Structure = structure!(layouts::FS_QFILESTAT { qfs_ino: U64, qfs_nblks: U64, qfs_nextents: Uint });

static XFS_STATE: Structure = structure!(layouts::FS_QUOTA_STAT {
    qs_version: Int => brief,
    qs_flags: Flags(&sets::XFS_QUOTA),
    qs_uquota: XFS_FILE,
    qs_gquota: XFS_FILE,
    qs_incoredqs: Uint,
    qs_btimelimit: Int,
    qs_itimelimit: Int,
    qs_rtbtimelimit: Int,
    qs_bwarnlimit: U16,
    qs_iwarnlimit: U16,
});

static XFS_FILE_WITH_VERSION: Structure =
    structure!(layouts::FS_QFILESTATV { qfs_ino: U64, qfs_nblks: U64, qfs_nextents: Uint });

static XFS_STATE_WITH_VERSION: Structure = structure!(layouts::FS_QUOTA_STATV {
    qs_version: Int => brief,
    qs_flags: Flags(&sets::XFS_QUOTA),
    qs_incoredqs: Uint,
    qs_uquota: XFS_FILE_WITH_VERSION,
    qs_gquota: XFS_FILE_WITH_VERSION,
    qs_pquota: XFS_FILE_WITH_VERSION,
    qs_btimelimit: Int,
    qs_itimelimit: Int,
    qs_rtbtimelimit: Int,
    qs_bwarnlimit: U16,
    qs_iwarnlimit: U16,
});

/// The operation of a command.
fn operation(command: u64) -> Option<&'static Operation> {
    let name = sets::QUOTA.name(u64::from(command as u32) >> SHIFT)?;
    OPERATIONS.iter().find(|operation| operation.name == name)
}

/// Whether the command in argument `index` takes an id.
pub fn takes_id(cx: &Cx<'_>, index: usize) -> bool {
    operation(cx.arg(index)).is_none_or(|operation| operation.id.is_some())
}

/// Whether the command in argument `index` takes an address.
pub fn takes_address(cx: &Cx<'_>, index: usize) -> bool {
    operation(cx.arg(index)).is_none_or(|operation| operation.address.is_some())
}

/// The command: `QCMD(Q_GETQUOTA, USRQUOTA)`.
#[derive(Clone, Copy, Debug)]
pub struct QuotaCommand;

impl Kind for QuotaCommand {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = u64::from(word as u32);
        let items = [
            Value::Const { value: word >> SHIFT, set: &sets::QUOTA },
            Value::Const { value: word & TYPE, set: &sets::QUOTA_TYPE },
        ];
        let meaning = Value::Call { name: "QCMD", items: cx.slice(&items), main: None };
        Value::Either { raw: cx.put(Value::Unsigned(word)), meaning: cx.put(Value::Spelled(cx.put(meaning))) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The id of a user or group, or the format of quota files; the command is argument N.
#[derive(Clone, Copy, Debug)]
pub struct QuotaId(pub u8);

impl Kind for QuotaId {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let kind = operation(cx.arg(self.0.into())).and_then(|operation| operation.id).unwrap_or(&Id);
        kind.value(cx, word)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// What the address of quotactl(2) leads to; the command is argument N.
#[derive(Clone, Copy, Debug)]
pub struct QuotaAddress(pub u8);

impl Kind for QuotaAddress {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match operation(cx.arg(self.0.into())) {
            Some(Operation { address: Some(kind), .. }) => kind.value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        operation(cx.arg(self.0.into())).map_or(stated, |operation| operation.direction)
    }

    fn shape(&self, abi: Abi) -> Shape {
        // For each operation, the commands of every type of quota.
        let case = |operation: &Operation| {
            let shape = operation.address?.shape(abi);
            let number = sets::QUOTA.value(operation.name)?;
            let values = sets::QUOTA_TYPE.entries.iter().map(|entry| number << SHIFT | entry.value).collect();
            Some(Case { values, direction: operation.direction, shape })
        };
        Shape::Switch { arg: self.0, cases: OPERATIONS.iter().filter_map(case).collect() }
    }

    fn role(&self) -> Role {
        Role::Plain
    }
}
