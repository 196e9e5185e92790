//! strace's text.

mod clock;
mod date;
mod descriptor;
mod dump;
mod lines;
mod quote;
mod streams;
mod style;
mod value;

pub use dump::dump;
pub use lines::{CallLine, Digits, Ending, LineStyle, Lines, Naming, Who};
pub use quote::{bracketed, quoted};
pub use streams::{Opener, Stream, Streams};
pub use style::{HexStrings, Names, Style};
pub use value::value;
