//! The way of an event: filter, decode, output.

mod calls;
mod destination;
mod dumps;
mod events;
mod parts;
mod report;
mod settings;
mod show;
mod thread;
mod threads;

use crate::Config;
use bumpalo::Bump;
use decode::calls::Table;
use report::Report;
use settings::Settings;
use threads::Threads;
use tracer::{Event, Flow, Sink, Sums, Tracee, What};

/// Everything between a backend and the output.
pub struct Session {
    settings: Settings,
    tables: [Table; 3],
    threads: Threads,
    report: Report,
    arena: Bump,
    /// How many calls have been traced.
    traced: u64,
    /// What went wrong with the output, once it has.
    failure: Option<String>,
}

impl Session {
    /// Opens the output.
    ///
    /// # Errors
    /// When the output cannot be opened; the text says what and why.
    pub fn new(config: &Config) -> Result<Self, String> {
        let settings = Settings::new(config);
        Ok(Self {
            tables: abi::Abi::ALL.map(Table::new),
            threads: Threads::new(config.command.as_ref().is_some_and(|command| command.daemonize.is_none())),
            report: Report::new(config, &settings)?,
            arena: Bump::new(),
            traced: 0,
            failure: None,
            settings,
        })
    }

    /// Whether as many calls have been traced as were asked for (`--syscall-limit`).
    pub fn is_done(&self) -> bool {
        self.settings.call_limit.is_some_and(|limit| self.traced >= limit)
    }

    /// Writes out what is left, the summary too, and waits for whoever reads the output.
    ///
    /// # Errors
    /// When something could not be written, now or before.
    pub fn finish(mut self) -> Result<(), String> {
        self.report.finish();
        self.notice_failure();
        self.failure.map_or(Ok(()), Err)
    }

    /// Keeps the first thing that went wrong with the output.
    fn notice_failure(&mut self) {
        if let (None, Some(error)) = (&self.failure, self.report.error()) {
            let reason = destination::reason(&error);
            // A file that could not be opened is named by the reason.
            let named = error.get_ref().is_some();
            self.failure = Some(if named { reason } else { format!("{}: {reason}", self.settings.output) });
        }
    }

    /// Writes a message to standard error, after the tracer's name.
    fn say(&mut self, text: &str) {
        self.catch_up();
        ptrace::say(&format!("{}: {text}", self.settings.program));
    }

    /// Writes out what comes before a message, where both go to the same place.
    fn catch_up(&mut self) {
        if self.settings.may_bracket {
            self.report.flush();
        }
    }

    /// What to do next, as far as the output is concerned.
    fn flow(&mut self) -> Flow {
        self.notice_failure();
        if self.failure.is_some() { Flow::End } else { Flow::Continue }
    }
}

impl Sink for Session {
    fn event(&mut self, event: &Event<'_>, tracee: &dyn Tracee) -> Flow {
        if self.settings.decode.commands
            && let Some(command) = tracee.command()
        {
            self.threads.entry(event.tid).command = Some(command);
        }
        let wanted = match event.what {
            What::Enter(call) => self.enter(event, call, tracee),
            What::Exit(ret) => self.exit(event, ret, tracee),
            _ => {
                self.other(event, tracee);
                Flow::Continue
            }
        };
        self.arena.reset();
        match self.flow() {
            Flow::Continue => wanted,
            end => end,
        }
    }

    fn idle(&mut self) -> Flow {
        self.report.flush();
        self.flow()
    }

    fn sums(&mut self, sums: &Sums) {
        self.add_sums(sums);
    }

    fn notice(&mut self, line: &str) {
        self.say(line);
    }
}
