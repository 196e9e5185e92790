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

/// The rows by number, for one personality.
pub struct Table(Vec<Option<&'static Row>>);

impl Table {
    /// Looks every call of a personality up by its name.
    pub fn new(abi: Abi) -> Self {
        let by_name: std::collections::HashMap<_, _> = rows().map(|row| (row.name, row)).collect();
        let numbers = abi::generated::calls::table(abi).iter();
        Self(numbers.map(|call| by_name.get(call.as_ref()?.name).copied()).collect())
    }

    /// The row of a call, if it is described.
    pub fn row(&self, number: u64) -> Option<&'static Row> {
        *self.0.get(usize::try_from(number).ok()?)?
    }
}
