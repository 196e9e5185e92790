//! What one tracer shows otherwise than another, without what is otherwise in each run of the other too.

use crate::align::{Pair, align};
use crate::pattern::pattern;
use crate::streams::Named;
use std::collections::HashSet;

/// How many lines before a difference come with it.
const CONTEXT: usize = 3;

/// A line that should be the same and is not; a side is `None` where it has no such line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Whose line it is.
    pub stream: String,
    /// The lines before it, as the peer shows them.
    pub context: Vec<String>,
    /// The peer's line.
    pub peer: Option<String>,
    /// Our line.
    pub ours: Option<String>,
}

impl Difference {
    /// What is the same for differences of one cause: the call, and what stands where they differ, without digits.
    pub fn kind(&self) -> String {
        let bare = |line: &Option<String>| {
            line.iter().flat_map(|line| line.chars()).filter(|c| !c.is_ascii_digit()).collect::<Vec<_>>()
        };
        let (peer, ours) = (bare(&self.peer), bare(&self.ours));
        let call = |line: &[char]| line.iter().take_while(|c| **c != '(').collect::<String>();
        let same = peer.iter().zip(&ours).take_while(|(a, b)| a == b).count();
        let around = |line: &[char]| line.iter().skip(same.saturating_sub(6)).take(12).collect::<String>();
        format!("{} {} {}", call(&peer), around(&peer), around(&ours))
    }
}

/// What differs in each of our runs, as one of them shows it.
pub fn find(peer: &[Vec<Named>], ours: &[Vec<Named>]) -> Vec<Difference> {
    let found: Vec<_> = ours.iter().map(|ours| find_in_run(peer, ours)).collect();
    let kinds: Vec<HashSet<_>> = found.iter().map(|found| found.iter().map(Difference::kind).collect()).collect();
    let recurs = |one: &Difference| kinds.iter().all(|kinds| kinds.contains(&one.kind()));
    let least = found.into_iter().min_by_key(Vec::len).unwrap_or_default();
    least.into_iter().filter(recurs).collect()
}

/// Compares with the run of the peer that is the most like ours; the peer's other runs say what varies.
fn find_in_run(peer: &[Vec<Named>], ours: &[Named]) -> Vec<Difference> {
    let peer: Vec<_> = peer.iter().map(|run| apart(run)).collect();
    let ours = apart(ours);
    let against = |at: usize| find_against(&peer[at], &peer, &ours);
    (0..peer.len()).map(against).min_by_key(Vec::len).unwrap_or_default()
}

fn find_against(reference: &[Named], runs: &[Vec<Named>], ours: &[Named]) -> Vec<Difference> {
    let mut names: Vec<&str> = reference.iter().chain(ours).map(|stream| stream.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut found = Vec::new();
    for name in names {
        let expected = lines_of(reference, name);
        let others: Vec<_> = runs.iter().map(|run| Variation::between(expected, lines_of(run, name))).collect();
        found.extend(find_in_stream(name, expected, &others, lines_of(ours, name)));
    }
    found
}

fn lines_of<'a>(run: &'a [Named], name: &str) -> &'a [String] {
    run.iter().find(|stream| stream.name == name).map_or(&[], |stream| &stream.lines)
}

fn find_in_stream(name: &str, expected: &[String], others: &[Variation], ours: &[String]) -> Vec<Difference> {
    let mut found = Vec::new();
    for pair in align(expected, ours, kind) {
        let (at, peer, line) = match pair {
            Pair::Both(row, column) => (row, Some(&expected[row]), Some(&ours[column])),
            Pair::First(row) => (row, Some(&expected[row]), None),
            Pair::Second { before, line } => (before, None, Some(&ours[line])),
        };
        if peer == line || others.iter().any(|other| other.allows(at, peer, line)) {
            continue;
        }
        let context = expected[at.saturating_sub(CONTEXT)..at].to_vec();
        found.push(Difference { stream: name.to_owned(), context, peer: peer.cloned(), ours: line.cloned() });
    }
    found
}

/// The call or the signal that a line is about.
fn kind(line: &str) -> String {
    line.split(['(', '{']).next().unwrap_or_default().to_owned()
}

/// The calls of each process; and apart from them all signals, which come when they come and to any thread of a
/// process. Waiting for locks is left out: threads race for them.
fn apart(run: &[Named]) -> Vec<Named> {
    let is_signal = |line: &&String| pattern!(r"(?:^| )--- SIG").is_match(line);
    let races = |line: &&String| pattern!(r"(?:^| )(?:futex|sched_yield|restart_syscall)\(").is_match(line);
    let calls = |stream: &Named| {
        let lines = stream.lines.iter().filter(|line| !is_signal(line) && !races(line));
        Named { name: stream.name.clone(), lines: lines.cloned().collect() }
    };
    let mut signals: Vec<_> = run.iter().flat_map(|stream| &stream.lines).filter(is_signal).cloned().collect();
    signals.sort_unstable();
    run.iter().map(calls).chain([Named { name: "signals".to_owned(), lines: signals }]).collect()
}

/// How another run of the peer differs from the reference.
struct Variation {
    /// For each line of the reference, the other run's.
    twins: Vec<Option<String>>,
    /// Whether the other run has lines of its own before each place.
    inserted: Vec<bool>,
}

impl Variation {
    fn between(reference: &[String], other: &[String]) -> Self {
        let mut twins = vec![None; reference.len()];
        let mut inserted = vec![false; reference.len() + 1];
        for pair in align(reference, other, kind) {
            match pair {
                Pair::Both(row, column) => twins[row] = Some(other[column].clone()),
                Pair::First(_) => {}
                Pair::Second { before, .. } => inserted[before] = true,
            }
        }
        Self { twins, inserted }
    }

    /// Whether the peer itself might have shown `ours` in place of `peer` at a place.
    fn allows(&self, at: usize, peer: Option<&String>, ours: Option<&String>) -> bool {
        match (peer, ours) {
            (Some(peer), Some(ours)) => self.twins[at].as_ref().is_some_and(|twin| varies_to(peer, twin, ours)),
            (Some(_), None) => self.twins[at].is_none(),
            _ => self.inserted[at] || self.is_missing(at) || at.checked_sub(1).is_some_and(|at| self.is_missing(at)),
        }
    }

    fn is_missing(&self, at: usize) -> bool {
        self.twins.get(at).is_some_and(Option::is_none)
    }
}

/// Whether a third line differs from the first only where the second does.
fn varies_to(first: &str, second: &str, third: &str) -> bool {
    let (first, second, third) = (words(first), words(second), words(third));
    if first.len() == second.len() && first.len() == third.len() {
        return first.iter().zip(&second).zip(&third).all(|((a, b), c)| a != b || a == c);
    }
    let head = first.iter().zip(&second).take_while(|(a, b)| a == b).count();
    let rest = first.len().min(second.len()) - head;
    let tail = first.iter().rev().zip(second.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    third.len() >= head + tail
        && third[..head] == first[..head]
        && third[third.len() - tail..] == first[first.len() - tail..]
        && first.len() != second.len()
}

/// Strings, names and numbers, and every other character by itself.
fn words(line: &str) -> Vec<&str> {
    pattern!(r#""(?:[^"\\]|\\.)*"|\w+|."#).find_iter(line).map(|found| found.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(lines: &[&str]) -> Vec<Named> {
        vec![Named { name: "P1".to_owned(), lines: lines.iter().map(|line| (*line).to_owned()).collect() }]
    }

    #[test]
    fn what_varies_between_runs_of_the_peer_is_no_difference() {
        let peer = [run(&["read(3, \"12\", 9) = 2", "futex(1) = 0"]), run(&["read(3, \"345\", 9) = 3"])];
        assert_eq!(find(&peer, &[run(&["read(3, \"6\", 9) = 1", "futex(1) = 0"])]), []);
        let found = find(&peer, &[run(&["read(4, \"6\", 9) = 1"])]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].ours.as_deref(), Some("read(4, \"6\", 9) = 1"));
    }

    #[test]
    fn a_line_more_or_less_is_a_difference() {
        let peer = [run(&["a(1)", "b(2)"]), run(&["a(1)", "b(2)"])];
        assert_eq!(find(&peer, &[run(&["a(1)"])])[0].peer.as_deref(), Some("b(2)"));
        assert_eq!(find(&peer, &[run(&["a(1)", "c(0)", "b(2)"])])[0].ours.as_deref(), Some("c(0)"));
    }

    #[test]
    fn a_signal_may_come_later() {
        let peer = [run(&["--- SIGCHLD {si_pid=P1.1} ---", "b(2)"])];
        assert_eq!(find(&peer, &[run(&["b(2)", "--- SIGCHLD {si_pid=P1.1} ---"])]), []);
    }
}
