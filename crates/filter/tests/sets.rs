//! Which calls an expression means, against which calls strace traces with it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use abi::Abi;
use filter::{CallSet, Filter, Qualifier};
use std::collections::BTreeSet;

/// Recorded from strace 7.2 on a program that makes every call.
const RECORDED: &str = include_str!("sets.txt");
/// Calls that the recorded program could not make, that strace 7.2 does not know, or that it classes differently in one
/// personality alone (the last).
const NOT_COMPARED: [&str; 6] = ["exit_group", "uretprobe", "uprobe", "uretprobe#64", "uprobe#64", "mq_notify#64"];

/// The set of an expression.
fn set(expression: &str) -> CallSet {
    match Qualifier::parse(&format!("trace={expression}")) {
        Ok(Qualifier::Trace(set)) => set,
        other => panic!("{expression}: {other:?}"),
    }
}

/// The name by which strace shows a call.
fn name(abi: Abi, number: u64) -> Option<String> {
    let own = abi::call(abi, number).map(|call| call.name.to_owned());
    let of_64 = || abi::call(Abi::X86_64, number).map(|call| format!("{}#64", call.name));
    let name = own.or_else(|| if abi == Abi::X32 { of_64() } else { None })?;
    (!NOT_COMPARED.contains(&&*name)).then_some(name)
}

/// All names of a personality that a predicate picks.
fn names(abi: Abi, picks: impl Fn(u64) -> bool) -> BTreeSet<String> {
    (0..600).filter(|number| picks(*number)).filter_map(|number| name(abi, number)).collect()
}

/// The names of a column of the recording.
fn recorded(abi: Abi, column: &str) -> BTreeSet<String> {
    let words = |text: &str| {
        text.split(' ').filter(|word| !word.is_empty() && !NOT_COMPARED.contains(word)).map(str::to_owned).collect()
    };
    match column.strip_prefix("! ") {
        Some(absent) => {
            let absent: BTreeSet<String> = words(absent);
            names(abi, |_| true).difference(&absent).cloned().collect()
        }
        None => words(column),
    }
}

#[test]
fn expressions_mean_the_calls_that_strace_traces() {
    let lines: Vec<_> = RECORDED.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() > 60);
    for line in lines {
        let mut columns = line.split('\t');
        let expression = columns.next().unwrap();
        let set = set(expression);
        for (abi, column) in Abi::ALL.into_iter().zip(columns) {
            let found = names(abi, |number| set.contains(abi, number));
            let expected = recorded(abi, column);
            let differing: Vec<_> = found.symmetric_difference(&expected).collect();
            assert!(differing.is_empty(), "{expression} for {abi:?}: {differing:?}");
        }
    }
}

#[test]
fn calls_without_a_name_are_always_wanted() {
    let mut filter = Filter::default();
    filter.trace_only(set("none"));
    assert!(filter.wants_call(Abi::X86_64, 400));
    assert!(filter.wants_call(Abi::I386, 222));
    assert!(filter.wants_call(Abi::X86_64, u64::MAX));
    assert!(!filter.wants_call(Abi::X86_64, 0));
    assert!(!filter.wants_call(Abi::X32, 13));
}

#[test]
fn parts_of_socketcall_and_ipc_are_calls_of_their_own() {
    let part = |number, first| filter::part(Abi::I386, number, first);
    let send = part(102, 9).unwrap();
    assert!(set("send").contains(Abi::I386, send));
    assert!(set("%net@32").contains(Abi::I386, send));
    assert!(!set("socketcall").contains(Abi::I386, send));
    assert!(!set("%desc").contains(Abi::I386, send));
    assert!(set("semop").contains(Abi::I386, part(117, 0x1_0001).unwrap()));
    assert!(!set("semop").contains(Abi::I386, part(117, 2).unwrap()));
    assert!(part(102, 0).is_none() && part(102, 21).is_none() && part(117, 5).is_none());
    assert!(filter::part(Abi::X86_64, 102, 9).is_none());
}
