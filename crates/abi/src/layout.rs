//! Structure layouts, from the debugging information of a compiler run over the kernel's headers.

use crate::Abi;

/// Where a member lies in a structure of one personality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// Dotted path from the structure, `st_mtim.tv_sec`; members of anonymous unions and
    /// structures have no prefix.
    pub name: &'static str,
    /// Bytes from the beginning of the structure.
    pub offset: u16,
    /// The size of the whole member in bytes; for an array the size of all of it.
    pub size: u16,
    /// The number of elements for an array, else 0.
    pub count: u16,
    /// Whether the (element's) type is a signed integer.
    pub signed: bool,
}

/// The layout of one structure in every personality. A personality that lacks the structure has
/// size 0 and no members there.
#[derive(Debug)]
pub struct Layouts {
    /// The name of the structure, without `struct`.
    pub name: &'static str,
    /// Sizes in bytes, indexed by `Abi as usize`.
    pub sizes: [u16; 3],
    /// Members in the header's order, indexed by `Abi as usize`.
    pub members: [&'static [Member]; 3],
}

/// One member of a structure in every personality; made by [`Layouts::member`].
#[derive(Clone, Copy, Debug)]
pub struct Place {
    at: [Member; 3],
}

impl Layouts {
    /// The size in bytes under a personality.
    pub const fn size(&self, abi: Abi) -> usize {
        self.sizes[abi as usize] as usize
    }

    /// Finds a member by its dotted name. Meant for constants, where a name that does not exist
    /// ends the compilation: `const { STAT.member("st_mode") }`.
    ///
    /// # Panics
    /// When x86-64 has no such member.
    #[expect(clippy::panic, reason = "evaluated by the compiler, where a panic is an error of compilation")]
    pub const fn member(&self, name: &str) -> Place {
        let Some(first) = find(self.members[0], name) else {
            panic!("the structure has no such member");
        };
        let mut at = [first; 3];
        let mut abi = 1;
        while abi < 3 {
            if let Some(member) = find(self.members[abi], name) {
                at[abi] = member;
            }
            abi += 1;
        }
        Place { at }
    }
}

impl Place {
    /// The member under a personality.
    pub const fn of(&self, abi: Abi) -> Member {
        self.at[abi as usize]
    }

    /// The offset in bytes under a personality.
    pub const fn offset(&self, abi: Abi) -> usize {
        self.at[abi as usize].offset as usize
    }

    /// The size in bytes under a personality.
    pub const fn size(&self, abi: Abi) -> usize {
        self.at[abi as usize].size as usize
    }

    /// The member as a number, sign- or zero-extended to 64 bits as its type says, out of the
    /// bytes of the structure. `None` when the bytes end before it or it is not 1, 2, 4 or 8 bytes.
    pub fn get(&self, abi: Abi, bytes: &[u8]) -> Option<u64> {
        let member = self.of(abi);
        let start = member.offset as usize;
        let raw = bytes.get(start..start + member.size as usize)?;
        if raw.is_empty() || !matches!(raw.len(), 1 | 2 | 4 | 8) {
            return None;
        }
        let mut wide = [0; 8];
        wide[..raw.len()].copy_from_slice(raw);
        let value = u64::from_le_bytes(wide);
        let unused = 64 - 8 * raw.len() as u32;
        Some(if member.signed { ((value << unused) as i64 >> unused) as u64 } else { value })
    }
}

const fn find(members: &'static [Member], name: &str) -> Option<Member> {
    let mut i = 0;
    while i < members.len() {
        if same(members[i].name.as_bytes(), name.as_bytes()) {
            return Some(members[i]);
        }
        i += 1;
    }
    None
}

/// Whether two names are equal, for constants.
pub(crate) const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
