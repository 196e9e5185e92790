//! Every interruption against what strace does, as it is recorded in `interruptions.txt`.
#![allow(clippy::expect_used, reason = "it is a test")]

use lifecycle::interruptions;
use std::collections::BTreeMap;
use tests::places;

/// So many at a time: they wait most of the time.
const AT_A_TIME: usize = 10;

/// Where tracewell does something else on purpose (docs/differences.md).
const DIFFERENCES: &[(&str, &str)] = &[
    ("-o FILE COMMAND: SIGINT sent to the tracer", "tracer dies by SIGINT, program ends"),
    ("-o FILE COMMAND: SIGTERM sent to the tracer", "tracer dies by SIGTERM, program ends"),
];

fn by_interruption(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
}

#[test]
fn what_interrupts_strace_interrupts_tracewell() {
    let recorded = std::fs::read_to_string(interruptions::recorded()).expect("it is recorded");
    let mut expected = by_interruption(&recorded);
    assert_eq!(expected.len(), interruptions::all().len());
    for (interruption, outcome) in DIFFERENCES {
        let differs = expected.insert(interruption, outcome) != Some(outcome);
        assert!(differs, "{interruption} is no difference any more");
    }
    let tracer = places::tracewell().expect("tracewell is built");
    let found = interruptions::lines(&tracer, AT_A_TIME, &expected).expect("a terminal can be had");
    let found = by_interruption(&found);
    let wrong: Vec<_> = expected.iter().map(|(name, outcome)| (name, outcome, found.get(name))).collect();
    let wrong: Vec<_> = wrong.into_iter().filter(|(_, expected, found)| *found != Some(expected)).collect();
    assert!(wrong.is_empty(), "not as expected (what, expected, found): {wrong:#?}");
}
