//! Structures by their layout.

use crate::{Cx, Field, Kind, Len, Nested, Shape, Value};
use abi::{Abi, Layouts, Place};

/// A structure that is shown field by field.
pub struct Structure {
    /// Where the fields lie.
    pub layout: &'static Layouts,
    /// The fields that are shown, in this order.
    pub parts: &'static [Part],
}

/// A field of a [`Structure`].
pub struct Part {
    /// Its name.
    pub name: &'static str,
    /// Where it lies.
    pub place: Place,
    /// How it is decoded.
    pub kind: &'static dyn Kind,
    /// Whether an abbreviated structure shows it.
    pub brief: bool,
    /// What another member must say for it to be there.
    pub given: Option<Given>,
}

/// A condition on a member of the structure.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// The member that decides.
    pub place: Place,
    /// What it must be.
    pub test: fn(u64) -> bool,
}

impl Given {
    fn holds(&self, abi: Abi, bytes: &[u8]) -> bool {
        self.place.get(abi, bytes).is_some_and(self.test)
    }
}

impl Kind for Structure {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        self.load_parts(cx, bytes, address, |_| true)
    }

    fn size(&self, abi: Abi) -> usize {
        self.layout.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Records { stride: self.size(abi), count: Len::Fixed(1), nested: self.nested(abi) }
    }
}

impl Structure {
    /// Decodes the fields that `is_there` says are there.
    pub fn load_parts<'a>(
        &self,
        cx: &Cx<'a>,
        bytes: &'a [u8],
        address: u64,
        is_there: impl Fn(&Part) -> bool,
    ) -> Value<'a> {
        let abi = cx.abi();
        let mut fields = cx.list();
        let mut more = false;
        for part in self.parts.iter().filter(|part| is_there(part)) {
            if part.given.is_some_and(|given| !given.holds(abi, bytes)) {
                continue;
            }
            if cx.options.abbreviate && !part.brief {
                more = true;
                continue;
            }
            let start = part.place.offset(abi);
            let Some(raw) = bytes.get(start..start + part.place.size(abi)) else { break };
            let value = part.kind.load(cx, raw, address.wrapping_add(start as u64));
            if !matches!(value, Value::Omitted) {
                fields.push(Field::new(part.name, value));
            }
        }
        Value::Struct { fields: fields.into_bump_slice(), more }
    }

    /// The pointers among the fields, with those of inner records.
    fn nested(&self, abi: Abi) -> Vec<Nested> {
        self.parts.iter().flat_map(|part| part.kind.shape(abi).within(part.place.offset(abi))).collect()
    }
}

/// Makes a [`Structure`]: `structure!(TIMESPEC { tv_sec: Long, tv_nsec: Long })`. `@ "path"` names the member where it
/// is not called as it is shown; `=> brief` marks what an abbreviated structure shows (none marked: all are shown);
/// a [`Given`] in brackets before a name states when the field is there.
#[macro_export]
macro_rules! structure {
    ($layout:path { $($([$given:expr])? $name:ident $(@ $path:literal)? : $kind:expr),* $(,)? }) => {
        $crate::structure!(@build $layout { $($([$given])? $name $(@ $path)? : $kind => brief),* })
    };
    ($layout:path { $($([$given:expr])? $name:ident $(@ $path:literal)? : $kind:expr $(=> $brief:ident)?),* $(,)? }) => {
        $crate::structure!(@build $layout { $($([$given])? $name $(@ $path)? : $kind $(=> $brief)?),* })
    };
    (@build $layout:path { $($([$given:expr])? $name:ident $(@ $path:literal)? : $kind:expr $(=> $brief:ident)?),* }) => {
        $crate::kinds::Structure {
            layout: &$layout,
            parts: &[$($crate::kinds::Part {
                name: $crate::argument_name!($name),
                place: const { $layout.member($crate::member_name!($name $($path)?)) },
                kind: &$kind,
                brief: $crate::is_brief!($($brief)?),
                given: $crate::condition!($($given)?),
            }),*],
        }
    };
}

/// The member's path in the layout.
#[doc(hidden)]
#[macro_export]
macro_rules! member_name {
    ($name:ident) => {
        $crate::argument_name!($name)
    };
    ($name:ident $path:literal) => {
        $path
    };
}

/// Whether the mark is there.
#[doc(hidden)]
#[macro_export]
macro_rules! is_brief {
    () => {
        false
    };
    (brief) => {
        true
    };
}
