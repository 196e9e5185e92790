//! Masks whose bits are the values of a set: `1<<TCP_LISTEN`.

use crate::{Cx, Kind, Value};
use abi::{Abi, Set};

/// A mask with a bit for each value of a set.
pub(super) struct Positions {
    /// The values.
    pub(super) set: &'static Set,
    /// Which value the lowest bit stands for.
    pub(super) first: u64,
}

impl Kind for Positions {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let mut rest = word;
        let mut parts = cx.list();
        for entry in self.set.entries {
            let bit =
                entry.value.checked_sub(self.first).and_then(|place| 1_u64.checked_shl(place as u32)).unwrap_or(0);
            if rest & bit != 0 {
                rest &= !bit;
                parts.push(Value::Named { value: bit, name: self.shifted(cx, entry.name) });
            }
        }
        if rest != 0 && parts.is_empty() {
            let unknown = match self.first {
                0 => cx.format(format_args!("1<<{}", self.set.unknown)),
                first => cx.format(format_args!("1<<{}-{first}", self.set.unknown)),
            };
            parts.push(Value::Commented(cx.put(Value::Hex(rest)), unknown));
        } else {
            parts.push(Value::Hex(rest));
        }
        Value::Bits { value: word, parts: parts.into_bump_slice() }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

impl Positions {
    fn shifted<'a>(&self, cx: &Cx<'a>, name: &str) -> &'a str {
        match self.first {
            0 => cx.format(format_args!("1<<{name}")),
            first => cx.format(format_args!("1<<({name}-{first})")),
        }
    }
}
