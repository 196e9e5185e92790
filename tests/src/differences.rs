//! What one tracer shows otherwise than another, without what is otherwise in each run of the other too.
//!
//! Programs race, wait and draw lots, so that two runs of one tracer differ already. What a line may differ in is
//! learned from the peer's own runs, in three steps, and how many lines needed them is counted ([`Verdict`]):
//!
//! 1. A word may differ where it differs between the peer's runs, if it stays of the same form ([`varies_to`]).
//! 2. A line may be missing or come in addition where lines do so between the peer's runs ([`Variation`]).
//! 3. Where the peer's runs have different numbers of a call in a form, that form may come anywhere in the process,
//!    and as often as it likes.
//!
//! In the last two, a line of ours must have a form in which some run of the peer shows that call.

use crate::align::{Pair, align};
use crate::form::{self, Forms};
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

/// What a comparison says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// What differs in each of our runs, as the run with the fewest differences shows it.
    pub differences: Vec<Difference>,
    /// How many lines of that run are not the peer's, but vary between the peer's runs too.
    pub varying: usize,
}

/// Compares runs of two tracers.
pub fn find(peer: &[Vec<Named>], ours: &[Vec<Named>]) -> Verdict {
    let peer: Vec<_> = peer.iter().map(|run| apart(run)).collect();
    let forms = Forms::of(peer.iter().flatten().flat_map(|stream| &stream.lines));
    let found: Vec<_> = ours.iter().map(|ours| find_in_run(&peer, &forms, &apart(ours))).collect();
    let kinds: Vec<HashSet<_>> =
        found.iter().map(|found| found.differences.iter().map(Difference::kind).collect()).collect();
    let recurs = |one: &Difference| kinds.iter().all(|kinds| kinds.contains(&one.kind()));
    let mut least = found.into_iter().min_by_key(Verdict::weight).unwrap_or_default();
    least.differences.retain(recurs);
    least
}

impl Verdict {
    fn weight(&self) -> (usize, usize) {
        (self.differences.len(), self.varying)
    }

    fn add(&mut self, other: Self) {
        self.differences.extend(other.differences);
        self.varying += other.varying;
    }
}

/// Compares with the run of the peer that is the most like ours; the peer's other runs say what varies.
fn find_in_run(peer: &[Vec<Named>], forms: &Forms, ours: &[Named]) -> Verdict {
    let against = |at: usize| find_against(&peer[at], peer, forms, ours);
    (0..peer.len()).map(against).min_by_key(Verdict::weight).unwrap_or_default()
}

fn find_against(reference: &[Named], runs: &[Vec<Named>], forms: &Forms, ours: &[Named]) -> Verdict {
    let mut names: Vec<&str> = reference.iter().chain(ours).map(|stream| stream.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut verdict = Verdict::default();
    for name in names {
        let expected = lines_of(reference, name);
        let others = runs.iter().map(|run| Variation::between(expected, lines_of(run, name))).collect();
        verdict.add(find_in_stream(name, expected, &Varying { others, forms }, lines_of(ours, name)));
    }
    verdict
}

fn lines_of<'a>(run: &'a [Named], name: &str) -> &'a [String] {
    run.iter().find(|stream| stream.name == name).map_or(&[], |stream| &stream.lines)
}

fn find_in_stream(name: &str, expected: &[String], varying: &Varying, ours: &[String]) -> Verdict {
    let mut verdict = Verdict::default();
    for pair in align(expected, ours, kind) {
        let (at, peer, line) = match pair {
            Pair::Both(row, column) => (row, Some(&expected[row]), Some(&ours[column])),
            Pair::First(row) => (row, Some(&expected[row]), None),
            Pair::Second { before, line } => (before, None, Some(&ours[line])),
        };
        if peer == line {
            continue;
        }
        if varying.allow(at, peer, line) {
            verdict.varying += 1;
            continue;
        }
        let context = expected[at.saturating_sub(CONTEXT)..at].to_vec();
        verdict.differences.push(Difference {
            stream: name.to_owned(),
            context,
            peer: peer.cloned(),
            ours: line.cloned(),
        });
    }
    verdict
}

/// The call or the signal that a line is about.
fn kind(line: &str) -> String {
    line.split(['(', '{']).next().unwrap_or_default().to_owned()
}

/// The calls of each process; what its signal handlers call; and all signals, which come when they come and to any
/// thread of a process. Waiting for locks is left out: threads race for them.
fn apart(run: &[Named]) -> Vec<Named> {
    let mut streams = Vec::new();
    let mut signals = Vec::new();
    for stream in run {
        let handled = handled(&stream.lines);
        let mut apart =
            [stream.name.clone(), format!("{} handlers", stream.name)].map(|name| Named { name, lines: vec![] });
        for (line, handled) in stream.lines.iter().zip(handled).filter(|(line, _)| !races(line)) {
            let to = if is_signal(line) { &mut signals } else { &mut apart[usize::from(handled)].lines };
            to.push(line.clone());
        }
        streams.extend(apart);
    }
    signals.sort_unstable();
    streams.push(Named { name: "signals".to_owned(), lines: signals });
    streams
}

fn is_signal(line: &str) -> bool {
    pattern!(r"(?:^| )--- SIG").is_match(line)
}

fn races(line: &str) -> bool {
    pattern!(r"(?:^| )(?:futex|sched_yield|restart_syscall)\(").is_match(line)
}

/// Which lines of a process lie between a signal and the return of its handler.
fn handled(lines: &[String]) -> Vec<bool> {
    let mut handled = vec![false; lines.len()];
    let mut open = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if is_signal(line) {
            open.push(at);
        } else if pattern!(r"(?:^| )(?:rt_)?sigreturn\(").is_match(line)
            && let Some(start) = open.pop()
        {
            handled[start..=at].fill(true);
        }
    }
    handled
}

/// What the peer's runs let vary in one process.
struct Varying<'a> {
    others: Vec<Variation>,
    forms: &'a Forms,
}

impl Varying<'_> {
    /// Whether the peer itself might have shown `ours` in place of `peer` at a place.
    fn allow(&self, at: usize, peer: Option<&String>, ours: Option<&String>) -> bool {
        let known = ours.is_none_or(|line| self.forms.contain(line));
        let races = |line: Option<&String>| line.is_none_or(|line| self.race(line));
        self.others.iter().any(|other| other.allows(at, peer, ours, known)) || (known && races(peer) && races(ours))
    }

    fn race(&self, line: &str) -> bool {
        self.others.iter().any(|other| other.races.contain(line))
    }
}

/// How another run of the peer differs from the reference.
struct Variation {
    /// For each line of the reference, the other run's.
    twins: Vec<Option<String>>,
    /// Whether the other run has lines of its own before each place.
    inserted: Vec<bool>,
    /// The forms of which one run has more lines than the other.
    races: Forms,
}

impl Variation {
    fn between(reference: &[String], other: &[String]) -> Self {
        let mut twins = vec![None; reference.len()];
        let mut inserted = vec![false; reference.len() + 1];
        let mut alone = Vec::new();
        for pair in align(reference, other, kind) {
            match pair {
                Pair::Both(row, column) => twins[row] = Some(other[column].clone()),
                Pair::First(row) => alone.push(&reference[row]),
                Pair::Second { before, line } => {
                    inserted[before] = true;
                    alone.push(&other[line]);
                }
            }
        }
        Self { twins, inserted, races: Forms::of(alone) }
    }

    /// Whether this run and the reference vary at a place, as `peer` and `ours` do; `known` tells whether the peer
    /// shows lines of our line's form.
    fn allows(&self, at: usize, peer: Option<&String>, ours: Option<&String>, known: bool) -> bool {
        match (peer, ours) {
            (Some(peer), Some(ours)) => self.twins[at].as_ref().is_some_and(|twin| varies_to(peer, twin, ours)),
            (Some(_), None) => self.twins[at].is_none(),
            _ => known && self.may_insert(at),
        }
    }

    fn may_insert(&self, at: usize) -> bool {
        self.inserted[at] || self.is_missing(at) || at.checked_sub(1).is_some_and(|at| self.is_missing(at))
    }

    fn is_missing(&self, at: usize) -> bool {
        self.twins.get(at).is_some_and(Option::is_none)
    }
}

/// Whether a third line differs from the first only where the second does, and in the same form.
fn varies_to(first: &str, second: &str, third: &str) -> bool {
    let (first, second, third) = (form::words(first), form::words(second), form::words(third));
    if first.len() == second.len() && first.len() == third.len() {
        let form = form::of_word;
        let fits = |a: &str, b: &str, c: &str| a == c || (a != b && (form(a) == form(c) || form(b) == form(c)));
        return first.iter().zip(&second).zip(&third).all(|((a, b), c)| fits(a, b, c));
    }
    let head = first.iter().zip(&second).take_while(|(a, b)| a == b).count();
    let rest = first.len().min(second.len()) - head;
    let tail = first.iter().rev().zip(second.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    third.len() >= head + tail
        && third[..head] == first[..head]
        && third[third.len() - tail..] == first[first.len() - tail..]
        && first.len() != second.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(lines: &[&str]) -> Vec<Named> {
        vec![Named { name: "P1".to_owned(), lines: lines.iter().map(|line| (*line).to_owned()).collect() }]
    }

    fn differences(peer: &[Vec<Named>], ours: &[Vec<Named>]) -> Vec<Difference> {
        find(peer, ours).differences
    }

    #[test]
    fn what_varies_between_runs_of_the_peer_is_no_difference() {
        let peer = [run(&["read(3, \"12\", 9) = 2", "futex(1) = 0"]), run(&["read(3, \"345\", 9) = 3"])];
        assert_eq!(differences(&peer, &[run(&["read(3, \"6\", 9) = 1", "futex(1) = 0"])]), []);
        let found = differences(&peer, &[run(&["read(4, \"6\", 9) = 1"])]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].ours.as_deref(), Some("read(4, \"6\", 9) = 1"));
    }

    #[test]
    fn a_line_more_or_less_is_a_difference() {
        let peer = [run(&["a(1)", "b(2)"]), run(&["a(1)", "b(2)"])];
        assert_eq!(differences(&peer, &[run(&["a(1)"])])[0].peer.as_deref(), Some("b(2)"));
        assert_eq!(differences(&peer, &[run(&["a(1)", "c(0)", "b(2)"])])[0].ours.as_deref(), Some("c(0)"));
    }

    #[test]
    fn a_signal_may_come_later() {
        let peer = [run(&["--- SIGCHLD {si_pid=P1.1} ---", "b(2)"])];
        assert_eq!(differences(&peer, &[run(&["b(2)", "--- SIGCHLD {si_pid=P1.1} ---"])]), []);
    }

    #[test]
    fn a_handler_runs_when_its_signal_comes() {
        let handler = ["--- SIGCHLD {si_pid=P1.1} ---", "wait4(-1) = P1.1", "rt_sigreturn({mask=[]}) = 0"];
        let peer = [run(&[&handler[..], &["close(3) = 0"]].concat())];
        assert_eq!(differences(&peer, &[run(&[&["close(3) = 0"], &handler[..]].concat())]), []);
        assert_ne!(differences(&peer, &[run(&["wait4(-1) = P1.1", handler[0], "close(3) = 0", handler[2]])]), []);
    }

    #[test]
    fn what_varies_keeps_its_form() {
        let peer = [run(&["read(3, \"12\", 9) = 2"]), run(&["read(3, \"345\", 9) = 3"])];
        assert_eq!(differences(&peer, &[run(&["read(3, \"6\", 9) = 0x1"])]).len(), 1);
        assert_eq!(differences(&peer, &[run(&["read(3, 0x1234, 9) = 1"])]).len(), 1);
    }

    #[test]
    fn a_form_that_comes_more_or_less_often_may_do_so_anywhere() {
        let short = ["read(0, \"a\", 9) = 1", "close(0) = 0", "read(0, \"bc\", 9) = 2"];
        let peer = [run(&short), run(&[&short[..], &["read(0, \"d\", 9) = 1"]].concat())];
        let verdict = find(&peer, &[run(&[&["read(0, \"e\", 9) = 1"], &short[..]].concat())]);
        assert_eq!(verdict, Verdict { differences: vec![], varying: 1 });
        assert_eq!(differences(&peer, &[run(&[&["read(1, \"e\", 9) = 1"], &short[..]].concat())]).len(), 1);
    }
}
