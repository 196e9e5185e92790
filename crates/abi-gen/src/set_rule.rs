//! A line of `rules/sets/*.rules`: which constants form a set.

use anyhow::{Context, Result, bail, ensure};

use crate::lines::Line;

/// Names to take from headers: every name of a matching header that matches a pattern.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Header as one includes it; may hold `*`.
    pub header: String,
    /// Patterns of names.
    pub names: Vec<String>,
}

/// One set of constants to generate.
#[derive(Debug, PartialEq, Eq)]
pub struct SetRule {
    /// Where the rule stands.
    pub place: String,
    /// Name of the Rust static.
    pub name: String,
    /// Whether members are bits; else values.
    pub bits: bool,
    /// The name for unknown members.
    pub unknown: String,
    /// Where members come from.
    pub sources: Vec<Source>,
    /// Patterns of names to leave out.
    pub without: Vec<String>,
    /// Single names to add after those of the sources.
    pub with: Vec<String>,
    /// Names that come first, in this order.
    pub first: Vec<String>,
}

/// Parses one line, for instance
/// `OPEN bits "O_???" asm-generic/fcntl.h:O_* -O_ACCMODE first=O_RDONLY,O_WRONLY`.
pub fn parse(line: &Line) -> Result<SetRule> {
    parse_text(line).with_context(|| line.place.clone())
}

fn parse_text(line: &Line) -> Result<SetRule> {
    let (head, unknown, tail) = split_quoted(&line.text)?;
    let (name, kind) = head.split_once(char::is_whitespace).context("expected: NAME bits|values \"???\" …")?;
    let mut rule = SetRule {
        place: line.place.clone(),
        name: name.to_owned(),
        bits: is_bits(kind.trim())?,
        unknown: unknown.to_owned(),
        sources: Vec::new(),
        without: Vec::new(),
        with: Vec::new(),
        first: Vec::new(),
    };
    for word in tail.split_whitespace() {
        add_word(&mut rule, word)?;
    }
    ensure!(
        !(rule.sources.is_empty() && rule.with.is_empty() && rule.first.is_empty()),
        "the set {name} has no members"
    );
    Ok(rule)
}

fn split_quoted(text: &str) -> Result<(&str, &str, &str)> {
    let mut parts = text.splitn(3, '"');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(head), Some(unknown), Some(tail)) => Ok((head.trim(), unknown, tail)),
        _ => bail!("the name of unknown members is missing: \"X_???\""),
    }
}

fn is_bits(kind: &str) -> Result<bool> {
    match kind {
        "bits" => Ok(true),
        "values" => Ok(false),
        other => bail!("neither bits nor values: {other}"),
    }
}

fn add_word(rule: &mut SetRule, word: &str) -> Result<()> {
    if let Some(names) = word.strip_prefix("first=").or_else(|| word.strip_prefix("list=")) {
        rule.first.extend(comma_list(names));
    } else if let Some(names) = word.strip_prefix('-') {
        rule.without.extend(comma_list(names));
    } else if let Some(names) = word.strip_prefix('+') {
        rule.with.extend(comma_list(names));
    } else if let Some((header, names)) = word.split_once(':') {
        let names = comma_list(names).collect();
        rule.sources.push(Source { header: header.to_owned(), names });
    } else {
        bail!("not understood: {word} (a source is header.h:PREFIX_*)");
    }
    Ok(())
}

fn comma_list(names: &str) -> impl Iterator<Item = String> + '_ {
    names.split(',').filter(|name| !name.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line { place: "t:1".into(), text: text.into() }
    }

    #[test]
    fn reads_every_part() {
        let rule = parse(&line(r#"OPEN bits "O_???" a/b.h:O_*,P_* -O_ACC* +FASYNC first=O_A,O_B"#)).unwrap();
        assert_eq!(rule.name, "OPEN");
        assert!(rule.bits);
        assert_eq!(rule.unknown, "O_???");
        assert_eq!(rule.sources, [Source { header: "a/b.h".into(), names: vec!["O_*".into(), "P_*".into()] }]);
        assert_eq!(rule.without, ["O_ACC*"]);
        assert_eq!(rule.with, ["FASYNC"]);
        assert_eq!(rule.first, ["O_A", "O_B"]);
    }

    #[test]
    fn a_list_alone_is_enough() {
        let rule = parse(&line(r#"HOW values "SIG_???" list=SIG_BLOCK,SIG_UNBLOCK"#)).unwrap();
        assert!(!rule.bits && rule.sources.is_empty());
        assert_eq!(rule.first, ["SIG_BLOCK", "SIG_UNBLOCK"]);
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        assert!(parse(&line(r#"X flags "X_???" list=A"#)).is_err());
        assert!(parse(&line("X bits list=A")).is_err());
        assert!(parse(&line(r#"X bits "X_???""#)).is_err());
        assert!(parse(&line(r#"X bits "X_???" O_*"#)).is_err());
    }
}
