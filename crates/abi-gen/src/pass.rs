//! Everything the compiler says about the headers for one ABI.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};

use crate::abis::GenAbi;
use crate::clang::Unit;
use crate::constants::{self, Constants};
use crate::debug_info::Types;
use crate::defines::{self, Define};
use crate::tree::Tree;

/// The macros, constants and types of one ABI.
pub struct Pass {
    /// Macros in the order of their definition.
    pub defines: Vec<Define>,
    /// Constants by name.
    pub constants: Constants,
    /// Structures.
    pub types: Types,
    /// Names of constants by header, in the header's order.
    pub by_header: HashMap<String, Vec<String>>,
}

impl Pass {
    /// Runs the compiler for one ABI.
    pub fn run(tree: &Tree, abi: GenAbi, dir: &Path) -> Result<Self> {
        let unit = Unit::write(tree, abi, dir)?;
        let defines = defines::parse(&unit.preprocess()?);
        let types = Types::read(&unit.debug_object()?).context("debugging information")?;
        let constants = constants::collect(&unit, &defines, types.enumerators()?)?;
        let by_header = index(&constants);
        Ok(Self { defines, constants, types, by_header })
    }

    /// The value of a constant.
    pub fn value(&self, name: &str) -> Option<u64> {
        self.constants.get(name).map(|constant| constant.value)
    }
}

/// Runs the compiler for every ABI, in parallel.
pub fn run_all(tree: &Tree, dir: &Path) -> Result<Vec<Pass>> {
    std::thread::scope(|scope| {
        let threads = GenAbi::ALL.map(|abi| scope.spawn(move || Pass::run(tree, abi, dir)));
        let joined = threads.into_iter().map(|thread| match thread.join() {
            Ok(pass) => pass,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.collect()
    })
}

fn index(constants: &Constants) -> HashMap<String, Vec<String>> {
    let mut all: Vec<_> = constants.iter().collect();
    all.sort_by(|a, b| (&a.1.position, a.0).cmp(&(&b.1.position, b.0)));
    let mut by_header: HashMap<String, Vec<String>> = HashMap::new();
    for (name, constant) in all {
        by_header.entry(constant.position.header.clone()).or_default().push(name.clone());
    }
    by_header
}
