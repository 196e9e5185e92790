//! Where the running kernel's structures have their members, from the description that it gives of itself
//! (`/sys/kernel/btf/vmlinux`; linux/btf.h). Asked only for what nothing else tells: what descriptors point to.

use std::fs;
use std::io;

/// Where the description is.
const FILE: &str = "/sys/kernel/btf/vmlinux";

/// `BTF_MAGIC`.
const MAGIC: u16 = 0xeb9f;

/// Kinds of types that matter here.
const STRUCT: u32 = 4;
const UNION: u32 = 5;

/// How many bytes follow a type of each kind: so many, and so many for each of its members.
const REST: [(usize, usize); 20] = [
    (0, 0),
    (4, 0),  // INT
    (0, 0),  // PTR
    (12, 0), // ARRAY
    (0, 12), // STRUCT
    (0, 12), // UNION
    (0, 8),  // ENUM
    (0, 0),  // FWD
    (0, 0),  // TYPEDEF
    (0, 0),  // VOLATILE
    (0, 0),  // CONST
    (0, 0),  // RESTRICT
    (0, 0),  // FUNC
    (0, 8),  // FUNC_PROTO
    (4, 0),  // VAR
    (0, 12), // DATASEC
    (0, 0),  // FLOAT
    (4, 0),  // DECL_TAG
    (0, 0),  // TYPE_TAG
    (0, 12), // ENUM64
];

/// The size of what all types begin with: a name, what it is, and a size or another type.
const TYPE: usize = 12;

/// How deep structures without a name may lie in each other.
const DEPTH: u32 = 8;

/// A description.
pub(crate) struct Types {
    bytes: Vec<u8>,
    /// Where each type begins; they count from 1.
    starts: Vec<usize>,
    names: usize,
}

impl Types {
    /// Reads that of the running kernel.
    pub(crate) fn of_kernel() -> io::Result<Self> {
        Self::parse(fs::read(FILE)?).ok_or_else(|| io::Error::other("not understood"))
    }

    fn parse(bytes: Vec<u8>) -> Option<Self> {
        if bytes.first_chunk() != Some(&MAGIC.to_le_bytes()) {
            return None;
        }
        let header = word(&bytes, 4)? as usize;
        let [start, length, names] = [8, 12, 16].map(|at| word(&bytes, at).map(|word| word as usize));
        let start = header.checked_add(start?)?;
        let end = start.checked_add(length?)?.min(bytes.len());
        let names = header.checked_add(names?)?;
        let mut types = Self { bytes, starts: vec![0], names };
        let mut at = start;
        while at < end {
            types.starts.push(at);
            let (fixed, each) = *REST.get(types.kind(at)? as usize)?;
            at += TYPE + fixed + each * types.count(at)?;
        }
        Some(types)
    }

    fn kind(&self, at: usize) -> Option<u32> {
        Some(word(&self.bytes, at + 4)? >> 24 & 0x1f)
    }

    fn count(&self, at: usize) -> Option<usize> {
        Some((word(&self.bytes, at + 4)? & 0xffff) as usize)
    }

    fn is_named(&self, at: usize, name: &str) -> bool {
        let text = word(&self.bytes, at).and_then(|offset| self.bytes.get(self.names + offset as usize..));
        text.is_some_and(|text| text.starts_with(name.as_bytes()) && text.get(name.len()) == Some(&0))
    }

    /// Where a structure has a member, in bytes. Members of members without a name are its own.
    pub(crate) fn offset(&self, structure: &str, member: &str) -> Option<i32> {
        let named = |at: &&usize| self.kind(**at) == Some(STRUCT) && self.is_named(**at, structure);
        self.starts.iter().skip(1).filter(named).find_map(|at| self.member(*at, member, DEPTH))
    }

    fn member(&self, start: usize, name: &str, depth: u32) -> Option<i32> {
        let bits = if word(&self.bytes, start + 4)? >> 31 == 0 { u32::MAX } else { 0xff_ffff };
        for index in 0..self.count(start)? {
            let at = start + TYPE + 12 * index;
            let place = (word(&self.bytes, at + 8)? & bits) as i32 / 8;
            if self.is_named(at, name) {
                return Some(place);
            }
            let inner = *self.starts.get(word(&self.bytes, at + 4)? as usize)?;
            if self.is_named(at, "")
                && depth > 0
                && matches!(self.kind(inner), Some(STRUCT | UNION))
                && let Some(within) = self.member(inner, name, depth - 1)
            {
                return Some(place + within);
            }
        }
        None
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A description of one structure `s` of a number `a`, and of a union without a name, in which `b` lies.
    fn description() -> Vec<u8> {
        let names = b"\0s\0a\0b\0int\0";
        let types: [u32; 26] = [
            7,
            1 << 24,
            4,
            32, // 1: int
            0,
            UNION << 24 | 1,
            4,
            5,
            1,
            0, // 2: union { int b; }
            1,
            STRUCT << 24 | 2,
            8,
            3,
            1,
            0,
            0,
            2,
            32, // 3: struct s { int a; union; }
            0,
            13 << 24 | 1,
            1,
            0,
            1, // 4: a prototype with one argument
            0,
            0,
        ];
        let size = 24 * 4;
        let mut bytes = MAGIC.to_le_bytes().to_vec();
        bytes.extend([1, 0]);
        for word in [24, 0, size, size, names.len() as u32].into_iter().chain(types.into_iter().take(24)) {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend(names);
        bytes
    }

    #[test]
    fn members_are_found_also_in_structures_without_a_name() {
        let types = Types::parse(description()).unwrap();
        assert_eq!(types.offset("s", "a"), Some(0));
        assert_eq!(types.offset("s", "b"), Some(4));
        assert_eq!(types.offset("s", "c"), None);
        assert_eq!(types.offset("t", "a"), None);
    }

    #[test]
    fn what_is_broken_is_refused() {
        assert!(Types::parse(Vec::new()).is_none());
        let whole = description();
        for length in 0..whole.len() {
            // Whatever is missing: no panic.
            let _ = Types::parse(whole[..length].to_vec()).map(|types| types.offset("s", "b"));
        }
    }
}
