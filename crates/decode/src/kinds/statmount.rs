//! What statmount(2) and listmount(2) are asked and tell.

use super::tail::tail;
use super::{Flags, Given, Hex, Hex32, Structure, Uint, WideFlags};
use crate::{Cx, Field, Kind, Len, Shape, Value, structure};
use abi::generated::layouts::file::{MNT_ID_REQ, STATMOUNT as LAYOUT};
use abi::generated::sets::file::{
    LISTMOUNT_ROOT, MOUNT_ATTR_SET, MOUNT_PROPAGATION_BITS, STATMOUNT_MASK as MASK, SUPERBLOCK,
};
use abi::{Abi, Place};

/// Makes a condition: the mask has this bit.
macro_rules! masked {
    ($name:literal) => {
        Given { place: const { LAYOUT.member("mask") }, test: |mask| mask & const { MASK.of($name) } != 0 }
    };
}

/// `struct statmount`, without the strings behind it.
static STATMOUNT: Structure = structure!(LAYOUT {
    size: Uint,
    [masked!("STATMOUNT_MNT_OPTS")] mnt_opts: Hex32,
    mask: WideFlags(&MASK),
    [masked!("STATMOUNT_SB_BASIC")] sb_dev_major: Uint,
    [masked!("STATMOUNT_SB_BASIC")] sb_dev_minor: Uint,
    [masked!("STATMOUNT_SB_BASIC")] sb_magic: Hex,
    [masked!("STATMOUNT_SB_BASIC")] sb_flags: Flags(&SUPERBLOCK),
    [masked!("STATMOUNT_FS_TYPE")] fs_type: Hex32,
    [masked!("STATMOUNT_MNT_BASIC")] mnt_id: Hex,
    [masked!("STATMOUNT_MNT_BASIC")] mnt_parent_id: Hex,
    [masked!("STATMOUNT_MNT_BASIC")] mnt_id_old: Hex32,
    [masked!("STATMOUNT_MNT_BASIC")] mnt_parent_id_old: Hex32,
    [masked!("STATMOUNT_MNT_BASIC")] mnt_attr: WideFlags(&MOUNT_ATTR_SET),
    [masked!("STATMOUNT_MNT_BASIC")] mnt_propagation: WideFlags(&MOUNT_PROPAGATION_BITS),
    [masked!("STATMOUNT_MNT_BASIC")] mnt_peer_group: Hex,
    [masked!("STATMOUNT_MNT_BASIC")] mnt_master: Hex,
    [masked!("STATMOUNT_PROPAGATE_FROM")] propagate_from: Hex,
    [masked!("STATMOUNT_MNT_ROOT")] mnt_root: Hex32,
    [masked!("STATMOUNT_MNT_POINT")] mnt_point: Hex32,
    [masked!("STATMOUNT_MNT_NS_ID")] mnt_ns_id: Hex,
    [masked!("STATMOUNT_FS_SUBTYPE")] fs_subtype: Hex32,
    [masked!("STATMOUNT_SB_SOURCE")] sb_source: Hex32,
    [masked!("STATMOUNT_OPT_ARRAY")] opt_num: Uint,
    [masked!("STATMOUNT_OPT_ARRAY")] opt_array: Hex32,
    [masked!("STATMOUNT_OPT_SEC_ARRAY")] opt_sec_num: Uint,
    [masked!("STATMOUNT_OPT_SEC_ARRAY")] opt_sec_array: Hex32,
    [masked!("STATMOUNT_SUPPORTED_MASK")] supported_mask: WideFlags(&MASK),
    [masked!("STATMOUNT_MNT_UIDMAP")] mnt_uidmap_num: Uint,
    [masked!("STATMOUNT_MNT_UIDMAP")] mnt_uidmap: Hex32,
    [masked!("STATMOUNT_MNT_GIDMAP")] mnt_gidmap_num: Uint,
    [masked!("STATMOUNT_MNT_GIDMAP")] mnt_gidmap: Hex32,
});

/// The answer of statmount(2), of which argument 2 says how much room there is: what does not fit counts as zero.
pub struct MountState;

impl Kind for MountState {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let whole = LAYOUT.size(cx.abi());
        let room = Len::Arg(2).of(cx, &[]).unwrap_or(0).min(whole as u64) as usize;
        match cx.read(word, room) {
            Some(bytes) if word != 0 && room >= SIZE.size(cx.abi()) && cx.options.dereference => {
                let padded = cx.arena.alloc_slice_fill_default(whole);
                padded[..room].copy_from_slice(bytes);
                STATMOUNT.load(cx, padded, word)
            }
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Len::Arg(2))
    }
}

/// What is asked about: `struct mnt_id_req`, which says how long it is.
pub struct MountRequest {
    /// How the parameter is shown.
    pub parameter: &'static dyn Kind,
}

const SIZE: Place = MNT_ID_REQ.member("size");
const NAMESPACE_FD: Place = MNT_ID_REQ.member("mnt_ns_fd");
const ID: Place = MNT_ID_REQ.member("mnt_id");
const PARAMETER: Place = MNT_ID_REQ.member("param");
const NAMESPACE: Place = MNT_ID_REQ.member("mnt_ns_id");

/// The size of the first version of the structure (`MNT_ID_REQ_SIZE_VER0`): up to the parameter.
fn first_version(abi: Abi) -> u64 {
    NAMESPACE.offset(abi) as u64
}

impl Kind for MountRequest {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let abi = cx.abi();
        let known = MNT_ID_REQ.size(abi) as u64;
        let Some(size) = cx.number(word, SIZE.size(abi)).filter(|_| word != 0 && cx.options.dereference) else {
            return cx.address(word);
        };
        let mut fields = cx.list();
        fields.push(Field::new("size", Value::Unsigned(size)));
        if size >= first_version(abi) {
            let Some(bytes) = cx.read(word, size.min(known) as usize) else {
                fields.push(Field::bare("unknown", Value::Word("???")));
                return Value::Struct { fields: fields.into_bump_slice(), more: false };
            };
            let get = |place: Place| place.get(abi, bytes).unwrap_or(0);
            let id = match LISTMOUNT_ROOT.name(get(ID)) {
                Some(name) => Value::Named { value: get(ID), name },
                None => Value::Hex(get(ID)),
            };
            fields.push(Field::new("mnt_ns_fd", cx.descriptor(get(NAMESPACE_FD) as i32)));
            fields.push(Field::new("mnt_id", id));
            fields.push(Field::new("param", self.parameter.value(cx, get(PARAMETER))));
            if size >= known {
                fields.push(Field::new("mnt_ns_id", Value::Hex(get(NAMESPACE))));
            }
            fields.extend(tail(cx, word, known, size));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(super::tail::LONGEST)
    }
}
