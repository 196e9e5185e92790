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
        let size = element.size(cx.abi()).max(1);
        let end = count.checked_mul(size as u64).and_then(|length| address.checked_add(length));
        if address == 0 || end.is_none() {
            return cx.address(address);
        }
        if count == 0 {
            return Value::Array { items: &[], more: false };
        }
        if !cx.options.dereference {
            return Value::Unreadable(address);
        }
        // strace looks at the lower 32 bits of the number to tell whether it has to abbreviate.
        let is_long = (count as u32 as usize) > cx.options.limit;
        let most = if cx.options.abbreviate && is_long { cx.options.limit as u64 } else { u64::MAX };
        let mut items = cx.list();
        for index in 0..count {
            let at = address.wrapping_add(index.wrapping_mul(size as u64));
            // strace reads the first element that it does not show, too, and says so if it cannot.
            match cx.read(at, size) {
                Some(_) if index >= most => return Value::Array { items: items.into_bump_slice(), more: true },
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

    fn on_failure<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        // A list that was to have no elements has none.
        if self.count.room(cx) == Some(0) { Self::at(cx, self.element, word, 0) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        let nested = self.element.shape(abi).within(0);
        Shape::Records { stride: self.element.size(abi), count: self.count, nested }
    }
}

/// Two elements, one after the other, behind a pointer: both are read at once, or the address is shown.
#[derive(Clone, Copy)]
pub struct Pair(pub &'static dyn Kind);

impl Kind for Pair {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let size = self.0.size(cx.abi());
        let (first, second) = bytes.split_at(size);
        let items = [self.0.load(cx, first, address), self.0.load(cx, second, address.wrapping_add(size as u64))];
        Value::Array { items: cx.slice(&items), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        2 * self.0.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        let size = self.0.size(abi);
        let nested = [0, size].into_iter().flat_map(|at| self.0.shape(abi).within(at)).collect();
        Shape::Records { stride: 2 * size, count: Len::Fixed(1), nested }
    }
}
