//! From counts to lines.

use super::{Column, Counted, Layout};
use abi::Abi;
use std::{borrow::Cow, cmp::Reverse, fmt::Write as _};
use tracer::Durations;

/// What was counted of one call.
#[derive(Debug, Default)]
pub(super) struct Row {
    name: String,
    pub(super) calls: u64,
    pub(super) errors: u64,
    pub(super) system: Durations,
    pub(super) wall: Durations,
}

impl Row {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// What was counted, for a form other than the table.
    pub(super) fn counted(&self, abi: Abi, wall_clock: bool) -> Counted<'_> {
        let times = self.time(wall_clock);
        Counted { abi, name: &self.name, calls: self.calls, errors: self.errors, times, wall_clock }
    }

    fn time(&self, wall_clock: bool) -> &Durations {
        if wall_clock { &self.wall } else { &self.system }
    }

    /// The durations that a column is about.
    fn tally(&self, column: Column, wall_clock: bool) -> &Durations {
        use Column::{WallAverage, WallMax, WallMin, WallTotal};
        self.time(wall_clock || matches!(column, WallTotal | WallMin | WallMax | WallAverage))
    }
}

/// Sorts rows by a column, the largest first, names alphabetically; equals stay in their order.
pub(super) fn sort(rows: &mut [&Row], column: Column, wall_clock: bool) {
    match column {
        Column::Name => rows.sort_by(|a, b| a.name.cmp(&b.name)),
        _ => rows.sort_by_key(|row| Reverse(weight(row, column, wall_clock))),
    }
}

/// What rows are compared by.
fn weight(row: &Row, column: Column, wall_clock: bool) -> u64 {
    let tally = row.tally(column, wall_clock);
    match column {
        Column::TimePercent | Column::TotalTime | Column::WallTotal => tally.total,
        Column::MinTime | Column::WallMin => tally.shortest.unwrap_or(0),
        Column::MaxTime | Column::WallMax => tally.longest,
        Column::AverageTime | Column::WallAverage => mean(tally, row.calls),
        Column::Calls => row.calls,
        Column::Errors => row.errors,
        Column::Name => 0,
    }
}

/// Appends a table: two lines of head, the rows, a rule, the sum.
pub(super) fn render(rows: &[&Row], layout: &Layout, text: &mut String) {
    let total = sum(rows);
    let cells = |row| cells(row, &total, layout);
    let lines: Vec<_> = rows.iter().map(|row| cells(row)).collect();
    let last = cells(&total);
    let widths = widths(layout, lines.iter().chain([&last]));
    let rule: Vec<_> = widths.iter().map(|width| Cow::Owned("-".repeat(*width))).collect();
    let head: Vec<_> = layout.columns.iter().map(|column| Cow::Borrowed(title(*column))).collect();
    line(layout, &widths, &head, text);
    line(layout, &widths, &rule, text);
    for cells in &lines {
        line(layout, &widths, cells, text);
    }
    line(layout, &widths, &rule, text);
    line(layout, &widths, &last, text);
}

/// All rows together.
fn sum(rows: &[&Row]) -> Row {
    let mut total = Row::new("total");
    for row in rows {
        total.calls += row.calls;
        total.errors += row.errors;
        total.system.merge(&row.system);
        total.wall.merge(&row.wall);
    }
    total
}

fn cells<'a>(row: &'a Row, total: &Row, layout: &Layout) -> Vec<Cow<'a, str>> {
    layout.columns.iter().map(|column| cell(row, total, *column, layout.wall_clock)).collect()
}

fn cell<'a>(row: &'a Row, total: &Row, column: Column, wall_clock: bool) -> Cow<'a, str> {
    let tally = row.tally(column, wall_clock);
    Cow::Owned(match column {
        Column::TimePercent if std::ptr::eq(row, total) => "100.00".to_owned(),
        Column::TimePercent => format!("{:.2}", percent(tally.total, total.time(wall_clock).total)),
        Column::TotalTime | Column::WallTotal => seconds(tally.total),
        Column::MinTime | Column::WallMin => seconds(tally.shortest.unwrap_or(0)),
        Column::MaxTime | Column::WallMax => seconds(tally.longest),
        Column::AverageTime | Column::WallAverage => (mean(tally, row.calls) / 1000).to_string(),
        Column::Calls => row.calls.to_string(),
        Column::Errors if row.errors == 0 => String::new(),
        Column::Errors => row.errors.to_string(),
        Column::Name => return Cow::Borrowed(&row.name),
    })
}

/// The mean in nanoseconds, rounded down.
fn mean(times: &Durations, calls: u64) -> u64 {
    times.total.checked_div(calls).unwrap_or(0)
}

fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

fn seconds(nanos: u64) -> String {
    format!("{:.6}", nanos as f64 / 1e9)
}

const fn title(column: Column) -> &'static str {
    match column {
        Column::TimePercent => "% time",
        Column::TotalTime => "seconds",
        Column::MinTime => "shortest",
        Column::MaxTime => "longest",
        Column::AverageTime => "usecs/call",
        Column::WallTotal => "wall-total",
        Column::WallMin => "wall-min",
        Column::WallMax => "wall-max",
        Column::WallAverage => "wall-avg",
        Column::Calls => "calls",
        Column::Errors => "errors",
        Column::Name => "syscall",
    }
}

/// The width below which a column does not shrink.
const fn least_width(column: Column) -> usize {
    match column {
        Column::TimePercent => 6,
        Column::MinTime | Column::MaxTime | Column::WallMin | Column::WallMax => 8,
        Column::Calls | Column::Errors => 9,
        Column::TotalTime | Column::AverageTime | Column::WallTotal | Column::WallAverage => 11,
        Column::Name => 16,
    }
}

fn widths<'a, 'b: 'a>(layout: &Layout, lines: impl Iterator<Item = &'a Vec<Cow<'b, str>>>) -> Vec<usize> {
    let mut widths: Vec<_> = layout.columns.iter().map(|column| least_width(*column)).collect();
    for cells in lines {
        for ((width, cell), column) in widths.iter_mut().zip(cells).zip(&layout.columns) {
            // The column of names is one wider than the longest name.
            let slack = usize::from(*column == Column::Name);
            *width = (*width).max(cell.len() + slack);
        }
    }
    widths
}

/// Appends a line: numbers to the right, names to the left, no blanks after a name that ends the line.
fn line(layout: &Layout, widths: &[usize], cells: &[Cow<'_, str>], text: &mut String) {
    let count = cells.len();
    for (index, ((cell, width), column)) in cells.iter().zip(widths).zip(&layout.columns).enumerate() {
        let last = index + 1 == count;
        // A string takes everything that is written to it.
        let _ = match column {
            Column::Name if last => write!(text, "{cell}"),
            Column::Name => write!(text, "{cell:<width$}"),
            _ => write!(text, "{cell:>width$}"),
        };
        text.push(if last { '\n' } else { ' ' });
    }
}
