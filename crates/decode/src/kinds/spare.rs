//! Members that are reserved.

use crate::{Cx, Kind, Value, kind::extend};
use abi::Abi;

/// Numbers, each of so many bytes, that are shown only if one of them is not zero, as they should be.
#[derive(Clone, Copy, Debug)]
pub struct Spare(pub usize);

impl Kind for Spare {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        if bytes.iter().all(|byte| *byte == 0) {
            return Value::Omitted;
        }
        if bytes.len() <= self.0 {
            return Value::Hex(extend(bytes, false));
        }
        let mut items = cx.list();
        items.extend(bytes.chunks(self.0).map(|number| Value::Hex(extend(number, false))));
        Value::Array { items: items.into_bump_slice(), more: false }
    }

    fn size(&self, _abi: Abi) -> usize {
        self.0
    }
}
