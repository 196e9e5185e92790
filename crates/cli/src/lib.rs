//! The command line of tracewell.
#![forbid(unsafe_code)]

pub mod config;
pub mod quick;
mod run;
mod session;

pub use config::Config;
pub use run::run;
pub use session::Session;
