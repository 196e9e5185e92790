//! `cargo xtask pending`: what does not pass yet.

use std::process::ExitCode;
use tests::pending::Pending;
use tests::{cases, places, verify};

/// Runs every case on the pending list; says which fail and which can be taken off.
pub fn main() -> anyhow::Result<ExitCode> {
    let pending = Pending::read(&places::pending())?;
    let (mut failing, mut passing) = (0, 0);
    for case in cases()? {
        let name = case.name();
        let Some(reason) = pending.reason(&name) else { continue };
        match verify(&case) {
            Ok(()) => {
                passing += 1;
                println!("{name}: passes, take it off the list");
            }
            Err(error) => {
                failing += 1;
                println!("{name}: {reason}\n{error:#}\n");
            }
        }
    }
    println!("{failing} pending runs fail, {passing} pass");
    Ok(if failing + passing > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
