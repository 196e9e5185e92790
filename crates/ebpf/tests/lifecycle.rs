//! What the promise of lifecycle asks of this backend: the target notices nothing, and nothing stays in the kernel. Runs
//! without the usual harness, because the backend wants a process with a single thread.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tracer::{Event, Flow, Sink, Tid, Tracee, What};

/// What is waited for comes much sooner.
const PATIENCE: Duration = Duration::from_secs(10);

/// Keeps what happened as text, and says on a pipe when the first thing did.
#[derive(Default)]
struct Log {
    lines: Vec<String>,
    first: Option<PipeWriter>,
    /// Who did something.
    seen: BTreeSet<Tid>,
    /// With the end of this one, it has seen enough.
    enough: Option<Tid>,
}

impl Sink for Log {
    fn event(&mut self, event: &Event<'_>, _tracee: &dyn Tracee) -> Flow {
        self.lines.push(match event.what {
            What::Enter(call) => format!("enter {}", call.number),
            What::Exit(ret) => format!("exit {}", ret.value),
            other => format!("{other:?}"),
        });
        if let Some(mut pipe) = self.first.take() {
            pipe.write_all(&event.tid.0.to_le_bytes()).unwrap();
        }
        self.seen.insert(event.tid);
        let ended = matches!(event.what, What::Exited { .. }) && self.enough == Some(event.tid);
        if ended { Flow::End } else { Flow::Continue }
    }
}

/// Nobody asks about descriptors.
struct NoFiles;

impl tracer::Files for NoFiles {
    fn descriptor(&self, _: Tid, _: i32) -> Option<PathBuf> {
        None
    }

    fn directory(&self, _: Tid) -> Option<PathBuf> {
        None
    }

    fn interface(&self, _: u32) -> Option<String> {
        None
    }

    fn detail(&self, _: Tid, _: i32, _: tracer::Aspect) -> Option<tracer::Detail> {
        None
    }

    fn netlink(&self, _: Tid, _: i32) -> Option<u32> {
        None
    }
}

fn options() -> ebpf::Options<'static> {
    ebpf::Options {
        follow: true,
        limit: 32,
        ring: Some(1 << 20),
        threads: 1 << 10,
        wanted: &|_, _| true,
        scope: ebpf::Scope::Asked,
        descriptors: false,
        files: &NoFiles,
        outcomes: None,
        counting: None,
    }
}

/// A child that does something and ends with a status.
fn child(work: impl FnOnce() -> i32) -> Tid {
    // SAFETY: this process has one thread, so that a child may do whatever it could do itself.
    match unsafe { libc::fork() } {
        // SAFETY: does not return.
        0 => unsafe { libc::_exit(work()) },
        pid => Tid(pid),
    }
}

fn status_of(pid: Tid) -> i32 {
    let mut status = 0;
    // SAFETY: the status is a valid place.
    assert_eq!(unsafe { libc::waitpid(pid.0, &raw mut status, 0) }, pid.0);
    status
}

/// Waits in epoll_wait until there is something to read; the status says whether it came back for that.
fn wait_in_epoll(go: &PipeReader) -> i32 {
    // SAFETY: the descriptors are open, and there is room for one event.
    unsafe {
        let epoll = libc::epoll_create1(0);
        let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: 0 };
        libc::epoll_ctl(epoll, libc::EPOLL_CTL_ADD, go.as_raw_fd(), &raw mut event);
        7 * libc::epoll_wait(epoll, &raw mut event, 1, -1)
    }
}

/// Whether a process sleeps in a call.
fn sleeps(pid: Tid) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    status.lines().any(|line| line.starts_with("State:\tS"))
}

/// Attaching interrupts no epoll_wait, as ptrace would.
fn attaching_interrupts_nothing() {
    let (go, let_go) = std::io::pipe().unwrap();
    let target = child(|| wait_in_epoll(&go));
    until("the target waits", || sleeps(target));
    let mut log = Log { first: Some(let_go), ..Log::default() };
    let outcome = ebpf::run(None, &[target], &options(), &mut log).unwrap();
    assert_eq!(libc::WEXITSTATUS(status_of(target)), 7, "epoll_wait was interrupted");
    assert_eq!(outcome.lost, 0);
    assert!(log.lines[0].starts_with("Attached"), "{:?}", log.lines);
    assert_eq!(log.lines.last().unwrap(), "Exited { status: 7 }");
    assert!(log.lines.contains(&"enter 231".to_owned()), "exit_group is seen: {:?}", log.lines);
}

/// The ids of the programs that a process holds.
fn programs(pid: Tid) -> Vec<u32> {
    let entries = fs::read_dir(format!("/proc/{pid}/fdinfo")).unwrap();
    let texts = entries.flatten().filter_map(|entry| fs::read_to_string(entry.path()).ok());
    texts.filter_map(|text| text.lines().find_map(|line| line.strip_prefix("prog_id:")?.trim().parse().ok())).collect()
}

/// Whether a program is in the kernel.
fn exists(program: u32) -> bool {
    /// The part of `union bpf_attr` for BPF_PROG_GET_FD_BY_ID (linux/bpf.h).
    #[repr(C)]
    struct ById {
        id: u32,
        next: u32,
        flags: u32,
    }
    const BY_ID: libc::c_int = 13;
    let mut attributes = ById { id: program, next: 0, flags: 0 };
    // SAFETY: the attributes are valid for their size; a descriptor that comes back is closed.
    unsafe {
        let found = libc::syscall(libc::SYS_bpf, BY_ID, &raw mut attributes, size_of::<ById>());
        found >= 0 && libc::close(found as i32) == 0
    }
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A tracer that is killed leaves no program behind, and its target goes on.
fn a_killed_tracer_leaves_nothing() {
    let (go, mut let_go) = std::io::pipe().unwrap();
    let (mut traced, first) = std::io::pipe().unwrap();
    let target = child(|| {
        let mut go = go;
        i32::from(go.read_exact(&mut [0]).is_err())
    });
    let tracer = child(|| {
        let mut log = Log { first: Some(first), ..Log::default() };
        i32::from(ebpf::run(None, &[target], &options(), &mut log).is_err())
    });
    traced.read_exact(&mut [0; 4]).unwrap();
    let held = programs(tracer);
    assert_eq!(held.len(), 7, "there is a program for each tracepoint");
    assert!(held.iter().all(|program| exists(*program)));
    // SAFETY: touches no memory.
    unsafe { libc::kill(tracer.0, libc::SIGKILL) };
    status_of(tracer);
    until("programs outlive their tracer", || !held.iter().any(|program| exists(*program)));
    let_go.write_all(&[0]).unwrap();
    assert_eq!(status_of(target), 0, "the target goes on");
}

/// A storm of children is seen whole: each is born, makes its calls, and ends.
fn every_child_is_seen() {
    const CHILDREN: usize = 300;
    let (mut go, let_go) = std::io::pipe().unwrap();
    let target = child(|| {
        go.read_exact(&mut [0]).unwrap();
        (0..CHILDREN).for_each(|_| assert_eq!(status_of(child(|| 3)) >> 8, 3));
        0
    });
    let mut log = Log { first: Some(let_go), ..Log::default() };
    let outcome = ebpf::run(None, &[target], &ebpf::Options { ring: Some(1 << 24), ..options() }, &mut log).unwrap();
    status_of(target);
    assert_eq!(outcome.lost, 0);
    let born = log.lines.iter().filter(|line| line.starts_with("Born")).count();
    let ended = log.lines.iter().filter(|line| *line == "Exited { status: 3 }").count();
    assert_eq!((born, ended), (CHILDREN, CHILDREN), "who was born has ended");
}

/// A storm of programs executed is seen whole, too, and each of them ends as it should.
fn every_program_is_seen() {
    const PROGRAMS: usize = 100;
    let (mut go, let_go) = std::io::pipe().unwrap();
    let run = || {
        let arguments = [c"true".as_ptr(), std::ptr::null()];
        // SAFETY: the strings and the list end as they should; execv returns only when it fails.
        unsafe { libc::execv(c"/bin/true".as_ptr(), arguments.as_ptr()) }
    };
    let target = child(|| {
        go.read_exact(&mut [0]).unwrap();
        (0..PROGRAMS).for_each(|_| assert_eq!(status_of(child(run)), 0));
        0
    });
    let mut log = Log { first: Some(let_go), ..Log::default() };
    let outcome = ebpf::run(None, &[target], &ebpf::Options { ring: Some(1 << 24), ..options() }, &mut log).unwrap();
    assert_eq!((status_of(target), outcome.lost), (0, 0));
    let executed = log.lines.iter().filter(|line| line.starts_with("Exec {")).count();
    let ended = log.lines.iter().filter(|line| *line == "Exited { status: 0 }").count();
    assert_eq!((executed, ended), (PROGRAMS, PROGRAMS + 1), "what was executed has ended");
}

/// In a storm of children and signals the tracer ends within a second when it is asked to, or at once when it is killed; it
/// leaves no program behind; and every child has its status and every signal arrives.
fn a_storm_goes_on_without_its_tracer(end: i32) {
    let (mut go, mut let_go) = std::io::pipe().unwrap();
    let (mut traced, first) = std::io::pipe().unwrap();
    let target = child(|| storm(&mut go));
    let tracer = child(|| {
        let mut log = Log { first: Some(first), ..Log::default() };
        let outcome = ebpf::run(None, &[target], &options(), &mut log);
        i32::from(!outcome.is_ok_and(|outcome| outcome.interrupted == Some(end)))
    });
    traced.read_exact(&mut [0; 4]).unwrap();
    let held = programs(tracer);
    let asked = Instant::now();
    // SAFETY: touches no memory.
    unsafe { libc::kill(tracer.0, end) };
    let status = status_of(tracer);
    assert!(asked.elapsed() < Duration::from_secs(1), "it ends in time");
    assert_eq!(status, if end == libc::SIGKILL { libc::SIGKILL } else { 0 });
    until("programs outlive their tracer", || !held.iter().any(|program| exists(*program)));
    let_go.write_all(&[0]).unwrap();
    assert_eq!(status_of(target), 0, "the target's accounts balance");
}

/// Children that end with a status of their own, and a queued signal for each, until there is something to read; 0 when all
/// have come.
fn storm(go: &mut PipeReader) -> i32 {
    // SAFETY: the set and the timeout are valid for each call.
    unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&raw mut set);
        libc::sigaddset(&raw mut set, libc::SIGRTMIN());
        libc::sigprocmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut());
        let mut ready = libc::pollfd { fd: go.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        for count in 0_i32.. {
            let value = libc::sigval { sival_ptr: count as usize as *mut libc::c_void };
            libc::sigqueue(libc::getpid(), libc::SIGRTMIN(), value);
            let mut info: libc::siginfo_t = std::mem::zeroed();
            let came = libc::sigwaitinfo(&raw const set, &raw mut info);
            let ended = status_of(child(|| count & 0x7f)) >> 8;
            if came != libc::SIGRTMIN() || info.si_value().sival_ptr as usize != count as usize || ended != count & 0x7f
            {
                return 1;
            }
            if libc::poll(&raw mut ready, 1, 0) == 1 {
                break;
            }
        }
    }
    0
}

/// A tracer of whoever is in a scope, as a process of its own with a helper; it ends after `target`. Its status is 0 when it
/// has seen the target and neither the helper nor itself, and `others` says whether it may have seen anybody else.
fn traces_in(scope: ebpf::Scope<'_>, target: Tid, let_go: PipeWriter, others: bool) -> bool {
    let tracer = child(|| {
        let helper = child(|| {
            loop {
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let mut log = Log { first: Some(let_go), enough: Some(target), ..Log::default() };
        let outcome = ebpf::run(None, &[], &ebpf::Options { scope, ..options() }, &mut log);
        // SAFETY: touches no memory.
        unsafe { libc::kill(helper.0, libc::SIGKILL) };
        let ours = [helper, Tid(std::process::id() as i32)];
        let right = outcome.is_ok_and(|outcome| outcome.stopped_by_sink)
            && log.seen.contains(&target)
            && !log.seen.iter().any(|tid| ours.contains(tid))
            && (others || log.seen.len() == 1);
        i32::from(!right)
    });
    status_of(tracer) == 0
}

/// A process that makes calls until somebody sees them, and ends.
fn noticed() -> (Tid, PipeWriter) {
    let (seen, let_go) = std::io::pipe().unwrap();
    let target = child(|| {
        let mut ready = libc::pollfd { fd: seen.as_raw_fd(), events: libc::POLLIN, revents: 0 };
        // SAFETY: there is one entry.
        while unsafe { libc::poll(&raw mut ready, 1, 1) } == 0 {}
        0
    });
    (target, let_go)
}

/// With the whole system as the scope, who was not asked for is seen, and the tracer and its helpers are not.
fn everybody_but_the_tracer_is_seen() {
    let (target, let_go) = noticed();
    assert!(traces_in(ebpf::Scope::System, target, let_go, true));
    status_of(target);
}

/// Where cgroups of version 2 are.
fn cgroups() -> Option<PathBuf> {
    let mounts = fs::read_to_string("/proc/mounts").unwrap();
    let mut mounts = mounts.lines().map(|line| line.split(' ').collect::<Vec<_>>());
    mounts.find(|words| words.get(2) == Some(&"cgroup2")).map(|words| PathBuf::from(words[1]))
}

/// Of a cgroup, whoever is in it or below is seen, and nobody else.
fn only_the_cgroup_is_seen(above: &Path) {
    let group = above.join("inner");
    fs::create_dir_all(&group).unwrap();
    let (target, let_go) = noticed();
    let (outsider, _outside) = noticed();
    fs::write(group.join("cgroup.procs"), target.to_string()).unwrap();
    let right = traces_in(ebpf::Scope::Cgroup(above), target, let_go, false);
    status_of(target);
    // SAFETY: touches no memory.
    unsafe { libc::kill(outsider.0, libc::SIGKILL) };
    status_of(outsider);
    fs::remove_dir(&group).unwrap();
    fs::remove_dir(above).unwrap();
    assert!(right);
}

/// Who finds no room in the table is counted, and the others are seen to their ends.
fn what_finds_no_room_is_counted() {
    let (mut go, let_go) = std::io::pipe().unwrap();
    let target = child(|| {
        go.read_exact(&mut [0]).unwrap();
        let (end, hold) = std::io::pipe().unwrap();
        let children: Vec<_> = (0..8).map(|_| child(|| i32::from((&end).read(&mut [0]).is_err()))).collect();
        (&hold).write_all(&[0; 8]).unwrap();
        children.into_iter().for_each(|child| assert_eq!(status_of(child), 0));
        0
    });
    let mut log = Log { first: Some(let_go), ..Log::default() };
    let outcome = ebpf::run(None, &[target], &ebpf::Options { threads: 4, ..options() }, &mut log).unwrap();
    status_of(target);
    let born = log.lines.iter().filter(|line| line.starts_with("Born")).count();
    assert_eq!(born, 3, "there was room for the first three children");
    assert_eq!(outcome.notices, ["5 times a thread was left out: no more than 4 are traced at once"]);
}

fn main() -> ExitCode {
    let mut log = Log::default();
    let nobody = child(|| 0);
    match ebpf::run(None, &[nobody], &options(), &mut log) {
        Err(error) if error.is_about_the_backend() => {
            eprintln!("SKIPPED: {error}");
            return ExitCode::SUCCESS;
        }
        _ => status_of(nobody),
    };
    attaching_interrupts_nothing();
    a_killed_tracer_leaves_nothing();
    every_child_is_seen();
    every_program_is_seen();
    [libc::SIGTERM, libc::SIGINT, libc::SIGKILL].into_iter().for_each(a_storm_goes_on_without_its_tracer);
    what_finds_no_room_is_counted();
    everybody_but_the_tracer_is_seen();
    match cgroups().map(|root| root.join(format!("tracewell-{}", std::process::id()))) {
        Some(group) if fs::create_dir(&group).is_ok() => only_the_cgroup_is_seen(&group),
        _ => eprintln!("SKIPPED: there is no cgroup v2 that can be written here"),
    }
    println!("ebpf lifecycle: all cases passed");
    ExitCode::SUCCESS
}
