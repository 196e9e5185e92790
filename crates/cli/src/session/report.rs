//! The output: text or JSON, and the summary.

use super::{
    destination::{self, Opened},
    settings::Settings,
    thread::Pending,
};
use crate::config::{Clock, Config, Constants, Format, Hex, Precision, Style};
use decode::Value;
use output::{
    json,
    summary::{Layout, Summary, Taken},
    text::{self, CallLine, Ending, LineStyle, Lines, Naming, Streams, Who},
};
use std::{io, process::Child, time::Duration};
use tracer::{Event, Sums, Tid};

/// How long the reader of the trace is waited for once the tracer is to end.
const PATIENCE: Duration = Duration::from_millis(200);

/// How often it is looked whether it has ended.
const GLANCE: Duration = Duration::from_millis(2);

/// Where decoded events go.
pub struct Report {
    /// The format.
    pub format: Shown,
    /// The counts, if a summary was asked for.
    summary: Option<Summary>,
    reader: Option<Child>,
}

/// The format and its state.
pub enum Shown {
    /// Text.
    Text(Lines),
    /// JSON Lines.
    Json {
        /// Where they go.
        streams: Streams,
        /// A line before it goes.
        line: Vec<u8>,
    },
}

impl Report {
    /// Opens the output.
    ///
    /// # Errors
    /// The text for standard error.
    pub fn new(config: &Config, settings: &Settings) -> Result<Self, String> {
        let Opened { streams, reader } = destination::open(&config.output)?;
        let format = match config.output.format {
            Format::Text => {
                let mut lines = Lines::new(line_style(&config.style), streams);
                if let Some(naming) = settings.naming {
                    lines.name_threads(naming);
                }
                Shown::Text(lines)
            }
            Format::Json => Shown::Json { streams, line: Vec::new() },
        };
        let summary = config.summary.as_ref().map(|asked| {
            Summary::new(Layout {
                columns: asked.columns.clone(),
                sort: asked.sort,
                wall_clock: asked.wall_clock,
                overhead: asked.overhead.unwrap_or(0),
            })
        });
        Ok(Self { format, summary, reader })
    }

    /// Says how many threads there are, on which it depends whether lines name theirs.
    pub fn threads(&mut self, count: usize, settings: &Settings) {
        if let Shown::Text(lines) = &mut self.format
            && settings.naming.is_none()
            && settings.may_bracket
        {
            lines.name_threads(if count > 1 { Naming::Bracketed } else { Naming::None });
        }
    }

    /// Begins a call.
    pub fn begin(&mut self, who: &Who, pending: &mut Pending) {
        match &mut self.format {
            Shown::Text(lines) => lines.begin(who, &pending.line, &pending.name),
            Shown::Json { .. } => pending.record.begin(who.tid, &pending.name, &pending.call, who.at),
        }
    }

    /// Adds an argument of a call.
    pub fn argument(&mut self, line: &mut CallLine, record: &mut json::Record, name: &str, value: &Value<'_>) {
        match &mut self.format {
            Shown::Text(lines) => lines.argument(line, name, value),
            Shown::Json { .. } => record.argument(name, value),
        }
    }

    /// Ends what the entry can tell.
    pub fn pause(&mut self, who: &Who, pending: &mut Pending) {
        if let Shown::Text(lines) = &mut self.format {
            lines.pause(who, &mut pending.line);
        }
    }

    /// Goes on with a call at its exit.
    pub fn resume(&mut self, who: &Who, pending: &Pending) {
        if let Shown::Text(lines) = &mut self.format {
            lines.resume(who, &pending.line, &pending.name);
        }
    }

    /// Ends a call with its result.
    pub fn result(&mut self, who: &Who, line: CallLine, record: &mut json::Record, ending: &Ending<'_>) {
        match &mut self.format {
            Shown::Text(lines) => lines.result(who, line, ending),
            Shown::Json { streams, line } => {
                let end = json::End::Returned { at: who.at, ret: ending.ret, value: ending.value, note: ending.note };
                record.finish(&end, line);
                send(streams, who.tid, line);
            }
        }
    }

    /// Ends a call that will never come back.
    pub fn vanish(&mut self, who: &Who, mut pending: Pending) {
        let complete = pending.complete();
        match &mut self.format {
            Shown::Text(lines) => lines.vanish(who, pending.line, &pending.name, complete),
            Shown::Json { streams, line } => {
                pending.record.finish(&json::End::Unfinished, line);
                send(streams, who.tid, line);
            }
        }
    }

    /// Ends a call whose end the tracer will not see.
    pub fn abandon(&mut self, who: &Who, mut pending: Pending) {
        match &mut self.format {
            Shown::Text(lines) => lines.abandon(who, pending.line),
            Shown::Json { streams, line } => {
                pending.record.finish(&json::End::Unfinished, line);
                send(streams, who.tid, line);
            }
        }
    }

    /// Ends a call whose end was lost.
    pub fn break_off(&mut self, who: &Who, mut pending: Pending) {
        match &mut self.format {
            Shown::Text(lines) => lines.break_off(who, pending.line),
            Shown::Json { streams, line } => {
                pending.record.finish(&json::End::Unfinished, line);
                send(streams, who.tid, line);
            }
        }
    }

    /// Cuts the line of a thread that goes on under another id.
    pub fn cut(&mut self, former: Tid, tid: Tid) {
        if let Shown::Text(lines) = &mut self.format {
            lines.rename(former, tid);
        }
    }

    /// Reports anything that is not a call: its line in text, its record in JSON.
    pub fn event(&mut self, who: &Who, event: &Event<'_>, text: impl FnOnce(&mut Vec<u8>)) {
        match &mut self.format {
            Shown::Text(lines) => lines.line(who, text),
            Shown::Json { .. } => self.record(event),
        }
    }

    /// Writes a line that only text has.
    pub fn line(&mut self, who: &Who, text: impl FnOnce(&mut Vec<u8>)) {
        if let Shown::Text(lines) = &mut self.format {
            lines.line(who, text);
        }
    }

    /// Reports an event that has no line in text.
    pub fn record(&mut self, event: &Event<'_>) {
        if let Shown::Json { streams, line } = &mut self.format {
            json::event(event, line);
            send(streams, event.tid, line);
        }
    }

    /// Reports a signal.
    pub fn signal(&mut self, who: &Who, signal: i32, info: &Value<'_>, text: impl FnOnce(&mut Vec<u8>, text::Style)) {
        match &mut self.format {
            Shown::Text(lines) => {
                let style = lines.values();
                lines.line(who, |out| text(out, style));
            }
            Shown::Json { streams, line } => {
                json::signal(who.tid, who.at, signal, info, line);
                send(streams, who.tid, line);
            }
        }
    }

    /// Adds lines that belong to the line before.
    pub fn attachment(&mut self, tid: Tid, dump: &str) {
        if let Shown::Text(lines) = &mut self.format {
            lines.attachment(tid, dump.as_bytes());
        }
    }

    /// Counts a call for the summary.
    pub fn count(&mut self, call: &Taken<'_>) {
        if let Some(summary) = &mut self.summary {
            summary.count(call);
        }
    }

    /// Adds to the summary what a backend has counted.
    pub fn add(&mut self, number: u64, name: &str, sums: &Sums) {
        if let Some(summary) = &mut self.summary {
            summary.add(sums.abi, number, name, sums);
        }
    }

    /// The thread is gone.
    pub fn close(&mut self, tid: Tid) {
        self.streams().close(tid);
    }

    /// Writes out what was gathered.
    pub fn flush(&mut self) {
        self.streams().flush();
    }

    /// Writes out everything, the summary too, and waits for whoever reads it.
    pub fn finish(&mut self) {
        self.streams().finish();
        if let Some(summary) = self.summary.take() {
            match &mut self.format {
                Shown::Text(lines) => lines.streams().of(Tid(0)).add(summary.render().as_bytes(), None),
                Shown::Json { streams, line } => summary.counted().for_each(|counted| {
                    json::summary(&counted, line);
                    send(streams, Tid(0), line);
                }),
            }
            self.streams().flush();
        }
        if let Some(mut reader) = self.reader.take() {
            *self.streams() = Streams::shared(output::writer::Writer::closed());
            see_off(&mut reader);
        }
    }

    /// What went wrong since this was asked last.
    pub fn error(&mut self) -> Option<io::Error> {
        self.streams().error()
    }

    fn streams(&mut self) -> &mut Streams {
        match &mut self.format {
            Shown::Text(lines) => lines.streams(),
            Shown::Json { streams, .. } => streams,
        }
    }
}

fn send(streams: &mut Streams, tid: Tid, line: &mut Vec<u8>) {
    streams.of(tid).add(line, None);
    line.clear();
}

fn line_style(style: &Style) -> LineStyle {
    LineStyle {
        column: style.column,
        absolute: style.absolute.map(|absolute| absolute.precision.digits()),
        epoch: style.absolute.is_some_and(|absolute| absolute.clock == Clock::Unix),
        relative: style.relative.map(Precision::digits),
        duration: style.duration.map(Precision::digits),
        instruction_pointer: style.instruction_pointer,
        call_number: style.call_number,
        argument_names: style.argument_names,
        values: text::Style {
            hex: match style.hex {
                Hex::None => text::HexStrings::Never,
                Hex::NonAsciiChars => text::HexStrings::Characters,
                Hex::NonAscii => text::HexStrings::Binary,
                Hex::All => text::HexStrings::Always,
            },
            names: match style.constants {
                Constants::Raw => text::Names::Raw,
                Constants::Abbrev => text::Names::Abbreviated,
                Constants::Verbose => text::Names::Verbose,
            },
        },
    }
}

/// Waits until the reader of the trace has ended, whose status is its own affair; for a short time only, where the
/// tracer is to end.
fn see_off(reader: &mut Child) {
    let mut left = PATIENCE;
    while left > Duration::ZERO && matches!(reader.try_wait(), Ok(None)) {
        std::thread::sleep(GLANCE);
        if ptrace::end_is_asked() {
            left = left.saturating_sub(GLANCE);
        }
    }
}
