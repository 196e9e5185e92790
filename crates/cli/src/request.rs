//! What options ask for, one by one, before they are looked at together.

use crate::{
    Failure,
    config::{Backend, Clock, Column, Constants, Daemonize, Format, Hex, Interruptible, Precision, Wakeup},
    parse::Given,
    values,
};
use filter::{CallSet, Details, Filter, NumberSet, Processes, Qualifier, Quiet, Statuses};
use std::{ffi::OsString, os::unix::ffi::OsStrExt, path::PathBuf};

/// The longest strings that can be asked for: above it their escaped forms would not fit into a 32-bit length.
const MAX_STRING: i64 = u32::MAX as i64 / 4;

/// What the options so far ask for. An option that can be given in two ways counts its short form here and keeps
/// the long form apart: the two cannot be given together.
#[derive(Debug)]
pub(crate) struct Request {
    /// `--backend`.
    pub backend: Backend,
    /// `--ring-size`, in MiB.
    pub ring: Option<u32>,
    pub attach: Vec<i32>,
    pub all: bool,
    pub cgroup: Option<PathBuf>,
    pub follow: u32,
    pub follow_deprecated: bool,
    pub separately: bool,
    pub output: Option<OsString>,
    pub append: bool,
    pub format: Format,
    pub environment: Vec<(OsString, Option<OsString>)>,
    pub user: Option<String>,
    pub argv0: Option<OsString>,
    pub daemonize_count: u32,
    pub daemonize: Option<Daemonize>,
    pub interruptible: Option<Interruptible>,
    pub kill_on_exit: bool,
    /// `--seccomp-bpf`.
    pub filter_in_kernel: bool,
    pub detach_on_execve: bool,
    pub call_limit: Option<u64>,
    pub wakeup: Wakeup,
    pub filter: Filter,
    /// Whether `-e trace=` leaves nothing out.
    pub every_call: bool,
    pub status_shortcuts: u32,
    pub quiet_count: u32,
    pub quiet: Option<Quiet>,
    pub string_limit: usize,
    pub abbrev: CallSet,
    pub verbose: CallSet,
    pub raw: CallSet,
    pub read: NumberSet,
    pub write: NumberSet,
    pub details_count: u32,
    pub details: Option<Details>,
    /// `-Y`, `--decode-pids=comm`.
    pub commands: bool,
    pub column: usize,
    pub hex_count: u32,
    pub hex: Option<Hex>,
    pub constants: Constants,
    pub absolute_count: u32,
    pub absolute: Option<Timestamps>,
    pub relative: Option<Precision>,
    pub duration: Option<Precision>,
    pub instruction_pointer: bool,
    pub call_number: bool,
    pub argument_names: bool,
    pub always_show_pid: bool,
    pub summary_only: bool,
    pub summary: bool,
    pub sort: Option<Option<Column>>,
    pub columns: Option<Vec<Column>>,
    pub wall_clock: bool,
    pub overhead: Option<u64>,
}

/// What `--absolute-timestamps` asks for so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timestamps {
    /// How they are written, if at all.
    pub clock: Option<Clock>,
    /// How exactly.
    pub precision: Precision,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            backend: Backend::Ptrace,
            ring: None,
            attach: Vec::new(),
            all: false,
            cgroup: None,
            follow: 0,
            follow_deprecated: false,
            separately: false,
            output: None,
            append: false,
            format: Format::Text,
            environment: Vec::new(),
            user: None,
            argv0: None,
            daemonize_count: 0,
            daemonize: None,
            interruptible: None,
            kill_on_exit: false,
            filter_in_kernel: false,
            detach_on_execve: false,
            call_limit: None,
            wakeup: Wakeup::Auto,
            filter: Filter::default(),
            every_call: true,
            status_shortcuts: 0,
            quiet_count: 0,
            quiet: None,
            string_limit: 32,
            abbrev: CallSet::ALL,
            verbose: CallSet::ALL,
            raw: CallSet::NONE,
            read: NumberSet::NONE,
            write: NumberSet::NONE,
            details_count: 0,
            details: None,
            commands: false,
            column: 40,
            hex_count: 0,
            hex: None,
            constants: Constants::Abbrev,
            absolute_count: 0,
            absolute: None,
            relative: None,
            duration: None,
            instruction_pointer: false,
            call_number: false,
            argument_names: false,
            always_show_pid: false,
            summary_only: false,
            summary: false,
            sort: None,
            columns: None,
            wall_clock: false,
            overhead: None,
        }
    }
}

/// What a setter returns.
pub(crate) type Outcome = Result<(), Failure>;

// How each option changes a request. The table in `flags` names one of these for each.
impl Request {
    /// `-e EXPR`.
    pub(crate) fn qualify(&mut self, given: &Given) -> Outcome {
        self.apply(Qualifier::parse(&given.text())?)
    }

    /// `--trace=SET` and its kin: the option's name is the qualifier.
    pub(crate) fn qualify_by_name(&mut self, given: &Given) -> Outcome {
        let expression = format!("{}={}", given.long, given.text());
        self.apply(Qualifier::parse(&expression)?)
    }

    fn apply(&mut self, qualifier: Qualifier) -> Outcome {
        match qualifier {
            Qualifier::Trace(calls) => {
                self.every_call = calls.is_all();
                self.filter.trace_only(calls);
            }
            Qualifier::TraceDescriptors(set) => self.filter.descriptors = Some(set),
            Qualifier::Abbrev(calls) => self.abbrev = calls,
            Qualifier::Verbose(calls) => self.verbose = calls,
            Qualifier::Raw(calls) => self.raw = calls,
            Qualifier::Signal(set) => self.filter.signals = set,
            Qualifier::Read(set) => self.read = set,
            Qualifier::Write(set) => self.write = set,
            Qualifier::Status(set) => self.filter.statuses = set,
            Qualifier::Quiet(set) => self.quiet = Some(set),
            Qualifier::Details(set) => self.details = Some(set),
            Qualifier::Processes(set) => self.commands = set.contains(Processes::COMMAND),
        }
        Ok(())
    }

    /// `-a`.
    pub(crate) fn column(&mut self, given: &Given) -> Outcome {
        self.column = given.number(0, i32::MAX.into())?;
        Ok(())
    }

    /// `-A`.
    pub(crate) fn append(&mut self, _: &Given) -> Outcome {
        self.append = true;
        Ok(())
    }

    /// `-b`.
    pub(crate) fn detach_on(&mut self, given: &Given) -> Outcome {
        let call = given.text();
        if call != "execve" {
            return Err(Failure::plain(format!("Syscall '{call}' for -b isn't supported")));
        }
        self.detach_on_execve = true;
        Ok(())
    }

    /// `-c`.
    pub(crate) fn summary_only(&mut self, _: &Given) -> Outcome {
        self.summary_only = true;
        self.check_summary()
    }

    /// `-C`.
    pub(crate) fn summary(&mut self, _: &Given) -> Outcome {
        self.summary = true;
        self.check_summary()
    }

    fn check_summary(&self) -> Outcome {
        if self.summary_only && self.summary {
            return Err(Failure::usage("-c/--summary-only and -C/--summary are mutually exclusive"));
        }
        Ok(())
    }

    /// `-D` and `--daemonize`.
    pub(crate) fn daemonize(&mut self, given: &Given) -> Outcome {
        if given.short {
            self.daemonize_count += 1;
            return Ok(());
        }
        self.daemonize = Some(given.choice_or(Daemonize::Grandchild, values::daemonize)?);
        Ok(())
    }

    /// `-E`.
    pub(crate) fn environment(&mut self, given: &Given) -> Outcome {
        let text = given.value.as_os_str();
        let change = match text.as_bytes().iter().position(|b| *b == b'=') {
            Some(at) => {
                let (name, value) = text.as_bytes().split_at(at);
                (os(name), Some(os(&value[1..])))
            }
            None => (text.to_owned(), None),
        };
        self.environment.push(change);
        Ok(())
    }

    /// `-f`.
    pub(crate) fn follow(&mut self, _: &Given) -> Outcome {
        self.follow += 1;
        Ok(())
    }

    /// `-F`.
    pub(crate) fn follow_deprecated(&mut self, _: &Given) -> Outcome {
        self.follow_deprecated = true;
        Ok(())
    }

    /// `--output-separately`.
    pub(crate) fn separately(&mut self, _: &Given) -> Outcome {
        self.separately = true;
        Ok(())
    }

    /// `-i`.
    pub(crate) fn instruction_pointer(&mut self, _: &Given) -> Outcome {
        self.instruction_pointer = true;
        Ok(())
    }

    /// `-I`.
    pub(crate) fn interruptible(&mut self, given: &Given) -> Outcome {
        self.interruptible = Some(given.choice(values::interruptible)?);
        Ok(())
    }

    /// `--kill-on-exit`.
    pub(crate) fn kill_on_exit(&mut self, _: &Given) -> Outcome {
        self.kill_on_exit = true;
        Ok(())
    }

    /// `--seccomp-bpf`.
    pub(crate) fn filter_in_kernel(&mut self, _: &Given) -> Outcome {
        self.filter_in_kernel = true;
        Ok(())
    }

    /// `--syscall-limit`.
    pub(crate) fn call_limit(&mut self, given: &Given) -> Outcome {
        self.call_limit = Some(given.number(1, i64::MAX)?);
        Ok(())
    }

    /// `-n`.
    pub(crate) fn call_number(&mut self, _: &Given) -> Outcome {
        self.call_number = true;
        Ok(())
    }

    /// `-N`.
    pub(crate) fn argument_names(&mut self, _: &Given) -> Outcome {
        self.argument_names = true;
        Ok(())
    }

    /// `-o`.
    pub(crate) fn output(&mut self, given: &Given) -> Outcome {
        self.output = Some(given.value.clone());
        Ok(())
    }

    /// `--format`.
    pub(crate) fn format(&mut self, given: &Given) -> Outcome {
        self.format = given.choice(|text| match text {
            "text" => Some(Format::Text),
            "json" => Some(Format::Json),
            _ => None,
        })?;
        Ok(())
    }

    /// `--wakeup`.
    pub(crate) fn wakeup(&mut self, given: &Given) -> Outcome {
        self.wakeup = given.choice(|text| match text {
            "auto" => Some(Wakeup::Auto),
            "sleep" => Some(Wakeup::Sleep),
            "spin" => Some(Wakeup::Spin),
            "latency" => Some(Wakeup::Latency),
            _ => None,
        })?;
        Ok(())
    }

    /// `--backend`.
    pub(crate) fn backend(&mut self, given: &Given) -> Outcome {
        match &*given.text() {
            "ptrace" => self.backend = Backend::Ptrace,
            "ebpf" => self.backend = Backend::Ebpf,
            "auto" => self.backend = Backend::Auto,
            _ => return Err(given.invalid()),
        }
        Ok(())
    }

    /// `--all`.
    pub(crate) fn all(&mut self, _: &Given) -> Outcome {
        self.all = true;
        Ok(())
    }

    /// `--cgroup`.
    pub(crate) fn cgroup(&mut self, given: &Given) -> Outcome {
        self.cgroup = Some(PathBuf::from(&given.value));
        Ok(())
    }

    /// `--ring-size`.
    pub(crate) fn ring(&mut self, given: &Given) -> Outcome {
        self.ring = Some(given.number(1, 1024)?);
        Ok(())
    }

    /// `-O`.
    pub(crate) fn overhead(&mut self, given: &Given) -> Outcome {
        self.overhead = Some(given.choice(values::duration)?);
        Ok(())
    }

    /// `-p`.
    pub(crate) fn attach(&mut self, given: &Given) -> Outcome {
        let text = given.text();
        let pids = values::pids(&text).map_err(|word| Failure::plain(format!("Invalid process id: '{word}'")))?;
        self.attach.extend(pids);
        Ok(())
    }

    /// `-P`.
    pub(crate) fn path(&mut self, given: &Given) -> Outcome {
        self.filter.paths.push(PathBuf::from(&given.value));
        Ok(())
    }

    /// `-q` and `--quiet`.
    pub(crate) fn quiet(&mut self, given: &Given) -> Outcome {
        if given.short {
            self.quiet_count += 1;
            return Ok(());
        }
        let set = if given.bare { "attach,personality".into() } else { given.text() };
        self.apply(Qualifier::parse(&format!("quiet={set}"))?)
    }

    /// `-r`.
    pub(crate) fn relative(&mut self, given: &Given) -> Outcome {
        self.relative = Some(given.choice_or(Precision::Micros, values::precision)?);
        Ok(())
    }

    /// `-s`.
    pub(crate) fn string_limit(&mut self, given: &Given) -> Outcome {
        self.string_limit = given.number(0, MAX_STRING)?;
        Ok(())
    }

    /// `-S`.
    pub(crate) fn sort(&mut self, given: &Given) -> Outcome {
        let text = given.text();
        let sort = values::sort_by(&text).ok_or_else(|| Failure::usage(format!("invalid sortby: '{text}'")))?;
        self.sort = Some(sort);
        Ok(())
    }

    /// `-t` and `--absolute-timestamps`.
    pub(crate) fn absolute(&mut self, given: &Given) -> Outcome {
        if given.short {
            self.absolute_count += 1;
            return Ok(());
        }
        let mut stamps =
            self.absolute.unwrap_or(Timestamps { clock: Some(Clock::Time), precision: Precision::Seconds });
        let text = given.text();
        for word in text.split(',').filter(|word| !word.is_empty()) {
            stamps.set(word).ok_or_else(|| given.invalid())?;
        }
        self.absolute = Some(stamps);
        Ok(())
    }

    /// `-T`.
    pub(crate) fn duration(&mut self, given: &Given) -> Outcome {
        self.duration = Some(given.choice_or(Precision::Micros, values::precision)?);
        Ok(())
    }

    /// `-u`.
    pub(crate) fn user(&mut self, given: &Given) -> Outcome {
        self.user = Some(given.text().into_owned());
        Ok(())
    }

    /// `-U`.
    pub(crate) fn columns(&mut self, given: &Given) -> Outcome {
        let text = given.text();
        let mut columns = Vec::new();
        let mut rest = Some(&*text);
        while let Some(residual) = rest {
            let (word, more) = residual.split_once(',').map_or((residual, None), |(word, more)| (word, Some(more)));
            let column = values::column(word);
            let column = column.ok_or_else(|| Failure::usage(format!("unknown column name: '{word}'")))?;
            if columns.contains(&column) {
                return Err(Failure::usage(format!(
                    "call summary column has been provided more than once: '{word}' (-U option residual: '{residual}')"
                )));
            }
            columns.push(column);
            rest = more;
        }
        self.columns = Some(columns);
        Ok(())
    }

    /// `-v`.
    pub(crate) fn no_abbrev(&mut self, _: &Given) -> Outcome {
        self.abbrev = CallSet::NONE;
        Ok(())
    }

    /// `-w`.
    pub(crate) fn wall_clock(&mut self, _: &Given) -> Outcome {
        self.wall_clock = true;
        Ok(())
    }

    /// `-x` and `--strings-in-hex`.
    pub(crate) fn hex(&mut self, given: &Given) -> Outcome {
        if given.short {
            self.hex_count += 1;
            return Ok(());
        }
        self.hex = Some(given.choice_or(Hex::All, |text| match &*text.to_ascii_lowercase() {
            "none" => Some(Hex::None),
            "non-ascii-chars" => Some(Hex::NonAsciiChars),
            "non-ascii" => Some(Hex::NonAscii),
            "all" => Some(Hex::All),
            _ => None,
        })?);
        Ok(())
    }

    /// `-X`.
    pub(crate) fn constants(&mut self, given: &Given) -> Outcome {
        self.constants = given.choice(|text| match text {
            "raw" => Some(Constants::Raw),
            "abbrev" => Some(Constants::Abbrev),
            "verbose" => Some(Constants::Verbose),
            _ => None,
        })?;
        Ok(())
    }

    /// `-Y`.
    pub(crate) fn commands(&mut self, _: &Given) -> Outcome {
        self.commands = true;
        Ok(())
    }

    /// `-y` and `--decode-fds`.
    pub(crate) fn details(&mut self, given: &Given) -> Outcome {
        if !given.short {
            let set = if given.bare { "path".into() } else { given.text() };
            return self.apply(Qualifier::parse(&format!("decode-fds={set}"))?);
        }
        self.details_count += 1;
        Ok(())
    }

    /// `-z`.
    pub(crate) fn successful_only(&mut self, _: &Given) -> Outcome {
        self.filter.statuses = Statuses::SUCCESSFUL;
        self.status_shortcuts += 1;
        Ok(())
    }

    /// `-Z`.
    pub(crate) fn failed_only(&mut self, _: &Given) -> Outcome {
        self.filter.statuses = Statuses::FAILED;
        self.status_shortcuts += 1;
        Ok(())
    }

    /// `--argv0`.
    pub(crate) fn argv0(&mut self, given: &Given) -> Outcome {
        self.argv0 = Some(given.value.clone());
        Ok(())
    }

    /// `--always-show-pid`.
    pub(crate) fn always_show_pid(&mut self, _: &Given) -> Outcome {
        self.always_show_pid = true;
        Ok(())
    }

    /// `--color`: lines are never coloured.
    pub(crate) fn color(&mut self, given: &Given) -> Outcome {
        match &*given.text().to_ascii_lowercase() {
            "never" | "auto" => Ok(()),
            "always" => Err(Failure::unsupported("--color=always")),
            _ => Err(given.invalid()),
        }
    }

    /// An option that strace has and this program does not have yet.
    pub(crate) fn unsupported(&mut self, given: &Given) -> Outcome {
        let _ = self;
        Err(Failure::unsupported(&given.name()))
    }
}

impl Timestamps {
    /// Applies one word of `--absolute-timestamps`.
    fn set(&mut self, word: &str) -> Option<()> {
        let word = word.to_ascii_lowercase();
        let format = word.strip_prefix("format:");
        let precision = word.strip_prefix("precision:");
        if let Some(clock) = format.or(precision.is_none().then_some(&*word)).and_then(clock) {
            self.clock = clock;
            return Some(());
        }
        let unit = if format.is_some() { return None } else { precision.unwrap_or(&word) };
        self.precision = values::precision(unit)?;
        Some(())
    }
}

/// How time stamps are written, by name.
fn clock(name: &str) -> Option<Option<Clock>> {
    match name {
        "none" => Some(None),
        "time" => Some(Some(Clock::Time)),
        "unix" => Some(Some(Clock::Unix)),
        _ => None,
    }
}

fn os(bytes: &[u8]) -> OsString {
    std::ffi::OsStr::from_bytes(bytes).to_owned()
}
