//! `cargo xtask fuzz`: every call with random arguments under strace and tracewell, without doing any of them.

use crate::peer;
use abi::Abi;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use tests::{explain, places, program, run};

/// No run takes a tenth of this.
const PATIENCE: Duration = Duration::from_secs(60);

/// Calls that are let through or that change the program's own course.
const NOT_HARMLESS: &[&str] = &["exit_group", "sigreturn", "rt_sigreturn", "uprobe", "uretprobe"];

/// What is asked for.
struct Request {
    peer: PathBuf,
    ours: PathBuf,
    abi: Abi,
    /// Only this call; all, where none is named.
    call: Option<String>,
    options: Vec<String>,
    seed: String,
    rounds: String,
    /// The kernel's answer: 0, or an errno.
    answer: String,
}

impl Request {
    fn parse(given: Vec<String>) -> anyhow::Result<Self> {
        let (mut asked, mut abi, mut call, mut options) = (None, Abi::X86_64, None, Vec::new());
        let (mut seed, mut rounds, mut answer) = ("1".to_owned(), "60".to_owned(), "1".to_owned());
        let mut parser = lexopt::Parser::from_args(given);
        while let Some(argument) = parser.next()? {
            let lexopt::Arg::Long(name) = argument else { return Err(argument.unexpected().into()) };
            let name = name.to_owned();
            let value = parser.value()?;
            let text = value.to_string_lossy().into_owned();
            match name.as_str() {
                "peer" => asked = Some(value.into()),
                "abi" if text == "i386" => abi = Abi::I386,
                "abi" if text == "x86_64" => abi = Abi::X86_64,
                "call" => call = Some(text),
                "options" => options = text.split_whitespace().map(str::to_owned).collect(),
                "seed" => seed = text,
                "rounds" => rounds = text,
                "answer" => answer = text,
                _ => bail!("fuzz: not understood: --{name} {text}"),
            }
        }
        let peer = peer::find(asked);
        peer::version(&peer)?;
        Ok(Self { peer, ours: places::tracewell()?, abi, call, options, seed, rounds, answer })
    }

    /// The calls to be made: number and name.
    fn calls(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let numbered = abi::generated::calls::table(self.abi).iter().enumerate();
        numbered
            .filter_map(|(number, call)| Some((number, call.as_ref()?.name)))
            .filter(|(_, name)| !NOT_HARMLESS.contains(name))
            .filter(|(_, name)| self.call.as_ref().is_none_or(|wanted| wanted == name))
    }

    /// The lines that one tracer prints of a call.
    fn trace(&self, tracer: &Path, number: usize) -> anyhow::Result<Vec<String>> {
        let abi = if self.abi == Abi::I386 { "i386" } else { "x86_64" };
        let trace = places::scratch("fuzz")?.join("trace");
        let mut command = Command::new(tracer);
        command.args(&self.options).arg("-o").arg(&trace).arg("--").arg(program::build("fuzz", abi)?);
        command.arg(number.to_string()).args([&self.rounds, &self.seed, &self.answer]);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let (_, said) = run::finish(command, PATIENCE)?;
        let bytes = std::fs::read(&trace).with_context(|| format!("{} leaves no trace: {said}", tracer.display()))?;
        let text = String::from_utf8_lossy(&bytes);
        // What stands before is not of the call, and has addresses that change from run to run.
        Ok(text.lines().skip_while(|line| !line.contains("PR_SET_SECCOMP")).skip(1).map(str::to_owned).collect())
    }
}

/// Prints each call's first line that differs.
pub fn main(words: Vec<String>) -> anyhow::Result<ExitCode> {
    let request = Request::parse(words)?;
    let (mut made, mut different) = (0, 0);
    for (number, name) in request.calls() {
        let expected = request.trace(&request.peer, number)?;
        let found = request.trace(&request.ours, number)?;
        made += 1;
        let lines = expected.iter().zip(&found).filter(|(a, b)| a != b).count();
        let whole = expected.len() == found.len();
        if let Some((a, b)) = expected.iter().zip(&found).find(|(a, b)| a != b) {
            println!("{number} {name}: {lines} of {} lines", request.rounds);
            print!("{}", explain::pair(Some(a), Some(b)));
        } else if !whole {
            println!("{number} {name}: {} lines, but {} expected", found.len(), expected.len());
        }
        different += usize::from(lines > 0 || !whole);
    }
    println!("{different} of {made} calls differ");
    Ok(if different > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
