//! Arguments of prctl(2): how many there are and what they are depends on the option.

use super::annotated::constant_or_nothing;
use super::named::decimal;
use super::prctl_names;
use super::{
    Address, Const, Flags, Hex, Int, Long, Ref, Signal, Text, Uint, Ulong, WideConst, WideFlags, seccomp::PROGRAM,
};
use crate::{Case, Cx, Dir, Kind, Quote, Shape, Value, signal_name};
use abi::Abi;
use abi::generated::sets::process as sets;

/// What an option has behind it.
struct Form {
    /// The options of this form.
    options: &'static [&'static str],
    /// The arguments behind the option.
    args: &'static [&'static dyn Kind],
    /// Whether the first of them is known at the exit only.
    out: bool,
    /// What the result means.
    note: for<'a> fn(&Cx<'a>, u64) -> Value<'a>,
}

impl Form {
    const fn new(options: &'static [&'static str], args: &'static [&'static dyn Kind]) -> Self {
        Self { options, args, out: false, note: nothing }
    }

    const fn out(options: &'static [&'static str], args: &'static [&'static dyn Kind]) -> Self {
        Self { options, args, out: true, note: nothing }
    }

    const fn noted(
        options: &'static [&'static str],
        args: &'static [&'static dyn Kind],
        note: for<'a> fn(&Cx<'a>, u64) -> Value<'a>,
    ) -> Self {
        Self { options, args, out: false, note }
    }
}

fn nothing<'a>(_cx: &Cx<'a>, _word: u64) -> Value<'a> {
    Value::Omitted
}

/// Four words of which nothing is known.
const REST: &[&dyn Kind] = &[&Hex, &Hex, &Hex, &Hex];

/// How long the name of a thread is, with its NUL (`PR_SET_NAME`, prctl(2)).
const NAME: usize = 16;

/// Options that are not of the last form.
static FORMS: &[Form] = &[
    Form::new(&["PR_SET_PDEATHSIG"], &[&DeathSignal]),
    Form::out(&["PR_GET_PDEATHSIG"], &[&Ref(&DeathSignal)]),
    Form::noted(&["PR_GET_DUMPABLE"], &[], |cx, word| constant_or_nothing(cx, word, &sets::DUMPABLE)),
    Form::new(&["PR_SET_DUMPABLE"], &[&WideConst(&sets::DUMPABLE)]),
    Form::out(&["PR_GET_UNALIGN"], &[&Ref(&Flags(&sets::PR_UNALIGN))]),
    Form::new(&["PR_SET_UNALIGN"], &[&Flags(&sets::PR_UNALIGN)]),
    Form::new(
        &[
            "PR_GET_KEEPCAPS",
            "PR_GET_TIMING",
            "PR_GET_SECCOMP",
            "PR_GET_TIMERSLACK",
            "PR_TASK_PERF_EVENTS_DISABLE",
            "PR_TASK_PERF_EVENTS_ENABLE",
            "PR_RISCV_V_GET_CONTROL",
            "PR_GET_FP_MODE",
            "PR_SVE_GET_VL",
            "PR_SME_GET_VL",
        ],
        &[],
    ),
    Form::new(
        &[
            "PR_SET_KEEPCAPS",
            "PR_SET_FPEMU",
            "PR_SET_FPEXC",
            "PR_SET_TIMING",
            "PR_SET_ENDIAN",
            "PR_SET_CHILD_SUBREAPER",
        ],
        &[&Ulong],
    ),
    Form::out(&["PR_GET_FPEMU", "PR_GET_FPEXC", "PR_GET_ENDIAN", "PR_GET_CHILD_SUBREAPER"], &[&Ref(&Uint)]),
    Form::new(&["PR_SET_NAME"], &[&ThreadName(NAME - 1)]),
    Form::out(&["PR_GET_NAME"], &[&ThreadName(NAME)]),
    Form::new(&["PR_CAPBSET_READ", "PR_CAPBSET_DROP"], &[&WideConst(&sets::CAPABILITY)]),
    Form::out(&["PR_GET_TSC"], &[&Ref(&Const(&sets::PR_TSC))]),
    Form::new(&["PR_SET_TSC"], &[&Const(&sets::PR_TSC)]),
    Form::noted(&["PR_GET_SECUREBITS"], &[], |_, word| flags_or_nothing(word, &sets::SECUREBITS)),
    Form::new(&["PR_SET_SECUREBITS"], &[&WideFlags(&sets::SECUREBITS)]),
    Form::new(&["PR_SET_TIMERSLACK"], &[&Slack]),
    Form::new(&["PR_MCE_KILL"], &[&WideConst(&sets::PR_MCE_KILL), &McePolicy, &Hex, &Hex]),
    Form::noted(&["PR_MCE_KILL_GET"], REST, |cx, word| constant_or_nothing(cx, word, &sets::PR_MCE_POLICY)),
    Form::new(&["PR_SET_MM"], &[&Const(&sets::PR_MM), &Hex, &Hex, &Hex]),
    Form::new(&["PR_SET_NO_NEW_PRIVS", "PR_SET_THP_DISABLE", "PR_SET_IO_FLUSHER"], &[&Ulong, &Hex, &Hex, &Hex]),
    Form::out(&["PR_GET_TID_ADDRESS"], &[&Ref(&WideAddress)]),
    Form::new(&["PR_CAP_AMBIENT"], &[&WideConst(&sets::PR_AMBIENT), &Ambient, &Hex, &Hex]),
    Form::noted(&["PR_GET_SPECULATION_CTRL"], &[&WideConst(&sets::PR_SPEC)], speculation),
    Form::new(&["PR_SET_SPECULATION_CTRL"], &[&WideConst(&sets::PR_SPEC), &Speculation]),
    Form::new(&["PR_SET_SYSCALL_USER_DISPATCH"], &[&WideConst(&sets::PR_DISPATCH), &Hex, &Hex, &Address]),
    Form::out(&["PR_SCHED_CORE"], &[&Const(&sets::PR_CORE), &Int, &PidType, &Cookie]),
    Form::new(&["PR_SET_MDWE"], &[&Flags(&sets::PR_MDWE), &Hex, &Hex, &Hex]),
    Form::noted(&["PR_GET_MDWE"], REST, |_, word| flags_or_nothing(word, &sets::PR_MDWE)),
    Form::new(&["PR_SET_VMA"], &[&WideConst(&sets::PR_VMA), &VmaStart, &VmaLength, &VmaName]),
    Form::new(&["PR_SET_PTRACER"], &[&Tracer]),
    Form::new(&["PR_SET_FP_MODE"], &[&WideFlags(&sets::PR_FP_MODE)]),
    Form::new(&["PR_SVE_SET_VL"], &[&WideFlags(&sets::PR_SVE)]),
    Form::new(&["PR_SME_SET_VL"], &[&WideFlags(&sets::PR_SME)]),
    Form::new(&["PR_PAC_RESET_KEYS"], &[&WideFlags(&sets::PR_PAC), &Hex, &Hex, &Hex]),
    Form::new(
        &["PR_PAC_SET_ENABLED_KEYS"],
        &[&WideFlags(&sets::PR_PAC_ENABLED), &WideFlags(&sets::PR_PAC_ENABLED), &Hex, &Hex],
    ),
    Form::new(
        &["PR_RISCV_SET_ICACHE_FLUSH_CTX"],
        &[&WideConst(&sets::PR_RISCV_CTX), &WideConst(&sets::PR_RISCV_SCOPE)],
    ),
    Form::new(&["PR_PPC_GET_DEXCR"], &[&WideConst(&sets::PR_DEXCR), &Hex, &Hex, &Hex]),
    Form::new(&["PR_PPC_SET_DEXCR"], &[&WideConst(&sets::PR_DEXCR), &WideFlags(&sets::PR_DEXCR_CONTROL), &Hex, &Hex]),
    Form::new(&["PR_SET_SECCOMP"], &[&WideConst(&sets::SECCOMP_MODE), &Program, &Hex, &Hex]),
];

/// The form of all others.
static OTHER: Form = Form::new(&[], REST);

fn form(cx: &Cx<'_>) -> &'static Form {
    let name = option(cx);
    FORMS.iter().find(|form| form.options.contains(&name)).unwrap_or(&OTHER)
}

fn option(cx: &Cx<'_>) -> &'static str {
    sets::PRCTL.name(cx.arg(0) & 0xffff_ffff).unwrap_or("")
}

/// How many arguments stand behind the option.
fn count(cx: &Cx<'_>) -> usize {
    match (option(cx), sets::SECCOMP_MODE.name(cx.arg(1))) {
        ("PR_SET_SECCOMP", Some("SECCOMP_MODE_STRICT")) => 1,
        ("PR_SET_SECCOMP", Some("SECCOMP_MODE_FILTER")) => 2,
        _ => form(cx).args.len(),
    }
}

/// Whether there is an argument behind the option.
pub fn has_first(cx: &Cx<'_>) -> bool {
    count(cx) >= 1
}

/// Whether there are two.
pub fn has_second(cx: &Cx<'_>) -> bool {
    count(cx) >= 2
}

/// Whether there are three.
pub fn has_third(cx: &Cx<'_>) -> bool {
    count(cx) >= 3
}

/// Whether there are four.
pub fn has_fourth(cx: &Cx<'_>) -> bool {
    count(cx) >= 4
}

/// The argument so many places behind the option, from 0.
#[derive(Clone, Copy, Debug)]
pub struct Argument(pub usize);

impl Kind for Argument {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        form(cx).args.get(self.0).map_or(Value::Hex(word), |kind| kind.value(cx, word))
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn name(&self, cx: &Cx<'_>) -> Option<&'static str> {
        prctl_names::name(option(cx), cx.arg(1), self.0)
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        let form = form(cx);
        // Of the options that give something back, it is the last argument.
        if form.out && self.0 + 1 == form.args.len() && (self.0 != 3 || Cookie::is_asked_for(cx)) {
            Dir::Out
        } else {
            stated
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        let cases = FORMS.iter().filter_map(|form| {
            let shape = form.args.get(self.0)?.shape(abi);
            let direction = if form.out { Dir::Out } else { Dir::In };
            let values = form.options.iter().filter_map(|name| sets::PRCTL.value(name)).collect();
            (shape != Shape::Nothing).then_some(Case { values, direction, shape })
        });
        Shape::Switch { arg: 0, cases: cases.collect() }
    }
}

/// The result: with a meaning for some options.
#[derive(Clone, Copy, Debug)]
pub struct PrctlResult;

impl Kind for PrctlResult {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match self.note(cx) {
            Value::Omitted | Value::Spelled(_) => Long.value(cx, word),
            _ => Hex.value(cx, word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }

    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        (form(cx).note)(cx, cx.result() as u64 & cx.abi().word_mask())
    }
}

fn flags_or_nothing<'a>(value: u64, set: &'static abi::Set) -> Value<'a> {
    if value == 0 { Value::Omitted } else { Value::Flags { value, set } }
}

/// The state of a misfeature of the processor.
fn speculation<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    if sets::PR_SPEC.name(cx.arg(1)).is_none() {
        return Value::Omitted;
    }
    let meaning = match sets::PR_SPEC_NONE.name(word) {
        Some(name) => Value::Named { value: word, name },
        None => Value::Flags { value: word, set: &sets::PR_SPEC_STATE },
    };
    Value::Either { raw: &Value::Omitted, meaning: cx.put(Value::Spelled(cx.put(meaning))) }
}

/// Makes a scalar kind whose value a function tells.
macro_rules! word {
    ($(#[$doc:meta])* $name:ident, $size:expr, $decode:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        struct $name;

        impl Kind for $name {
            fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
                let decode: fn(&Cx<'a>, u64) -> Value<'a> = $decode;
                decode(cx, word)
            }

            fn size(&self, abi: Abi) -> usize {
                let size: fn(Abi) -> usize = $size;
                size(abi)
            }
        }
    };
}

word!(
/// A signal's number in a word without a sign.
DeathSignal, |_| 4, |cx, word| {
    match u32::try_from(word).ok().and_then(signal_name) {
        Some(_) => Signal.value(cx, word),
        None => Value::Unsigned(word),
    }
});
word!(
    /// The slack of timers: on x86-64 with a sign.
    Slack, Abi::long_size, |cx, word| if cx.abi() == Abi::X86_64 { Value::Signed(word as i64) } else { Value::Unsigned(word) });
word!(
/// The policy behind `PR_MCE_KILL_SET`.
McePolicy, Abi::long_size, |cx, word| match sets::PR_MCE_KILL.name(cx.arg(1)) {
    Some("PR_MCE_KILL_SET") => Value::Const { value: word, set: &sets::PR_MCE_POLICY },
    _ => Value::Hex(word),
});
word!(
    /// An address of 64 bits under every personality.
    WideAddress, |abi| if abi == Abi::I386 { 4 } else { 8 }, |_, word| Value::Address(word));
word!(
/// The capability that an operation on the ambient set is about.
Ambient, Abi::long_size, |cx, word| match sets::PR_AMBIENT.name(cx.arg(1)) {
    Some("PR_CAP_AMBIENT_IS_SET" | "PR_CAP_AMBIENT_RAISE" | "PR_CAP_AMBIENT_LOWER") => {
        Value::Const { value: word, set: &sets::CAPABILITY }
    }
    _ => Value::Hex(word),
});
word!(
/// What is to be done about a misfeature of the processor.
Speculation, Abi::long_size, |cx, word| match sets::PR_SPEC.name(cx.arg(1)) {
    Some(_) => Value::Const { value: word, set: &sets::PR_SPEC_SET },
    None => Value::Hex(word),
});
word!(
/// What a cookie of core scheduling applies to, with its name in passing.
PidType, |_| 4, |cx, word| {
    let value = word & 0xffff_ffff;
    let raw = cx.put(Value::Hex(value));
    let meaning = Value::Commented(raw, sets::PIDTYPE.name(value).unwrap_or(sets::PIDTYPE.unknown));
    Value::Either { raw, meaning: cx.put(meaning) }
});
word!(
/// The tracer that is let in.
Tracer, Abi::long_size, |cx, word| match word == cx.abi().word_mask() {
    true => decimal(cx.arena, -1, sets::PR_PTRACER.entries[0].name),
    false => Int.value(cx, word),
});
word!(
    /// Where the named mapping begins.
    VmaStart, Abi::pointer_size, |cx, word| if names_mapping(cx) { Value::Address(word) } else { Value::Hex(word) });
word!(
    /// How long the named mapping is.
    VmaLength, Abi::long_size, |cx, word| if names_mapping(cx) { Value::Unsigned(word) } else { Value::Hex(word) });

fn names_mapping(cx: &Cx<'_>) -> bool {
    sets::PR_VMA.name(cx.arg(1)).is_some()
}

/// The name of a mapping.
#[derive(Clone, Copy, Debug)]
struct VmaName;

impl Kind for VmaName {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if names_mapping(cx) { Text.value(cx, word) } else { Value::Hex(word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Text.shape(abi)
    }
}

/// The name of a thread, of which so many bytes are shown.
#[derive(Clone, Copy, Debug)]
struct ThreadName(usize);

impl Kind for ThreadName {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let most = self.0.min(cx.options.limit);
        match cx.string(word, most) {
            // What lies behind the last byte that counts is not looked at.
            Some((bytes, _)) => Value::Bytes { bytes, more: bytes.len() == most, quote: Quote::Path },
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Text { max: NAME + 1 }
    }
}

/// The program of a filter.
#[derive(Clone, Copy, Debug)]
struct Program;

impl Kind for Program {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match sets::SECCOMP_MODE.name(cx.arg(1)) {
            Some("SECCOMP_MODE_FILTER") => PROGRAM.value(cx, word),
            _ => Value::Hex(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        PROGRAM.shape(abi)
    }
}

/// The cookie of core scheduling: read where it was asked for.
#[derive(Clone, Copy, Debug)]
struct Cookie;

impl Cookie {
    fn is_asked_for(cx: &Cx<'_>) -> bool {
        sets::PR_CORE.name(cx.arg(1) & 0xffff_ffff) == Some("PR_SCHED_CORE_GET")
    }
}

impl Kind for Cookie {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match Self::is_asked_for(cx).then(|| cx.number(word, 8)) {
            None => Value::Hex(word),
            Some(None) => cx.address(word),
            Some(Some(cookie)) => Value::Pointee(cx.put(Value::Hex(cookie))),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(8)
    }
}

/// The option in the first argument.
pub const OPTION: Const = Const(&sets::PRCTL);
