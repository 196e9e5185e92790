//! Which threads are asked for by `-p`.

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

/// The process of a thread that can be traced.
pub(crate) fn process(tid: Tid) -> Result<Tid, Error> {
    let refuse = |why: &str| Err(Error::Attach(tid, why.to_owned()));
    if tid.0 == std::process::id() as i32 {
        return refuse("cannot trace itself");
    }
    let status = fs::read_to_string(format!("/proc/{tid}/status")).unwrap_or_default();
    let value = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    match (value("Tgid:").and_then(|id| id.parse().ok()), value("State:")) {
        (Some(_), Some(state)) if state.starts_with('Z') => refuse("is a zombie"),
        (Some(pid), _) => Ok(Tid(pid)),
        (None, _) => refuse("No such process"),
    }
}

/// The threads of a process at this moment.
pub(crate) fn threads(pid: Tid) -> Vec<Tid> {
    let Ok(entries) = fs::read_dir(format!("/proc/{pid}/task")) else { return Vec::new() };
    entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok().map(Tid)).collect()
}
