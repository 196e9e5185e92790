//! The records of the summary: one for each sort of call.

use super::record::abi_name;
use super::write::{Object, list};
use crate::summary::Counted;
use tracer::Durations;

/// Appends the record of what was counted of one sort of call, as one line.
pub fn summary(counted: &Counted<'_>, out: &mut Vec<u8>) {
    let mut object = Object::new(out);
    object.text("type", "summary");
    object.text("syscall", counted.name);
    object.text("abi", abi_name(counted.abi));
    object.number("calls", counted.calls);
    object.number("errors", counted.errors);
    object.text("clock", if counted.wall_clock { "wall" } else { "system" });
    object.number("total_ns", counted.times.total);
    object.number("min_ns", counted.times.shortest.unwrap_or(0));
    object.number("max_ns", counted.times.longest);
    histogram(counted.times, object.member("histogram"));
    object.line();
}

/// The buckets that are not empty, by where they begin.
fn histogram(times: &Durations, out: &mut Vec<u8>) {
    let buckets = (0..).zip(times.buckets).filter(|(_, calls)| *calls > 0);
    list(buckets, out, |(power, calls): (u32, u64), out| {
        let mut bucket = Object::new(out);
        bucket.number("from_ns", if power == 0 { 0 } else { 1_u64 << power });
        bucket.number("calls", calls);
        bucket.end();
    });
}
