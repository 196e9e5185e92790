//! Sets of words: what can follow `-e status=`, `-e quiet=` and `-e decode-fds=`.

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

            /// The member with this name, in any case.
            pub(crate) fn by_word(word: &str) -> Option<Self> {
                Self::WORDS.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|(_, member)| *member)
            }

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
        EXIT = 1, ["exit", "exits"];
        /// `Requested path "…" resolved into "…"`.
        PATH_RESOLUTION = 2, ["path-resolution"];
        /// `[ Process PID=N runs in … mode. ]`.
        PERSONALITY = 3, ["personality"];
        /// `+++ superseded by execve in pid N +++`.
        THREAD_EXECVE = 4, ["thread-execve", "superseded"];
    }
}

word_set! {
    /// What is shown of processes (`-e decode-pids=`).
    Processes {
        /// The names of their commands.
        COMMAND = 0, ["comm"];
        /// Their ids in the tracer's PID namespace.
        NAMESPACE = 1, ["pidns"];
    }
}

word_set! {
    /// What is shown of descriptors (`-e decode-fds=`).
    Details {
        /// What they point to.
        PATH = 0, ["path"];
        /// The ends of sockets.
        SOCKET = 1, ["socket"];
        /// The numbers of devices.
        DEVICE = 2, ["dev"];
        /// The process of a pidfd.
        PIDFD = 3, ["pidfd"];
        /// The state of an eventfd.
        EVENTFD = 4, ["eventfd"];
        /// The signals of a signalfd.
        SIGNALFD = 5, ["signalfd"];
    }
}
