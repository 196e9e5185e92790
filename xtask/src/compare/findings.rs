//! Differences, said so that a developer sees what is meant.

use std::collections::HashSet;
use tests::differences::Difference;
use tests::explain;

/// Prints the first difference, or each kind of difference once.
pub fn print(found: &[Difference], all: bool) {
    let mut seen = HashSet::new();
    let kinds = found.iter().filter(|one| seen.insert(one.kind())).collect::<Vec<_>>();
    for one in kinds.iter().take(if all { kinds.len() } else { 1 }) {
        println!("\nprocess    {}", one.stream);
        for line in &one.context {
            println!("           {}", explain::shorten(line));
        }
        print!("{}", explain::pair(one.peer.as_deref(), one.ours.as_deref()));
    }
    println!("\n{} lines differ, in {} ways", found.len(), kinds.len());
}
