//! Arguments of listns(2).

use super::spare::Spare;
use super::tail::{LONGEST, tail};
use super::{Flags, Hex64, Structure, Uint, WideConst};
use crate::{Cx, Field, Kind, Shape, Value, structure};
use abi::Abi;
use abi::generated::{
    layouts::system::NS_ID_REQ,
    sets::system::{LISTNS_USER, NS_TYPE},
};

/// `struct ns_id_req` (`linux/nsfs.h`).
static REQUEST: Structure = structure!(NS_ID_REQ {
    size: Uint,
    spare: Spare(4),
    ns_id: Hex64,
    ns_type: Flags(&NS_TYPE),
    spare2: Spare(4),
    user_ns_id: WideConst(&LISTNS_USER),
});

/// Which namespaces are asked for: a structure that begins with its size.
#[derive(Clone, Copy, Debug)]
pub struct NamespaceRequest;

impl Kind for NamespaceRequest {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let known = NS_ID_REQ.size(cx.abi()) as u64;
        let size = match cx.number(word, 4) {
            Some(size) if word != 0 && cx.options.dereference => size,
            _ => return cx.address(word),
        };
        let mut fields = cx.list();
        match cx.read(word, known as usize).filter(|_| size >= known) {
            Some(bytes) => {
                if let Value::Struct { fields: all, .. } = REQUEST.load(cx, bytes, word) {
                    fields.extend_from_slice(all);
                }
                fields.extend(tail(cx, word, known, size));
            }
            None => fields.push(Field::new("size", Value::Unsigned(size))),
        }
        if size >= known && fields.len() == 1 {
            fields.push(Field::bare("unknown", Value::Word("???")));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(LONGEST)
    }
}
