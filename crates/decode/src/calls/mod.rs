//! The rows, by family.

mod asynchronous;
mod file;
mod io;
mod ipc;
mod memory;
mod network;
mod poll;
mod process;
mod signal;
mod system;
mod time;

use crate::Row;
use abi::Abi;
use std::collections::HashMap;

/// Every family's rows. A call stands in exactly one.
const FAMILIES: &[&[Row]] = &[
    file::ROWS,
    io::ROWS,
    network::ROWS,
    process::ROWS,
    memory::ROWS,
    signal::ROWS,
    time::ROWS,
    poll::ROWS,
    ipc::ROWS,
    system::ROWS,
    asynchronous::ROWS,
];

/// All rows, family by family.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    FAMILIES.iter().copied().flatten()
}

/// The rows of one personality, by number and by name.
pub struct Table {
    numbers: Vec<Option<&'static Row>>,
    names: HashMap<&'static str, &'static Row>,
}

impl Table {
    /// Looks every call of a personality up by its name.
    pub fn new(abi: Abi) -> Self {
        let names: HashMap<_, _> = rows().map(|row| (row.name, row)).collect();
        let count = abi::generated::calls::table(abi).len() as u64;
        let numbers = (0..count).map(|number| names.get(name(abi, number)?).copied()).collect();
        Self { numbers, names }
    }

    /// The row of a call, if it is described.
    pub fn row(&self, number: u64) -> Option<&'static Row> {
        *self.numbers.get(usize::try_from(number).ok()?)?
    }

    /// The row of a call that has no number of its own here, such as a part of `socketcall`.
    pub fn named(&self, name: &str) -> Option<&'static Row> {
        self.names.get(name).copied()
    }
}

/// The name of a call. An x32 number that only 64-bit programs are meant to use is that of x86-64.
fn name(abi: Abi, number: u64) -> Option<&'static str> {
    let call = abi::call(abi, number);
    match abi {
        Abi::X32 => call.or_else(|| abi::call(Abi::X86_64, number)),
        Abi::X86_64 | Abi::I386 => call,
    }
    .map(|call| call.name)
}
