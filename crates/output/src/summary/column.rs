//! The columns of the summary and the names that `-U` and `-S` have for them.

use std::fmt;

/// A column of the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The share of all time in percent.
    TimePercent,
    /// All time.
    TotalTime,
    /// The shortest call.
    MinTime,
    /// The longest call.
    MaxTime,
    /// The mean.
    AverageTime,
    /// All time by the clock on the wall.
    WallTotal,
    /// The shortest call by the clock on the wall.
    WallMin,
    /// The longest call by the clock on the wall.
    WallMax,
    /// The mean by the clock on the wall.
    WallAverage,
    /// How many calls.
    Calls,
    /// How many failed.
    Errors,
    /// The call's name.
    Name,
}

/// The columns where `-U` does not say otherwise.
pub const DEFAULT_COLUMNS: [Column; 6] =
    [Column::TimePercent, Column::TotalTime, Column::AverageTime, Column::Calls, Column::Errors, Column::Name];

/// The names of columns, synonyms included.
const NAMES: [(&str, Column); 27] = [
    ("time-percent", Column::TimePercent),
    ("time", Column::TimePercent),
    ("total-time", Column::TotalTime),
    ("time-total", Column::TotalTime),
    ("min-time", Column::MinTime),
    ("time-min", Column::MinTime),
    ("shortest", Column::MinTime),
    ("max-time", Column::MaxTime),
    ("time-max", Column::MaxTime),
    ("longest", Column::MaxTime),
    ("avg-time", Column::AverageTime),
    ("time-avg", Column::AverageTime),
    ("wall-total", Column::WallTotal),
    ("total-wall", Column::WallTotal),
    ("wall-min", Column::WallMin),
    ("min-wall", Column::WallMin),
    ("wall-max", Column::WallMax),
    ("max-wall", Column::WallMax),
    ("wall-avg", Column::WallAverage),
    ("avg-wall", Column::WallAverage),
    ("calls", Column::Calls),
    ("count", Column::Calls),
    ("errors", Column::Errors),
    ("error", Column::Errors),
    ("name", Column::Name),
    ("syscall", Column::Name),
    ("syscall-name", Column::Name),
];

/// Why a list of columns cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnError {
    /// There is no column of this name.
    Unknown(String),
    /// A column stands there twice.
    Twice {
        /// The name by which it was asked for again.
        name: String,
        /// The list from there on.
        residual: String,
    },
}

impl fmt::Display for ColumnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name) => write!(f, "unknown column name: '{name}'"),
            Self::Twice { name, residual } => write!(
                f,
                "call summary column has been provided more than once: '{name}' (-U option residual: '{residual}')"
            ),
        }
    }
}

impl std::error::Error for ColumnError {}

impl Column {
    /// The column of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|(n, _)| *n == name).map(|(_, column)| *column)
    }
}

/// The argument of `-U`: names separated by commas.
///
/// # Errors
/// When a name is unknown or a column stands there twice.
pub fn parse_columns(list: &str) -> Result<Vec<Column>, ColumnError> {
    let mut columns = Vec::new();
    let mut residual = list;
    loop {
        let (name, rest) = residual.split_once(',').map_or((residual, None), |(name, rest)| (name, Some(rest)));
        let column = Column::by_name(name).ok_or_else(|| ColumnError::Unknown(name.to_owned()))?;
        if columns.contains(&column) {
            return Err(ColumnError::Twice { name: name.to_owned(), residual: residual.to_owned() });
        }
        columns.push(column);
        match rest {
            Some(rest) => residual = rest,
            None => return Ok(columns),
        }
    }
}

/// The argument of `-S`: a column's name (`Some(Some(…))`) or `nothing` (`Some(None)`); `None` when it is neither.
pub fn parse_sort(name: &str) -> Option<Option<Column>> {
    match name {
        "nothing" | "none" => Some(None),
        _ => Column::by_name(name).map(Some),
    }
}
