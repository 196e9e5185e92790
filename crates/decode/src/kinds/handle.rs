//! Handles of files (open_by_handle_at(2)).

use super::{Int, Ref};
use crate::{Cx, Dir, Field, Kind, Quote, Shape, Value};
use abi::generated::errnos;
use abi::generated::layouts::file::FILE_HANDLE as LAYOUT;
use abi::generated::sets::file::HANDLE_SIZE;
use abi::{Abi, Place};

const BYTES: Place = LAYOUT.member("handle_bytes");
const TYPE: Place = LAYOUT.member("handle_type");
const HANDLE: Place = LAYOUT.member("f_handle");

/// The longest handle (`MAX_HANDLE_SZ`).
const LONGEST: u64 = HANDLE_SIZE.of("MAX_HANDLE_SZ");

/// A handle that the call takes.
pub struct Handle;

impl Kind for Handle {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let head = HANDLE.offset(cx.abi());
        let Some(bytes) = cx.read(word, head).filter(|_| word != 0 && cx.options.dereference) else {
            return cx.address(word);
        };
        let length = BYTES.get(cx.abi(), bytes).unwrap_or(0);
        let fields =
            [Field::new("handle_bytes", Value::Unsigned(length)), type_of(cx, bytes), content(cx, word, length)];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(HANDLE.offset(abi) + LONGEST as usize)
    }
}

fn type_of<'a>(cx: &Cx<'a>, bytes: &[u8]) -> Field<'a> {
    Field::new("handle_type", Value::Signed(TYPE.get(cx.abi(), bytes).unwrap_or(0) as i64))
}

fn content<'a>(cx: &Cx<'a>, word: u64, length: u64) -> Field<'a> {
    let at = word.wrapping_add(HANDLE.offset(cx.abi()) as u64);
    let value = match cx.read(at, length.min(LONGEST) as usize) {
        Some(bytes) => Value::Bytes { bytes, more: length > LONGEST, quote: Quote::Binary },
        None => Value::Word("???"),
    };
    Field::new("f_handle", value)
}

/// A handle that name_to_handle_at(2) gives: the caller says how much room there is, the call how much it needs.
pub struct NewHandle;

/// The argument that points to it.
const INDEX: u32 = 2;

/// `EOVERFLOW`: there was too little room, and the handle says how much is needed (open_by_handle_at(2)).
fn is_too_long(cx: &Cx<'_>) -> bool {
    let errno = cx.ret.and_then(|ret| ret.errno()).and_then(|errno| usize::try_from(errno).ok());
    errno.and_then(|errno| *errnos::NAMES.get(errno)?) == Some("EOVERFLOW")
}

impl Kind for NewHandle {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let Some(room) = cx.saved(INDEX).filter(|_| cx.options.dereference) else { return cx.address(word) };
        let mut fields = cx.list();
        let head = cx.read(word, HANDLE.offset(cx.abi()));
        let now = head.and_then(|bytes| BYTES.get(cx.abi(), bytes)).filter(|_| !cx.failed() || is_too_long(cx));
        let stated = Value::Unsigned(room);
        let length = match now {
            Some(now) if now != room => Value::Changed(cx.put(stated), cx.put(Value::Unsigned(now))),
            _ => stated,
        };
        fields.push(Field::new("handle_bytes", length));
        if let (Some(bytes), Some(now)) = (head, now)
            && !cx.failed()
        {
            fields.push(type_of(cx, bytes));
            fields.push(content(cx, word, now));
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        if word != 0
            && let Some(bytes) = cx.read(word, HANDLE.offset(cx.abi()))
        {
            cx.save(INDEX, BYTES.get(cx.abi(), bytes).unwrap_or(0));
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(HANDLE.offset(abi) + LONGEST as usize)
    }
}

/// The mount that a new handle's file lies on; not looked at where the handle could not be.
#[derive(Clone, Copy, Debug)]
pub struct MountId;

impl Kind for MountId {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if cx.saved(INDEX).is_some() { Ref(&Int).value(cx, word) } else { cx.address(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Ref(&Int).shape(abi)
    }
}
