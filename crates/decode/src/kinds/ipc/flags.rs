//! Keys, and the flags with which objects are looked up and made.

use crate::{Cx, Kind, Value};
use abi::generated::sets::ipc as sets;
use abi::{Abi, Set};

/// A key (`key_t`, ftok(3)).
#[derive(Clone, Copy, Debug)]
pub struct Key;

impl Kind for Key {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        match u64::from(word as u32) {
            0 => Value::Const { value: 0, set: &sets::KEY },
            key => Value::Hex(key),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The bits of the permissions in flags (shmget(2)).
const PERMISSIONS: u64 = 0o777;

/// The size of huge pages in the flags of shmget(2): where it lies and how wide it is.
const HUGE_SHIFT: u64 = sets::SHM_HUGE.of("SHM_HUGE_SHIFT");
const HUGE_MASK: u64 = sets::SHM_HUGE.of("SHM_HUGE_MASK");

/// Flags with the permissions of what is made: `IPC_CREAT|0600`.
#[derive(Clone, Copy, Debug)]
pub struct GetFlags {
    /// The flags.
    pub set: &'static Set,
    /// Whether the size of huge pages stands above them.
    pub huge: bool,
}

impl Kind for GetFlags {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let whole = u64::from(word as u32);
        let huge = if self.huge { whole >> HUGE_SHIFT & HUGE_MASK } else { 0 };
        let flags = whole & !PERMISSIONS & !(huge << HUGE_SHIFT);
        let mut parts = cx.list();
        parts.push(Value::Flags { value: flags, set: self.set });
        if huge != 0 {
            parts.push(Value::Shifted(cx.put(Value::Unsigned(huge)), "SHM_HUGE_SHIFT"));
        }
        parts.push(Value::Octal(whole & PERMISSIONS));
        Value::Joined { value: whole, parts: parts.into_bump_slice() }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The permissions of an object in its structure.
pub(super) struct Mode;

impl Kind for Mode {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Octal(word)
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
