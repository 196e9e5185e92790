//! JSON Lines: one record per call, signal and end of a thread, and per row of the summary.
//!
//! `docs/json.md` describes the records in words and `docs/trace.schema.json` as a JSON Schema. Everything is written
//! straight into a byte buffer; nothing is built in between.

mod descriptor;
mod event;
mod record;
mod strings;
mod summary;
mod value;
mod write;

pub use event::{event, signal};
pub use record::{End, Record};
pub use summary::summary;
pub use value::value;
