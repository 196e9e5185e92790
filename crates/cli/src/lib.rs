//! The command line of tracewell.
#![forbid(unsafe_code)]

pub mod config;

pub use config::Config;
