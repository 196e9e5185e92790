//! How files are opened.

use super::{Bits, Choice};
use crate::{Cx, Field, Kind, Shape, Value};
use abi::generated::{layouts::file as layouts, sets::file as sets};
use abi::{Abi, Place};

/// The bits that are no flags but say whether one reads or writes (`O_ACCMODE`, open(2)).
const ACCESS: u64 = sets::OPEN_ACCESS.of("O_ACCMODE");

/// The flags with which a file that is not there is made, and a mode is taken (open(2)).
const CREATING: u64 = sets::OPEN.of("O_CREAT") | (sets::OPEN.of("O_TMPFILE") & !sets::OPEN.of("O_DIRECTORY"));

/// The flags of open(2) and its like.
pub static OPEN_FLAGS: Bits =
    Bits(&[Choice { mask: ACCESS, set: &sets::OPEN_ACCESS }, Choice { mask: !ACCESS, set: &sets::OPEN }]);

/// Whether argument `index`, flags of open(2), has the call take a mode.
pub fn creates(cx: &Cx<'_>, index: usize) -> bool {
    cx.arg(index) & CREATING != 0
}

/// `struct open_how` (openat2(2)).
pub struct OpenHow;

const FLAGS: Place = layouts::OPEN_HOW.member("flags");
const MODE: Place = layouts::OPEN_HOW.member("mode");
const RESOLVE: Place = layouts::OPEN_HOW.member("resolve");

impl Kind for OpenHow {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let get = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let (flags, mode) = (get(FLAGS), get(MODE));
        let mut fields = cx.list();
        let parts = [
            Value::Const { value: flags & ACCESS, set: &sets::OPEN_ACCESS },
            Value::Flags { value: flags & !ACCESS, set: &sets::OPEN2 },
        ];
        fields.push(Field::new("flags", Value::Bits { value: flags, parts: cx.slice(&parts) }));
        if mode != 0 || flags & CREATING != 0 {
            fields.push(Field::new("mode", Value::Octal(mode)));
        }
        fields.push(Field::new("resolve", Value::Flags { value: get(RESOLVE), set: &sets::RESOLVE }));
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        layouts::OPEN_HOW.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}
