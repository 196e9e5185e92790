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

use crate::{Pointers, Row};
use abi::Abi;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::LazyLock;

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

/// The row of this name.
pub fn named(name: &str) -> Option<&'static Row> {
    static NAMES: LazyLock<HashMap<&str, &Row>> = LazyLock::new(|| rows().map(|row| (row.name, row)).collect());
    NAMES.get(name).copied()
}

/// The rows of one personality by number, for whoever needs all of them.
pub fn by_number(abi: Abi) -> Vec<Option<&'static Row>> {
    let numbers = 0..abi::generated::calls::table(abi).len() as u64;
    numbers.map(|number| name(abi, number).and_then(named)).collect()
}

/// The rows of one personality by number. Each is searched for when it is first asked for: a program makes few of all
/// the calls that there are, and a short one would wait for the rest.
pub struct Table {
    abi: Abi,
    numbers: Vec<Cell<Slot>>,
}

/// What is known of a number.
#[derive(Clone, Copy)]
enum Slot {
    /// Nobody has asked yet.
    Unasked,
    /// This.
    Found(Option<&'static Row>, Pointers),
}

impl Table {
    /// A table in which every row is still to be searched for.
    pub fn new(abi: Abi) -> Self {
        let count = abi::generated::calls::table(abi).len();
        Self { abi, numbers: vec![Cell::new(Slot::Unasked); count] }
    }

    /// The row of a call, if it is described.
    pub fn row(&self, number: u64) -> Option<&'static Row> {
        self.find(number).0
    }

    /// Which arguments of a call are pointers that are followed; none, if it is not described.
    pub fn pointers(&self, number: u64) -> Pointers {
        self.find(number).1
    }

    fn find(&self, number: u64) -> (Option<&'static Row>, Pointers) {
        let slot = usize::try_from(number).ok().and_then(|number| self.numbers.get(number));
        match slot.map(Cell::get) {
            Some(Slot::Found(row, pointers)) => (row, pointers),
            Some(Slot::Unasked) => {
                let row = name(self.abi, number).and_then(named);
                let pointers = row.map(|row| Pointers::of(row, self.abi)).unwrap_or_default();
                if let Some(slot) = slot {
                    slot.set(Slot::Found(row, pointers));
                }
                (row, pointers)
            }
            None => (None, Pointers::default()),
        }
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
