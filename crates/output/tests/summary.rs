//! The table of `-c`, compared with tables that strace printed for the same numbers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use abi::Abi;
use output::summary::{Column, ColumnError, Layout, Summary, Taken, parse_columns, parse_sort};

/// Counts calls given as number, name, nanoseconds, whether they failed.
fn summary(layout: Layout, abi: Abi, calls: &[(u64, &str, u64, bool)]) -> Summary {
    let mut summary = Summary::new(layout);
    for (number, name, nanos, failed) in calls {
        summary.count(&Taken { abi, number: *number, name, system: *nanos, wall: *nanos, failed: *failed });
    }
    summary
}

const CALLS: &[(u64, &str, u64, bool)] = &[
    (230, "clock_nanosleep", 1_000_900, false),
    (230, "clock_nanosleep", 20_127_900, false),
    (310, "process_vm_readv", 14_900, true),
    (110, "getppid", 0, false),
];

#[test]
fn looks_like_straces_table() {
    let expected = "\
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- -----------------
 99.93    0.021129       10564         2           clock_nanosleep
  0.07    0.000015          14         1         1 process_vm_readv
  0.00    0.000000           0         1           getppid
------ ----------- ----------- --------- --------- -----------------
100.00    0.021144        5285         4         1 total
";
    assert_eq!(summary(Layout::default(), Abi::X86_64, CALLS).render(), expected);
}

#[test]
fn overhead_is_taken_off_each_call() {
    let columns = parse_columns("name,min-time,max-time,wall-avg,total-time,errors").unwrap();
    let layout = Layout { columns, overhead: 10_000_000, sort: None, ..Layout::default() };
    let expected = "\
syscall           shortest  longest    wall-avg     seconds    errors
----------------- -------- -------- ----------- ----------- ---------
getppid           0.000000 0.000000           0    0.000000          
clock_nanosleep   0.000000 0.010128        5063    0.010128          
process_vm_readv  0.000000 0.000000           0    0.000000         1
----------------- -------- -------- ----------- ----------- ---------
total             0.000000 0.010128        2531    0.010128         1
";
    assert_eq!(summary(layout, Abi::X86_64, CALLS).render(), expected);
}

#[test]
fn columns_grow_with_what_they_hold() {
    let columns = parse_columns("syscall,shortest,longest").unwrap();
    let layout = Layout { columns, ..Layout::default() };
    let calls = [(0, "read", 11_999_595_000, false), (u64::MAX, "syscall_0xffffffffffffffff", 0, true)];
    let expected = "\
syscall                      shortest   longest
--------------------------- --------- ---------
read                        11.999595 11.999595
syscall_0xffffffffffffffff   0.000000  0.000000
--------------------------- --------- ---------
total                        0.000000 11.999595
";
    assert_eq!(summary(layout, Abi::X86_64, &calls).render(), expected);
}

#[test]
fn each_personality_has_its_table() {
    let columns = parse_columns("calls").unwrap();
    let mut both = summary(Layout { columns, ..Layout::default() }, Abi::I386, &[(20, "getpid", 5, false)]);
    both.count(&Taken { abi: Abi::X86_64, number: 39, name: "getpid", system: 1, wall: 1, failed: false });
    let table = "    calls syscall
--------- ----------------
        1 getpid
--------- ----------------
        1 total
";
    assert_eq!(both.render(), format!("{table}System call usage summary for 32 bit mode:\n{table}"));
}

#[test]
fn nothing_counted_is_nothing_printed() {
    assert_eq!(summary(Layout::default(), Abi::X86_64, &[]).render(), "");
}

/// The names in the order of a table sorted by a column.
fn order(sort: &str) -> Vec<String> {
    let columns = vec![Column::Name];
    let layout = Layout { columns, sort: parse_sort(sort).unwrap(), ..Layout::default() };
    let calls = [(2, "b", 30, false), (1, "c", 10, true), (1, "c", 10, true), (3, "a", 10, true), (4, "d", 30, false)];
    let text = summary(layout, Abi::X86_64, &calls).render();
    text.lines().skip(2).take(4).map(str::to_owned).collect()
}

#[test]
fn sorts_by_any_column_and_keeps_the_order_of_numbers() {
    assert_eq!(order("time"), ["b", "d", "c", "a"]);
    assert_eq!(order("calls"), ["c", "b", "a", "d"]);
    assert_eq!(order("errors"), ["c", "a", "b", "d"]);
    assert_eq!(order("name"), ["a", "b", "c", "d"]);
    assert_eq!(order("avg-time"), ["b", "d", "c", "a"]);
    assert_eq!(order("nothing"), ["c", "b", "a", "d"]);
}

#[test]
fn columns_are_known_once_and_by_name() {
    assert_eq!(parse_columns("calls,name"), Ok(vec![Column::Calls, Column::Name]));
    assert_eq!(parse_columns("bogus").unwrap_err().to_string(), "unknown column name: 'bogus'");
    assert_eq!(parse_columns("calls,,errors"), Err(ColumnError::Unknown(String::new())));
    assert_eq!(
        parse_columns("calls,name,count,errors").unwrap_err().to_string(),
        "call summary column has been provided more than once: 'count' (-U option residual: 'count,errors')"
    );
    assert_eq!(parse_sort("bogus"), None);
}
