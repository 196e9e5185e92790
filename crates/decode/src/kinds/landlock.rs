//! Arguments of the landlock calls.

use super::{Fd, U64, WideFlags};
use crate::{Case, Cx, Dir, Field, Kind, Shape, Value, structure};
use abi::generated::{layouts::process as layouts, sets::process as sets};
use abi::{Abi, Place};

/// The members of `struct landlock_ruleset_attr` (landlock_create_ruleset(2)), in their order.
const MEMBERS: &[(&str, Place, &abi::Set)] = &[
    member("handled_access_fs", &sets::LANDLOCK_FS),
    member("handled_access_net", &sets::LANDLOCK_NET),
    member("scoped", &sets::LANDLOCK_SCOPE),
    member("quiet_access_fs", &sets::LANDLOCK_FS),
    member("quiet_access_net", &sets::LANDLOCK_NET),
    member("quiet_scoped", &sets::LANDLOCK_SCOPE),
];

const fn member(name: &'static str, set: &'static abi::Set) -> (&'static str, Place, &'static abi::Set) {
    (name, layouts::LANDLOCK_RULESET_ATTR.member(name), set)
}

/// What a set of rules handles: as many members as argument 1 has bytes for.
#[derive(Clone, Copy, Debug)]
pub struct Ruleset;

/// The size when there was one member.
const FIRST: usize = 8;

impl Kind for Ruleset {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let abi = cx.abi();
        let size = cx.arg(1) & abi.word_mask();
        let known = layouts::LANDLOCK_RULESET_ATTR.size(abi) as u64;
        if word == 0 || size < FIRST as u64 || !cx.options.dereference {
            return cx.address(word);
        }
        let Some(bytes) = cx.read(word, size.min(known) as usize) else { return Value::Unreadable(word) };
        let mut fields = cx.list();
        for (name, place, set) in MEMBERS {
            // Of a member that is there in part the rest is zero.
            if let Some(rest) = bytes.get(place.offset(abi)..).filter(|rest| !rest.is_empty()) {
                let value = crate::kind::extend(&rest[..rest.len().min(place.size(abi))], false);
                fields.push(Field::new(name, Value::Flags { value, set }));
            }
        }
        Value::Struct { fields: fields.into_bump_slice(), more: size > known }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(layouts::LANDLOCK_RULESET_ATTR.size(abi))
    }
}

/// `struct landlock_path_beneath_attr` (landlock_add_rule(2)).
static PATH: super::Structure =
    structure!(layouts::LANDLOCK_PATH_BENEATH_ATTR { allowed_access: WideFlags(&sets::LANDLOCK_FS), parent_fd: Fd });

/// `struct landlock_net_port_attr` (landlock_add_rule(2)).
static PORT: super::Structure =
    structure!(layouts::LANDLOCK_NET_PORT_ATTR { allowed_access: WideFlags(&sets::LANDLOCK_NET), port: U64 });

/// A rule, of the type in argument 1.
#[derive(Clone, Copy, Debug)]
pub struct Rule;

impl Kind for Rule {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match sets::LANDLOCK_RULE.name(cx.arg(1) & 0xffff_ffff) {
            Some("LANDLOCK_RULE_PATH_BENEATH") => PATH.value(cx, word),
            Some("LANDLOCK_RULE_NET_PORT") => PORT.value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        let case = |name, shape| Case {
            values: sets::LANDLOCK_RULE.value(name).into_iter().collect(),
            direction: Dir::In,
            shape,
        };
        Shape::Switch {
            arg: 1,
            cases: vec![
                case("LANDLOCK_RULE_PATH_BENEATH", PATH.shape(abi)),
                case("LANDLOCK_RULE_NET_PORT", PORT.shape(abi)),
            ],
        }
    }
}
