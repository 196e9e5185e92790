//! What of the configuration is asked for at each event.

use crate::config::{Config, Decode, Destination, Scope};
use abi::Abi;
use decode::Descriptors;
use filter::{Details, Filter, Quiet};
use output::text::Naming;

/// What of the configuration is asked for at each event.
pub struct Settings {
    /// The name that the tracer was called by.
    pub program: String,
    /// Which events are wanted.
    pub filter: Filter,
    /// Which messages are not.
    pub quiet: Quiet,
    /// How deep calls are looked into.
    pub decode: Decode,
    /// What messages call the output.
    pub output: String,
    /// How lines name their thread, where that does not depend on how many there are.
    pub naming: Option<Naming>,
    /// Whether the trace and messages go to the same place; lines name their thread in brackets while there are several.
    pub may_bracket: bool,
    /// Whether calls are printed at all.
    pub prints: bool,
    /// After how many calls everything is let go of.
    pub call_limit: Option<u64>,
}

impl Settings {
    /// Takes them out of the configuration.
    pub fn new(config: &Config) -> Self {
        let several = config.attach.len() + usize::from(config.command.is_some()) > 1;
        let to_stderr = config.output.destination == Destination::Stderr;
        Self {
            program: config.program.clone(),
            filter: config.filter.clone(),
            quiet: config.quiet,
            decode: config.decode.clone(),
            output: match &config.output.destination {
                Destination::Stderr => "standard error".into(),
                Destination::File(path) => path.display().to_string(),
                Destination::Pipe(command) => command.display().to_string(),
            },
            naming: if config.style.always_show_pid || (several && !to_stderr && !config.output.separate) {
                Some(Naming::Plain)
            } else {
                (to_stderr && config.scope != Scope::Asked).then_some(Naming::Bracketed)
            },
            may_bracket: to_stderr,
            call_limit: config.lifecycle.call_limit,
            prints: config.summary.as_ref().is_none_or(|summary| !summary.only),
        }
    }

    /// How deep a call is looked into.
    pub fn options(&self, abi: Abi, number: u64) -> decode::Options {
        decode::Options {
            limit: self.decode.string_limit,
            abbreviate: self.decode.abbrev.contains(abi, number),
            dereference: self.decode.verbose.contains(abi, number),
            descriptors: self.descriptors(),
            commands: self.decode.commands,
        }
    }

    /// What is looked up of descriptors.
    pub fn descriptors(&self) -> Descriptors {
        let details = self.decode.descriptors;
        Descriptors {
            paths: details.contains(Details::PATH),
            sockets: details.contains(Details::SOCKET),
            devices: details.contains(Details::DEVICE),
            processes: details.contains(Details::PIDFD),
            events: details.contains(Details::EVENTFD),
            signals: details.contains(Details::SIGNALFD),
        }
    }
}
