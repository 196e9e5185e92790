//! What `/proc` tells about a thread.

use std::fs;
use std::io;
use tracer::Tid;

/// The parts of `/proc/TID/status` that matter here.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Status {
    /// The letter of the state: R, S, D, T, t, Z, X.
    pub(crate) state: char,
    /// The id of its process.
    pub(crate) pid: Tid,
    /// How many threads its process has.
    pub(crate) threads: usize,
    /// Who traces it.
    pub(crate) tracer: Option<Tid>,
}

/// Reads a thread's status; `None` when there is no such thread.
pub(crate) fn status(tid: Tid) -> Option<Status> {
    parse(&fs::read_to_string(format!("/proc/{tid}/status")).ok()?)
}

/// The values behind the names.
fn parse(text: &str) -> Option<Status> {
    let value = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let number = |name: &str| value(name)?.parse().ok().map(Tid);
    Some(Status {
        state: value("State:")?.chars().next()?,
        pid: number("Tgid:")?,
        threads: value("Threads:").and_then(|count| count.parse().ok()).unwrap_or(0),
        tracer: number("TracerPid:").filter(|tracer| tracer.0 != 0),
    })
}

/// The number of the call that a thread sleeps in.
pub(crate) fn call(tid: Tid) -> Option<u64> {
    fs::read_to_string(format!("/proc/{tid}/syscall")).ok()?.split(' ').next()?.parse().ok()
}

/// The threads of a process at this moment.
pub(crate) fn threads(pid: Tid) -> io::Result<Vec<Tid>> {
    let mut threads = Vec::new();
    for entry in fs::read_dir(format!("/proc/{pid}/task"))? {
        if let Some(tid) = entry?.file_name().to_str().and_then(|name| name.parse().ok()) {
            threads.push(Tid(tid));
        }
    }
    Ok(threads)
}

/// Whether a process is another user's, and we are not the superuser.
pub(crate) fn is_foreign(pid: Tid) -> bool {
    use std::os::unix::fs::MetadataExt;
    let user = |path: String| fs::metadata(path).ok().map(|data| data.uid());
    let me = user("/proc/self".to_owned());
    me != Some(0) && user(format!("/proc/{pid}")).is_some_and(|owner| Some(owner) != me)
}

/// Whether a thread's cgroup is frozen (v2), or being frozen (v1).
pub(crate) fn is_frozen(tid: Tid) -> bool {
    let Ok(groups) = fs::read_to_string(format!("/proc/{tid}/cgroup")) else {
        return false;
    };
    groups.lines().any(|line| {
        let mut fields = line.splitn(3, ':');
        match (fields.next(), fields.next(), fields.next()) {
            (Some("0"), Some(""), Some(path)) => ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"].iter().any(|root| {
                fs::read_to_string(format!("{root}{path}/cgroup.events")).is_ok_and(|text| text.contains("frozen 1"))
            }),
            (Some(_), Some("freezer"), Some(path)) => {
                fs::read_to_string(format!("/sys/fs/cgroup/freezer{path}/freezer.state"))
                    .is_ok_and(|text| text.trim() != "THAWED")
            }
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_status_is_read() {
        let me = Tid(std::process::id() as i32);
        let status = status(me).unwrap();
        assert_eq!(status.pid, me);
        assert!("RS".contains(status.state));
        assert!(threads(me).unwrap().contains(&me));
    }

    #[test]
    fn a_zombie_has_a_status_and_nobody_has_none() {
        let text = "Name:\tx y\nState:\tZ (zombie)\nTgid:\t7\nPid:\t8\nTracerPid:\t9\n";
        let status = parse(text).unwrap();
        assert_eq!((status.state, status.pid, status.tracer), ('Z', Tid(7), Some(Tid(9))));
        assert!(parse("").is_none());
    }
}
