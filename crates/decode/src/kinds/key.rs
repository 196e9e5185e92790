//! Arguments of keyctl(2): how many there are and what they are depends on the operation.

use super::named::decimal;
use super::{Buffer, Flags, Hex, Id, Int, Text, Uint, Ulong};
use crate::{Case, Cx, Dir, Kind, Len, Shape, Value};
use abi::Abi;
use abi::generated::{errnos, sets::system as sets};

/// A key's number, or a ring that has a name of its own.
#[derive(Clone, Copy, Debug)]
pub struct KeyId;

impl Kind for KeyId {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let number = i64::from(word as i32);
        match sets::KEY_SPEC.name(word & 0xffff_ffff) {
            Some(name) => decimal(cx.arena, number, name),
            None => Value::Signed(number),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// Which ring keys go to that are asked for.
#[derive(Clone, Copy, Debug)]
struct DefaultRing;

impl Kind for DefaultRing {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let number = i64::from(word as i32);
        match sets::KEY_REQKEY.name(word & 0xffff_ffff) {
            Some(name) => decimal(cx.arena, number, name),
            None => {
                let raw = cx.put(Value::Signed(number));
                Value::Either { raw, meaning: cx.put(Value::Commented(raw, sets::KEY_REQKEY.unknown)) }
            }
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// An errno by its name.
#[derive(Clone, Copy, Debug)]
struct ErrorNumber;

impl Kind for ErrorNumber {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        match errnos::name(word as u32) {
            Some(name) => Value::Named { value: word & 0xffff_ffff, name },
            None => Value::Unsigned(word & 0xffff_ffff),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// What an operation has behind it.
struct Form {
    /// The operations of this form.
    operations: &'static [&'static str],
    /// What the arguments behind the operation are called.
    names: &'static [&'static str],
    /// The arguments behind the operation.
    args: &'static [&'static dyn Kind],
    /// Which of them is known at the exit only.
    out: Option<usize>,
}

const fn form(
    operations: &'static [&'static str],
    names: &'static [&'static str],
    args: &'static [&'static dyn Kind],
) -> Form {
    Form { operations, names, args, out: None }
}

/// What is put in.
const PAYLOAD: Buffer = Buffer(Len::Arg(3));

/// What comes out: no more than the buffer holds.
const ANSWER: Buffer = Buffer(Len::ResultUpTo(3));

static FORMS: &[Form] = &[
    form(&["KEYCTL_GET_KEYRING_ID"], &["key", "create"], &[&KeyId, &Int]),
    form(&["KEYCTL_JOIN_SESSION_KEYRING"], &["name"], &[&Text]),
    form(&["KEYCTL_UPDATE"], &["key", "payload", "plen"], &[&KeyId, &PAYLOAD, &Ulong]),
    form(&["KEYCTL_REVOKE", "KEYCTL_CLEAR", "KEYCTL_ASSUME_AUTHORITY", "KEYCTL_INVALIDATE"], &["key"], &[&KeyId]),
    form(&["KEYCTL_CHOWN"], &["key", "uid", "gid"], &[&KeyId, &Id, &Id]),
    form(&["KEYCTL_SETPERM"], &["key", "perms"], &[&KeyId, &Flags(&sets::KEY_PERM)]),
    Form {
        operations: &["KEYCTL_DESCRIBE", "KEYCTL_READ", "KEYCTL_GET_SECURITY"],
        names: &["key", "buffer", "buflen"],
        args: &[&KeyId, &ANSWER, &Ulong],
        out: Some(1),
    },
    form(&["KEYCTL_LINK", "KEYCTL_UNLINK"], &["key", "keyring"], &[&KeyId, &KeyId]),
    form(&["KEYCTL_SEARCH"], &["keyring", "type", "description", "dest_keyring"], &[&KeyId, &Text, &Text, &KeyId]),
    form(&["KEYCTL_INSTANTIATE"], &["key", "payload", "plen", "keyring"], &[&KeyId, &PAYLOAD, &Ulong, &KeyId]),
    form(&["KEYCTL_NEGATE"], &["key", "timeout", "keyring"], &[&KeyId, &Uint, &KeyId]),
    form(&["KEYCTL_SET_REQKEY_KEYRING"], &["reqkey_defl"], &[&DefaultRing]),
    form(&["KEYCTL_SET_TIMEOUT"], &["key", "timeout"], &[&KeyId, &Uint]),
    form(&["KEYCTL_SESSION_TO_PARENT"], &[], &[]),
    form(&["KEYCTL_REJECT"], &["key", "timeout", "error", "keyring"], &[&KeyId, &Uint, &ErrorNumber, &KeyId]),
    form(&["KEYCTL_GET_PERSISTENT"], &["uid", "keyring"], &[&Id, &KeyId]),
    form(&["KEYCTL_RESTRICT_KEYRING"], &["keyring", "type", "restriction"], &[&KeyId, &Text, &Text]),
    form(
        &["KEYCTL_MOVE"],
        &["key", "from_keyring", "to_keyring", "flags"],
        &[&KeyId, &KeyId, &KeyId, &Flags(&sets::KEY_MOVE)],
    ),
];

/// The form of all others.
static OTHER: Form = form(&[], &[], &[&Hex, &Hex, &Hex, &Hex]);

fn of(cx: &Cx<'_>) -> &'static Form {
    let name = sets::KEYCTL.name(cx.arg(0) & 0xffff_ffff).unwrap_or("");
    FORMS.iter().find(|form| form.operations.contains(&name)).unwrap_or(&OTHER)
}

/// Whether there is an argument behind the operation.
pub fn has_first(cx: &Cx<'_>) -> bool {
    !of(cx).args.is_empty()
}

/// Whether there are two.
pub fn has_second(cx: &Cx<'_>) -> bool {
    of(cx).args.len() >= 2
}

/// Whether there are three.
pub fn has_third(cx: &Cx<'_>) -> bool {
    of(cx).args.len() >= 3
}

/// Whether there are four.
pub fn has_fourth(cx: &Cx<'_>) -> bool {
    of(cx).args.len() >= 4
}

/// The argument so many places behind the operation, from 0.
#[derive(Clone, Copy, Debug)]
pub struct Argument(pub usize);

impl Kind for Argument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        of(cx).args.get(self.0).map_or(Value::Hex(word), |kind| kind.value(cx, word))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn name(&self, cx: &Cx<'_>) -> Option<&'static str> {
        of(cx).names.get(self.0).copied()
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        if of(cx).out == Some(self.0) { Dir::Out } else { stated }
    }

    fn shape(&self, abi: Abi) -> Shape {
        let cases = FORMS.iter().filter_map(|form| {
            let shape = form.args.get(self.0)?.shape(abi);
            let direction = if form.out == Some(self.0) { Dir::Out } else { Dir::In };
            let values = form.operations.iter().filter_map(|name| sets::KEYCTL.value(name)).collect();
            (shape != Shape::Nothing).then_some(Case { values, direction, shape })
        });
        Shape::Switch { arg: 0, cases: cases.collect() }
    }
}
