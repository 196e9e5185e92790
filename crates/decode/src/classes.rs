//! The classes of `-e trace=%…`.

use std::ops::BitOr;

/// A set of classes to which a call belongs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $text:literal;)*) => {
        impl Classes {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*

            /// The classes by the names that follow `%` on the command line.
            pub const NAMES: &'static [(&'static str, Self)] = &[$(($text, Self::$name)),*];
        }
    };
}

classes! {
    /// Calls that take a file name.
    FILE = 0, "file";
    /// Calls that work on descriptors.
    DESC = 1, "desc";
    /// Calls about processes: fork, exec, wait, exit.
    PROCESS = 2, "process";
    /// Network calls.
    NETWORK = 3, "network";
    /// Calls about signals.
    SIGNAL = 4, "signal";
    /// System V inter-process communication.
    IPC = 5, "ipc";
    /// Memory mappings.
    MEMORY = 6, "memory";
    /// User and group ids, capabilities.
    CREDS = 7, "creds";
    /// stat and its variants.
    STAT = 8, "stat";
    /// lstat and its variants.
    LSTAT = 9, "lstat";
    /// fstat, fstatat, statx and their variants.
    FSTAT = 10, "fstat";
    /// statfs and its variants.
    STATFS = 11, "statfs";
    /// fstatfs and its variants.
    FSTATFS = 12, "fstatfs";
    /// Clocks.
    CLOCK = 13, "clock";
    /// Calls that always succeed and have no arguments.
    PURE = 14, "pure";
    /// All of `stat`, `lstat`, `fstat`.
    ANY_STAT = 15, "%stat";
    /// All of `statfs`, `fstatfs`, `ustat`.
    ANY_STATFS = 16, "%statfs";
}

impl Classes {
    /// No class.
    pub const NONE: Self = Self(0);

    /// Whether the two have a class in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The class with this name (without its first `%`), the short forms `net`, `network` and others included.
    pub fn by_name(name: &str) -> Option<Self> {
        let name = match name {
            "net" => "network",
            other => other,
        };
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, class)| *class)
    }
}

impl BitOr for Classes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.and(other)
    }
}
