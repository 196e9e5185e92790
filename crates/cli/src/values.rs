//! The values of options: numbers, times, names.

use crate::config::{Column, Daemonize, Interruptible, Precision};

/// A decimal number between bounds, blanks before it and a sign allowed, as the C library reads it.
pub(crate) fn number(text: &str, min: i64, max: i64) -> Option<i64> {
    text.trim_start_matches(blank).parse().ok().filter(|n| (min..=max).contains(n))
}

fn blank(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\x0b'
}

/// The process ids of a list, which commas and blanks separate; fails with the part that is none.
pub(crate) fn pids(text: &str) -> Result<Vec<i32>, &str> {
    let words = text.split([',', ' ', '\t', '\n']).filter(|word| !word.is_empty());
    words.map(|word| number(word, 1, i32::MAX.into()).and_then(|n| i32::try_from(n).ok()).ok_or(word)).collect()
}

/// The unit of a time, in any case.
pub(crate) fn precision(text: &str) -> Option<Precision> {
    const NAMES: [(&str, Precision); 4] =
        [("s", Precision::Seconds), ("ms", Precision::Millis), ("us", Precision::Micros), ("ns", Precision::Nanos)];
    NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, precision)| *precision)
}

/// A time in nanoseconds: a number with a unit; microseconds without one.
pub(crate) fn duration(text: &str) -> Option<u64> {
    let text = text.trim_start_matches(blank);
    let (number, unit) = split_unit(text);
    let nanos = match unit {
        "s" => 1e9,
        "ms" => 1e6,
        "us" | "" => 1e3,
        "ns" => 1.0,
        _ => return None,
    };
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) {
        return None;
    }
    let value: f64 = number.parse().ok()?;
    // Numbers too large or too small to be told from nothing are refused as the C library does.
    let vanished = value == 0.0 && number.split(['e', 'E']).next()?.bytes().any(|b| (b'1'..=b'9').contains(&b));
    (value >= 0.0 && value.is_finite() && !vanished).then_some((value * nanos) as u64)
}

/// Splits the letters at its end off a number.
fn split_unit(text: &str) -> (&str, &str) {
    let end = text.trim_end_matches(|c: char| c.is_ascii_lowercase() && c != 'e').len();
    text.split_at(end)
}

/// Which signals end the tracer, by number or name.
pub(crate) fn interruptible(text: &str) -> Option<Interruptible> {
    use Interruptible::{Anywhere, Never, NeverStopped, Waiting};
    const NAMES: [(&str, Interruptible); 4] =
        [("anywhere", Anywhere), ("waiting", Waiting), ("never", Never), ("never_tstp", NeverStopped)];
    let by_name = || NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, value)| *value);
    let by_number = number(text, 1, 4).and_then(|n| NAMES.get(usize::try_from(n - 1).ok()?)).map(|(_, value)| *value);
    by_number.or_else(by_name)
}

/// How far the tracer moves away, by name.
pub(crate) fn daemonize(text: &str) -> Option<Daemonize> {
    const NAMES: [(&str, Daemonize); 4] = [
        ("grandchild", Daemonize::Grandchild),
        ("pgroup", Daemonize::Group),
        ("pgrp", Daemonize::Group),
        ("session", Daemonize::Session),
    ];
    NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, value)| *value)
}

/// The columns of the summary by all their names.
#[rustfmt::skip]
const COLUMNS: &[(Column, &[&str])] = &[
    (Column::TimePercent, &["time-percent", "time"]),
    (Column::TotalTime, &["total-time", "time-total"]),
    (Column::MinTime, &["min-time", "shortest", "time-min"]),
    (Column::MaxTime, &["max-time", "longest", "time-max"]),
    (Column::AverageTime, &["avg-time", "time-avg"]),
    (Column::WallTotal, &["wall-total", "total-wall"]),
    (Column::WallMin, &["wall-min", "min-wall"]),
    (Column::WallMax, &["wall-max", "max-wall"]),
    (Column::WallAverage, &["wall-avg", "avg-wall"]),
    (Column::Calls, &["calls", "count"]),
    (Column::Errors, &["errors", "error"]),
    (Column::Name, &["name", "syscall", "syscall-name"]),
];

/// The column with this name.
pub(crate) fn column(text: &str) -> Option<Column> {
    COLUMNS.iter().find(|(_, names)| names.contains(&text)).map(|(column, _)| *column)
}

/// What a summary is sorted by: a column, or `Some(None)` for nothing.
pub(crate) fn sort_by(text: &str) -> Option<Option<Column>> {
    match text {
        "nothing" | "none" => Some(None),
        other => column(other).map(Some),
    }
}
