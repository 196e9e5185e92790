//! The grammar of `-e` against what strace says about the same expressions.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use filter::Qualifier;
use proptest::prelude::*;

/// Recorded from strace 7.2.
const RECORDED: &str = include_str!("expressions.txt");

/// What is said about an expression: its error, or `ok`.
fn verdict(expression: &str) -> String {
    Qualifier::parse(expression).map_or_else(|error| error.to_string(), |_| "ok".into())
}

#[test]
fn expressions_are_accepted_and_refused_as_strace_does() {
    let lines = RECORDED.lines().filter(|line| !line.starts_with('#'));
    let cases: Vec<_> = lines.map(|line| line.split_once('\t').unwrap()).collect();
    assert!(cases.len() > 200);
    let wrong: Vec<_> = cases
        .into_iter()
        .map(|(expression, expected)| (expression, expected.to_owned(), verdict(expression)))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_supported_is_named() {
    assert_eq!(verdict("inject=read:error=EIO"), "option --inject is not supported yet");
    assert_eq!(verdict("kvm=vcpu"), "option --kvm is not supported yet");
}

proptest! {
    #[test]
    fn no_expression_panics(expression in r"(trace=|signal=|read=|status=|quiet=|)[!?/%@,a-z0-9\\\[\](){}*+?|^$.:=-]{0,24}") {
        let _ = Qualifier::parse(&expression);
    }

    #[test]
    fn no_text_panics(expression in "\\PC{0,40}") {
        let _ = Qualifier::parse(&expression);
        let _ = Qualifier::parse(&format!("/{expression}"));
    }
}
