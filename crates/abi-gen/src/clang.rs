//! Running the compiler over all headers at once.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

use crate::abis::GenAbi;
use crate::kernel_defines;
use crate::tree::Tree;

/// The translation unit that includes everything, for one ABI.
pub struct Unit<'a> {
    abi: GenAbi,
    tree: &'a Tree,
    dir: PathBuf,
}

impl<'a> Unit<'a> {
    /// Writes the translation unit into `dir`.
    pub fn write(tree: &'a Tree, abi: GenAbi, dir: &Path) -> Result<Self> {
        let dir = dir.join(abi.name());
        std::fs::create_dir_all(&dir)?;
        kernel_defines::write(tree, &dir.join("kernel"))?;
        let mut text = String::from("#include <prelude.h>\n");
        let extra = tree.extra_headers()?;
        let own = extra.iter().map(|name| format!("extra/{name}"));
        for header in tree.headers.iter().cloned().chain(own) {
            text.push_str(&format!("#include <{header}>\n"));
        }
        std::fs::write(dir.join("all.c"), text)?;
        Ok(Self { abi, tree, dir })
    }

    /// Everything the preprocessor defines, with line markers.
    pub fn preprocess(&self) -> Result<String> {
        let output = self.run(&["-E", "-dD", "all.c"])?;
        self.refuse_errors(&output)?;
        String::from_utf8(output.stdout).context("clang -E printed no UTF-8")
    }

    /// An object with the debugging information of every type.
    pub fn debug_object(&self) -> Result<Vec<u8>> {
        let output = self.run(&["-c", "-gdwarf-4", "-fno-eliminate-unused-debug-types", "-o", "all.o", "all.c"])?;
        self.refuse_errors(&output)?;
        Ok(std::fs::read(self.dir.join("all.o"))?)
    }

    /// Compiles lines after all headers. Gives the object, or the numbers (from 0) of the lines
    /// that do not compile.
    pub fn compile_lines(&self, lines: &[String]) -> Result<std::result::Result<Vec<u8>, Vec<usize>>> {
        let text = format!("#include \"all.c\"\n{}\n", lines.join("\n"));
        std::fs::write(self.dir.join("lines.c"), text)?;
        let output = self.run(&["-c", "-fno-spell-checking", "-o", "lines.o", "lines.c"])?;
        if output.status.success() {
            return Ok(Ok(std::fs::read(self.dir.join("lines.o"))?));
        }
        let bad = bad_lines(&String::from_utf8_lossy(&output.stderr));
        if bad.is_empty() {
            self.refuse_errors(&output)?;
        }
        Ok(Err(bad))
    }

    fn run(&self, arguments: &[&str]) -> Result<Output> {
        Command::new("clang")
            .current_dir(&self.dir)
            .args([
                self.abi.clang_option(),
                "-std=gnu11",
                "-w",
                "-ferror-limit=0",
                "-nostdinc",
                "-fno-color-diagnostics",
            ])
            .arg("-I")
            .arg(self.tree.home.join("extra/stubs"))
            .arg("-I")
            .arg(&self.dir)
            .arg("-I")
            .arg(&self.tree.home)
            .arg("-isystem")
            .arg(self.tree.root.join("include"))
            .args(arguments)
            .output()
            .context("cannot run clang; is it installed?")
    }

    fn refuse_errors(&self, output: &Output) -> Result<()> {
        if output.status.success() {
            return Ok(());
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        let first = errors.lines().find(|line| line.contains("error:")).unwrap_or("no message");
        bail!(
            "clang {} fails on the headers (extra/skip.rules lists what to leave out): {first}",
            self.abi.clang_option()
        )
    }
}

fn bad_lines(errors: &str) -> Vec<usize> {
    let mut bad: Vec<usize> = errors.lines().filter_map(bad_line).collect();
    bad.sort_unstable();
    bad.dedup();
    bad
}

fn bad_line(message: &str) -> Option<usize> {
    let (number, rest) = message.strip_prefix("lines.c:")?.split_once(':')?;
    if !rest.contains("error:") {
        return None;
    }
    number.parse::<usize>().ok()?.checked_sub(2)
}

#[cfg(test)]
mod tests {
    use super::bad_lines;

    #[test]
    fn finds_the_lines_of_errors() {
        let errors = "lines.c:5:3: error: no\nlines.c:6:1: note: x\nother.h:1:1: error: y\nlines.c:2:1: error: z\n";
        assert_eq!(bad_lines(errors), [0, 3]);
    }
}
