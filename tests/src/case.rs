//! Which runs a test program asks for: the lines of its head comment.
//!
//! ```text
//!  * run: -f                      the trace goes to a file; expected/ABI/PROGRAM.txt
//!  * run paths: -y                a second run, under a name; expected/ABI/PROGRAM.paths.txt
//!  * stderr pids: -f              the trace stays on standard error, its lines in their order
//!  * order race: -f               as `run`, but the order between processes is part of the test
//!  * run missing: -- ./missing    another command in place of the program
//!  * abi: x86_64                  only for this personality (otherwise for both)
//! ```

use std::path::Path;

/// The two personalities that a test program is built for.
pub const ABIS: [&str; 2] = ["x86_64", "i386"];

/// Where a run leaves its trace, and what is compared of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Written to files; compared process by process.
    Run,
    /// Written to a file; compared as it stands.
    Order,
    /// On standard error; compared as it stands.
    Stderr,
}

/// One run of one test program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The source's name without `.c`.
    pub program: String,
    /// The run's own name; empty for the first.
    pub run: String,
    /// A member of [`ABIS`].
    pub abi: &'static str,
    /// Where the trace goes.
    pub mode: Mode,
    /// The tracer's options.
    pub options: Vec<String>,
    /// The command to trace; `None` for the program itself.
    pub command: Option<Vec<String>>,
}

impl Case {
    /// `ABI/PROGRAM` or `ABI/PROGRAM.RUN`: the name of the expectation, the scratch folder and the pending list.
    pub fn name(&self) -> String {
        let dot = if self.run.is_empty() { "" } else { "." };
        format!("{}/{}{dot}{}", self.abi, self.program, self.run)
    }
}

/// The runs of every program in a folder, in the order of their names.
pub fn cases(programs: &Path) -> anyhow::Result<Vec<Case>> {
    let mut sources: Vec<_> =
        std::fs::read_dir(programs)?.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<_>>()?;
    sources.retain(|path| path.extension().is_some_and(|extension| extension == "c"));
    sources.sort();
    let mut cases = Vec::new();
    for source in sources {
        let program = source.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&source)?;
        let head = text.split("*/").next().unwrap_or_default();
        cases.extend(parse(&program, head).map_err(|line| anyhow::anyhow!("{program}.c: not understood: {line}"))?);
    }
    Ok(cases)
}

/// Reads the head comment of one program. The error is the line that makes no sense.
fn parse(program: &str, head: &str) -> Result<Vec<Case>, String> {
    let lines = || head.lines().filter_map(|line| line.trim_start_matches([' ', '*']).split_once(':'));
    let only = lines().find(|(key, _)| *key == "abi").map(|(_, abi)| abi.trim().to_owned());
    let mut cases = Vec::new();
    for abi in ABIS.into_iter().filter(|abi| only.as_deref().is_none_or(|only| only == *abi)) {
        for (key, rest) in lines() {
            let (mode, run) = key.split_once(' ').unwrap_or((key, ""));
            let mode = match mode {
                "run" => Mode::Run,
                "order" => Mode::Order,
                "stderr" => Mode::Stderr,
                _ => continue,
            };
            let words = || rest.split_whitespace().map(str::to_owned);
            let options = words().take_while(|word| word != "--").collect();
            let command = rest.contains(" -- ").then(|| words().skip_while(|word| word != "--").skip(1).collect());
            cases.push(Case { program: program.to_owned(), run: run.to_owned(), abi, mode, options, command });
        }
    }
    if cases.is_empty() { Err("no run: line".to_owned()) } else { Ok(cases) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_comment_lists_runs() {
        let cases =
            parse("p", "/*\n * What it does.\n *\n * run: -f\n * stderr x: -y -s 3 -- ./missing a\n * abi: i386\n ")
                .unwrap();
        assert_eq!(cases.iter().map(Case::name).collect::<Vec<_>>(), ["i386/p", "i386/p.x"]);
        assert_eq!(cases[1].mode, Mode::Stderr);
        assert_eq!(cases[1].options, ["-y", "-s", "3"]);
        assert_eq!(cases[1].command.as_ref().unwrap(), &["./missing", "a"]);
    }
}
