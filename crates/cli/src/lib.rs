//! The command line of tracewell.
#![forbid(unsafe_code)]

pub mod config;
mod session;

pub use config::Config;
pub use session::Session;
