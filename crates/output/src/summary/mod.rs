//! The table of `-c`: how often each call was made, how long it took, how often it failed.

mod column;
mod table;

pub use column::{Column, ColumnError, DEFAULT_COLUMNS, parse_columns, parse_sort};

use abi::Abi;
use std::collections::HashMap;
use tracer::{Durations, Sums};

/// What is counted about one call that came back.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// The convention by which it was made.
    pub abi: Abi,
    /// Its number.
    pub number: u64,
    /// Its name, as the trace shows it.
    pub name: &'a str,
    /// Nanoseconds of CPU time that it spent in the kernel.
    pub system: u64,
    /// Nanoseconds from its entry to its exit.
    pub wall: u64,
    /// Whether it failed.
    pub failed: bool,
}

/// What was counted of the calls with one name.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a> {
    /// The convention by which they were made.
    pub abi: Abi,
    /// Their name.
    pub name: &'a str,
    /// How many came back.
    pub calls: u64,
    /// How many of them failed.
    pub errors: u64,
    /// How long they took.
    pub times: &'a Durations,
    /// Whether that is by the clock on the wall, or the time that they spent in the kernel.
    pub wall_clock: bool,
}

/// How the table is to look.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The columns, in order (`-U`). A column of names is added at the end when there is none.
    pub columns: Vec<Column>,
    /// What it is sorted by (`-S`), largest first, names alphabetically; `None` for the order of call numbers.
    pub sort: Option<Column>,
    /// Whether the columns of time count wall clock time and not system time (`-w`).
    pub wall_clock: bool,
    /// Nanoseconds that are taken off each call (`-O`).
    pub overhead: u64,
}

impl Default for Layout {
    fn default() -> Self {
        Self { columns: DEFAULT_COLUMNS.to_vec(), sort: Some(Column::TimePercent), wall_clock: false, overhead: 0 }
    }
}

/// The counts of all calls.
#[derive(Debug)]
pub struct Summary {
    layout: Layout,
    rows: HashMap<(u8, u64), table::Row>,
}

impl Summary {
    /// Nothing counted yet.
    pub fn new(mut layout: Layout) -> Self {
        if !layout.columns.contains(&Column::Name) {
            layout.columns.push(Column::Name);
        }
        Self { layout, rows: HashMap::new() }
    }

    /// Counts a call.
    pub fn count(&mut self, call: &Taken<'_>) {
        let key = (call.abi as u8, call.number);
        let row = self.rows.entry(key).or_insert_with(|| table::Row::new(call.name));
        let overhead = self.layout.overhead;
        row.calls += 1;
        row.errors += u64::from(call.failed);
        row.wall.add(call.wall.saturating_sub(overhead));
        row.system.add(call.system.saturating_sub(overhead));
    }

    /// Adds what somebody else has counted of calls with this number.
    pub fn add(&mut self, abi: Abi, number: u64, name: &str, sums: &Sums) {
        let row = self.rows.entry((abi as u8, number)).or_insert_with(|| table::Row::new(name));
        row.calls += sums.calls;
        row.errors += sums.errors;
        row.wall.merge(&sums.times);
        row.system.merge(&sums.times);
    }

    /// What was counted, in the order of the tables.
    pub fn counted(&self) -> impl Iterator<Item = Counted<'_>> {
        let wall_clock = self.layout.wall_clock;
        let of = move |abi| self.rows_of(abi).into_iter().map(move |row| row.counted(abi, wall_clock));
        Abi::ALL.into_iter().flat_map(of)
    }

    /// The tables, one for each personality that made calls; empty when there was no call.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for abi in Abi::ALL {
            let rows = self.rows_of(abi);
            if rows.is_empty() {
                continue;
            }
            text.push_str(title(abi));
            table::render(&rows, &self.layout, &mut text);
        }
        text
    }

    /// The rows of a personality in the order of the table.
    fn rows_of(&self, abi: Abi) -> Vec<&table::Row> {
        let mut rows: Vec<_> = self.rows.iter().filter(|((of, _), _)| *of == abi as u8).collect();
        rows.sort_by_key(|((_, number), _)| *number);
        let mut rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
        if let Some(column) = self.layout.sort {
            table::sort(&mut rows, column, self.layout.wall_clock);
        }
        rows
    }
}

/// What stands above the table of a personality.
const fn title(abi: Abi) -> &'static str {
    match abi {
        Abi::X86_64 => "",
        Abi::I386 => "System call usage summary for 32 bit mode:\n",
        Abi::X32 => "System call usage summary for x32 mode:\n",
    }
}
