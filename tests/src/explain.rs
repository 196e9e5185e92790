//! Says where two texts begin to differ.

/// How many lines before a difference are shown.
const CONTEXT: usize = 3;
/// How much of a long line is shown before its first difference; twice that is shown in all.
const WIDTH: usize = 100;

/// The first difference between lines that should be the same, or `None`.
pub fn first_difference(expected: &[&str], found: &[&str]) -> Option<String> {
    let at = expected.iter().zip(found).position(|(a, b)| a != b).unwrap_or(expected.len().min(found.len()));
    if at == expected.len() && at == found.len() {
        return None;
    }
    let context = expected[at.saturating_sub(CONTEXT)..at].iter().map(|line| format!("           {}\n", shorten(line)));
    Some(context.collect::<String>() + &pair(expected.get(at).copied(), found.get(at).copied()))
}

/// The start of a line, as much as is shown of one.
pub fn shorten(line: &str) -> String {
    line.chars().take(2 * WIDTH).collect()
}

/// Two lines under each other, with a mark below the first column in which they differ.
pub fn pair(expected: Option<&str>, found: Option<&str>) -> String {
    let (expected, found) = (expected.unwrap_or("(no more lines)"), found.unwrap_or("(no more lines)"));
    let same = expected.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
    let skipped = if same > WIDTH { same - WIDTH / 2 } else { 0 };
    let start: String = if skipped > 0 { call(expected) + "…" } else { String::new() };
    let shown = |line: &str| start.clone() + &line.chars().skip(skipped).take(2 * WIDTH).collect::<String>();
    let mark = " ".repeat(same - skipped + start.chars().count());
    format!("expected   {}\nfound      {}\n           {mark}^\n", shown(expected), shown(found))
}

/// The call that a line is about, which is shown even where the rest of a line's beginning is not.
fn call(line: &str) -> String {
    line.chars().take(WIDTH / 2).take_while(|c| *c != '(').chain(['(']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_marked() {
        assert_eq!(first_difference(&["a", "b"], &["a", "b"]), None);
        let text = first_difference(&["a", "read(3)"], &["a", "read(4)", "c"]).unwrap();
        assert_eq!(text, "           a\nexpected   read(3)\nfound      read(4)\n                ^\n");
        assert!(first_difference(&["a"], &[]).unwrap().contains("(no more lines)"));
    }
}
