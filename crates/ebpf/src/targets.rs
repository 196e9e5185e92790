//! Which threads are asked for, and which are not to be told of.

use crate::outcome::Error;
use std::fs;
use tracer::Tid;

/// The first PID namespace (`PROC_PID_INIT_INO`, linux/proc_ns.h), whose ids the programs see.
const FIRST_NAMESPACE: &str = "pid:[4026531836]";

/// Whether ids mean the same to us and to the programs.
pub(crate) fn check_namespace() -> Result<(), Error> {
    match fs::read_link("/proc/self/ns/pid") {
        Ok(name) if name.as_os_str() == FIRST_NAMESPACE => Ok(()),
        _ => Err(Error::Kernel("to run in the first PID namespace")),
    }
}

/// The process of a thread that can be traced. Of a process whose leader has ended, the other threads can.
pub(crate) fn process(tid: Tid) -> Result<Tid, Error> {
    let refuse = |why: &str| Err(Error::Attach(tid, why.to_owned()));
    if tid.0 == std::process::id() as i32 {
        return refuse("cannot trace itself");
    }
    let Some(status) = Status::of(&format!("/proc/{tid}/status")) else { return refuse("No such process") };
    if !status.lives && (status.pid != tid || threads(tid).is_empty()) {
        return refuse("is a zombie");
    }
    Ok(status.pid)
}

/// The threads of a process that live at this moment.
pub(crate) fn threads(pid: Tid) -> Vec<Tid> {
    let lives = |tid: &Tid| Status::of(&format!("/proc/{pid}/task/{tid}/status")).is_some_and(|status| status.lives);
    numbers(&format!("/proc/{pid}/task")).into_iter().filter(lives).collect()
}

/// Whether a thread lives.
pub(crate) fn lives(pid: Tid, tid: Tid) -> bool {
    Status::of(&format!("/proc/{pid}/task/{tid}/status")).is_some_and(|status| status.lives)
}

/// The descriptors of a process at this moment.
pub(crate) fn descriptors(pid: Tid) -> Vec<i32> {
    numbers(&format!("/proc/{pid}/fd")).into_iter().map(|number| number.0).collect()
}

/// The threads of all descendants of this process: they work for the tracer, like the reader of its output.
pub(crate) fn helpers() -> Vec<Tid> {
    let processes: Vec<_> = numbers("/proc")
        .into_iter()
        .filter_map(|pid| Some((pid, Status::of(&format!("/proc/{pid}/status"))?.parent)))
        .collect();
    let mut family = vec![Tid(std::process::id() as i32)];
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        family.extend(processes.iter().filter(|(_, other)| *other == parent).map(|(pid, _)| *pid));
        at += 1;
    }
    family.into_iter().skip(1).flat_map(threads).collect()
}

/// The entries of a folder whose names are numbers.
fn numbers(folder: &str) -> Vec<Tid> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok().map(Tid)).collect()
}

/// What `/proc/TID/status` tells.
struct Status {
    pid: Tid,
    parent: Tid,
    /// Whether it is neither a zombie nor dead.
    lives: bool,
}

impl Status {
    fn of(file: &str) -> Option<Self> {
        let text = fs::read_to_string(file).ok()?;
        let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let number = |name: &str| value(name)?.parse().ok().map(Tid);
        let lives = !value("State:")?.starts_with(['Z', 'X']);
        Some(Self { pid: number("Tgid:")?, parent: number("PPid:")?, lives })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_helpers_until_they_have_ended() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let tid = Tid(child.id() as i32);
        assert!(helpers().contains(&tid));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!helpers().contains(&tid));
    }
}
