//! Other work, that keeps the processors from the tracer, for as long as the suite is there.

use std::process::{Child, Command, Stdio};

/// Processes that do nothing but run; they are killed at the end.
#[derive(Debug)]
pub struct Busy(Vec<Child>);

impl Busy {
    /// One for each processor.
    pub fn start() -> anyhow::Result<Self> {
        let count = std::thread::available_parallelism()?.get();
        let spin = || Command::new("sh").args(["-c", "while kill -0 $PPID; do :; done"]).stdin(Stdio::null()).spawn();
        Ok(Self((0..count).map(|_| spin()).collect::<Result<_, _>>()?))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            // It runs until it is killed here.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
