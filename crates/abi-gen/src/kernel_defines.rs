//! Copies chosen `#define` lines out of the kernel's own headers, which cannot be compiled outside
//! of the kernel, into headers that can.

use std::path::Path;

use anyhow::{Context, Result};

use crate::glob;
use crate::lines;
use crate::tree::Tree;

/// Writes one header below `dir` for each rule of `extra/kernel.rules`: `linux/errno.h E*`.
pub fn write(tree: &Tree, dir: &Path) -> Result<()> {
    let mut all = String::new();
    for rule in lines::read_file(&tree.home.join("extra/kernel.rules"))?.lines {
        let mut words = rule.text.split_whitespace();
        let header = words.next().with_context(|| rule.place.clone())?;
        let patterns: Vec<&str> = words.collect();
        let text = chosen(&tree.read(&format!("kernel/{header}"))?, &patterns);
        let path = dir.join(header);
        std::fs::create_dir_all(path.parent().unwrap_or(dir))?;
        std::fs::write(path, text)?;
        all.push_str(&format!("#include <kernel/{header}>\n"));
    }
    std::fs::write(dir.join("all.h"), all)?;
    Ok(())
}

/// The object-like definitions of names that match, one line long, in their order. A name that is
/// already defined stays as it is.
fn chosen(text: &str, patterns: &[&str]) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if let Some(name) = defined_name(line).filter(|name| patterns.iter().any(|p| glob::matches(p, name))) {
            out.push_str(&format!("#ifndef {name}\n{}\n#endif", without_comment(line)));
        }
        out.push('\n');
    }
    out
}

fn without_comment(line: &str) -> &str {
    line.split_once("/*").map_or(line, |(code, _)| code.trim_end())
}

fn defined_name(line: &str) -> Option<&str> {
    if line.ends_with('\\') {
        return None;
    }
    let rest = line.trim_start().strip_prefix('#')?.trim_start().strip_prefix("define")?;
    let name = rest.trim_start();
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    (!name[end..].starts_with('(')).then_some(&name[..end])
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[test]
    fn takes_matching_definitions() {
        let text = "#define AF_A 1 /* begins\n#define AF_F(x) x\n# define\tPF_A\tAF_A\nint x;";
        let out = chosen(text, &["AF_*"]);
        assert_eq!(out, "#ifndef AF_A\n#define AF_A 1\n#endif\n\n\n\n");
    }
}
