//! From runs of numbers to a program for the kernel's packet filter (`linux/filter.h`; seccomp(2)).
//!
//! The number is looked for by halves: some ten comparisons at most. The kernel finds out beforehand which numbers a
//! filter lets pass whatever else there is, and does not ask it for those again.

use super::MARK;
use super::runs::{REQUEST, Run, Runs, Verdict};
use crate::words::I386;
use libc::sock_filter;
use std::mem::offset_of;

/// Where the lower half of the second argument lies in `struct seccomp_data`.
const SECOND: usize = offset_of!(libc::seccomp_data, args) + size_of::<u64>();

/// A comparison of what was loaded with a number, unsigned.
#[derive(Clone, Copy)]
enum Test {
    Equal = libc::BPF_JEQ as isize,
    AtLeast = libc::BPF_JGE as isize,
}

/// The program for 64-bit and for 32-bit calls.
pub(super) fn compile(of_64_bits: &Runs, of_32_bits: &Runs) -> Vec<sock_filter> {
    let number = |runs: &Runs| {
        let mut code = vec![load(offset_of!(libc::seccomp_data, nr))];
        code.extend(search(runs.as_slice()));
        code
    };
    let mut code = vec![load(offset_of!(libc::seccomp_data, arch))];
    code.extend(branch(Test::Equal, I386, number(of_32_bits), number(of_64_bits)));
    code
}

/// Finds the run of the number that was loaded.
fn search(runs: &[Run]) -> Vec<sock_filter> {
    match runs.split_at(runs.len() / 2) {
        ([], high) => high.first().map(|run| answer(run.verdict)).unwrap_or_default(),
        (low, high) => branch(Test::AtLeast, high[0].first, search(high), search(low)),
    }
}

/// Ends with a verdict.
fn answer(verdict: Verdict) -> Vec<sock_filter> {
    let pass = vec![end(libc::SECCOMP_RET_ALLOW)];
    let pick = vec![end(libc::SECCOMP_RET_TRACE | u32::from(MARK))];
    match verdict {
        Verdict::Pass => pass,
        Verdict::Pick => pick,
        Verdict::PickRequest => {
            let mut code = vec![load(SECOND)];
            code.extend(branch(Test::Equal, REQUEST, pick, pass));
            code
        }
    }
}

/// Goes on with `holds` or with `fails`, neither of which comes to its end. A comparison can jump over 255 instructions
/// only.
fn branch(test: Test, number: u32, holds: Vec<sock_filter>, fails: Vec<sock_filter>) -> Vec<sock_filter> {
    let compare = |jt, jf| instruction(libc::BPF_JMP | test as u32 | libc::BPF_K, jt, jf, number);
    let mut code = match u8::try_from(fails.len()) {
        Ok(over) => vec![compare(over, 0)],
        Err(_) => vec![compare(0, 1), instruction(libc::BPF_JMP | libc::BPF_JA, 0, 0, fails.len() as u32)],
    };
    code.extend(fails);
    code.extend(holds);
    code
}

/// Loads a word of `struct seccomp_data`.
fn load(offset: usize) -> sock_filter {
    instruction(libc::BPF_LD | libc::BPF_W | libc::BPF_ABS, 0, 0, offset as u32)
}

/// Ends.
fn end(answer: u32) -> sock_filter {
    instruction(libc::BPF_RET | libc::BPF_K, 0, 0, answer)
}

fn instruction(code: u32, jt: u8, jf: u8, k: u32) -> sock_filter {
    sock_filter { code: code as u16, jt, jf, k }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::servers::{self, Serving};
    use crate::words::X32;
    use abi::Abi;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// `AUDIT_ARCH_X86_64`.
    const X86_64: u32 = 0xc000_003e;

    /// A call as a filter sees it.
    #[derive(Clone, Copy, Debug)]
    struct Data {
        arch: u32,
        number: u32,
        second: u32,
    }

    /// What the kernel makes of a program: the answer, and how many instructions it took.
    fn run(program: &[sock_filter], data: Data) -> (u32, usize) {
        let (mut at, mut loaded) = (0, 0);
        for steps in 1.. {
            let sock_filter { code, jt, jf, k } = program[at];
            at += 1;
            let mut jump = |holds: bool| at += usize::from(if holds { jt } else { jf });
            match u32::from(code) {
                code if code == libc::BPF_LD | libc::BPF_W | libc::BPF_ABS => {
                    loaded = match k as usize {
                        offset if offset == offset_of!(libc::seccomp_data, nr) => data.number,
                        offset if offset == offset_of!(libc::seccomp_data, arch) => data.arch,
                        SECOND => data.second,
                        offset => panic!("loads from {offset}"),
                    };
                }
                code if code == libc::BPF_JMP | libc::BPF_JEQ => jump(loaded == k),
                code if code == libc::BPF_JMP | libc::BPF_JGE => jump(loaded >= k),
                code if code == libc::BPF_JMP | libc::BPF_JA => at += k as usize,
                code if code == libc::BPF_RET => return (k, steps),
                code => panic!("{code:#x} is unknown"),
            }
        }
        unreachable!("jumps lead forward")
    }

    fn program(wanted: impl Fn(Abi, u64) -> bool) -> Vec<sock_filter> {
        compile(&Runs::of_64_bits(&wanted), &Runs::of_32_bits(&wanted))
    }

    fn picks(program: &[sock_filter], data: Data) -> bool {
        match run(program, data).0 {
            libc::SECCOMP_RET_ALLOW => false,
            answer => {
                assert_eq!(answer, libc::SECCOMP_RET_TRACE | u32::from(MARK));
                true
            }
        }
    }

    fn call_of(data: Data) -> (Abi, u64) {
        match (data.arch, u64::from(data.number)) {
            (I386, number) => (Abi::I386, number),
            (_, number) if number & X32 != 0 && number >> 31 == 0 => (Abi::X32, number & !X32),
            (_, number) => (Abi::X86_64, number),
        }
    }

    fn any_data() -> impl Strategy<Value = Data> {
        let number = prop_oneof![0_u32..1100, any::<u32>(), Just(u32::MAX)];
        let second = prop_oneof![Just(REQUEST), any::<u32>()];
        (any::<bool>(), any::<bool>(), number, second).prop_map(|(is_32, is_x32, number, second)| Data {
            arch: if is_32 { I386 } else { X86_64 },
            number: if is_x32 { number | X32 as u32 } else { number },
            second,
        })
    }

    proptest! {
        #[test]
        fn what_is_wanted_is_picked(
            picked in prop::collection::btree_set((0_usize..3, 0_u64..500), 0..400),
            others in any::<bool>(),
            calls in prop::collection::vec(any_data(), 100),
        ) {
            let picked: BTreeSet<_> = picked.into_iter().map(|(abi, number)| (Abi::ALL[abi] as usize, number)).collect();
            let wanted = |abi: Abi, number| picked.contains(&(abi as usize, number)) != others;
            let program = program(wanted);
            for data in calls {
                let (abi, number) = call_of(data);
                let serves = servers::by_call(abi, number, data.second.into()) != Serving::No;
                prop_assert_eq!(picks(&program, data), wanted(abi, number) || serves, "{:?}", data);
            }
        }
    }

    #[test]
    fn every_filter_of_calls_that_there_are_is_short_enough_and_fast() {
        let every_other = program(|abi, number| number >= 500 || abi::call(abi, number).is_none() || number % 2 == 0);
        assert!(every_other.len() <= libc::BPF_MAXINSNS as usize, "{}", every_other.len());
        let longest = (0..500).map(|number| run(&every_other, Data { arch: X86_64, number, second: 0 }).1).max();
        assert!(longest < Some(24), "{longest:?}");
    }
}
