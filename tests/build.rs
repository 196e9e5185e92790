//! Makes one `#[test]` function for each run of each program in `programs/`.

#[allow(dead_code, reason = "the build script needs a part of it only")]
#[path = "src/case.rs"]
mod case;
#[path = "src/pending.rs"]
mod pending;

use std::fmt::Write as _;
use std::path::Path;

fn main() -> anyhow::Result<()> {
    println!("cargo::rerun-if-changed=programs");
    println!("cargo::rerun-if-changed=pending.txt");
    let cases = case::cases(Path::new("programs"))?;
    let pending = pending::Pending::read(Path::new("pending.txt"))?;
    let mut code = String::new();
    for case in &cases {
        let name = case.name();
        let function = name.replace(['/', '.', '-'], "_");
        let ignore = pending.reason(&name).map_or(String::new(), |reason| format!("#[ignore = {reason:?}] "));
        writeln!(code, "#[test] {ignore}fn {function}() {{ tracewell_tests::check({name:?}) }}")?;
    }
    let path = Path::new(&std::env::var("OUT_DIR")?).join("programs.rs");
    Ok(std::fs::write(path, code)?)
}
