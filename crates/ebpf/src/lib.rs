//! The eBPF backend: starts or takes hold of processes, and tells a [`Sink`] what they do, without ever stopping them.
//!
//! Design constraints:
//!
//! * Nothing but rustc is needed: programs are made by an assembler of this crate's own and loaded with bpf(2).
//! * The programs know no call by name. What memory a call's decoding will look at is a plan, made from the call's row
//!   ([`decode::plan`]); it is data in maps, and one loop in the kernel follows it.
//! * Threads are known by the address of their `task_struct`: no id can be mistaken, a child is known before it runs, and
//!   no layout of the kernel's has to be known for it.
//! * Whatever a process says is bounded: lengths by masks, lists by counts, the whole by the room for one record.
//! * What is lost is counted in the kernel, and told.
//! * Maps and programs are held by descriptors alone: they go with this process, however it ends.
//!
//! The calling process must have one thread.
#![deny(unsafe_op_in_unsafe_fn)]

mod assembler;
mod btf;
mod counters;
mod exec;
mod files;
mod haste;
mod kernel;
mod kernel_types;
mod layout;
mod look;
mod mapping;
mod outcome;
mod plan;
mod programs;
mod record;
mod ring;
mod session;
mod signals;
mod specimen;
mod start;
mod sys;
mod targets;
mod uapi;
#[cfg(test)]
mod verified;

pub use outcome::{Error, Outcome};
pub use start::Command;

use abi::Abi;
use files::Known;
use haste::Haste;
use kernel::Kernel;
use kernel_types::Types;
use plan::Plans;
use programs::{Members, Probe, Traits, Unasked};
use session::Session;
use signals::Signals;
use specimen::Specimens;
use start::Held;
use std::path::Path;
use tracer::{Files, Sink, Tid};

/// How to trace.
pub struct Options<'a> {
    /// Trace children and all threads, too (`-f`).
    pub follow: bool,
    /// How many bytes of a string or buffer are looked at, but for one (`-s`).
    pub limit: u64,
    /// The size of the ring in bytes, rounded up to a power of two, where it is asked for.
    pub ring: Option<u32>,
    /// How many threads are traced at once, at most.
    pub threads: u32,
    /// Which calls are told, or counted.
    pub wanted: &'a dyn Fn(Abi, u64) -> bool,
    /// Who is traced besides the command and the processes that are attached to.
    pub scope: Scope<'a>,
    /// Whether it matters what descriptors point to (`-y`, `-P`): it is then looked up at each call, as far as this kernel
    /// says how.
    pub descriptors: bool,
    /// Who is asked about descriptors when an event is told: what they point to where the programs did not find out, and more.
    pub files: &'a dyn Files,
    /// Which outcomes are told, where not all are: of a call with another one, and of one that has none, nothing is told.
    pub outcomes: Option<Outcomes>,
    /// How calls are counted, where nothing is to be told of them: [`Sink::sums`] gets what was counted, at the end.
    pub counting: Option<Counting<'a>>,
}

/// Who is traced besides those that are asked for by their ids.
#[derive(Clone, Copy, Debug)]
pub enum Scope<'a> {
    /// Nobody.
    Asked,
    /// Everybody, but the tracer and what it has started to help it.
    System,
    /// Whoever of them is in this cgroup (v2, a directory), or one below it.
    Cgroup(&'a Path),
}

/// How calls can end that come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcomes {
    /// They succeed.
    Successes,
    /// They fail.
    Failures,
}

/// How calls are counted in the kernel.
#[derive(Clone, Copy)]
pub struct Counting<'a> {
    /// Nanoseconds that are taken off each call.
    pub overhead: u64,
    /// Whether those count that succeed.
    pub successes: bool,
    /// Whether those count that fail.
    pub failures: bool,
    /// Which calls are several in one, told apart by their first argument.
    pub several: &'a dyn Fn(Abi, u64) -> bool,
}

/// The smallest ring: one record of the greatest size fits several times.
const SMALLEST: u32 = 1 << 20;

/// The usual one, for a reader that is scheduled in time, and that for one that is not.
const USUAL: u32 = 4 << 20;
const UNHURRIED: u32 = 64 << 20;

/// The largest.
const LARGEST: u32 = 1 << 30;

/// Traces a command, or processes that run already, or whoever else, until all have ended (with a [`Scope`] beyond
/// those: the command), or the tracer is asked to end.
///
/// # Errors
/// When nothing could be traced. What goes wrong later is in [`Outcome::notices`].
pub fn run(
    command: Option<&Command>,
    attach: &[Tid],
    options: &Options<'_>,
    sink: &mut dyn Sink,
) -> Result<Outcome, Error> {
    targets::check_namespace()?;
    let specimens = Specimens::new()?;
    let haste = Haste::ask();
    let usual = if haste.is_granted() { USUAL } else { UNHURRIED };
    let size = options.ring.unwrap_or(usual).clamp(SMALLEST, LARGEST).next_power_of_two();
    let members =
        if options.descriptors { Types::of_kernel().ok().and_then(|types| Members::find(&types)) } else { None };
    let plans = match &options.counting {
        Some(counting) => Plans::counting(options.wanted, counting.several),
        None => Plans::new(options.limit, members.is_some(), options.wanted),
    };
    let mut kernel = Kernel::new(&plans, options.threads, size)?;
    let mut ring = kernel.reader(size)?;
    let specimen = specimens.release(&kernel)?;
    let counting = options.counting.map(|Counting { overhead, successes, failures, .. }| programs::Counting {
        overhead,
        successes,
        failures,
    });
    let unasked = match options.scope {
        Scope::Asked => Unasked::Nobody,
        Scope::System => Unasked::Everybody,
        Scope::Cgroup(folder) => Unasked::In(kernel.cgroup(folder)?),
    };
    let everyone = !matches!(options.scope, Scope::Asked);
    let tracer = std::process::id() as i32;
    let traits = Traits { follow: options.follow, tracer, unasked, members, outcomes: options.outcomes, counting };
    let load = |probes: Vec<Probe>| probes.iter().map(|probe| kernel.load(probe)).collect::<Result<Vec<_>, _>>();
    let deeds = load(programs::deeds(kernel.maps(), traits)?)?;
    let lives = load(programs::lives(kernel.maps(), traits, specimens.exit_code(&mut ring))?)?;
    kernel.attach(lives)?;
    // Not before: to put the next program to the place of the last one, the kernel would wait a good while.
    drop(specimen);
    if everyone {
        exclude_helpers(&kernel)?;
    }
    kernel.attach(deeds)?;
    let signals = Signals::block();
    let mut session = Session::new(kernel, ring, &signals, sink, options, Known::new(members.is_some()));
    for &pid in attach {
        session.attach(pid, options.follow)?;
    }
    if let Some(command) = command {
        session.start(&Held::command(command, &signals)?)?;
    }
    session.trace();
    Ok(session.finish())
}

/// Sees to it that nothing is told of what helps the tracer. Whoever they start from now on is left out by the programs.
fn exclude_helpers(kernel: &Kernel) -> Result<(), Error> {
    let mut known = Vec::new();
    loop {
        let new: Vec<Tid> = targets::helpers().into_iter().filter(|tid| !known.contains(tid)).collect();
        if new.is_empty() {
            return Ok(());
        }
        kernel.exclude(&new)?;
        known.extend(new);
    }
}
