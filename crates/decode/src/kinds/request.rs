//! Arguments of ptrace(2): how many there are and what they are depends on the request.

use super::{Address, Hex, Pid, Ref, SigInfo, SigSet, Signal, Ulong, WideFlags};
use crate::{Case, Cx, Dir, Kind, Len, Shape, Value};
use abi::Abi;
use abi::generated::sets::process as sets;

/// What a request has behind it.
struct Form {
    /// The requests of this form.
    requests: &'static [&'static str],
    /// The arguments behind the request.
    args: &'static [&'static dyn Kind],
    /// Whether the last of them is known at the exit only.
    out: bool,
}

const fn takes(requests: &'static [&'static str], args: &'static [&'static dyn Kind]) -> Form {
    Form { requests, args, out: false }
}

const fn gives(requests: &'static [&'static str], args: &'static [&'static dyn Kind]) -> Form {
    Form { requests, args, out: true }
}

/// A mask of signals whose size is the argument before it.
const MASK: SigSet = SigSet(Len::Arg(2));

static FORMS: &[Form] = &[
    takes(&["PTRACE_TRACEME"], &[]),
    takes(&["PTRACE_KILL", "PTRACE_ATTACH", "PTRACE_INTERRUPT", "PTRACE_LISTEN"], &[&Pid]),
    gives(&["PTRACE_PEEKTEXT", "PTRACE_PEEKDATA", "PTRACE_PEEKUSER"], &[&Pid, &Address, &Ref(&Hex)]),
    takes(&["PTRACE_POKETEXT", "PTRACE_POKEDATA", "PTRACE_POKEUSER"], &[&Pid, &Address, &Hex]),
    takes(
        &[
            "PTRACE_CONT",
            "PTRACE_SINGLESTEP",
            "PTRACE_SYSCALL",
            "PTRACE_SYSEMU",
            "PTRACE_SYSEMU_SINGLESTEP",
            "PTRACE_SINGLEBLOCK",
            "PTRACE_DETACH",
        ],
        &[&Pid, &Address, &Signal],
    ),
    takes(&["PTRACE_SETOPTIONS", "PTRACE_SEIZE"], &[&Pid, &Address, &WideFlags(&sets::PTRACE_OPTIONS)]),
    gives(&["PTRACE_GETEVENTMSG"], &[&Pid, &Address, &Ref(&Ulong)]),
    gives(&["PTRACE_GETSIGINFO"], &[&Pid, &Address, &SigInfo]),
    takes(&["PTRACE_SETSIGINFO"], &[&Pid, &Address, &SigInfo]),
    gives(&["PTRACE_GETSIGMASK"], &[&Pid, &Ulong, &MASK]),
    takes(&["PTRACE_SETSIGMASK"], &[&Pid, &Ulong, &MASK]),
];

/// The form of all others.
static OTHER: Form = takes(&[], &[&Pid, &Address, &Address]);

fn of(cx: &Cx<'_>) -> &'static Form {
    let name = sets::PTRACE.name(cx.arg(0) & cx.abi().word_mask()).unwrap_or("");
    FORMS.iter().find(|form| form.requests.contains(&name)).unwrap_or(&OTHER)
}

/// Whether the request is about a process.
pub fn has_process(cx: &Cx<'_>) -> bool {
    !of(cx).args.is_empty()
}

/// Whether the request has an address and data.
pub fn has_data(cx: &Cx<'_>) -> bool {
    of(cx).args.len() > 1
}

/// The argument so many places behind the request, from 0.
#[derive(Clone, Copy, Debug)]
pub struct Argument(pub usize);

impl Kind for Argument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        of(cx).args.get(self.0).map_or(Value::Hex(word), |kind| kind.value(cx, word))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        let form = of(cx);
        if form.out && self.0 + 1 == form.args.len() { Dir::Out } else { stated }
    }

    fn shape(&self, abi: Abi) -> Shape {
        let cases = FORMS.iter().filter_map(|form| {
            let shape = form.args.get(self.0)?.shape(abi);
            let direction = if form.out { Dir::Out } else { Dir::In };
            let values = form.requests.iter().filter_map(|name| sets::PTRACE.value(name)).collect();
            (shape != Shape::Nothing).then_some(Case { values, direction, shape })
        });
        Shape::Switch { arg: 0, cases: cases.collect() }
    }
}
