//! What interrupts a tracer, and what then becomes of it and of its program: each level of `-I`, each way of tracing, with
//! and without `-o`, each signal, typed at a terminal or sent to the tracer alone.
//!
//! The tracer is the foreground job of a shell (`programs/foreground.c`), so that Ctrl-Z and `fg` mean what they do for
//! people.

use crate::look;
use crate::programs;
use crate::stage::Stage;
use crate::tally::Word;
use crate::target::Target;
use crate::{LONG, wait_until};
use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use std::collections::BTreeMap;
use std::fmt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Whatever a signal brings about is to be seen by then.
const SETTLED: Duration = Duration::from_millis(400);

/// What stands between what is seen at first and after `fg`.
const AFTER_FG: &str = "; after fg: ";

/// What stands in the tally of `foreground.c`.
mod notes {
    /// What is typed; 1 is `fg`.
    pub const FG: u64 = 1;
    /// The job's status.
    pub const STATUS: u64 = 1;
    /// How often the job has stopped.
    pub const STOPS: u64 = 2;
    /// Whether the job has ended.
    pub const ENDED: u64 = 4;
    /// How often the job has gone on.
    pub const CONTINUED: u64 = 5;
}

/// One interruption.
#[derive(Clone, Copy, Debug)]
pub struct Interruption {
    level: &'static str,
    output: bool,
    way: Way,
    by: By,
}

/// How the program comes to be traced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The tracer starts it.
    Command,
    /// The tracer attaches to it; it is no job of this shell.
    Attached,
    /// The tracer stands aside: `-D`, `-DD`, `-DDD`.
    Aside(&'static str),
}

/// What interrupts.
#[derive(Clone, Copy, Debug)]
enum By {
    /// A signal that is sent to the tracer alone.
    Sent(Signal, &'static str),
    /// A key that is typed.
    Typed(u8, &'static str),
}

const LEVELS: [&str; 5] = ["", "-I1", "-I2", "-I3", "-I4"];

const WAYS: [Way; 2] = [Way::Command, Way::Attached];

const ASIDE: [Way; 3] = [Way::Aside("-D"), Way::Aside("-DD"), Way::Aside("-DDD")];

const CAUSES: [By; 6] = [
    By::Sent(Signal::INT, "SIGINT"),
    By::Sent(Signal::TERM, "SIGTERM"),
    By::Sent(Signal::TSTP, "SIGTSTP"),
    By::Typed(3, "Ctrl-C"),
    By::Typed(28, "Ctrl-\\"),
    By::Typed(26, "Ctrl-Z"),
];

/// All of them.
pub fn all() -> Vec<Interruption> {
    let mut all = Vec::new();
    for way in WAYS {
        for output in [false, true] {
            for level in LEVELS {
                all.extend(CAUSES.map(|by| Interruption { level, output, way, by }));
            }
        }
    }
    for way in ASIDE {
        for level in ["", "-I2"] {
            all.extend(CAUSES.map(|by| Interruption { level, output: true, way, by }));
        }
    }
    all
}

/// Where is recorded what strace does.
pub fn recorded() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("interruptions.txt")
}

/// What comes of each of them, a line each; several are tried at a time. What is expected is told by name.
pub fn lines(tracer: &Path, at_a_time: usize, expected: &BTreeMap<&str, &str>) -> anyhow::Result<String> {
    let all = all();
    let next = AtomicUsize::new(0);
    let told = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..at_a_time {
            scope.spawn(|| {
                while let at = next.fetch_add(1, Ordering::Relaxed)
                    && let Some(interruption) = all.get(at)
                {
                    let expected = expected.get(interruption.to_string().as_str()).copied();
                    let outcome = interruption.outcome(tracer, expected);
                    told.lock().unwrap_or_else(PoisonError::into_inner).insert(at, outcome);
                }
            });
        }
    });
    let told = told.into_inner().unwrap_or_else(PoisonError::into_inner);
    let lines = told.into_iter().map(|(at, outcome)| {
        let outcome = outcome.with_context(|| all[at].to_string())?;
        Ok(format!("{}\t{outcome}\n", all[at]))
    });
    lines.collect()
}

impl fmt::Display for Interruption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let output = if self.output { "-o FILE" } else { "" };
        let (aside, what) = match self.way {
            Way::Command => ("", "COMMAND"),
            Way::Attached => ("", "-p PID"),
            Way::Aside(option) => (option, "COMMAND"),
        };
        for word in [aside, self.level, output].into_iter().filter(|word| !word.is_empty()) {
            write!(f, "{word} ")?;
        }
        match self.by {
            By::Sent(_, name) => write!(f, "{what}: {name} sent to the tracer"),
            By::Typed(_, name) => write!(f, "{what}: {name}"),
        }
    }
}

/// Everybody who takes part.
struct Scene {
    shell: Target,
    program: Target,
    tracer: u32,
    way: Way,
}

impl Interruption {
    /// What comes of it with a tracer, in words. What is expected is waited for, however busy the machine.
    pub fn outcome(&self, tracer: &Path, expected: Option<&str>) -> anyhow::Result<String> {
        let name: String = self.to_string().chars().filter(char::is_ascii_alphanumeric).collect();
        let stage = Stage::new(tracer, &name, 0)?;
        let scene = self.begin(&stage)?;
        match self.by {
            By::Sent(signal, _) => send(scene.tracer, signal)?,
            By::Typed(key, _) => scene.shell.tally.set(Word::Note, key.into())?,
        }
        let (at_first, after_fg) = match expected.map(|expected| expected.split_once(AFTER_FG).ok_or(expected)) {
            Some(Ok((at_first, after_fg))) => (Some(at_first), Some(after_fg)),
            Some(Err(only)) => (Some(only), None),
            None => (None, None),
        };
        let mut outcome = scene.seen(at_first);
        if after_fg.is_some() || (expected.is_none() && scene.is_stopped()) {
            scene.shell.tally.set(Word::Note, notes::FG)?;
            outcome = format!("{outcome}{AFTER_FG}{}", scene.seen(after_fg));
        }
        Ok(outcome)
    }

    /// Starts everybody, and waits until the program is traced and goes on.
    fn begin(&self, stage: &Stage) -> anyhow::Result<Scene> {
        let mut command = stage.command(&["foreground"])?;
        command.arg(&stage.tracer).arg("-q").args(Some(self.level).filter(|level| !level.is_empty()));
        if let Way::Aside(option) = self.way {
            command.arg(option);
        }
        if self.output {
            command.arg("-o").arg(stage.path("trace"));
        }
        let apart = stage.path("program");
        std::fs::create_dir(&apart)?;
        let (shell, program) = match self.way {
            Way::Attached => {
                let program = Target::start(stage.command(&["threads", "1"])?, &apart)?;
                program.until_ready()?;
                command.args(["-p", &program.id().to_string()]);
                (Target::start(command, &stage.folder)?, program)
            }
            Way::Command | Way::Aside(_) => {
                let tally = Target::tally(&mut command, &apart)?;
                command.arg(programs::program("threads")?).arg("1");
                // The shell has accounts of its own, and hands the program's on.
                let handed = apart.join("tally");
                command.env("TALLY_OF_JOB", handed);
                let shell = Target::start(command, &stage.folder)?;
                (shell, Target::of_tracer(tally, 0, &apart))
            }
        };
        ensure!(wait_until(LONG, || program.tally.get(Word::Ready) == 1), "the program is not ready");
        let id = program.tally.get(Word::Pid) as u32;
        ensure!(wait_until(LONG, || tracer_of(id) != 0), "the program is not traced");
        ensure!(wait_until(LONG, || program.tally.counts().iter().sum::<u64>() > 5), "the program does not go on");
        Ok(Scene { shell, tracer: tracer_of(id), program, way: self.way })
    }
}

fn tracer_of(id: u32) -> u32 {
    look::thread(id).map_or(0, |thread| thread.tracer)
}

fn send(id: u32, signal: Signal) -> anyhow::Result<()> {
    Ok(kill_process(Pid::from_raw(id as i32).context("it has an id")?, signal)?)
}

/// Whether a process has not ended.
fn lives(id: u32) -> bool {
    look::thread(id).is_some_and(|thread| !thread.is_dead())
}

impl Scene {
    /// The program's id.
    fn id(&self) -> u32 {
        self.program.tally.get(Word::Pid) as u32
    }

    /// Waits until what is to be seen has been the same for a while.
    fn settle(&self) {
        let mut before = String::new();
        loop {
            let now = self.states();
            if now == before {
                return;
            }
            before = now;
            std::thread::sleep(SETTLED);
        }
    }

    fn states(&self) -> String {
        let tracer = look::thread(self.tracer).map(|thread| (thread.is_stopped(), thread.is_dead()));
        let program = look::thread(self.id()).map(|thread| (thread.is_dead(), thread.tracer));
        format!("{tracer:?} {program:?} {}", self.shell.tally.note(notes::ENDED))
    }

    /// Whether the program counts, and does not only come to where it is stopped. Stops of the tracer's making come and go.
    fn is_moving(&self) -> bool {
        let count = || self.program.tally.counts().iter().sum::<u64>();
        let before = count();
        wait_until(2 * SETTLED, || count() > before + 3)
    }

    /// Whether somebody waits for `fg`.
    fn is_stopped(&self) -> bool {
        let shell = &self.shell.tally;
        shell.note(notes::STOPS) > shell.note(notes::CONTINUED)
            || look::thread(self.tracer).is_some_and(|thread| thread.is_stopped())
            || (lives(self.id()) && !self.is_moving())
    }

    /// What is seen once it is as expected, or settled.
    fn seen(&self, expected: Option<&str>) -> String {
        self.settle();
        let mut seen = self.describe();
        if let Some(expected) = expected {
            wait_until(LONG, || {
                seen = self.describe();
                seen == expected
            });
        }
        seen
    }

    fn describe(&self) -> String {
        format!("tracer {}, program {}", self.of_tracer(), self.of_program())
    }

    fn of_tracer(&self) -> String {
        let aside = matches!(self.way, Way::Aside(_));
        match look::thread(self.tracer) {
            Some(thread) if thread.is_stopped() => "stops".to_owned(),
            Some(thread) if !thread.is_dead() => "goes on".to_owned(),
            _ if aside || self.shell.tally.note(notes::ENDED) == 0 => "ends".to_owned(),
            _ => self.status(),
        }
    }

    /// How the shell's job has ended.
    fn status(&self) -> String {
        let status = ExitStatus::from_raw(self.shell.tally.note(notes::STATUS) as i32);
        match (status.code(), status.signal()) {
            (Some(code), _) => format!("exits with {code}"),
            (None, signal) => format!("dies by {}", signal.and_then(name).unwrap_or("a signal")),
        }
    }

    fn of_program(&self) -> String {
        match look::thread(self.id()) {
            Some(thread) if !thread.is_dead() => {
                let does = if self.is_moving() { "goes on" } else { "stops" };
                format!("{does}{}", if thread.tracer == 0 { ", untraced" } else { "" })
            }
            _ if matches!(self.way, Way::Aside(_)) && self.shell.tally.note(notes::ENDED) == 1 => self.status(),
            _ => "ends".to_owned(),
        }
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // Whoever is left was started here; the others are gone already.
        for id in [self.id(), self.tracer] {
            if let Some(pid) = Pid::from_raw(id as i32).filter(|_| lives(id)) {
                let _ = kill_process(pid, Signal::KILL);
            }
        }
    }
}

/// The name of a signal that is sent here.
fn name(signal: i32) -> Option<&'static str> {
    let names = [(2, "SIGINT"), (3, "SIGQUIT"), (9, "SIGKILL"), (15, "SIGTERM"), (20, "SIGTSTP")];
    names.iter().find(|(number, _)| *number == signal).map(|(_, name)| *name)
}
