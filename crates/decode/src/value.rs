//! What a decoder returns: typed values, of which text and JSON are two renderings.

use abi::Set;
use tracer::{CommandName, Detail};

/// A decoded value. It lives in the arena of its call.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// Nothing is shown, not even a comma: an argument that this call does not have.
    Omitted,
    /// A signed number, decimal.
    Signed(i64),
    /// An unsigned number, decimal.
    Unsigned(u64),
    /// A number that reads best in base 16: `0x10`, and `0` for zero.
    Hex(u64),
    /// Permission bits: base 8 with at least three digits, `000`, `022`, `0644`.
    Octal(u64),
    /// An address: `0x7ffe…`, `NULL` for zero.
    Address(u64),
    /// A non-null address whose memory could not be read, or was not to be.
    Unreadable(u64),
    /// Bits with the set that names them.
    Flags {
        /// The bits.
        value: u64,
        /// Their names.
        set: &'static Set,
    },
    /// One constant of a set.
    Const {
        /// The value.
        value: u64,
        /// Its names.
        set: &'static Set,
    },
    /// A number with a name that stands in no set.
    Named {
        /// The number.
        value: u64,
        /// Its name.
        name: &'a str,
    },
    /// A number made of several parts: text joins those that show something with `|`.
    Bits {
        /// The whole number.
        value: u64,
        /// The parts, in the order of printing.
        parts: &'a [Self],
    },
    /// A number made of several parts, each a number in its own right: like [`Value::Bits`], but where text shows
    /// numbers (`-X`) it shows each part by itself.
    Joined {
        /// The whole number.
        value: u64,
        /// The parts, in the order of printing.
        parts: &'a [Self],
    },
    /// A value by its names whatever `-X` says: beside a number, or in a note.
    Spelled(&'a Self),
    /// A value in two forms, where a plain number with a name does not do: `-X` tells which of them text shows.
    Either {
        /// The number as the call has it; [`Value::Omitted`] where there is nothing to be shown in its place.
        raw: &'a Self,
        /// What it means.
        meaning: &'a Self,
    },
    /// A string or a buffer.
    Bytes {
        /// The bytes that were fetched.
        bytes: &'a [u8],
        /// Whether there was more than what `bytes` holds.
        more: bool,
        /// How text quotes them.
        quote: Quote,
    },
    /// A file descriptor.
    Descriptor {
        /// Its number.
        fd: i32,
        /// What it points to, where that was asked for and known.
        target: Option<&'a [u8]>,
        /// What it is, where that was asked for and known: said in place of what it points to, or after it.
        detail: Option<&'a Detail>,
    },
    /// A process or thread.
    Process {
        /// Its id.
        id: i32,
        /// The name of its command, where that was asked for and known.
        command: Option<&'a CommandName>,
    },
    /// A structure: `{a=1, b=2}`.
    Struct {
        /// Its fields.
        fields: &'a [Field<'a>],
        /// Whether there are fields that were left out, shown as `...`.
        more: bool,
    },
    /// A list: `[1, 2]`.
    Array {
        /// Its elements.
        items: &'a [Self],
        /// Whether there are elements that were left out, shown as `...`.
        more: bool,
    },
    /// An unordered choice, written with blanks: `[INT TERM]`, `~[KILL STOP]`.
    Choice {
        /// The members.
        items: &'a [Self],
        /// Whether these are the members that are *not* chosen.
        inverted: bool,
    },
    /// What a pointer points to, where that is not a structure, list or string: `[5]`.
    Pointee(&'a Self),
    /// What the call changed: `before => after`.
    Changed(&'a Self, &'a Self),
    /// A value in the guise of a macro or function: `makedev(0x8, 0x1)`, `htons(80)`.
    Call {
        /// The macro or function.
        name: &'static str,
        /// What it is called with.
        items: &'a [Self],
        /// Which of `items` is the meaning of the whole; `None` for all of them.
        main: Option<usize>,
    },
    /// A value and what it means in passing: `0x7ffc… /* 23 vars */`.
    Commented(&'a Self, &'a str),
    /// A value and what is to be known before it is read: `/* bytes 24..31 */ "\x01"`.
    Prefaced(&'a str, &'a Self),
    /// A point in time and its date: `{tv_sec=5, tv_nsec=6} /* 1970-01-01T00:00:05.000000006+0000 */`.
    Dated {
        /// The value as the call has it.
        value: &'a Self,
        /// Seconds since the epoch.
        seconds: i64,
        /// What comes on top of them, less than a second; text shows none when it is 0.
        nanoseconds: u32,
        /// With how many digits text shows `nanoseconds`: 6 or 9.
        digits: u8,
    },
    /// A number that is shifted into its place: `21<<MFD_HUGE_SHIFT`; the name is that of the shift.
    Shifted(&'a Self, &'static str),
    /// A number as so many of a unit: `8192*1024`, limits of bytes.
    Multiple {
        /// How many.
        count: u64,
        /// Of what.
        unit: u64,
    },
    /// A number in base 16 with at least so many digits: `0x0fffff`.
    Padded {
        /// The number.
        value: u64,
        /// How many digits.
        digits: u8,
    },
    /// A value after the word that says what it is: `flags O_RDONLY`, `left {tv_sec=1, tv_nsec=2}`.
    Titled(&'static str, &'a Self),
    /// A value with its name before it even where a call's arguments have none: `flags=SIGCHLD`.
    Labelled(&'a str, &'a Self),
    /// An element of an array behind its index, which may have a name: `[VMIN]=1`.
    Subscripted(&'a Self, &'a Self),
    /// Several arguments of a call behind one word: each is shown as if it were passed by itself.
    Arguments(&'a [Field<'a>]),
    /// Several values in a row, as they are, separated by `, `: an argument that says more than one thing.
    Sequence(&'a [Self]),
    /// A word of the field without a number: `Timeout`.
    Word(&'a str),
    /// The status that wait4 and its kin report: `[{WIFEXITED(s) && WEXITSTATUS(s) == 0}]` (without the brackets).
    WaitStatus(u32),
}

/// A field of [`Value::Struct`].
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// The field's name.
    pub name: &'static str,
    /// Its value.
    pub value: Value<'a>,
    /// Whether text leaves out `name=`.
    pub bare: bool,
}

impl<'a> Field<'a> {
    /// A field shown as `name=value`.
    pub const fn new(name: &'static str, value: Value<'a>) -> Self {
        Self { name, value, bare: false }
    }

    /// A field of which text shows the value only; JSON still has the name.
    pub const fn bare(name: &'static str, value: Value<'a>) -> Self {
        Self { name, value, bare: true }
    }
}

/// How text quotes [`Value::Bytes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quote {
    /// A NUL-terminated string (the NUL is not among the bytes).
    String,
    /// A buffer of known length.
    Buffer,
    /// A string that may end with its NUL, which is among the bytes then: it is left out but where text shows all bytes in
    /// base 16.
    Terminated,
    /// Such a string in an attribute of netlink(7).
    Attribute,
    /// A buffer of which text shows every byte as `\x..`.
    Binary,
    /// A path: a string to which `-x` and `-xx` apply but no limit.
    Path,
    /// The name of a socket in the abstract namespace, its leading NUL included (unix(7)): `@"name"`.
    Abstract,
}
