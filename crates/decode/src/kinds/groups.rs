//! Lists of groups.

use super::Array;
use crate::{Cx, Kind, Len, Shape, Value};
use abi::Abi;

/// The groups of setgroups(2): as many as argument 0 says, if a process can have so many.
pub struct Groups(pub &'static dyn Kind);

/// A process has no more (`NGROUPS_MAX`, setgroups(2)).
const MOST: i32 = 65_536;

/// How many there are.
const COUNT: Len = Len::Int(0);

impl Kind for Groups {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if !(0..=MOST).contains(&(cx.arg(0) as i32)) {
            cx.address(word)
        } else {
            Array { element: self.0, count: COUNT }.value(cx, word)
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Records { stride: self.0.size(abi), count: COUNT, nested: Vec::new() }
    }
}
