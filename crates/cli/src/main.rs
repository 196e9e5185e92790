//! The tracer's command.
#![forbid(unsafe_code)]

fn main() {}
