//! The developer's commands: `cargo xtask COMMAND`.
#![forbid(unsafe_code)]

mod bench;
mod ci;
mod compare;
mod coverage;
mod fuzz;
mod peer;
mod pending;
mod record;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  compare [OPTION…] -- COMMAND…            compare with strace; --options '-f -y' for both (-f unless given),
                                           --peer PATH, --ours PATH, --before SHELLCOMMAND, --runs N in each of --rounds N,
                                           --all differences, --keep FOLDER for the traces;
                                           --backends ptrace,ebpf: compare tracewell with itself;
                                           --loose: addresses replaced, where threads race for memory
  compare --programs [OPTION…] [NAME…]     the same on the test programs; --options are added to the -f of those that need it
  record [--peer PATH] [--check] [NAME…]   record what strace prints of the test programs
  pending                                  run the tests that do not pass yet, and count them
  coverage [--missing] [--check]           count the calls that have a row; writes docs/coverage.md
  fuzz [--peer PATH] [OPTION…]             make every call with random arguments under both, harmlessly; --call NAME,
                                           --abi i386, --seed N, --rounds N, --answer ERRNO (0: success), --options '-v'
  bench [--peer PATH] [--rounds N] [NAME…]  time native, strace and tracewell in turns; 1 if slower than strace;
                                           --write: into docs/performance.md
  ci                                       what must pass: format, lints, tests

A NAME is a run (`x86_64/open.paths`) or a part of its name. Strace is PATH, or $STRACE, or in $PATH.
Exit status: 0 same or good, 1 different or bad, 2 trouble.";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    let verdict = match command.as_str() {
        "compare" => compare::main(rest),
        "record" => record::main(rest),
        "pending" => pending::main(),
        "coverage" => coverage::main(rest),
        "bench" => bench::main(rest),
        "fuzz" => fuzz::main(rest),
        "ci" => ci::main(),
        "help" | "-h" | "--help" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        _ => Err(anyhow::anyhow!("no such command: {command:?}\n{USAGE}")),
    };
    verdict.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::from(2)
    })
}
