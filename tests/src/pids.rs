//! Names for processes that are the same in every run: `P1` is the first, `P1.2` its second child or thread.

use crate::pattern::pattern;
use crate::trace::{Line, Stream};
use std::collections::{HashMap, HashSet, VecDeque};

/// The names of the processes of one trace.
#[derive(Debug, Default)]
pub struct Names(HashMap<u32, String>);

impl Names {
    /// Names processes along the tree that the streams show; the root is the first that no other has made. (Ids begin
    /// again at some number, so that the root's need not be the lowest.)
    pub fn of(streams: &[Stream]) -> Self {
        let mut names = Self::default();
        let made: HashSet<u32> = streams.iter().flat_map(children).collect();
        let is_root = |stream: &&Stream| stream.pid.is_none_or(|pid| !made.contains(&pid));
        let Some(first) = streams.iter().find(is_root).or(streams.first()) else { return names };
        if let Some(root) = first.pid.or_else(|| own_pid(first)) {
            names.0.insert(root, "P1".to_owned());
        }
        let mut waiting = VecDeque::from([(first, "P1".to_owned())]);
        while let Some((stream, name)) = waiting.pop_front() {
            for (at, child) in children(stream).enumerate() {
                let child_name = names.0.entry(child).or_insert_with(|| format!("{name}.{}", at + 1)).clone();
                let unseen = |s: &&Stream| s.pid == Some(child) && child_name == format!("{name}.{}", at + 1);
                waiting.extend(streams.iter().find(unseen).map(|stream| (stream, child_name.clone())));
            }
        }
        let orphans = streams.iter().filter_map(|stream| stream.pid);
        for (at, pid) in orphans.filter(|pid| !names.0.contains_key(pid)).collect::<Vec<_>>().into_iter().enumerate() {
            names.0.insert(pid, format!("Q{}", at + 1));
        }
        names
    }

    /// A process's name.
    pub fn get(&self, pid: u32) -> Option<&str> {
        self.0.get(&pid).map(String::as_str)
    }

    /// An event with names for process ids, wherever an event holds one.
    pub fn replace(&self, event: &str) -> String {
        let mut text = event.to_owned();
        for place in places() {
            text = place
                .replace_all(&text, |found: &regex_lite::Captures| {
                    let name = found[2].parse().ok().and_then(|pid| self.get(pid));
                    format!("{}{}", &found[1], name.unwrap_or(&found[2]))
                })
                .into_owned();
        }
        text
    }
}

/// Where an event holds a process id: what stands before it, and the id.
fn places() -> [&'static regex_lite::Regex; 10] {
    [
        pattern!(
            r"^((?:fork|vfork|clone|clone2|clone3|getpid|gettid|getppid|getpgrp|getpgid|getsid|setsid|wait4|waitpid|set_tid_address)\(.*\) = )(\d+)"
        ),
        pattern!(
            r"^((?:kill|tkill|tgkill|rt_sigqueueinfo|rt_tgsigqueueinfo|wait4|waitpid|setpgid|getpgid|getsid|ptrace|prlimit64|process_vm_\w+|pidfd_open|sched_\w+|get_robust_list|kcmp|move_pages|migrate_pages|perf_event_open)\((?:PTRACE_\w+, )?-?)(\d+)"
        ),
        pattern!(r"^((?:tgkill|rt_tgsigqueueinfo|setpgid|kcmp)\([^,]+, )(\d+)"),
        pattern!(r"^((?:waitid|setpriority|getpriority|ioprio_\w+)\(\w+, )(\d+)"),
        pattern!(r"^(fcntl(?:64)?\([^,]*, (?:F_SETOWN|0x8(?: /\* F_SETOWN \*/)?), -?)(\d+)"),
        pattern!(r"((?:si_pid|pid|nl_pid|parent_tid|_tid|_pid|_thread_id|PID)=\[?)(\d+)"),
        pattern!(r"(/proc/)(\d+)"),
        pattern!(r"(<(?:pid|NETLINK:\[\w+):)(\d+)"),
        pattern!(r"(Process )(\d+)"),
        pattern!(r"((?:pid changed to|execve in pid) )(\d+)"),
    ]
}

/// The id that a process without one on its lines gives away by its calls, or that is told before all of them.
fn own_pid(stream: &Stream) -> Option<u32> {
    let told = pattern!(r"^strace: Process (\d+) attached");
    let own = pattern!(r"^(?:(?:getpid|gettid|set_tid_address)\(.*\) = |\[ Process PID=)(\d+)");
    let id = |form: &regex_lite::Regex, line: &Line| form.captures(&line.event)?[1].parse().ok();
    let first = stream.lines.first().and_then(|line| id(told, line));
    first.or_else(|| stream.lines.iter().find_map(|line| id(own, line)))
}

/// The processes and threads that a stream's process made, in their order.
fn children(stream: &Stream) -> impl Iterator<Item = u32> {
    let made = pattern!(r"^(?:fork|vfork|clone|clone3)\(.*\) = (\d+)");
    stream.lines.iter().filter_map(|line| made.captures(&line.event)?[1].parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace;

    #[test]
    fn processes_are_named_along_the_tree() {
        let text =
            "70 fork() = 90\n90 vfork() = 71\n70 fork() = 72\n72 kill(90, SIGHUP) = 0\n71 read(71, \"\", 71) = 0\n";
        let streams = trace::streams(&trace::lines(text, 0));
        let names = Names::of(&streams);
        assert_eq!([70, 90, 71, 72].map(|pid| names.get(pid).unwrap()), ["P1", "P1.1", "P1.1.1", "P1.2"]);
        assert_eq!(names.replace("kill(90, SIGHUP) = 0"), "kill(P1.1, SIGHUP) = 0");
        assert_eq!(names.replace("read(71, \"\", 71) = 71"), "read(71, \"\", 71) = 71");
    }
}
