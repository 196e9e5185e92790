//! How text looks.

/// Which strings are shown in base 16.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HexStrings {
    /// None.
    #[default]
    Never,
    /// Those with a byte that is neither printable ASCII nor white space (`-x`).
    Binary,
    /// No string as a whole, but each byte that cannot be printed (`--strings-in-hex=non-ascii-chars`).
    Characters,
    /// All (`-xx`).
    Always,
}

/// How named constants are shown (`-X`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// By name.
    #[default]
    Abbreviated,
    /// By number.
    Raw,
    /// By number, with the name in a comment.
    Verbose,
}

/// The looks of values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Strings in base 16.
    pub hex: HexStrings,
    /// Constants by name or number.
    pub names: Names,
}
