//! Pointers to scalars, and pointers within records.

use crate::{Cx, Dir, Kind, Nested, Role, Shape, Value};
use abi::Abi;

/// A pointer to one scalar: `[5]`.
#[derive(Clone, Copy)]
pub struct Ref(pub &'static dyn Kind);

impl Kind for Ref {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word == 0 || !cx.options.dereference {
            return cx.address(word);
        }
        match cx.read(word, self.0.size(cx.abi())) {
            Some(bytes) => Value::Pointee(cx.put(self.0.load(cx, bytes, word))),
            None => Value::Unreadable(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.0.size(abi))
    }
}

/// A pointer to a scalar that the call changes: `[16]` when it stayed, `[128 => 16]` when it changed.
#[derive(Clone, Copy)]
pub struct Updated(pub &'static dyn Kind);

impl Kind for Updated {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let size = self.0.size(cx.abi());
        // Another argument may point to the same place, but keeps nothing of it.
        let before = (0..6).filter(|index| cx.arg(*index) == word).find_map(|index| cx.saved(index as u32));
        let (Some(before), Some(after)) = (before, cx.number(word, size)) else {
            return cx.address(word);
        };
        let old = self.0.load(cx, cx.slice(&before.to_le_bytes()[..size.min(8)]), word);
        if before == after {
            return Value::Pointee(cx.put(old));
        }
        let new = self.0.load(cx, cx.slice(&after.to_le_bytes()[..size.min(8)]), word);
        Value::Pointee(cx.put(Value::Changed(cx.put(old), cx.put(new))))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, index: usize, word: u64) {
        if let Some(value) = cx.number(word, self.0.size(cx.abi())) {
            cx.save(index as u32, value);
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.0.size(abi))
    }
}

/// A pointer that is a field of a record (or an element of an array): leads to a record or a string.
#[derive(Clone, Copy)]
pub struct Pointer(pub &'static dyn Kind);

impl Pointer {
    /// The plan for this pointer at an offset in its record.
    pub fn nested(&self, offset: usize, abi: Abi) -> Nested {
        Nested { offset, shape: self.0.shape(abi) }
    }
}

impl Kind for Pointer {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        self.0.value(cx, word)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Records { stride: abi.pointer_size(), count: crate::Len::Fixed(1), nested: vec![self.nested(0, abi)] }
    }

    fn role(&self) -> Role {
        self.0.role()
    }
}
