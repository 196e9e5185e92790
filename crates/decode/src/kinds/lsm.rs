//! Arguments of the calls about Linux security modules.

use super::{Array, U64, WideConst};
use crate::{Cx, Dir, Field, Kind, Len, Quote, Shape, Value};
use abi::generated::{layouts::system::LSM_CTX, sets::system as sets};
use abi::{Abi, Place};
use bumpalo::collections::Vec;

/// Where the members of `struct lsm_ctx` lie (lsm_set_self_attr(2)).
const ID: Place = LSM_CTX.member("id");
const FLAGS: Place = LSM_CTX.member("flags");
const LENGTH: Place = LSM_CTX.member("len");
const CONTEXT_LENGTH: Place = LSM_CTX.member("ctx_len");

/// The size of `struct lsm_ctx` without the context itself, under every personality.
const HEAD: u64 = 32;

/// No more of these is read: the kernel takes no longer attribute (`lsm_set_self_attr`: "size exceeds the page size").
const LONGEST: u64 = 4096;

/// The members of an attribute that stand before its context.
fn members<'a>(cx: &Cx<'a>, bytes: &[u8]) -> Vec<'a, Field<'a>> {
    let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
    let mut fields = cx.list();
    fields.push(Field::new("id", WideConst(&sets::LSM_ID).value(cx, number(ID))));
    fields.push(Field::new("flags", Value::Hex(number(FLAGS))));
    fields.push(Field::new("len", U64.value(cx, number(LENGTH))));
    fields.push(Field::new("ctx_len", U64.value(cx, number(CONTEXT_LENGTH))));
    fields
}

/// A context, as much as `-s` allows.
fn shown<'a>(cx: &Cx<'a>, context: &'a [u8]) -> Value<'a> {
    let shown = &context[..context.len().min(cx.options.limit)];
    Value::Bytes { bytes: shown, more: shown.len() < context.len(), quote: Quote::Binary }
}

/// The attribute of one module: what stands in `bytes`, of which the context is what follows the head.
fn attribute<'a>(cx: &Cx<'a>, bytes: &'a [u8]) -> Value<'a> {
    let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
    let mut fields = members(cx, bytes);
    let end = number(LENGTH).min(bytes.len() as u64).min(HEAD.saturating_add(number(CONTEXT_LENGTH)));
    if let Some(context) = bytes.get(HEAD as usize..end as usize).filter(|context| !context.is_empty()) {
        fields.push(Field::new("ctx", shown(cx, context)));
    }
    Value::Struct { fields: fields.into_bump_slice(), more: false }
}

/// The attribute that lsm_set_self_attr(2) sets, of the size in argument 2.
#[derive(Clone, Copy, Debug)]
pub struct Attribute;

impl Kind for Attribute {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let size = u64::from(cx.arg(2) as u32);
        if word == 0 || size < HEAD || !cx.options.dereference {
            return cx.address(word);
        }
        let Some(head) = cx.read(word, HEAD as usize) else { return cx.address(word) };
        let whole = LENGTH.get(cx.abi(), head).unwrap_or(0).min(size);
        let length = CONTEXT_LENGTH.get(cx.abi(), head).unwrap_or(0).min(whole.saturating_sub(HEAD));
        let mut fields = members(cx, head);
        if length > 0 {
            let at = word.wrapping_add(HEAD);
            let context = cx.read(at, length.min(cx.options.limit as u64 + 1) as usize);
            fields.push(Field::new("ctx", context.map_or(Value::Unreadable(at), |context| shown(cx, context))));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(LONGEST as usize)
    }
}

/// The attributes that lsm_get_self_attr(2) tells: one after another, together of the size behind argument 2. With
/// `LSM_FLAG_SINGLE` the id of one module has been asked for.
#[derive(Clone, Copy, Debug)]
pub struct Attributes;

/// The key of the id that has been asked for.
const ASKED: u32 = 1 + 256;

/// The size behind argument 2.
fn size(cx: &Cx<'_>) -> Option<u64> {
    cx.number(cx.arg(2), 4)
}

fn is_single(cx: &Cx<'_>) -> bool {
    cx.arg(3) & const { sets::LSM_FLAG.of("LSM_FLAG_SINGLE") } != 0
}

impl Kind for Attributes {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let after = if cx.failed() { cx.address(word) } else { attributes(cx, word) };
        let Some(id) = cx.saved(ASKED) else { return after };
        let fields = cx.slice(&[Field::new("id", WideConst(&sets::LSM_ID).value(cx, id))]);
        Value::Changed(cx.put(Value::Struct { fields, more: false }), cx.put(after))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        if let Some(id) = cx.number(word, 8).filter(|_| word != 0 && is_single(cx) && size(cx).is_some()) {
            cx.save(ASKED, id);
        }
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Records { stride: 1, count: Len::At(2), nested: std::vec::Vec::new() }
    }
}

fn attributes<'a>(cx: &Cx<'a>, address: u64) -> Value<'a> {
    let size = size(cx).unwrap_or(0).min(LONGEST);
    if address == 0 || size < HEAD || !cx.options.dereference {
        return cx.address(address);
    }
    let mut items = cx.list();
    let mut at = 0;
    while at < size {
        let place = address.wrapping_add(at);
        let bytes = cx.read_some(place, (size - at) as usize);
        if (bytes.len() as u64) < HEAD {
            if items.is_empty() {
                return cx.address(address);
            }
            items.push(Value::Commented(cx.put(Value::Word("...")), cx.format(format_args!("{place:#x}"))));
            break;
        }
        items.push(attribute(cx, bytes));
        match LENGTH.get(cx.abi(), bytes) {
            Some(length) if length >= HEAD => at = at.saturating_add(length),
            _ => break,
        }
    }
    Value::Array { items: items.into_bump_slice(), more: false }
}

/// The ids of security modules that lsm_list_modules(2) tells, where the size behind argument 1 is known.
#[derive(Clone, Copy, Debug)]
pub struct ModuleIds;

const IDS: Array = Array { element: &ModuleId, count: Len::Result };

impl Kind for ModuleIds {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.number(cx.arg(1), 4).is_some() { IDS.value(cx, word) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        IDS.shape(abi)
    }
}

/// The id of a security module, 64 bits wide.
#[derive(Clone, Copy, Debug)]
pub struct ModuleId;

impl Kind for ModuleId {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        WideConst(&sets::LSM_ID).value(cx, word)
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}
