//! What the 64-bit pointers among the attributes of bpf(2) lead to.

use crate::context::PATH_MAX;
use crate::kinds::{Array, Buffer, Hex64, Path, Text};
use crate::{Cx, Kind, Len, Nested, Quote, Shape, Value};
use abi::generated::layouts::bpf::BPF_ATTR;
use abi::{Abi, Place};

/// A pointer of 64 bits under every personality, to what is behind a pointer of this kind.
pub struct To(pub &'static dyn Kind);

impl Kind for To {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        self.0.value(cx, word)
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }

    fn shape(&self, abi: Abi) -> Shape {
        leading_to(self.0.shape(abi))
    }
}

/// A pointer in a record, to memory of this shape.
fn leading_to(shape: Shape) -> Shape {
    Shape::Records { stride: 8, count: Len::Fixed(1), nested: vec![Nested { offset: 0, shape }] }
}

/// A pointer that is not followed.
pub struct Opaque;

impl Kind for Opaque {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Address(word)
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}

/// A path.
pub const PATH: To = To(&Path);

/// A string.
pub const TEXT: To = To(&Text);

/// A pointer of which another member says how much lies behind it.
pub struct Counted {
    /// The pointer.
    pub pointer: Place,
    /// The member that counts.
    pub count: Place,
    /// What lies there.
    pub what: What,
}

/// What so much of can lie behind a pointer.
#[derive(Clone, Copy)]
pub enum What {
    /// A string of at most so many bytes.
    Text,
    /// So many bytes.
    Bytes,
    /// So many elements, of which an abbreviated trace shows the address.
    Long(&'static dyn Kind),
    /// So many elements.
    List(&'static dyn Kind),
    /// So many elements, which are there when the call has come back without an error.
    Answer(&'static dyn Kind),
}

/// So many numbers of 64 bits.
pub const NUMBERS: What = What::List(&Hex64);

impl Kind for Counted {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let abi = cx.abi();
        let word = crate::kind::extend(bytes, false);
        let start = address.wrapping_sub(self.pointer.offset(abi) as u64);
        // Beyond the size that the call states there is nothing, whatever lies in memory.
        let at = self.count.offset(abi);
        let stated = cx.arg(2) as u32 as usize >= at + self.count.size(abi);
        let count = cx.number(start.wrapping_add(at as u64), self.count.size(abi)).filter(|_| stated).unwrap_or(0);
        self.what.load(cx, word, count)
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }

    fn shape(&self, abi: Abi) -> Shape {
        let count = Len::Field { offset: self.count.offset(abi) as u16, size: self.count.size(abi) as u8 };
        leading_to(self.what.shape(abi, count))
    }
}

impl What {
    fn load<'a>(self, cx: &Cx<'a>, word: u64, count: u64) -> Value<'a> {
        match self {
            Self::Text => {
                let most = usize::try_from(count).unwrap_or(usize::MAX).min(cx.options.limit);
                match cx.string(word, most) {
                    Some((bytes, more)) => Value::Bytes { bytes, more: more && count > 0, quote: Quote::String },
                    None => cx.address(word),
                }
            }
            Self::Bytes if word & !cx.abi().word_mask() != 0 => cx.address(word),
            Self::Bytes => Buffer::at(cx, word, count),
            Self::Long(_) if cx.options.abbreviate => Value::Address(word),
            Self::Answer(_) if cx.failed() => Value::Address(word),
            Self::Answer(element) | Self::Long(element) | Self::List(element) => Array::at(cx, element, word, count),
        }
    }

    fn shape(self, abi: Abi, count: Len) -> Shape {
        match self {
            Self::Text => Shape::Text { max: PATH_MAX },
            Self::Bytes => Shape::buffer(count),
            Self::Long(element) | Self::List(element) | Self::Answer(element) => {
                Shape::Records { stride: element.size(abi), count, nested: Vec::new() }
            }
        }
    }
}

/// Makes a [`Counted`] out of the names of two members of the attributes.
pub const fn counted(pointer: &str, count: &str, what: What) -> Counted {
    Counted { pointer: BPF_ATTR.member(pointer), count: BPF_ATTR.member(count), what }
}
