//! Lengths and counts that a row states as data.

use crate::{Cx, kind::extend};

/// How many bytes or elements there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Len {
    /// Always so many.
    Fixed(u64),
    /// What argument N says, as a word of the personality.
    Arg(u8),
    /// What argument N says, as a word of the personality, and so many more.
    ArgAnd(u8, u8),
    /// What argument N says, as a signed 32-bit number; negative is none.
    Int(u8),
    /// What argument N says, as an unsigned 32-bit number.
    Uint(u8),
    /// What the call returned; none at the entry and on failure.
    Result,
    /// What the call returned, but no more than argument N.
    ResultUpTo(u8),
    /// The unsigned 32-bit number that argument N points to.
    At(u8),
    /// The member of the enclosing record at this offset and of this size, in bytes.
    Field {
        /// Where the member begins in the record.
        offset: u16,
        /// How long the member is.
        size: u8,
    },
}

impl Len {
    /// How many there is room for, where the arguments say so.
    pub fn room(self, cx: &Cx<'_>) -> Option<u64> {
        match self {
            Self::ResultUpTo(index) => Self::Arg(index).of(cx, &[]),
            Self::Arg(_) | Self::Int(_) | Self::Uint(_) => self.of(cx, &[]),
            _ => None,
        }
    }

    /// The number under a call; `record` are the bytes of the enclosing record for [`Len::Field`].
    pub fn of(self, cx: &Cx<'_>, record: &[u8]) -> Option<u64> {
        Some(match self {
            Self::Fixed(count) => count,
            Self::Arg(index) => cx.arg(index.into()) & cx.abi().word_mask(),
            Self::ArgAnd(index, more) => Self::Arg(index).of(cx, record)?.saturating_add(more.into()),
            Self::Int(index) => u64::try_from(cx.arg(index.into()) as i32).unwrap_or(0),
            Self::Uint(index) => u64::from(cx.arg(index.into()) as u32),
            Self::Result if cx.failed() => 0,
            Self::Result => u64::try_from(cx.result()).unwrap_or(0),
            Self::ResultUpTo(index) => {
                let most = Self::Arg(index).of(cx, record)?;
                Self::Result.of(cx, record)?.min(most)
            }
            Self::At(index) => cx.number(cx.arg(index.into()), 4)?,
            Self::Field { offset, size } => {
                let start = usize::from(offset);
                extend(record.get(start..start + usize::from(size))?, false)
            }
        })
    }
}
