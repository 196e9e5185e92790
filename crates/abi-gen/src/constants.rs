//! The values of macros and enumerators.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use object::{Object, ObjectSection};

use crate::clang::Unit;
use crate::debug_info::Enumerator;
use crate::defines::{Define, Position};

/// A named constant of the headers.
#[derive(Clone, Debug)]
pub struct Constant {
    /// Its value, zero-extended from the width of its type.
    pub value: u64,
    /// Where it is defined; the first place of several.
    pub position: Position,
}

/// Every constant by name.
pub type Constants = HashMap<String, Constant>;

/// Evaluates the macros and joins the enumerators to them.
pub fn collect(unit: &Unit, defines: &[Define], enumerators: Vec<Enumerator>) -> Result<Constants> {
    let mut constants = Constants::new();
    let objects: Vec<&Define> = defines.iter().filter(|d| !d.function && may_be_a_number(&d.body)).collect();
    for (at, value) in evaluate(unit, &objects)? {
        let define = objects[at];
        add(&mut constants, &define.name, value, &define.position);
    }
    for Enumerator { name, value, position } in enumerators {
        add(&mut constants, &name, value, &position);
    }
    Ok(constants)
}

fn add(constants: &mut Constants, name: &str, value: u64, position: &Position) {
    let new = || Constant { value, position: position.clone() };
    let known = constants.entry(name.to_owned()).or_insert_with(new);
    // A macro of the same name stands for the enumerator; the list of enumerators has the order.
    if known.position.header == position.header && *position < known.position {
        known.position = position.clone();
    }
}

/// Leaves out what cannot be one expression and would confuse the compiler about the lines after it.
fn may_be_a_number(body: &str) -> bool {
    let balance = |open, close| body.matches(open).count() == body.matches(close).count();
    !body.is_empty() && balance('(', ')') && !body.contains(['{', '}', '"', ';', '#'])
}

/// Compiles the macros into an array; those that do not compile fall out.
fn evaluate(unit: &Unit, defines: &[&Define]) -> Result<Vec<(usize, u64)>> {
    let mut lines: Vec<String> = defines.iter().enumerate().map(|(at, d)| declaration(at, &d.name)).collect();
    for _ in 0..6 {
        match unit.compile_lines(&lines)? {
            Ok(object) => return read_records(&object),
            Err(bad) => {
                for at in bad {
                    lines.get_mut(at).context("clang reports a line that was not written")?.clear();
                }
            }
        }
    }
    bail!("clang still refuses constants after six rounds")
}

/// `|0` refuses pointers and floating point; the section gathers the records without symbols.
fn declaration(at: usize, name: &str) -> String {
    format!(
        "static const struct tracewell_record tracewell_{at} __attribute__((used, aligned(8), section(\"tracewell\"))) = \
         {{ {at}, (unsigned long long)(({name}) | 0), sizeof(({name}) | 0) }};"
    )
}

fn read_records(object: &[u8]) -> Result<Vec<(usize, u64)>> {
    let file = object::File::parse(object)?;
    let section = file.section_by_name("tracewell").context("the object has no constants")?;
    let words: Vec<u64> = section
        .data()?
        .chunks_exact(8)
        .map(|word| word.iter().rev().fold(0, |n, &byte| n << 8 | u64::from(byte)))
        .collect();
    let record = |r: &[u64]| (r[0] as usize, if r[2] == 4 { r[1] & 0xffff_ffff } else { r[1] });
    Ok(words.chunks_exact(3).map(record).collect())
}
