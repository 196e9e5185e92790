//! What can be seen of processes from outside.

use std::fs;
use std::path::Path;
use std::time::Duration;

/// A thread, as it is at a moment.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Its id.
    pub tid: u32,
    /// The letter of its state: R, S, D, T, t, Z, X.
    pub state: char,
    /// Who traces it; 0 is nobody.
    pub tracer: u32,
}

impl Thread {
    /// Whether it exists for its parent only.
    pub fn is_dead(&self) -> bool {
        matches!(self.state, 'Z' | 'X')
    }

    /// Whether it stands still as only a tracer, or a signal to stop, can make it.
    pub fn is_stopped(&self) -> bool {
        matches!(self.state, 'T' | 't')
    }
}

/// Looks at a thread; `None` if it is gone.
pub fn thread(tid: u32) -> Option<Thread> {
    let text = fs::read_to_string(format!("/proc/{tid}/status")).ok()?;
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let tracer = value("TracerPid:")?.parse().ok()?;
    Some(Thread { tid, state: value("State:")?.chars().next()?, tracer })
}

/// How long a process's first thread has waited for a processor that was busy with others (sched-stats in the kernel's
/// documentation).
pub fn waited(pid: u32) -> Duration {
    let text = fs::read_to_string(format!("/proc/{pid}/schedstat")).unwrap_or_default();
    Duration::from_nanos(text.split(' ').nth(1).and_then(|number| number.parse().ok()).unwrap_or(0))
}

/// The numbers that a folder of `/proc` has.
fn numbers(path: &Path) -> Vec<u32> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

/// The threads of a process.
pub fn threads(pid: u32) -> Vec<Thread> {
    numbers(Path::new(&format!("/proc/{pid}/task"))).into_iter().filter_map(thread).collect()
}

/// The group of a process; 0 if it is gone.
fn group_of(pid: u32) -> u32 {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after_name = text.rsplit(") ").next().unwrap_or_default();
    after_name.split(' ').nth(2).and_then(|group| group.parse().ok()).unwrap_or(0)
}

/// The processes of a group; nobody's is 0.
pub fn group(leader: u32) -> Vec<u32> {
    if leader == 0 {
        return Vec::new();
    }
    numbers(Path::new("/proc")).into_iter().filter(|&pid| group_of(pid) == leader).collect()
}

/// All threads of a group's processes.
pub fn group_threads(leader: u32) -> Vec<Thread> {
    group(leader).into_iter().flat_map(threads).collect()
}

/// All that can be told of processes that are still there, for whoever wants to understand a failure.
pub fn evidence(pids: &[u32]) -> String {
    let mut text = String::new();
    for thread in pids.iter().flat_map(|&pid| threads(pid)) {
        let tid = thread.tid;
        text += &format!("== {tid}\n");
        for file in ["status", "syscall", "wchan", "stack"] {
            // What may not be read, or is gone meanwhile, is left out.
            let content = fs::read_to_string(format!("/proc/{tid}/{file}")).unwrap_or_default();
            text += &format!("-- {file}\n{}\n", content.trim_end());
        }
    }
    text
}

/// Threads in a few words, for people.
pub fn describe(threads: &[Thread]) -> String {
    let words: Vec<String> =
        threads.iter().take(8).map(|thread| format!("{}:{}/{}", thread.tid, thread.state, thread.tracer)).collect();
    format!("{} threads (id:state/tracer): {}", threads.len(), words.join(" "))
}
