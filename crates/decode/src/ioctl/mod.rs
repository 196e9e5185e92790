//! ioctl(2): requests by name, and what they point to.

mod block;
mod files;
mod interface;
mod number;
mod random;
mod sized;
mod terminal;
mod unknown;

use crate::kinds::{Buffer, Int, Ref};
use crate::{Case, Cx, Dir, Kind, Len, Shape, Value};
use abi::{Abi, generated::ioctls, generated::sets::ioctl::DIRECTION};
use number::Number;
use std::collections::HashMap;

use unknown::Unknown;

/// The index of the request among the arguments.
const REQUEST: usize = 1;

/// What a request takes.
pub(crate) struct Request {
    /// Its name, one of those that the headers give the number.
    name: &'static str,
    /// When it is decoded.
    direction: Dir,
    /// How; `None` for no argument at all.
    kind: Option<&'static dyn Kind>,
}

/// Makes a table of [`Request`]s: `NAME;` takes nothing, `NAME: in KIND;` and `NAME: out KIND;` take something.
macro_rules! requests {
    ($($name:ident $(: $dir:tt $kind:expr)?;)*) => {
        &[$($crate::ioctl::Request {
            name: stringify!($name),
            direction: $crate::ioctl::requests!(@direction $($dir)?),
            kind: $crate::ioctl::requests!(@kind $($kind)?),
        }),*]
    };
    (@direction) => { $crate::Dir::In };
    (@direction $dir:tt) => { $crate::direction!($dir) };
    (@kind) => { None };
    (@kind $kind:expr) => { Some(&$kind) };
}
use requests;

/// The requests that files of any sort know (ioctl_fs(2)).
static COMMON: &[Request] = requests! {
    FIOCLEX;
    FIONCLEX;
    FIONBIO: in Ref(&Int);
    FIOASYNC: in Ref(&Int);
    FIONREAD: out Ref(&Int);
    FIOSETOWN: in Ref(&Int);
    FIOGETOWN: out Ref(&Int);
    SIOCSPGRP: in Ref(&Int);
    SIOCGPGRP: out Ref(&Int);
    SIOCATMARK: out Ref(&Int);
    SIOCGIFENCAP: out Ref(&Int);
    SIOCSIFENCAP: in Ref(&Int);
    SIOCOUTQNSD: out Ref(&Int);
};

/// All requests that are looked into.
static TABLES: &[&[Request]] =
    &[COMMON, block::REQUESTS, files::REQUESTS, interface::REQUESTS, random::REQUESTS, terminal::REQUESTS];

/// A request that gives a name.
static NAME: Request = Request { name: "", direction: Dir::Out, kind: Some(&Buffer(Len::Result)) };

/// The request of the call, if its argument is known.
fn known(cx: &Cx<'_>) -> Option<&'static Request> {
    if sized::gives_name(Number::of(cx.arg(REQUEST) as u32)) { Some(&NAME) } else { request(cx) }
}

/// The request of the call by its names.
fn request(cx: &Cx<'_>) -> Option<&'static Request> {
    let names = ioctls::names(cx.abi(), cx.arg(REQUEST) as u32);
    TABLES.iter().copied().flatten().find(|request| names.contains(&request.name))
}

/// Whether the request takes an argument.
pub fn takes_argument(cx: &Cx<'_>) -> bool {
    known(cx).is_none_or(|request| request.kind.is_some())
}

/// The request of ioctl(2): its names, or what the number is made of.
#[derive(Clone, Copy, Debug)]
pub struct RequestNumber;

impl Kind for RequestNumber {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let request = word as u32;
        let raw = cx.put(Value::Hex(request.into()));
        let parts = Number::of(request);
        match (ioctls::names(cx.abi(), request), sized::macro_text(parts)) {
            ([], _) => {
                let meaning = sized::macro_call(cx, parts).unwrap_or_else(|| in_parts(cx, parts));
                Value::Either { raw, meaning: cx.put(Value::Spelled(cx.put(meaning))) }
            }
            ([name], None) => Value::Named { value: request.into(), name },
            (several, text) => Value::Named { value: request.into(), name: joined(cx, several, text) },
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The requests whose argument has a name of its own.
static CALLED: &[(&str, &[&str])] = &[
    (
        "arg",
        &[
            "FICLONERANGE",
            "FIDEDUPERANGE",
            "FS_IOC_FSGETXATTR",
            "FS_IOC_FSSETXATTR",
            "FS_IOC_GETFSSYSFSPATH",
            "FS_IOC_GETFSUUID",
            "TCFLSH",
            "TCSBRK",
            "TCSBRKP",
            "TCXONC",
            "TIOCSCTTY",
        ],
    ),
    ("attr", &["FS_IOC_GETFLAGS", "FS_IOC_SETFLAGS", "FS_IOC32_GETFLAGS", "FS_IOC32_SETFLAGS"]),
    ("label", &["FS_IOC_GETFSLABEL", "FS_IOC_SETFSLABEL"]),
    ("lock", &["TIOCSPTLCK"]),
    ("mode", &["TIOCPKT"]),
    ("src_fd", &["FICLONE"]),
];

/// Several names of one number, in the order of the alphabet, behind that of a macro. Of a name and the same with `32`
/// in it, which are one request on i386, only the latter counts.
fn joined<'a>(cx: &Cx<'a>, names: &[&str], text: Option<String>) -> &'a str {
    let is_told =
        |name: &&str| !names.iter().any(|other| other.contains("32") && other.replacen("32", "", 1) == **name);
    let mut sorted: Vec<&str> = names.iter().copied().filter(is_told).collect();
    sorted.sort_unstable();
    let all: Vec<&str> = text.as_deref().into_iter().chain(sorted).collect();
    cx.arena.alloc_str(&all.join(" or "))
}

/// `_IOC(_IOC_READ, 0x12, 0x34, 0x8)`.
fn in_parts<'a>(cx: &Cx<'a>, request: Number) -> Value<'a> {
    let items = [
        Value::Flags { value: request.direction.into(), set: &DIRECTION },
        Value::Hex(request.kind.into()),
        Value::Hex(request.number.into()),
        Value::Hex(request.size.into()),
    ];
    Value::Call { name: "_IOC", items: cx.slice(&items), main: None }
}

/// The argument of ioctl(2).
#[derive(Clone, Copy, Debug)]
pub struct RequestArgument;

impl Kind for RequestArgument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match known(cx) {
            Some(Request { kind: Some(kind), .. }) => kind.value(cx, word & cx.abi().word_mask()),
            _ => Unknown.value(cx, word & cx.abi().word_mask()),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn name(&self, cx: &Cx<'_>) -> Option<&'static str> {
        let request = request(cx)?.name;
        CALLED.iter().find(|(_, requests)| requests.contains(&request)).map(|(name, _)| *name)
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        known(cx).map_or_else(|| Unknown.direction(cx, stated), |request| request.direction)
    }

    fn keep(&self, cx: &Cx<'_>, index: usize, word: u64) {
        match known(cx) {
            Some(Request { kind: Some(kind), .. }) => kind.keep(cx, index, word),
            Some(_) => {}
            None => Unknown.keep(cx, index, word),
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        let numbers = numbers(abi);
        let case = |request: &Request| {
            let shape = request.kind.map_or(Shape::Nothing, |kind| kind.shape(abi));
            let values = || numbers.get(request.name).cloned().unwrap_or_default();
            (shape != Shape::Nothing).then(|| Case { values: values(), direction: request.direction, shape })
        };
        let mut cases: Vec<Case> = TABLES.iter().copied().flatten().filter_map(case).collect();
        cases.push(Case { values: Vec::new(), direction: Dir::InOut, shape: Unknown.shape(abi) });
        Shape::Switch { arg: REQUEST as u8, cases }
    }
}

/// The numbers that have a name, for each name.
fn numbers(abi: Abi) -> HashMap<&'static str, Vec<u64>> {
    let mut numbers: HashMap<_, Vec<u64>> = HashMap::new();
    for request in ioctls::all(abi) {
        for &name in request.names {
            numbers.entry(name).or_default().push(request.number.into());
        }
    }
    numbers
}
