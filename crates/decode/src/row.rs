//! A system call as data.

use crate::{Classes, Cx, Kind};
use abi::Abi;

/// When an argument's memory says what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dir {
    /// At the entry: the kernel reads it.
    In,
    /// At the exit: the kernel has written it. On failure only its address is shown.
    Out,
    /// At both: what it was at the entry is kept by [`Kind::keep`].
    InOut,
}

/// An argument of a [`Row`].
pub struct Arg {
    /// The name, as JSON shows it.
    pub name: &'static str,
    /// When it is decoded.
    pub direction: Dir,
    /// How it is decoded.
    pub kind: &'static dyn Kind,
    /// When the call has this argument at all; `None` for always.
    pub when: Option<fn(&Cx<'_>) -> bool>,
}

/// A system call: everything that is known about it.
pub struct Row {
    /// Its name.
    pub name: &'static str,
    /// Its arguments.
    pub args: &'static [Arg],
    /// What it returns.
    pub ret: &'static dyn Kind,
    /// Its classes.
    pub classes: Classes,
}

impl Row {
    /// How many words its arguments take.
    pub fn words(&self, abi: Abi) -> usize {
        let taken = self.args.iter().enumerate().filter(|(_, arg)| arg.kind.words(abi) > 0);
        taken.map(|(index, arg)| arg.kind.word(abi, index) + arg.kind.words(abi)).max().unwrap_or(0)
    }
}

/// Makes a table of [`Row`]s:
///
/// ```text
/// calls! {
///     openat(dfd: in DirFd, filename: in Path, flags: in OpenFlags, mode: in Mode => if_creates) -> Fd, [FILE DESC];
/// }
/// ```
///
/// `in`, `out` and `inout` are directions; a kind is any constant expression; `=> function` states when the argument
/// exists; the classes stand in brackets.
#[macro_export]
macro_rules! calls {
    ($($name:ident ( $($arg:ident : $dir:tt $kind:expr $(=> $when:expr)?),* $(,)? ) -> $ret:expr , [$($class:ident)*];)*) => {
        &[$($crate::Row {
            name: $crate::argument_name!($name),
            args: &[$($crate::Arg {
                name: $crate::argument_name!($arg),
                direction: $crate::direction!($dir),
                kind: &$kind,
                when: $crate::condition!($($when)?),
            }),*],
            ret: &$ret,
            classes: $crate::Classes::NONE$(.and($crate::Classes::$class))*,
        }),*]
    };
}

/// The name of a call or an argument without the `r#` of a keyword.
#[doc(hidden)]
#[macro_export]
macro_rules! argument_name {
    (r#type) => {
        "type"
    };
    (r#in) => {
        "in"
    };
    (r#fn) => {
        "fn"
    };
    (r#break) => {
        "break"
    };
    ($name:ident) => {
        stringify!($name)
    };
}

/// The direction that a row's keyword means.
#[doc(hidden)]
#[macro_export]
macro_rules! direction {
    (in) => {
        $crate::Dir::In
    };
    (out) => {
        $crate::Dir::Out
    };
    (inout) => {
        $crate::Dir::InOut
    };
}

/// The condition of an argument.
#[doc(hidden)]
#[macro_export]
macro_rules! condition {
    () => {
        None
    };
    ($when:expr) => {
        Some($when)
    };
}
