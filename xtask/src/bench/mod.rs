//! `cargo xtask bench`: what tracing costs, beside the peer, in turns on the same work.

mod load;
mod report;
mod runs;
mod works;

use crate::peer;
use anyhow::ensure;
use report::Result as Measured;
use runs::Tools;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use tests::places;
use works::{CONDITIONS, Condition, PROGRAMS, WORKS, Work};

/// Where `--write` puts the table.
const PAGE: &str = "docs/performance.md";

/// What stands around the table in [`PAGE`].
const MARKS: [&str; 2] = ["<!-- made by cargo xtask bench -->\n", "<!-- end -->\n"];

/// What the command line asks for.
struct Request {
    peer: Option<PathBuf>,
    rounds: usize,
    write: bool,
    names: Vec<String>,
}

/// Prints a row for each work; fails where tracewell's median is above the peer's.
pub fn main(words: Vec<String>) -> anyhow::Result<ExitCode> {
    let request = parse(words)?;
    let peer = peer::find(request.peer.clone());
    let tools = prepare(&peer)?;
    let mut text = format!(
        "{}; {}. {} rounds in turns, options `-f -o FILE`; medians, and in brackets the rounds' ratios from least to most.\n\n{}",
        report::machine(),
        peer::version(&peer)?,
        request.rounds,
        report::HEAD
    );
    print!("{text}");
    let mut slower = false;
    for (work, condition) in request.works() {
        let rounds = (0..request.rounds).map(|_| tools.round(work, &CONDITIONS[condition]));
        let measured = Measured { work, condition, rounds: rounds.collect::<anyhow::Result<_>>()? };
        print!("{}", measured.line());
        let _ = write!(text, "{}", measured.line());
        slower |= measured.ratio() > 1.0;
    }
    if request.write {
        write(&text)?;
    }
    Ok(if slower { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn parse(words: Vec<String>) -> anyhow::Result<Request> {
    let mut request = Request { peer: None, rounds: 5, write: false, names: Vec::new() };
    let mut parser = lexopt::Parser::from_args(words);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("peer") => request.peer = Some(parser.value()?.into()),
            lexopt::Arg::Long("rounds") => request.rounds = parser.value()?.to_string_lossy().parse()?,
            lexopt::Arg::Long("write") => request.write = true,
            lexopt::Arg::Value(name) => request.names.push(name.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    ensure!(request.rounds > 0, "no rounds");
    Ok(request)
}

impl Request {
    /// The works asked for, under each condition that can be had here.
    fn works(&self) -> impl Iterator<Item = (&'static Work, usize)> {
        let asked = |work: &&Work| self.names.is_empty() || self.names.iter().any(|name| work.name.contains(name));
        let can: Vec<usize> = (0..CONDITIONS.len()).filter(|&at| can_be_had(&CONDITIONS[at])).collect();
        let works = WORKS.iter().filter(asked).filter(|work| is_there(work.command)).collect::<Vec<_>>();
        works.into_iter().flat_map(move |work| can.clone().into_iter().map(move |at| (work, at)))
    }
}

/// Whether the words before a command work here: only root can give up rights.
fn can_be_had(condition: &Condition) -> bool {
    condition.prefix.is_empty() || succeeds(condition.prefix, "true")
}

/// Whether a program is installed; ours are.
fn is_there(command: &[&str]) -> bool {
    command[0].starts_with("BENCH") || succeeds(&[command[0]], "--version")
}

fn succeeds(words: &[&str], last: &str) -> bool {
    let command =
        Command::new(words[0]).args(&words[1..]).arg(last).stdout(Stdio::null()).stderr(Stdio::null()).status();
    command.is_ok_and(|status| status.success())
}

/// Builds everything, into a folder that anybody may write to.
fn prepare(peer: &Path) -> anyhow::Result<Tools> {
    let folder = std::env::temp_dir().join(format!("tracewell-bench-{}", std::process::id()));
    std::fs::create_dir(&folder)?;
    std::fs::set_permissions(&folder, Permissions::from_mode(0o777))?;
    let mut tools = Tools { peer: peer.to_owned(), ours: folder.join("tracewell"), ebpf: false, perf: false, folder };
    std::fs::copy(release_build()?, &tools.ours)?;
    build_programs(&tools.folder)?;
    tools.ebpf = traces(&tools.by_ebpf(), "the eBPF backend");
    tools.perf = traces(&tools.by_perf(), "perf trace");
    Ok(tools)
}

/// Whether a command can be traced in this way. If not, that is said.
fn traces(words: &[OsString], what: &str) -> bool {
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).arg("true").stdout(Stdio::null()).stderr(Stdio::null());
    let works = command.status().is_ok_and(|status| status.success());
    if !works {
        eprintln!("{what} does not work here, and is left out");
    }
    works
}

/// The optimised tracewell, as users have it.
fn release_build() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo).args(["build", "--release", "--quiet", "--package", "tracewell"]).status()?;
    ensure!(status.success(), "tracewell does not build");
    places::release()
}

fn build_programs(folder: &Path) -> anyhow::Result<()> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    for name in PROGRAMS {
        let source = folder.join(name).with_extension("c");
        std::fs::copy(places::bench().join(name).with_extension("c"), &source)?;
        let program = folder.join(name);
        let status = Command::new(&compiler).args(["-O2", "-pthread", "-o"]).arg(program).arg(source).status()?;
        ensure!(status.success(), "{compiler} cannot build {name}.c");
    }
    Ok(())
}

/// Puts the table into its page, between the marks.
fn write(table: &str) -> anyhow::Result<()> {
    let page = std::fs::read_to_string(PAGE)?;
    let parts = page.split_once(MARKS[0]).and_then(|(before, rest)| Some((before, rest.split_once(MARKS[1])?.1)));
    let Some((before, after)) = parts else { anyhow::bail!("{PAGE} has no place for the table") };
    Ok(std::fs::write(PAGE, [before, MARKS[0], table, MARKS[1], after].concat())?)
}
