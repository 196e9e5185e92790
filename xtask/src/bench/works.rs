//! What is traced, and under which conditions.

/// One kind of work: what it is called, and its command, in which `BENCH` is the folder of built programs.
pub struct Work {
    pub name: &'static str,
    pub command: &'static [&'static str],
    /// The only calls that are traced, by a filter in the kernel; `None` for all.
    pub only: Option<&'static str>,
    /// What tracewell's time over strace's shall be at most, as [`CONDITIONS`] are ordered.
    pub goals: [f64; 3],
    /// What the eBPF backend's time over strace's shall be at most.
    pub ebpf: f64,
}

/// A condition: what it is called, and the words before each command that bring it about.
pub struct Condition {
    pub name: &'static str,
    pub prefix: &'static [&'static str],
}

pub const CONDITIONS: [Condition; 3] = [
    Condition { name: "as root", prefix: &[] },
    Condition { name: "without rights", prefix: &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] },
    Condition { name: "on one CPU", prefix: &["taskset", "-c", "0"] },
];

const DENSE: [f64; 3] = [0.25, 0.5, 0.85];
const BUILD: [f64; 3] = [0.45, 0.7, 0.95];
const THREADS: [f64; 3] = [0.85, 0.95, 0.9];

/// All works. The programs are in `tests/bench`.
#[rustfmt::skip]
pub const WORKS: &[Work] = &[
    Work { name: "getppid", command: &["BENCH/calls", "10000"], only: None, goals: DENSE, ebpf: 0.05 },
    Work { name: "dd bs=1", command: &["dd", "if=/dev/zero", "of=/dev/null", "bs=1", "count=5000", "status=none"], only: None, goals: DENSE, ebpf: 0.05 },
    Work { name: "small files", command: &["BENCH/reopen", "2500"], only: None, goals: DENSE, ebpf: 0.05 },
    Work { name: "structures", command: &["BENCH/structures", "2500"], only: None, goals: DENSE, ebpf: 0.05 },
    Work { name: "find", command: &["find", "/usr/include", "-maxdepth", "3", "-size", "+9999k"], only: None, goals: DENSE, ebpf: 0.05 },
    Work { name: "8 threads", command: &["BENCH/threads", "8", "1500"], only: None, goals: THREADS, ebpf: 0.15 },
    Work { name: "pipes of 2 threads", command: &["BENCH/pipes", "2500"], only: None, goals: THREADS, ebpf: 0.15 },
    Work { name: "fork and exec", command: &["BENCH/storm", "50"], only: None, goals: [0.65, 0.9, 0.95], ebpf: 0.4 },
    Work { name: "filtered 8 threads", command: &["BENCH/threads", "8", "6000"], only: Some("chdir"), goals: [0.1; 3], ebpf: 0.1 },
    Work { name: "gcc", command: &["gcc", "-O1", "-o", "/dev/null", "BENCH/limit.c"], only: None, goals: BUILD, ebpf: 0.3 },
    Work { name: "python imports", command: &["/usr/bin/python3", "-c", "import asyncio, json, email, http.client"], only: None, goals: BUILD, ebpf: 0.3 },
    Work { name: "2 busy processes", command: &["BENCH/busy", "100"], only: None, goals: [1.0; 3], ebpf: 0.9 },
    Work { name: "1000 idle, 1 busy", command: &["BENCH/idle", "1000", "10000"], only: None, goals: [0.3, 0.4, 0.4], ebpf: 0.01 },
    Work { name: "start of true", command: &["true"], only: None, goals: [0.6, 0.6, 0.7], ebpf: 1.0 },
];

/// The programs that are made, by the names of their sources.
pub const PROGRAMS: &[&str] = &["busy", "calls", "idle", "limit", "pipes", "reopen", "storm", "structures", "threads"];
