//! Arguments of mount(2) and swapon(2).

use super::Text;
use crate::{Cx, Kind, Shape, Value};
use abi::Abi;
use abi::generated::sets::file as sets;

/// A number that old programs put before the flags (mount(2), "MS_MGC_VAL").
const MAGIC: u64 = sets::MOUNT_MAGIC.of("MS_MGC_VAL");

/// The bits of that number.
const MAGIC_BITS: u64 = sets::MOUNT_MAGIC.of("MS_MGC_MSK");

/// The flags of mount(2).
#[derive(Clone, Copy, Debug)]
pub struct MountFlags;

impl Kind for MountFlags {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word & MAGIC_BITS != MAGIC {
            return Value::Flags { value: word, set: &sets::MOUNT };
        }
        let parts = [
            Value::Named { value: MAGIC, name: "MS_MGC_VAL" },
            Value::Flags { value: word & !MAGIC_BITS, set: &sets::MOUNT },
        ];
        Value::Joined { value: word, parts: cx.slice(&parts) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// What is done to a mount that is there already without looking at a file system: no data are taken.
const MOVES: u64 = sets::MOUNT.of("MS_BIND")
    | sets::MOUNT.of("MS_MOVE")
    | sets::MOUNT.of("MS_UNBINDABLE")
    | sets::MOUNT.of("MS_PRIVATE")
    | sets::MOUNT.of("MS_SLAVE")
    | sets::MOUNT.of("MS_SHARED");

/// A change of a mount's flags and of its file system's data.
const REMOUNT: u64 = sets::MOUNT.of("MS_REMOUNT");

/// The flags of mount(2) that the call has, without the magic number.
fn flags(cx: &Cx<'_>) -> u64 {
    let flags = cx.arg(3);
    if flags & MAGIC_BITS == MAGIC { flags & !MAGIC_BITS } else { flags }
}

/// The type of the file system, which the kernel looks at for new mounts only.
#[derive(Clone, Copy, Debug)]
pub struct MountType;

impl Kind for MountType {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if flags(cx) & (MOVES | REMOUNT) == 0 { Text.value(cx, word) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Text.shape(abi)
    }
}

/// The options of the file system, which the kernel looks at for new mounts and for changes.
#[derive(Clone, Copy, Debug)]
pub struct MountData;

impl Kind for MountData {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let flags = flags(cx);
        if flags & MOVES == 0 || flags & REMOUNT != 0 { Text.value(cx, word) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Text.shape(abi)
    }
}

/// The bits of swapon(2)'s flags that are a priority, "swap_flags & SWAP_FLAG_PRIO_MASK".
const PRIORITY: u64 = sets::SWAP_PRIORITY.of("SWAP_FLAG_PRIO_MASK");

/// The flags of swapon(2): bits, then a priority.
#[derive(Clone, Copy, Debug)]
pub struct SwapFlags;

impl Kind for SwapFlags {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let word = u64::from(word as u32);
        let priority = word & PRIORITY;
        if word == priority {
            return Value::Unsigned(priority);
        }
        let flags = Value::Flags { value: word & !PRIORITY, set: &sets::SWAP };
        // As a signed number it is shown even where it is 0.
        Value::Joined { value: word, parts: cx.slice(&[flags, Value::Signed(priority as i64)]) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
