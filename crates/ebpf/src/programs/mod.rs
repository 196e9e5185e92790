//! The programs that run in the kernel, one for each tracepoint.
//!
//! All keep what they work on in a map's memory and not in registers: to the verifier every turn of a loop then looks
//! the same, and it has to look at one only.

mod calls;
mod capture;
mod common;
mod count;
mod events;
mod files;
#[cfg(test)]
mod simulated;

pub(crate) use files::Members;

use crate::Outcomes;
use crate::assembler::{Flaw, Program};

/// The maps, by their descriptors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Maps {
    /// By the address of its `task_struct`: what is known of a thread that is traced.
    pub(crate) threads: i32,
    /// By id: the flags of the threads that are asked for.
    pub(crate) asked: i32,
    /// One value, see [`crate::layout::counters`].
    pub(crate) counters: i32,
    /// One value: the first step of each call's plan.
    pub(crate) roots: i32,
    /// The steps of plans.
    pub(crate) ops: i32,
    /// The cases of switches.
    pub(crate) cases: i32,
    /// By CPU: the room for a record in the making.
    pub(crate) scratch: i32,
    /// The ring.
    pub(crate) ring: i32,
    /// By the address of its `task_struct`: the record of a thread's entry, until the exit tells whether it is wanted.
    pub(crate) kept_back: i32,
    /// What is counted of calls, see [`crate::layout::sums`].
    pub(crate) sums: i32,
    /// By thread and kind: heads of records that found no room and must not be lost.
    pub(crate) kept: i32,
}

/// What the programs depend on besides the maps.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Traits {
    /// Whether children are traced.
    pub(crate) follow: bool,
    /// The tracer's process.
    pub(crate) tracer: i32,
    /// Who is traced without being asked for.
    pub(crate) unasked: Unasked,
    /// How to find what descriptors point to, where that is asked for.
    pub(crate) members: Option<Members>,
    /// Which outcomes are told, where not all are.
    pub(crate) outcomes: Option<Outcomes>,
    /// How calls are counted, where nothing else is asked for.
    pub(crate) counting: Option<Counting>,
}

/// Who is traced without being asked for, from the first call on that is seen. The tracer is not.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unasked {
    /// Nobody.
    Nobody,
    /// Everybody.
    Everybody,
    /// Whoever is in the first cgroup of this map.
    In(i32),
}

/// How calls are counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counting {
    /// Nanoseconds that are taken off each.
    pub(crate) overhead: u64,
    /// Whether those count that succeed.
    pub(crate) successes: bool,
    /// Whether those count that fail.
    pub(crate) failures: bool,
}

/// A program, and the tracepoint that it is for.
pub(crate) struct Probe {
    /// The tracepoint's name.
    pub(crate) tracepoint: &'static str,
    /// What runs there.
    pub(crate) program: Program,
}

fn probe(tracepoint: &'static str, program: Result<Program, Flaw>) -> Result<Probe, Flaw> {
    Ok(Probe { tracepoint, program: program? })
}

/// The programs that tell of the lives of threads. To be attached first, so that nothing can begin unseen.
/// `exit_code` is where in `task_struct` the exit status lies, if that is known.
pub(crate) fn lives(maps: Maps, traits: Traits, exit_code: Option<i32>) -> Result<Vec<Probe>, Flaw> {
    Ok(vec![
        probe("sched_process_exit", events::end(maps, traits, exit_code))?,
        probe("sched_process_exec", events::exec(maps))?,
        probe("sched_process_fork", events::fork(maps, traits))?,
    ])
}

/// The programs that tell what threads do, or count it.
pub(crate) fn deeds(maps: Maps, traits: Traits) -> Result<Vec<Probe>, Flaw> {
    if let Some(counting) = traits.counting {
        return Ok(vec![
            probe("signal_generate", count::sent(maps))?,
            probe("sys_exit", count::exit(maps, traits, counting))?,
            probe("sys_enter", count::enter(maps, traits))?,
        ]);
    }
    Ok(vec![
        probe("signal_deliver", events::signal(maps, traits))?,
        probe("signal_generate", events::sent(maps))?,
        probe("sys_exit", calls::exit(maps, traits))?,
        probe("sys_enter", calls::enter(maps, traits))?,
    ])
}

/// The program that finds out where `task_struct` keeps the exit status.
pub(crate) use events::specimen;
