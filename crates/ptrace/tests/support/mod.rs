//! What the tests share: tracees made from C, the tracer as a process of its own, and bounded waits.

#![allow(dead_code, reason = "each file of tests uses a part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something unforeseen happens")]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The longest that anything here may take.
pub const LONG: Duration = Duration::from_secs(20);

static COMPILER: Mutex<()> = Mutex::new(());

/// The program made from `tests/programs/NAME.c`.
pub fn program(name: &str) -> PathBuf {
    let _one_at_a_time = COMPILER.lock();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs").join(name).with_extension("c");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let made = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    if made(&target) < made(&source) {
        let status = Command::new("gcc").args(["-O1", "-pthread", "-o"]).arg(&target).arg(&source).status().unwrap();
        assert!(status.success(), "gcc {name}");
    }
    target
}

/// The example `raw`, which cargo makes before it runs the tests.
fn raw() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.join("examples/raw")
}

/// A tracer that runs.
pub struct Tracer(Child);

/// A tracer that has ended.
pub struct Traced {
    pub status: ExitStatus,
    pub lines: Vec<String>,
}

/// Starts the tracer.
pub fn tracer<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Tracer {
    let command = Command::new(raw()).args(arguments).stdin(Stdio::null()).stderr(Stdio::piped()).spawn();
    Tracer(command.unwrap())
}

/// Runs the tracer to its end.
pub fn trace<S: AsRef<std::ffi::OsStr>>(arguments: &[S]) -> Traced {
    tracer(arguments).end()
}

impl Tracer {
    pub fn signal(&self, signal: i32) {
        kill(self.0.id(), signal);
    }

    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// Waits for the end, and for all that was printed. A reader thread keeps the pipe from filling up.
    pub fn end(mut self) -> Traced {
        let mut pipe = self.0.stderr.take().unwrap();
        let reader = std::thread::spawn(move || {
            let mut text = Vec::new();
            pipe.read_to_end(&mut text).unwrap();
            String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
        });
        let status = ended(&mut self.0, LONG);
        Traced { status, lines: reader.join().unwrap() }
    }

    /// Waits until it sleeps without being interruptible.
    pub fn until_asleep(&self) {
        let start = Instant::now();
        loop {
            let status = fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
            if status.contains("\nState:\tD") {
                return;
            }
            assert!(start.elapsed() < LONG, "{status}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until the tracer is gone, for at most so long.
    pub fn gone_within(&mut self, limit: Duration) {
        ended(&mut self.0, limit);
    }
}

impl Traced {
    pub fn has(&self, part: &str) -> bool {
        self.count(part) > 0
    }

    pub fn count(&self, part: &str) -> usize {
        self.lines.iter().filter(|line| line.contains(part)).count()
    }
}

/// Waits for a child's end, for at most so long.
fn ended(child: &mut Child, limit: Duration) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > limit {
            child.kill().unwrap();
            panic!("not ended after {limit:?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A process to be attached to, killed at the end.
pub struct Target {
    pub child: Child,
    out: Option<BufReader<ChildStdout>>,
}

impl Target {
    pub fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let out = child.stdout.take().map(BufReader::new);
        Self { child, out }
    }

    /// Starts it and waits for its "ready".
    pub fn ready(command: &mut Command) -> Self {
        let mut target = Self::start(command);
        let mut line = String::new();
        target.out.as_mut().unwrap().read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n");
        target
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn signal(&self, signal: i32) {
        kill(self.id(), signal);
    }

    pub fn end(&mut self) -> ExitStatus {
        ended(&mut self.child, LONG)
    }

    /// The states of all threads, and how many are traced.
    pub fn threads(&self) -> (String, usize) {
        let mut states = String::new();
        let mut traced = 0;
        for entry in fs::read_dir(format!("/proc/{}/task", self.id())).unwrap() {
            let status = fs::read_to_string(entry.unwrap().path().join("status")).unwrap_or_default();
            let value = |name| status.lines().find_map(|line: &str| line.strip_prefix(name)).unwrap_or("").trim();
            states.extend(value("State:").chars().next());
            traced += usize::from(value("TracerPid:") != "0");
        }
        (states, traced)
    }

    /// Waits until the threads are as asked for.
    pub fn until(&self, what: impl Fn(&str, usize) -> bool) {
        let start = Instant::now();
        loop {
            let (states, traced) = self.threads();
            if what(&states, traced) {
                return;
            }
            assert!(start.elapsed() < LONG, "threads {states}, traced {traced}");
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        // It may have ended, and been waited for, already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal.
pub fn kill(pid: u32, signal: i32) {
    let status = Command::new("kill").arg(format!("-{signal}")).arg(pid.to_string()).status().unwrap();
    assert!(status.success());
}
