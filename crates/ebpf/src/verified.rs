//! Every program that can be generated passes the kernel's verifier, far from its limits. Needs the rights to load them.

use crate::Outcomes;
use crate::kernel::Kernel;
use crate::kernel_types::Types;
use crate::outcome::Error;
use crate::plan::Plans;
use crate::programs::{self, Counting, Members, Probe, Traits, Unasked};
use crate::sys;
use std::io::Write;
use std::os::fd::{AsRawFd, OwnedFd};

/// How many instructions the verifier may look at for one program; it gives up at a million (`BPF_COMPLEXITY_LIMIT_INSNS`,
/// linux/bpf.h).
const MOST: u64 = 100_000;

/// Past the harness, which shows nothing of a test that passes.
fn skip(why: &str) {
    writeln!(std::io::stderr(), "SKIPPED: {why}").unwrap();
}

/// All that programs depend on besides the maps, in every combination.
fn traits(kernel: &mut Kernel) -> Vec<Traits> {
    let members = Types::of_kernel().ok().and_then(|types| Members::find(&types));
    if members.is_none() {
        skip("this kernel does not say where its structures have their members");
    }
    let mut scopes = vec![Unasked::Nobody, Unasked::Everybody];
    match kernel.cgroup("/sys/fs/cgroup/unified".as_ref()).or_else(|_| kernel.cgroup("/sys/fs/cgroup".as_ref())) {
        Ok(cgroup) => scopes.push(Unasked::In(cgroup)),
        Err(error) => skip(&error.to_string()),
    }
    let counted = [(true, true), (true, false), (false, true), (false, false)];
    let countings = counted.map(|(successes, failures)| Some(Counting { overhead: 1000, successes, failures }));
    let mut all = Vec::new();
    for follow in [false, true] {
        for &unasked in &scopes {
            for members in [None, members] {
                for counting in [None].into_iter().chain(countings) {
                    all.push(Traits { follow, tracer: 1, unasked, members, outcomes: None, counting });
                }
                for outcomes in [Outcomes::Successes, Outcomes::Failures] {
                    let outcomes = Some(outcomes);
                    all.push(Traits { follow, tracer: 1, unasked, members, outcomes, counting: None });
                }
            }
        }
    }
    all
}

/// How many instructions the verifier has looked at (`verified_insns`, Linux 5.16).
fn looked_at(program: &OwnedFd) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/self/fdinfo/{}", program.as_raw_fd())).unwrap();
    let value = text.lines().find_map(|line| line.strip_prefix("verified_insns:")).unwrap_or("0");
    value.trim().parse().unwrap()
}

#[test]
fn the_verifier_takes_every_program_there_can_be() {
    let every = |_, _| true;
    let plans = [Plans::new(0, false, every), Plans::new(u64::MAX, true, every), Plans::counting(every, every)];
    let mut greatest: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for plans in plans {
        let mut kernel = match Kernel::new(&plans, 16, 1 << 14) {
            Err(Error::Rights) => return skip("the rights to load programs are missing"),
            kernel => kernel.unwrap(),
        };
        let types = sys::types(&crate::btf::types()).unwrap();
        for traits in traits(&mut kernel) {
            let mut probes: Vec<Probe> = programs::lives(kernel.maps(), traits, None).unwrap();
            probes.extend(programs::lives(kernel.maps(), traits, Some(1000)).unwrap());
            probes.extend(programs::deeds(kernel.maps(), traits).unwrap());
            for Probe { tracepoint, program } in probes {
                let loaded = sys::load(&program, &types).unwrap_or_else(|error| panic!("{tracepoint}: {error}"));
                let most = greatest.entry(tracepoint).or_default();
                *most = (*most).max(looked_at(&loaded));
            }
        }
    }
    assert_eq!(greatest.len(), 7, "there is a program for each tracepoint: {greatest:?}");
    assert!(greatest.values().all(|count| *count < MOST), "{greatest:?}");
}
