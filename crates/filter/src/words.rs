//! Sets of words: what can follow `-e status=` and `-e quiet=`.

/// Makes a set type whose members are constants with names on the command line.
macro_rules! word_set {
    ($(#[$set_doc:meta])* $set:ident { $($(#[$doc:meta])* $name:ident = $bit:literal, [$($word:literal),+];)* }) => {
        $(#[$set_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $set(u32);

        impl $set {
            $($(#[$doc])* pub const $name: Self = Self(1 << $bit);)*
            /// No member.
            pub const NONE: Self = Self(0);
            /// Every member.
            pub const ALL: Self = Self(0 $(| 1 << $bit)*);
            /// The members by their names on the command line.
            pub const WORDS: &'static [(&'static str, Self)] = &[$($(($word, Self::$name)),+),*];

            /// Whether all of `other` belongs to the set.
            pub const fn contains(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Both together.
            pub const fn and(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// Every member that is not in this set.
            pub const fn inverted(self) -> Self {
                Self(Self::ALL.0 & !self.0)
            }
        }
    };
}

word_set! {
    /// How calls can end (`-e status=`).
    Statuses {
        /// The call returned without an error.
        SUCCESSFUL = 0, ["successful"];
        /// The call returned an error.
        FAILED = 1, ["failed"];
        /// The call never returned.
        UNFINISHED = 2, ["unfinished"];
        /// The call returned, but its result could not be had.
        UNAVAILABLE = 3, ["unavailable"];
        /// The tracer let go before the call returned.
        DETACHED = 4, ["detached"];
    }
}

word_set! {
    /// Messages that are not to be printed (`-e quiet=`).
    Quiet {
        /// `Process N attached`, `Process N detached`.
        ATTACH = 0, ["attach"];
        /// `+++ exited with N +++`.
        EXIT = 1, ["exit"];
        /// `Requested path "…" resolved into "…"`.
        PATH_RESOLUTION = 2, ["path-resolution"];
        /// `[ Process PID=N runs in … mode. ]`.
        PERSONALITY = 3, ["personality"];
        /// `+++ superseded by execve in pid N +++`.
        THREAD_EXECVE = 4, ["thread-execve", "superseded"];
    }
}
