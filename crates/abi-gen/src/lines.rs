//! The lines of a rules file: comments removed, broken lines joined.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// One rule as text, with where it stands for error messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `sets/file.rules:12`.
    pub place: String,
    /// The rule, without comment.
    pub text: String,
}

/// A rules file.
pub struct RulesFile {
    /// The file's name without `.rules`, which is the generated module's name.
    pub family: String,
    /// Its rules in order.
    pub lines: Vec<Line>,
}

/// Does something with each rule and joins what goes wrong, so that one run shows every mistake.
pub fn each(lines: &[Line], mut work: impl FnMut(&Line) -> Result<()>) -> Result<()> {
    let errors: Vec<String> =
        lines.iter().filter_map(|line| work(line).err()).map(|error| format!("{error:#}")).collect();
    ensure!(errors.is_empty(), "{}", errors.join("\n"));
    Ok(())
}

/// Reads every `*.rules` below a directory, sorted by name.
pub fn read_directory(dir: &Path) -> Result<Vec<RulesFile>> {
    let mut paths = rules_in(dir).with_context(|| format!("cannot list {}", dir.display()))?;
    paths.sort();
    paths.iter().map(|path| read_file(path)).collect()
}

fn rules_in(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries: Result<Vec<_>, _> = std::fs::read_dir(dir)?.collect();
    let paths = entries?.into_iter().map(|entry| entry.path());
    Ok(paths.filter(|path| path.extension().is_some_and(|e| e == "rules")).collect())
}

/// Reads one rules file.
pub fn read_file(path: &Path) -> Result<RulesFile> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let family = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let shown = format!("{family}.rules");
    Ok(RulesFile { family, lines: split(&text, &shown) })
}

/// Splits a text into rules. `#` begins a comment, a `\` at the end of a line joins the next,
/// without a space after a comma, so that a list can be broken.
pub fn split(text: &str, file: &str) -> Vec<Line> {
    let mut rules = Vec::new();
    let mut open: Option<Line> = None;
    for (number, raw) in text.lines().enumerate() {
        let line = without_comment(raw).trim();
        let (part, goes_on) = match line.strip_suffix('\\') {
            Some(part) => (part.trim_end(), true),
            None => (line, false),
        };
        let place = || format!("{file}:{}", number + 1);
        let rule = open.get_or_insert_with(|| Line { place: place(), text: String::new() });
        if !rule.text.ends_with(',') {
            rule.text.push(' ');
        }
        rule.text.push_str(part);
        if !goes_on {
            rules.extend(open.take());
        }
    }
    rules.extend(open);
    for rule in &mut rules {
        rule.text = rule.text.trim().to_owned();
    }
    rules.retain(|rule| !rule.text.is_empty());
    rules
}

fn without_comment(line: &str) -> &str {
    line.split_once('#').map_or(line, |(rule, _)| rule)
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn joins_broken_lines_and_drops_comments() {
        let rules = split("# head\nA b \\\n  c # why\n\nD=e,\\\n  f\n", "f");
        let texts: Vec<_> = rules.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(texts, ["A b c", "D=e,f"]);
        assert_eq!(rules[0].place, "f:2");
    }
}
