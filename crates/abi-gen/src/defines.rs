//! The macros of a translation unit, out of `clang -E -dD`.

use std::collections::HashMap;

/// Where something is defined. Sorts in the order of a header's text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The header as one includes it.
    pub header: String,
    /// The line in it.
    pub line: u32,
    /// The place among enumerators that begin on the same line.
    pub index: u32,
}

/// A macro.
#[derive(Clone, Debug)]
pub struct Define {
    /// Its name.
    pub name: String,
    /// What it stands for.
    pub body: String,
    /// Whether it takes arguments.
    pub function: bool,
    /// Where it is defined.
    pub position: Position,
}

/// Parses the preprocessor's output into the macros that are defined at its end, in the order of
/// their definition.
pub fn parse(text: &str) -> Vec<Define> {
    let mut defines: Vec<Option<Define>> = Vec::new();
    let mut by_name: HashMap<&str, usize> = HashMap::new();
    let (mut header, mut number) = (String::new(), 0);
    for line in text.lines() {
        if let Some((next, file)) = line_marker(line) {
            header = header_name(file);
            number = next;
            continue;
        }
        if let Some(rest) = line.strip_prefix("#define ") {
            let position = Position { header: header.clone(), line: number, index: 0 };
            let (name, define) = parse_define(rest, position);
            by_name.insert(name, defines.len());
            defines.push(Some(define));
        } else if let Some(name) = line.strip_prefix("#undef ")
            && let Some(at) = by_name.remove(name.trim())
        {
            defines[at] = None;
        }
        number += 1;
    }
    defines.into_iter().flatten().filter(|d| !d.position.header.starts_with('<')).collect()
}

fn line_marker(line: &str) -> Option<(u32, &str)> {
    let (number, rest) = line.strip_prefix("# ")?.split_once(' ')?;
    let file = rest.strip_prefix('"')?.split_once('"')?.0;
    Some((number.parse().ok()?, file))
}

/// The name one includes a header by: what follows the last include directory of the path.
pub fn header_name(path: &str) -> String {
    for (mark, prefix) in
        [("/extra/stubs/", "stubs/"), ("/extra/", "extra/"), ("/kernel/", "kernel/"), ("/include/", "")]
    {
        if let Some((_, name)) = path.rsplit_once(mark) {
            return format!("{prefix}{name}");
        }
    }
    path.to_owned()
}

fn parse_define(rest: &str, position: Position) -> (&str, Define) {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let (name, body) = rest.split_at(end);
    let define =
        Define { name: name.to_owned(), body: body.trim().to_owned(), function: body.starts_with('('), position };
    (name, define)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn knows_headers_lines_and_undefined_names() {
        let text = "# 1 \"<built-in>\" 1\n#define __x 1\n# 3 \"/h/include/linux/a.h\" 2\n#define A 1\n\n#define F(x) x\n#define B 2\n#undef B\n";
        let defines = parse(text);
        assert_eq!(defines.len(), 2);
        assert_eq!((defines[0].name.as_str(), defines[0].body.as_str()), ("A", "1"));
        assert_eq!((defines[0].position.header.as_str(), defines[0].position.line), ("linux/a.h", 3));
        assert!(defines[1].function);
    }
}
