//! Capabilities.

use super::{Const, Int, Structure};
use crate::{Cx, Field, Kind, Shape, Value, structure};
use abi::Abi;
use abi::generated::layouts::process::{CAP_DATA, CAP_HEADER};
use abi::generated::sets::process as sets;

/// `struct __user_cap_header_struct` (capget(2)).
pub static HEADER: Structure = structure!(CAP_HEADER { version: Const(&sets::CAPABILITY_VERSION), pid: Int });

/// How many records of 32 capabilities the versions after the first have.
const RECORDS: usize = 2;

/// The sets of a process: one or two `struct __user_cap_data_struct`, as the header in argument 0 says.
#[derive(Clone, Copy, Debug)]
pub struct Sets;

impl Sets {
    fn records(cx: &Cx<'_>) -> usize {
        let version = cx.number(cx.arg(0), 4).and_then(|version| sets::CAPABILITY_VERSION.name(version));
        match version {
            Some("_LINUX_CAPABILITY_VERSION_2" | "_LINUX_CAPABILITY_VERSION_3") => RECORDS,
            _ => 1,
        }
    }
}

impl Kind for Sets {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let abi = cx.abi();
        let stride = CAP_DATA.size(abi);
        if word == 0 || !cx.options.dereference || cx.read(cx.arg(0), CAP_HEADER.size(abi)).is_none() {
            return cx.address(word);
        }
        let Some(bytes) = cx.read(word, stride * Self::records(cx)) else { return cx.address(word) };
        let mut fields = cx.list();
        for (name, place) in [
            ("effective", const { CAP_DATA.member("effective") }),
            ("permitted", const { CAP_DATA.member("permitted") }),
            ("inheritable", const { CAP_DATA.member("inheritable") }),
        ] {
            let words = bytes.chunks_exact(stride).map(|record| place.get(abi, record).unwrap_or(0));
            fields.push(Field::new(name, mask(cx, words)));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(CAP_DATA.size(abi) * RECORDS)
    }
}

/// The capabilities in one or two words, lowest first.
fn mask<'a>(cx: &Cx<'a>, words: impl Iterator<Item = u64>) -> Value<'a> {
    let mut whole = 0;
    let mut parts = cx.list();
    for (index, word) in words.enumerate() {
        whole |= word << (32 * index);
        parts.push(one_word(cx, word, 32 * index as u64));
    }
    Value::Joined { value: whole, parts: parts.into_bump_slice() }
}

fn one_word<'a>(cx: &Cx<'a>, word: u64, first: u64) -> Value<'a> {
    let mut parts = cx.list();
    let mut rest = word;
    let named = |bit: u64| sets::CAPABILITY.name(first + bit);
    for bit in (0..32).filter(|bit| word >> bit & 1 != 0) {
        if let Some(name) = named(bit) {
            parts.push(Value::Shifted(cx.put(Value::Unsigned(1)), name));
            rest &= !(1 << bit);
        }
    }
    if rest == word && rest != 0 {
        parts.push(Value::Commented(cx.put(Value::Hex(rest)), sets::CAPABILITY.unknown));
    } else {
        parts.push(Value::Hex(rest));
    }
    Value::Bits { value: word, parts: parts.into_bump_slice() }
}
