//! Differences, said so that a developer sees what is meant.

use std::collections::HashSet;
use tests::differences::Difference;
use tests::explain;

/// Prints the first difference, or each kind of difference once.
pub fn print(found: &[Difference], all: bool) {
    let mut seen = HashSet::new();
    let kinds = found.iter().filter(|one| seen.insert(kind(one))).collect::<Vec<_>>();
    for one in kinds.iter().take(if all { kinds.len() } else { 1 }) {
        println!("\nprocess    {}", one.stream);
        for line in &one.context {
            println!("           {}", explain::shorten(line));
        }
        print!("{}", explain::pair(one.peer.as_deref(), one.ours.as_deref()));
    }
    println!("\n{} lines differ, in {} ways", found.len(), kinds.len());
}

/// What is the same for differences that have one cause: the call, and the words that differ without their numbers.
fn kind(difference: &Difference) -> String {
    let bare = |line: &Option<String>| {
        let line = line.as_deref().unwrap_or_default();
        line.chars().filter(|c| !c.is_ascii_digit()).collect::<Vec<char>>()
    };
    let (peer, ours) = (bare(&difference.peer), bare(&difference.ours));
    let call = |line: &[char]| line.iter().take_while(|c| **c != '(').collect::<String>();
    let same = peer.iter().zip(&ours).take_while(|(a, b)| a == b).count();
    let around = |line: &[char]| line.iter().skip(same.saturating_sub(6)).take(12).collect::<String>();
    format!("{} {} {}", call(&peer), around(&peer), around(&ours))
}
