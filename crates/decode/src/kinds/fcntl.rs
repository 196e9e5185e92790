//! The argument and the result of fcntl(2), which depend on its command.

use super::open::OPEN_FLAGS;
use super::{Const, Flags, Hex, Int, Long, NewPid, Pid, Ref, Signal, Structure, Wide, WideConst, WideFlags};
use super::{Fd, U16};
use crate::{Case, Cx, Dir, Kind, Shape, Value, signal_name, structure};
use abi::generated::{layouts::file as layouts, sets::file as sets};
use abi::{Abi, Place};

/// The index of the command among the arguments.
const COMMAND: usize = 1;

/// What a command takes.
struct Command {
    name: &'static str,
    direction: Dir,
    /// `None` for no argument at all.
    kind: Option<&'static dyn Kind>,
}

/// Makes a [`Command`].
macro_rules! command {
    ($name:ident) => {
        Command { name: stringify!($name), direction: Dir::In, kind: None }
    };
    ($name:ident in $kind:expr) => {
        Command { name: stringify!($name), direction: Dir::In, kind: Some(&$kind) }
    };
    ($name:ident out $kind:expr) => {
        Command { name: stringify!($name), direction: Dir::Out, kind: Some(&$kind) }
    };
}

/// What the commands take that are not shown as a number in base 16.
static COMMANDS: &[Command] = &[
    command!(F_DUPFD in Wide),
    command!(F_DUPFD_CLOEXEC in Wide),
    command!(F_DUPFD_QUERY in Fd),
    command!(F_GETFD),
    command!(F_SETFD in Flags(&sets::FD)),
    command!(F_GETFL),
    command!(F_SETFL in OPEN_FLAGS),
    command!(F_GETLK out FLOCK),
    command!(F_SETLK in FLOCK_SET),
    command!(F_SETLKW in FLOCK_SET),
    command!(F_OFD_GETLK out FLOCK64),
    command!(F_OFD_SETLK in FLOCK64_SET),
    command!(F_OFD_SETLKW in FLOCK64_SET),
    command!(F_GETOWN),
    command!(F_SETOWN in NewPid),
    command!(F_GETSIG),
    command!(F_SETSIG in Signal),
    command!(F_SETOWN_EX in OWNER),
    command!(F_GETOWN_EX out OWNER),
    command!(F_GETLEASE),
    command!(F_SETLEASE in WideConst(&sets::LOCK_TYPE)),
    command!(F_NOTIFY in WideFlags(&sets::NOTIFY)),
    command!(F_GETPIPE_SZ),
    command!(F_SETPIPE_SZ in Long),
    command!(F_GET_SEALS),
    command!(F_ADD_SEALS in WideFlags(&sets::SEAL)),
    command!(F_GET_RW_HINT out Ref(&RwHint)),
    command!(F_SET_RW_HINT in Ref(&RwHint)),
    command!(F_GET_FILE_RW_HINT out Ref(&RwHint)),
    command!(F_SET_FILE_RW_HINT in Ref(&RwHint)),
    command!(F_GETDELEG out DELEGATION),
    command!(F_SETDELEG in DELEGATION),
];

/// The commands that only fcntl64(2) of i386 knows.
static COMMANDS64: &[Command] =
    &[command!(F_GETLK64 out FLOCK64), command!(F_SETLK64 in FLOCK64_SET), command!(F_SETLKW64 in FLOCK64_SET)];

/// Makes a structure of locks: of one that is asked for and of one that is set.
macro_rules! flock {
    ($layout:path $(, $pid:ident)?) => {
        structure!($layout {
            l_type: Const(&sets::LOCK_TYPE),
            l_whence: Const(&sets::SEEK),
            l_start: Wide,
            l_len: Wide,
            $($pid: Pid,)?
        })
    };
}

static FLOCK: Structure = flock!(layouts::FLOCK, l_pid);
static FLOCK_SET: Structure = flock!(layouts::FLOCK);
static FLOCK64: Structure = flock!(layouts::FLOCK64, l_pid);
static FLOCK64_SET: Structure = flock!(layouts::FLOCK64);
static OWNER: Structure = structure!(layouts::F_OWNER_EX {
    r#type: Const(&sets::OWNER),
    [super::Given { place: OWNED_BY, test: |kind| kind != GROUP }] pid: Pid,
    [super::Given { place: OWNED_BY, test: |kind| kind == GROUP }] pid: Int,
});
const OWNED_BY: Place = layouts::F_OWNER_EX.member("type");
const GROUP: u64 = sets::OWNER.of("F_OWNER_PGRP");
static DELEGATION: Structure =
    structure!(layouts::DELEGATION { d_flags: Hex, d_type: Const(&sets::LOCK_TYPE), __pad: U16 });

/// How long what is written will live (fcntl(2), "File read/write hints"), 64 bits wide.
struct RwHint;

impl Kind for RwHint {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        WideConst(&sets::RW_HINT).value(cx, word)
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}

/// The command of the call, if its argument is known.
fn command(cx: &Cx<'_>, wide: bool) -> Option<&'static Command> {
    let name = sets::FCNTL.name(u64::from(cx.arg(COMMAND) as u32))?;
    let more: &[Command] = if wide { COMMANDS64 } else { &[] };
    COMMANDS.iter().chain(more).find(|command| command.name == name)
}

/// Whether the command of argument 1 takes an argument.
pub fn takes_argument(cx: &Cx<'_>) -> bool {
    command(cx, false).is_none_or(|command| command.kind.is_some())
}

/// The argument of fcntl(2), or of fcntl64(2).
#[derive(Clone, Copy, Debug)]
pub struct FcntlArgument {
    /// Whether the call is fcntl64(2).
    pub wide: bool,
}

impl Kind for FcntlArgument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match command(cx, self.wide) {
            Some(Command { kind: Some(kind), .. }) => kind.value(cx, word & cx.abi().word_mask()),
            _ => Hex.value(cx, word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        command(cx, self.wide).map_or(stated, |command| command.direction)
    }

    fn shape(&self, abi: Abi) -> Shape {
        let case = |command: &Command| {
            let shape = command.kind.map_or(Shape::Nothing, |kind| kind.shape(abi));
            let values = sets::FCNTL.value(command.name).into_iter().collect();
            (shape != Shape::Nothing).then_some(Case { values, direction: command.direction, shape })
        };
        let more: &[Command] = if self.wide { COMMANDS64 } else { &[] };
        Shape::Switch { arg: COMMAND as u8, cases: COMMANDS.iter().chain(more).filter_map(case).collect() }
    }
}

/// The result of fcntl(2).
#[derive(Clone, Copy, Debug)]
pub struct FcntlResult;

impl Kind for FcntlResult {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match sets::FCNTL.name(u64::from(cx.arg(COMMAND) as u32)) {
            Some("F_GETFD" | "F_GETFL" | "F_GETLEASE" | "F_GET_SEALS") => Value::Hex(word),
            Some("F_DUPFD" | "F_DUPFD_CLOEXEC") => cx.descriptor(word as i32),
            _ => Value::Signed(word as i64),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        let result = cx.result() as u64;
        let titled = |title, value| Value::Titled(title, cx.put(value));
        match sets::FCNTL.name(u64::from(cx.arg(COMMAND) as u32)) {
            Some("F_GETFD") if result != 0 => titled("flags", Flags(&sets::FD_RESULT).value(cx, result)),
            Some("F_GETFL") => titled("flags", Value::Spelled(cx.put(OPEN_FLAGS.value(cx, result)))),
            Some("F_GET_SEALS") if result != 0 => titled("seals", Flags(&sets::SEAL_RESULT).value(cx, result)),
            Some("F_GETLEASE") => sets::LOCK_TYPE.name(result).map_or(Value::Omitted, Value::Word),
            Some("F_GETSIG") => match signal_name(result as u32) {
                Some(name) => Value::Word(cx.arena.alloc_str(&name)),
                None => Value::Omitted,
            },
            _ => Value::Omitted,
        }
    }
}
