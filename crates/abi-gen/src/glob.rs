//! Name patterns with `*`, as rules use them.

/// Whether `name` matches `pattern`, in which each `*` stands for any characters.
pub fn matches(pattern: &str, name: &str) -> bool {
    let Some((before, after)) = pattern.split_once('*') else {
        return pattern == name;
    };
    let Some(rest) = name.strip_prefix(before) else {
        return false;
    };
    rest.char_indices().map(|(at, _)| &rest[at..]).chain([""]).any(|tail| matches(after, tail))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn star_is_any_text() {
        assert!(matches("O_*", "O_RDWR"));
        assert!(matches("AT_*_SYNC", "AT_STATX_DONT_SYNC"));
        assert!(matches("*", ""));
        assert!(!matches("O_*", "XO_RDWR"));
        assert!(!matches("O_RDWR", "O_RDWRX"));
    }
}
