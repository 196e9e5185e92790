//! A trace as one text for each process or thread, under names that are the same in every run.

use crate::pids::Names;
use crate::trace::{self, Stream};
use crate::volatile::{self, Addresses};

/// What one process or thread did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// `P1`, `P1.2`, or `trace` where the trace says no process.
    pub name: String,
    /// Its events, without what changes from run to run.
    pub lines: Vec<String>,
}

/// Takes trace files apart; each comes with what follows `trace` in its name. `settle` replaces what changes.
pub fn of_files(files: &[(String, String)], column: usize, settle: impl Fn(&str) -> String) -> Vec<Named> {
    let mut streams = Vec::new();
    for (suffix, text) in files {
        let pid: Option<u32> = suffix.strip_prefix('.').and_then(|pid| pid.parse().ok());
        let mut lines = trace::lines(text, column);
        if pid.is_some() {
            lines.iter_mut().for_each(|line| line.pid = pid);
        }
        streams.extend(trace::streams(&lines));
    }
    let names = Names::of(&streams);
    let name = |stream: &Stream| stream.pid.and_then(|pid| names.get(pid)).unwrap_or("trace").to_owned();
    let line = |line: &trace::Line| format!("{}{}", line.prefix, settle(&names.replace(&line.event)));
    let named = |stream: &Stream| Named { name: name(stream), lines: stream.lines.iter().map(line).collect() };
    let mut named: Vec<_> = streams.iter().map(named).collect();
    named.sort_by(|a, b| a.name.cmp(&b.name));
    named
}

/// As the test programs need it: everything stays that a program without a C library keeps the same.
pub fn settle_for(abi: &str) -> impl Fn(&str) -> String {
    let addresses = Addresses::of(abi);
    move |event| volatile::settle(event, addresses)
}
