//! What interrupts a tracer, and what then becomes of it and of its program: each level of `-I`, each way of tracing, with
//! and without `-o`, each signal, typed at a terminal or sent to the tracer alone.
//!
//! The tracer is the foreground job of a shell (`programs/foreground.c`), so that Ctrl-Z and `fg` mean what they do for
//! people.

mod scene;

use crate::programs;
use crate::stage::Stage;
use crate::tally::Word;
use crate::target::Target;
use crate::{LONG, wait_until};
use anyhow::{Context, ensure};
use rustix::process::{Pid, Signal, kill_process};
use scene::{FG, Scene, is_in_a_stop, tracer_of};
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// What stands between what is seen at first and after `fg`.
const AFTER_FG: &str = "; after fg: ";

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
            scene.shell.tally.set(Word::Note, FG)?;
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
        // A tracer that is interrupted right after it has taken hold of the program would leave it running.
        ensure!(wait_until(LONG, || is_in_a_stop(id)), "the program makes no stops");
        Ok(Scene { shell, tracer: tracer_of(id), program, way: self.way })
    }
}

fn send(id: u32, signal: Signal) -> anyhow::Result<()> {
    Ok(kill_process(Pid::from_raw(id as i32).context("it has an id")?, signal)?)
}
