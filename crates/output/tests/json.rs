//! JSON is valid whatever is written, loses nothing, and keeps to the published schema.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use abi::{Abi, Entry, Meaning, Set};
use bumpalo::Bump;
use decode::{Field, Quote, Value};
use output::json::{End, Record, event, signal, value};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use tracer::{Call, Event, Return, Stamp, Tid, What};

static COLOURS: Set = Set {
    unknown: "C_???",
    meaning: Meaning::Bits,
    entries: &[
        Entry { value: 0, name: "C_NONE" },
        Entry { value: 3, name: "C_BOTH" },
        Entry { value: 1, name: "C_RED" },
        Entry { value: 2, name: "C_BLUE" },
    ],
    sorted: false,
};

static KINDS: Set = Set {
    unknown: "K_???",
    meaning: Meaning::Values,
    entries: &[Entry { value: 1, name: "K_ONE" }, Entry { value: 2, name: "K_TWO" }],
    sorted: true,
};

fn json_of(v: &Value<'_>) -> Json {
    let mut out = Vec::new();
    value(v, &mut out);
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn numbers_and_addresses() {
    assert_eq!(json_of(&Value::Signed(-3)), json!(-3));
    assert_eq!(json_of(&Value::Hex(u64::MAX)), json!(u64::MAX));
    assert_eq!(json_of(&Value::Octal(0o644)), json!(0o644));
    assert_eq!(json_of(&Value::Address(0)), json!(null));
    assert_eq!(json_of(&Value::Address(0x1f)), json!({"address": "0x1f"}));
    assert_eq!(json_of(&Value::Unreadable(0x1f)), json!({"address": "0x1f", "unreadable": true}));
    assert_eq!(json_of(&Value::Descriptor { fd: 3, target: None, detail: None }), json!(3));
    assert_eq!(
        json_of(&Value::Descriptor { fd: 3, target: Some(b"/x"), detail: None }),
        json!({"fd": 3, "path": "/x"})
    );
}

#[test]
fn names_of_bits() {
    let flags = |value| json_of(&Value::Flags { value, set: &COLOURS });
    assert_eq!(flags(0), json!({"value": 0, "flags": ["C_NONE"]}));
    assert_eq!(flags(3), json!({"value": 3, "flags": ["C_BOTH"]}));
    assert_eq!(flags(0x12), json!({"value": 0x12, "flags": ["C_BLUE"], "rest": 0x10}));
    assert_eq!(json_of(&Value::Const { value: 2, set: &KINDS }), json!({"value": 2, "name": "K_TWO"}));
    assert_eq!(json_of(&Value::Const { value: 9, set: &KINDS }), json!({"value": 9, "name": null}));
    let at_cwd = Value::Named { value: -100_i64 as u64, name: "AT_FDCWD" };
    assert_eq!(json_of(&at_cwd), json!({"value": -100, "name": "AT_FDCWD"}));
    let parts = [Value::Const { value: 1, set: &KINDS }, Value::Octal(0o100)];
    assert_eq!(
        json_of(&Value::Bits { value: 0o101, parts: &parts }),
        json!({"value": 0o101, "flags": ["K_ONE"], "rest": 0o100})
    );
}

#[test]
fn bytes_lose_nothing() {
    let bytes = |bytes, more| json_of(&Value::Bytes { bytes, more, quote: Quote::Buffer });
    assert_eq!(bytes("a\0\"é\n".as_bytes(), false), json!("a\0\"é\n"));
    assert_eq!(bytes(b"ab", true), json!({"text": "ab", "more": true}));
    assert_eq!(bytes(b"\xff\x0a", false), json!({"hex": "ff0a"}));
    assert_eq!(bytes(b"\xc3", true), json!({"hex": "c3", "more": true}));
}

#[test]
fn composites() {
    let one = Value::Unsigned(1);
    let items = [one, Value::Word("x")];
    let fields = [Field::new("a", one), Field::bare("b", Value::Omitted), Field::bare("c", Value::Word("x"))];
    assert_eq!(json_of(&Value::Struct { fields: &fields, more: true }), json!({"a": 1, "c": "x", "more": true}));
    assert_eq!(json_of(&Value::Array { items: &items, more: true }), json!([1, "x", {"more": true}]));
    assert_eq!(json_of(&Value::Choice { items: &items, inverted: false }), json!([1, "x"]));
    assert_eq!(json_of(&Value::Choice { items: &items, inverted: true }), json!({"all_but": [1, "x"]}));
    assert_eq!(json_of(&Value::Pointee(&one)), json!(1));
    assert_eq!(json_of(&Value::Changed(&one, &items[1])), json!({"before": 1, "after": "x"}));
    assert_eq!(json_of(&Value::Call { name: "htons", items: &items, main: Some(0) }), json!(1));
    assert_eq!(
        json_of(&Value::Call { name: "makedev", items: &items, main: None }),
        json!({"call": "makedev", "args": [1, "x"]})
    );
    assert_eq!(json_of(&Value::Commented(&one, "why")), json!({"value": 1, "comment": "why"}));
    assert_eq!(json_of(&Value::Sequence(&items)), json!([1, "x"]));
    let labelled = [Value::Labelled("flags", &one)];
    assert_eq!(json_of(&Value::Sequence(&labelled)), json!({"flags": 1}));
}

#[test]
fn wait_statuses() {
    let status = |status| json_of(&Value::WaitStatus(status));
    assert_eq!(status(0x300), json!({"status": 0x300, "exited": 3}));
    assert_eq!(status(0x8b), json!({"status": 0x8b, "signaled": "SIGSEGV", "core": true}));
    assert_eq!(status(0x137f), json!({"status": 0x137f, "stopped": "SIGSTOP"}));
    assert_eq!(status(0x4057f), json!({"status": 0x4057f, "stopped": "SIGTRAP", "event": 4}));
    assert_eq!(status(0xffff), json!({"status": 0xffff, "continued": true}));
}

const NOW: Stamp = Stamp { monotonic: 1_000, real: 1_700_000_000_123_456_789 };
const LATER: Stamp = Stamp { monotonic: 1_250, real: 1_700_000_000_123_457_039 };
const CALL: Call = Call { abi: Abi::X86_64, number: 0, args: [0; 6], ip: 0, sp: 0 };

fn returned(value: i64) -> End<'static> {
    let ret = Return { value, failed: value < 0, system_time: 0 };
    End::Returned { at: LATER, ret, value: Value::Signed(value), note: Value::Omitted }
}

/// Writes the record of a read that ended so.
fn record(end: &End<'_>) -> Json {
    let mut record = Record::default();
    let mut out = Vec::new();
    for _ in 0..2 {
        out.clear();
        record.begin(Tid(7), "read", &CALL, NOW);
        record.argument("fd", &Value::Descriptor { fd: 3, target: None, detail: None });
        record.argument("nothing", &Value::Omitted);
        record.argument("buf", &Value::Bytes { bytes: b"hi", more: false, quote: Quote::Buffer });
        record.finish(end, &mut out);
    }
    assert_eq!(out.pop(), Some(b'\n'));
    assert!(!out.contains(&b'\n'));
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn a_call_is_one_record() {
    let args = json!({"fd": 3, "buf": "hi"});
    let head = json!({"type": "call", "tid": 7, "time_ns": NOW.real, "syscall": "read", "abi": "x86_64",
        "number": 0, "args": args});
    let with = |more: Json| {
        let mut all = head.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    assert_eq!(record(&returned(2)), with(json!({"result": 2, "duration_ns": 250})));
    assert_eq!(record(&End::Unfinished), with(json!({"unfinished": true})));
    assert_eq!(
        record(&returned(-2)),
        with(json!({"error": {"errno": 2, "name": "ENOENT", "text": "No such file or directory"},
            "duration_ns": 250}))
    );
}

/// Every sort of record, with an argument made by a decoder.
fn records(argument: &Value<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    let whats = [
        What::Attached { threads: &[Tid(7), Tid(8)] },
        What::Born { parent: Some(Tid(1)) },
        What::Born { parent: None },
        What::Exec { former: Tid(3) },
        What::Stopped { signal: 19 },
        What::Exited { status: 3 },
        What::Killed { signal: 11, core: true },
        What::Superseded { by: Tid(4) },
        What::Lost { count: 3, call: true },
        What::Detached,
        What::Enter(&CALL),
    ];
    for what in whats {
        event(&Event { tid: Tid(7), at: NOW, what }, &mut out);
    }
    signal(Tid(7), NOW, 17, argument, &mut out);
    signal(Tid(7), NOW, 34, &Value::Omitted, &mut out);
    let mut record = Record::default();
    for end in [returned(0), returned(-514), returned(-4000), End::Unfinished] {
        record.begin(Tid(7), "some\"call", &CALL, NOW);
        record.argument("x", argument);
        record.finish(&end, &mut out);
    }
    out
}

/// Checks every line against the schema.
fn check(lines: &[u8], schemas: &boon::Schemas, schema: boon::SchemaIndex) {
    for line in std::str::from_utf8(lines).unwrap().lines() {
        let json: Json = serde_json::from_str(line).unwrap();
        if let Err(error) = schemas.validate(&json, schema) {
            panic!("{line}\n{error:#}");
        }
    }
}

fn schema() -> (boon::Schemas, boon::SchemaIndex) {
    let text = include_str!("../../../docs/trace.schema.json");
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("trace", serde_json::from_str(text).unwrap()).unwrap();
    let schema = compiler.compile("trace", &mut schemas).unwrap();
    (schemas, schema)
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let (schemas, schema) = schema();
    let no_end = json!({"type": "call", "tid": 1, "time_ns": 1, "syscall": "x", "abi": "x32", "number": 1, "args": {}});
    assert!(schemas.validate(&no_end, schema).is_err());
    let bad_argument = json!({"type": "call", "tid": 1, "time_ns": 1, "syscall": "x", "abi": "x32", "number": 1,
        "args": {"a": 1.5}, "unfinished": true});
    assert!(schemas.validate(&bad_argument, schema).is_err());
    assert!(schemas.validate(&json!({"type": "exited", "tid": 1, "time_ns": 1}), schema).is_err());
}

/// A value that owns what it is made of.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(u64, u8),
    Bytes(Vec<u8>, bool),
    Word(String),
    Node(Vec<Tree>, u8, bool),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        (any::<u64>(), any::<u8>()).prop_map(|(number, kind)| Tree::Leaf(number, kind)),
        (proptest::collection::vec(any::<u8>(), 0..40), any::<bool>()).prop_map(|(b, more)| Tree::Bytes(b, more)),
        any::<String>().prop_map(Tree::Word),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        (proptest::collection::vec(inner, 0..6), any::<u8>(), any::<bool>())
            .prop_map(|(t, kind, b)| Tree::Node(t, kind, b))
    })
}

fn grow<'a>(tree: &'a Tree, arena: &'a Bump) -> Value<'a> {
    match tree {
        Tree::Leaf(number, kind) => leaf(*number, *kind),
        Tree::Bytes(bytes, more) => Value::Bytes { bytes, more: *more, quote: Quote::String },
        Tree::Word(word) => Value::Word(word),
        Tree::Node(trees, kind, flag) => {
            let items = arena.alloc_slice_fill_iter(trees.iter().map(|t| grow(t, arena)));
            node(items, *kind, *flag, arena)
        }
    }
}

fn leaf(number: u64, kind: u8) -> Value<'static> {
    match kind % 13 {
        0 => Value::Omitted,
        1 => Value::Signed(number as i64),
        2 => Value::Unsigned(number),
        3 => Value::Hex(number),
        4 => Value::Octal(number),
        5 => Value::Address(number),
        6 => Value::Unreadable(number),
        7 => Value::Flags { value: number, set: &COLOURS },
        8 => Value::Const { value: number, set: &KINDS },
        9 => Value::Named { value: number, name: "\u{1}\\" },
        10 => Value::Descriptor { fd: number as i32, target: None, detail: None },
        11 => Value::Descriptor { fd: number as i32, target: Some(b"\xff"), detail: None },
        _ => Value::WaitStatus(number as u32),
    }
}

fn node<'a>(items: &'a [Value<'a>], kind: u8, flag: bool, arena: &'a Bump) -> Value<'a> {
    static NAMES: [&str; 6] = ["a", "b", "more", "\"", "value", "address"];
    let first = items.first().unwrap_or(&Value::Omitted);
    match kind % 10 {
        0 => {
            let fields = items.iter().zip(NAMES).map(|(value, name)| Field::new(name, *value)).collect::<Vec<_>>();
            Value::Struct { fields: arena.alloc_slice_copy(&fields), more: false }
        }
        1 => Value::Array { items, more: flag },
        2 => Value::Choice { items, inverted: flag },
        3 => Value::Pointee(first),
        4 => Value::Changed(first, first),
        5 => Value::Call { name: "f", items, main: flag.then_some(0) },
        6 => Value::Commented(first, "*/"),
        7 => Value::Labelled("l", first),
        8 => Value::Bits { value: 1, parts: items },
        _ => Value::Sequence(items),
    }
}

proptest! {
    #[test]
    fn whatever_is_written_is_json_and_keeps_to_the_schema(tree in tree()) {
        thread_local!(static SCHEMA: (boon::Schemas, boon::SchemaIndex) = schema());
        let arena = Bump::new();
        let lines = records(&grow(&tree, &arena));
        SCHEMA.with(|(schemas, schema)| check(&lines, schemas, *schema));
    }

    #[test]
    fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..100), more: bool) {
        let written = json_of(&Value::Bytes { bytes: &bytes, more, quote: Quote::Path });
        let back = match (&written, written.get("text"), written.get("hex")) {
            (Json::String(text), ..) => text.clone().into_bytes(),
            (_, Some(text), _) => text.as_str().unwrap().as_bytes().to_vec(),
            (_, _, Some(hex)) => unhex(hex.as_str().unwrap()),
            _ => panic!("{written}"),
        };
        prop_assert_eq!(back, bytes);
        prop_assert_eq!(written.get("more").is_some(), more);
    }
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}
