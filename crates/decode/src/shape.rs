//! The capture plan: which memory a kind reads, stated without reading it.
//!
//! A backend that must copy memory before anyone decodes (eBPF) needs nothing else than a row's shapes.

use crate::{Dir, Len};

/// The memory behind a pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing is read: not a pointer, or one that is not followed.
    Nothing,
    /// `count` records of `stride` bytes each, and what the pointers in each of them lead to. A plain buffer has
    /// stride 1.
    Records {
        /// The size of a record in bytes.
        stride: usize,
        /// How many there are.
        count: Len,
        /// Pointers within each record.
        nested: Vec<Nested>,
    },
    /// A buffer of which no more is looked at than is shown (`-s`), and one byte.
    Shown {
        /// How many bytes there are.
        count: Len,
    },
    /// A NUL-terminated string of at most `max` bytes.
    Text {
        /// The most that the kernel takes.
        max: usize,
    },
    /// A NULL-terminated list of pointers to strings: argv, envp.
    Texts,
    /// What it is depends on argument `arg`; the first case that fits counts.
    Switch {
        /// The index of the deciding argument.
        arg: u8,
        /// The cases.
        cases: Vec<Case>,
    },
    /// Bytes on the stack, whatever the argument says: where they begin, from the stack pointer, and how many there are.
    Stack {
        /// Offsets and sizes in bytes.
        parts: Vec<(usize, usize)>,
    },
    /// No memory: what the descriptor points to that is the word itself.
    Descriptor,
    /// An ioctl's argument: the size and the direction stand in the number of the request (argument 1), where
    /// `Switch` does not say otherwise.
    Ioctl,
}

/// A case of [`Shape::Switch`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The values of the deciding argument; empty for all others.
    pub values: Vec<u64>,
    /// When it is read.
    pub direction: Dir,
    /// What is read.
    pub shape: Shape,
}

/// A pointer, or a descriptor, within a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nested {
    /// Where it lies in the record, in bytes.
    pub offset: usize,
    /// What it leads to.
    pub shape: Shape,
}

impl Shape {
    /// Whether it is memory that the argument points to.
    pub const fn is_memory(&self) -> bool {
        !matches!(self, Self::Nothing | Self::Descriptor | Self::Stack { .. })
    }

    /// What an element of this shape adds to the record that it is a part of, `offset` bytes into it.
    pub fn within(self, offset: usize) -> Vec<Nested> {
        match self {
            Self::Records { nested, .. } => {
                nested.into_iter().map(|inner| Nested { offset: offset + inner.offset, shape: inner.shape }).collect()
            }
            Self::Descriptor => vec![Nested { offset, shape: Self::Descriptor }],
            _ => Vec::new(),
        }
    }

    /// One record without pointers.
    pub const fn flat(size: usize) -> Self {
        Self::Records { stride: size, count: Len::Fixed(1), nested: Vec::new() }
    }

    /// A buffer of bytes.
    pub const fn buffer(count: Len) -> Self {
        Self::Records { stride: 1, count, nested: Vec::new() }
    }
}
