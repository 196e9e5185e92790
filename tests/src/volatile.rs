//! What changes from run to run: addresses, times, inode numbers and the like.
//!
//! Each replacement names the field or the call it is for, so that nothing else is hidden.

use crate::pattern::pattern;
use regex_lite::{Captures, Regex};

/// Which numbers are addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// None: the address space is not randomised, and both sides must agree.
    Fixed,
    /// A 64-bit program's mappings and stack.
    X86_64,
    /// A 32-bit program's mappings and stack.
    I386,
}

/// Where the test programs are linked to: an address that is no other number.
pub const LINKED_AT: u64 = 0x5ca1_e000;

impl Addresses {
    /// The layout of a program built for a personality.
    pub fn of(abi: &str) -> Self {
        if abi == "i386" { Self::I386 } else { Self::X86_64 }
    }

    fn contain(self, number: u64) -> bool {
        let wide = |number| {
            (0x7e00_0000_0000..=0x7fff_ffff_ffff).contains(number)
                || (0x5500_0000_0000..=0x56ff_ffff_ffff).contains(number)
        };
        let linked = |number| (LINKED_AT..LINKED_AT + 0x10_0000).contains(number);
        match self {
            Self::Fixed => false,
            Self::X86_64 => wide(&number) || linked(&number),
            // The 64-bit tracer's own call, execve, is in the trace too.
            Self::I386 => wide(&number) || linked(&number) || (0xf000_0000..=0xffff_dfff).contains(&number),
        }
    }
}

/// A replacement: for which calls (all, where empty), what, by what.
struct Rule {
    calls: &'static [&'static str],
    find: &'static Regex,
    put: &'static str,
}

/// An event of a test program without what changes from run to run.
pub fn settle(event: &str, addresses: Addresses) -> String {
    settle_addresses(&apply(&rules(), event), addresses)
}

/// An event of any program: clocks and the times of files change as well.
pub fn settle_any(event: &str, addresses: Addresses) -> String {
    settle(&apply(&clock_rules(), event), addresses)
}

fn apply(rules: &[Rule], event: &str) -> String {
    let call = event.split('(').next().unwrap_or_default();
    let mut text = event.to_owned();
    for rule in rules.iter().filter(|rule| rule.calls.is_empty() || rule.calls.contains(&call)) {
        text = rule.find.replace_all(&text, rule.put).into_owned();
    }
    text
}

fn settle_addresses(text: &str, addresses: Addresses) -> String {
    let settle = |hex: &str| match u64::from_str_radix(&hex[2..], 16) {
        Ok(number) if addresses.contain(number) => "ADDR".to_owned(),
        _ => hex.to_owned(),
    };
    pattern!(r"0x[0-9a-f]+\b").replace_all(text, |found: &Captures| settle(&found[0])).into_owned()
}

/// What the test programs cannot keep the same.
fn rules() -> [Rule; 15] {
    let any = &[];
    let own_id = &["getuid", "geteuid", "getgid", "getegid", "getuid32", "geteuid32", "getgid32", "getegid32"];
    let select = &["select", "_newselect", "pselect6", "pselect6_time64", "ppoll", "ppoll_time64"];
    [
        Rule { calls: any, find: pattern!(r"\b(si_[us]time)=\d+(?: /\* [\d.]+ s \*/)?"), put: "$1=N" },
        Rule { calls: any, find: pattern!(r"\b(si_uid)=\d+"), put: "$1=ID" },
        Rule { calls: any, find: pattern!(r" \(core dumped\) \+\+\+$"), put: " +++" },
        Rule { calls: any, find: pattern!(r"/#\d+>\(deleted\)"), put: "/#N>(deleted)" },
        Rule {
            calls: any,
            find: pattern!(r"<([A-Za-z]+(?:v6)?|anon_inode|UNIX-STREAM|UNIX-DGRAM):\[\d+([\],-])"),
            put: "<$1:[N$2",
        },
        Rule { calls: any, find: pattern!(r"(<UNIX[-A-Z]*:\[N->)\d+"), put: "${1}N" },
        Rule { calls: any, find: pattern!(r"\b(127\.0\.0\.1:)\d+"), put: "${1}PORT" },
        Rule { calls: any, find: pattern!(r"\b(sin_port=htons\()\d{5}"), put: "${1}PORT" },
        Rule { calls: any, find: pattern!(r"\b(eventfd-id=)\d+"), put: "${1}N" },
        Rule { calls: &["wait4", "waitid"], find: pattern!(r"\b(ru_\w+)=(?:\{[^}]*\}|\d+)"), put: "$1=N" },
        Rule { calls: own_id, find: pattern!(r"= \d+"), put: "= ID" },
        Rule { calls: &["getcwd"], find: pattern!(r#"^(getcwd\("/.*\) = )\d+"#), put: "${1}N" },
        // The first program's arguments lie in the heap of the tracer, which is linked for a fixed place.
        Rule { calls: &["execve"], find: pattern!(r"\b0x[1-4]?[0-9a-f]{6,7}\b"), put: "ADDR" },
        Rule { calls: &["brk"], find: pattern!(r"0x[0-9a-f]+"), put: "ADDR" },
        Rule { calls: select, find: pattern!(r"left \{[^}]*\}"), put: "left {N}" },
    ]
}

/// What clocks, timers, folders and file systems show to any program; and the environment of the first program, which is the tracer's.
fn clock_rules() -> [Rule; 10] {
    let clocks = &["clock_gettime", "clock_gettime64", "gettimeofday", "clock_adjtime", "adjtimex", "sysinfo"];
    let timers = &["timer_gettime", "timerfd_gettime", "getitimer", "timer_gettime64", "timerfd_gettime64"];
    let statfs = &["statfs", "fstatfs", "statfs64", "fstatfs64"];
    let stat = &["stat", "lstat", "fstat", "newfstatat", "stat64", "lstat64", "fstat64", "fstatat64", "statx"];
    [
        Rule { calls: &["execve"], find: pattern!(r"0x[0-9a-f]+( /\* \d+ vars? \*/)"), put: "ADDR$1" },
        Rule { calls: clocks, find: pattern!(r"\b(\w+)=\d+(?: /\* [^*]* \*/)?"), put: "$1=N" },
        Rule { calls: &["sysinfo"], find: pattern!(r"\bloads=\[[^\]]*\]"), put: "loads=[N]" },
        Rule { calls: timers, find: pattern!(r"\b(tv_\w+)=\d+"), put: "$1=N" },
        Rule { calls: &["time", "times"], find: pattern!(r"= \d+.*$"), put: "= N" },
        Rule { calls: &["times", "getrusage"], find: pattern!(r"\b((?:tms|ru|tv)_\w+)=\d+"), put: "$1=N" },
        Rule { calls: stat, find: pattern!(r"\b(st_\wtime(?:_nsec)?)=\d+(?: /\* [^*]* \*/)?"), put: "$1=N" },
        Rule { calls: statfs, find: pattern!(r"\b(f_(?:bfree|bavail|ffree))=\d+"), put: "$1=N" },
        Rule { calls: stat, find: pattern!(r"\b(stx_\wtime)=\{[^}]*\}"), put: "$1=N" },
        Rule {
            calls: &["getrandom"],
            find: pattern!(r#"^getrandom\("(?:[^"\\]|\\.)*"(?:\.\.\.)?"#),
            put: "getrandom(BYTES",
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_numbers() {
        let text = "mmap(NULL, 0x7fffffffffffffff, 0x7f12) = 0x7f0123456789";
        assert_eq!(settle(text, Addresses::X86_64), "mmap(NULL, 0x7fffffffffffffff, 0x7f12) = ADDR");
        assert_eq!(settle(text, Addresses::Fixed), text);
        assert_eq!(settle("f(0xffffffff, 0xff8f0010, 0x5ca1e123)", Addresses::I386), "f(0xffffffff, ADDR, ADDR)");
    }

    #[test]
    fn only_the_named_fields_change() {
        let text = "nanosleep({tv_sec=1, tv_nsec=5}, NULL) = 0";
        assert_eq!(settle(text, Addresses::X86_64), text);
        assert_eq!(
            settle_any("clock_gettime(CLOCK_BOOTTIME, {tv_sec=1, tv_nsec=5}) = 0", Addresses::X86_64),
            "clock_gettime(CLOCK_BOOTTIME, {tv_sec=N, tv_nsec=N}) = 0"
        );
    }
}
