//! `abi-gen`: makes the tables of tracewell-abi out of the kernel's headers.
//!
//! A developer's tool; the tables are committed, so a normal build needs neither clang nor headers.
//! One compiler run over all headers for each ABI answers everything: structure layouts come out of the
//! debugging information, constants out of a section of the object. What goes into the tables is
//! said by the files below `rules/`; README.md describes them.
#![forbid(unsafe_code)]

mod abis;
mod clang;
mod constants;
mod debug_info;
mod defines;
mod emit_calls;
mod emit_ioctls;
mod emit_layouts;
mod emit_numbers;
mod emit_sets;
mod glob;
mod kernel_defines;
mod lines;
mod output;
mod pass;
mod prototypes;
mod select;
mod set_rule;
mod sha256;
mod struct_rule;
mod tree;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use output::Output;
use tree::Tree;

const USAGE: &str = "usage: abi-gen --headers DIR [--check]   (DIR: what fetch-headers printed)";

/// What the command line asks for.
struct Options {
    headers: PathBuf,
    check: bool,
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("abi-gen: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn options() -> Result<Options> {
    let (mut headers, mut check) = (None, false);
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--headers") => headers = arguments.next(),
            Some("--check") => check = true,
            _ => bail!("{USAGE}"),
        }
    }
    let headers = headers.map(PathBuf::from).context(USAGE)?;
    Ok(Options { headers, check })
}

fn run(options: &Options) -> Result<()> {
    let home = &home();
    let headers = options.headers.canonicalize().with_context(|| options.headers.display().to_string())?;
    let tree = Tree::open(&headers, home)?;
    let output = generate(&tree)?;
    let target = home.join("../abi/src/generated");
    if options.check { output.check(&target) } else { output.write(&target) }
}

/// This crate's directory: that of the tree `cargo run` is called in, since worktrees may share a
/// target directory.
fn home() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into()).into()
}

fn generate(tree: &Tree) -> Result<Output> {
    let dir = std::env::temp_dir().join(format!("abi-gen-{}", std::process::id()));
    std::fs::create_dir_all(&dir)?;
    let passes = pass::run_all(tree, &dir);
    std::fs::remove_dir_all(&dir)?;
    let passes = passes?;
    let rules = tree.home.join("rules");
    let mut output = Output::new(&tree.version()?, &tree.checksum()?);
    emit_sets::emit(&rules.join("sets"), &passes, &mut output)?;
    emit_layouts::emit(&rules.join("structs"), &passes, &mut output)?;
    emit_ioctls::emit(&rules, &passes, &mut output)?;
    emit_calls::emit(&rules, tree, &mut output)?;
    emit_numbers::emit(&rules, &passes, &mut output)?;
    let modules = ["calls", "calls_aarch64", "calls_riscv64", "errnos", "ioctls", "layouts", "sets", "signals"];
    output.add_modules("mod.rs", "Tables out of the kernel's headers.", modules.into_iter());
    Ok(output)
}
