//! Arguments that one personality has otherwise.

use crate::{Cx, Dir, Kind, Role, Shape, Value};
use abi::Abi;

/// One kind on i386, another elsewhere.
#[derive(Clone, Copy)]
pub struct ByAbi {
    /// On i386.
    pub i386: &'static dyn Kind,
    /// On x86-64 and x32.
    pub other: &'static dyn Kind,
}

impl ByAbi {
    fn kind(&self, abi: Abi) -> &'static dyn Kind {
        match abi {
            Abi::I386 => self.i386,
            Abi::X86_64 | Abi::X32 => self.other,
        }
    }
}

impl Kind for ByAbi {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        self.kind(cx.abi()).value(cx, word)
    }

    fn size(&self, abi: Abi) -> usize {
        self.kind(abi).size(abi)
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        self.kind(cx.abi()).direction(cx, stated)
    }

    fn keep(&self, cx: &Cx<'_>, index: usize, word: u64) {
        self.kind(cx.abi()).keep(cx, index, word);
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        self.kind(cx.abi()).note(cx)
    }

    fn looks_back(&self) -> &'static [usize] {
        self.other.looks_back()
    }

    fn shape(&self, abi: Abi) -> Shape {
        self.kind(abi).shape(abi)
    }

    fn role(&self) -> Role {
        self.other.role()
    }
}

/// Whether the call is not one of i386.
pub fn is_not_i386(cx: &Cx<'_>) -> bool {
    cx.abi() != Abi::I386
}
