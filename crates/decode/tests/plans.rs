//! The capture plan of every row, derived from the row alone.
#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests")]

use abi::Abi;
use decode::{Dir, Fetch, Role, Row, Shape, calls::rows, plan};

fn fetches(row: &Row, arg: usize, abi: Abi) -> Vec<Fetch> {
    plan(row, abi).into_iter().filter(|fetch| fetch.arg == arg).collect()
}

#[test]
fn every_row_has_a_plan_under_every_personality() {
    let mut steps = 0;
    for row in rows() {
        for abi in Abi::ALL {
            for fetch in plan(row, abi) {
                assert!(fetch.arg < 6, "{}: argument {}", row.name, fetch.arg);
                assert_ne!(fetch.shape, Shape::Nothing, "{}", row.name);
                steps += 1;
            }
        }
    }
    assert!(steps > 500, "only {steps} steps in all plans");
}

#[test]
fn every_path_is_copied_when_the_row_says() {
    for row in rows() {
        for (index, arg) in row.args.iter().enumerate().filter(|(_, arg)| arg.kind.role() == Role::Path) {
            let plan = fetches(row, index, Abi::X86_64);
            let text = plan.iter().any(|fetch| matches!(fetch.shape, Shape::Text { .. } | Shape::Switch { .. }));
            assert!(text, "{}: {} is a path: {plan:?}", row.name, arg.name);
            let agrees = |fetch: &Fetch| fetch.when == arg.direction || fetch.when == Dir::InOut;
            assert!(plan.iter().all(agrees), "{}: {} is {:?}: {plan:?}", row.name, arg.name, arg.direction);
        }
    }
}

#[test]
fn what_a_call_writes_is_copied_at_the_exit() {
    let row = rows().find(|row| row.name == "read").expect("read has a row");
    let [buffer] = &fetches(row, 1, Abi::X86_64)[..] else { panic!("read has one buffer") };
    assert_eq!(buffer.when, Dir::Out);
    assert!(matches!(buffer.shape, Shape::Shown { .. }), "{buffer:?}");
}

#[test]
fn a_vector_leads_to_its_buffers() {
    let row = rows().find(|row| row.name == "writev").expect("writev has a row");
    for (abi, stride) in [(Abi::X86_64, 16), (Abi::I386, 8)] {
        let [vector] = &fetches(row, 1, abi)[..] else { panic!("writev has one vector") };
        let Shape::Records { stride: found, nested, .. } = &vector.shape else { panic!("{vector:?}") };
        assert_eq!(*found, stride);
        assert_eq!(nested.len(), 1, "a vector's element has one pointer");
    }
}
