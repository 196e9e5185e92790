//! Lists of scalars or records.

use crate::{Cx, Kind, Len, Shape, Value};
use abi::Abi;

/// So many elements, one after another, behind a pointer.
#[derive(Clone, Copy)]
pub struct Array {
    /// The kind of an element.
    pub element: &'static dyn Kind,
    /// How many there are.
    pub count: Len,
}

impl Array {
    /// Decodes `count` elements at `address`, as many as an abbreviated trace shows.
    pub fn at<'a>(cx: &Cx<'a>, element: &dyn Kind, address: u64, count: u64) -> Value<'a> {
        if address == 0 || !cx.options.dereference {
            return cx.address(address);
        }
        if count == 0 {
            return Value::Array { items: &[], more: false };
        }
        let size = element.size(cx.abi()).max(1);
        let most = if cx.options.abbreviate { cx.options.limit as u64 } else { u64::MAX };
        let mut items = cx.list();
        for index in 0..count {
            if index >= most {
                return Value::Array { items: items.into_bump_slice(), more: true };
            }
            let at = address.wrapping_add(index.wrapping_mul(size as u64));
            match cx.read(at, size) {
                Some(bytes) => items.push(element.load(cx, bytes, at)),
                None if index == 0 => return Value::Unreadable(address),
                None => {
                    let place = cx.format(format_args!("{at:#x}"));
                    items.push(Value::Commented(cx.put(Value::Word("...")), place));
                    break;
                }
            }
        }
        Value::Array { items: items.into_bump_slice(), more: false }
    }
}

impl Kind for Array {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.count.of(cx, &[]) {
            Some(count) => Self::at(cx, self.element, word, count),
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        let nested = match self.element.shape(abi) {
            Shape::Records { nested, .. } => nested,
            _ => Vec::new(),
        };
        Shape::Records { stride: self.element.size(abi), count: self.count, nested }
    }
}
