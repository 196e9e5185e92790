//! The options, as data: the parser, the help text and the completions are made of this table.

use crate::{
    parse::Given,
    request::{Outcome, Request},
};

/// Whether an option has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// It has none.
    Nothing,
    /// It must have one, which the help text calls so.
    Value(&'static str),
    /// Its long form can have one, after `=`; its short form has none.
    Optional(&'static str),
}

/// The sections of the help text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What is done to which program.
    Startup,
    /// How it is followed, and let go.
    Tracing,
    /// Which events are shown.
    Filtering,
    /// How they look.
    Output,
    /// The table at the end.
    Statistics,
    /// The rest.
    Miscellaneous,
    /// Left out of the help text: deprecated, or of strace and refused here by name.
    Hidden,
}

/// An option.
pub struct Flag {
    /// Its letter.
    pub short: Option<char>,
    /// Its long names; the first one stands in the help text.
    pub long: &'static [&'static str],
    /// Whether it has a value.
    pub takes: Takes,
    /// Where it stands in the help text.
    pub section: Section,
    /// What it does, in one line.
    pub help: &'static str,
    /// What it does, in fact.
    pub(crate) effect: Effect,
}

/// What happens when an option is met.
#[derive(Clone, Copy)]
pub(crate) enum Effect {
    /// The request changes.
    Set(fn(&mut Request, &Given) -> Outcome),
    /// The help text is asked for.
    Help,
    /// The version is asked for.
    Version,
    /// A script for the completions of a shell is asked for.
    Completions,
}

/// Shortens the table below.
const fn flag(
    short: Option<char>,
    long: &'static [&'static str],
    takes: Takes,
    section: Section,
    set: fn(&mut Request, &Given) -> Outcome,
    help: &'static str,
) -> Flag {
    Flag { short, long, takes, section, help, effect: Effect::Set(set) }
}

use Section::{Filtering, Hidden, Miscellaneous, Output, Startup, Statistics, Tracing};
use Takes::{Nothing, Optional, Value};

/// All options. The order is that in which strace names the possibilities of an ambiguous abbreviation.
#[rustfmt::skip]
pub const FLAGS: &[Flag] = &[
    flag(Some('a'), &["columns"], Value("COLUMN"), Output, Request::column,
        "align results in this column (default 40)"),
    flag(Some('A'), &["output-append-mode"], Nothing, Output, Request::append,
        "add to the file of -o instead of overwriting it"),
    flag(Some('b'), &["detach-on"], Value("execve"), Tracing, Request::detach_on,
        "let go of a process when it calls execve"),
    flag(Some('c'), &["summary-only"], Nothing, Statistics, Request::summary_only,
        "count times, calls and errors and print nothing but a table of them at the end"),
    flag(Some('C'), &["summary"], Nothing, Statistics, Request::summary,
        "print the trace, and the table of -c at the end"),
    flag(Some('d'), &["debug"], Nothing, Hidden, Request::unsupported, ""),
    flag(Some('D'), &["daemonize", "daemonised", "daemonized"], Optional("WHERE"), Tracing, Request::daemonize,
        "run the tracer as a grandchild of the command; -DD, pgroup: in its own process group; -DDD, session: in its own session"),
    flag(Some('e'), &[], Value("EXPR"), Filtering, Request::qualify,
        "[QUALIFIER=]SET: trace (the default), signal, status, trace-fds, abbrev, verbose, raw, read, write, quiet, decode-fds"),
    flag(Some('E'), &["env"], Value("VAR[=VALUE]"), Startup, Request::environment,
        "set a variable of the command's environment, or remove it"),
    flag(Some('f'), &["follow-forks"], Nothing, Tracing, Request::follow,
        "trace children and threads too; -ff: with -o, each in a file of its own"),
    flag(Some('F'), &[], Nothing, Hidden, Request::follow_deprecated, ""),
    flag(None, &["output-separately"], Nothing, Output, Request::separately,
        "with -o FILE, write FILE.PID for each thread"),
    Flag { short: Some('h'), long: &["help"], takes: Nothing, section: Miscellaneous,
        help: "print this help", effect: Effect::Help },
    flag(Some('i'), &["instruction-pointer"], Nothing, Output, Request::instruction_pointer,
        "print the instruction pointer at each call"),
    flag(Some('I'), &["interruptible"], Value("WHEN"), Tracing, Request::interruptible,
        "when signals end the tracer: 1, anywhere; 2, waiting; 3, never; 4, never_tstp (SIGTSTP neither)"),
    flag(Some('k'), &["stack-trace", "stack-traces"], Optional("STYLE"), Hidden, Request::unsupported, ""),
    flag(None, &["stack-trace-frame-limit"], Value("LIMIT"), Hidden, Request::unsupported, ""),
    flag(None, &["syscall-limit"], Value("LIMIT"), Tracing, Request::call_limit,
        "let go of everything after so many calls"),
    flag(Some('n'), &["syscall-number"], Nothing, Output, Request::call_number,
        "print the number of each call"),
    flag(Some('N'), &["arg-names"], Nothing, Output, Request::argument_names,
        "print the names of arguments"),
    flag(Some('o'), &["output"], Value("FILE"), Output, Request::output,
        "write the trace to FILE instead of standard error; '|COMMAND' or '!COMMAND': to a command"),
    flag(Some('O'), &["summary-syscall-overhead"], Value("TIME"), Statistics, Request::overhead,
        "take TIME (a number with s, ms, us or ns) off each call"),
    flag(Some('p'), &["attach"], Value("PID"), Startup, Request::attach,
        "trace running processes; several may be separated by commas or blanks"),
    flag(Some('P'), &["trace-path"], Value("PATH"), Filtering, Request::path,
        "only calls about PATH; may be repeated"),
    flag(Some('r'), &["relative-timestamps"], Optional("PRECISION"), Output, Request::relative,
        "print the time since the line before; s, ms, us or ns (default us)"),
    flag(Some('s'), &["string-limit"], Value("SIZE"), Output, Request::string_limit,
        "print so many bytes of a string at most (default 32)"),
    flag(Some('S'), &["summary-sort-by"], Value("COLUMN"), Statistics, Request::sort,
        "sort the table by a column of -U, or by nothing (default time)"),
    flag(Some('t'), &["absolute-timestamps", "timestamps"], Optional("FORMAT,PRECISION"), Output, Request::absolute,
        "print the time of day; -tt: with microseconds; -ttt: as seconds since the epoch; FORMAT is none, time or unix"),
    flag(Some('T'), &["syscall-times"], Optional("PRECISION"), Output, Request::duration,
        "print the time spent in each call; s, ms, us or ns (default us)"),
    flag(Some('u'), &["user"], Value("USER"), Startup, Request::user,
        "run the command as a user, given by name or as UID:GID"),
    flag(Some('U'), &["summary-columns"], Value("COLUMNS"), Statistics, Request::columns,
        "columns of the table: time-percent, total-time, min-time, max-time, avg-time, wall-total, wall-min, wall-max, wall-avg, calls, errors, name"),
    flag(Some('v'), &["no-abbrev"], Nothing, Output, Request::no_abbrev,
        "do not shorten structures"),
    Flag { short: Some('V'), long: &["version"], takes: Nothing, section: Miscellaneous,
        help: "print the version", effect: Effect::Version },
    flag(Some('w'), &["summary-wall-clock"], Nothing, Statistics, Request::wall_clock,
        "count the time by the clock on the wall, not the time spent in the kernel"),
    flag(Some('x'), &["strings-in-hex"], Optional("WHICH"), Output, Request::hex,
        "print strings with bytes that are not ASCII in hexadecimal; -xx, all: all strings; WHICH may be none, non-ascii-chars, non-ascii, all"),
    flag(Some('X'), &["const-print-style"], Value("STYLE"), Output, Request::constants,
        "print constants raw, abbrev (as names, the default) or verbose (both)"),
    flag(Some('y'), &[], Nothing, Output, Request::details,
        "print what descriptors point to; -yy: the ends of sockets, the numbers of devices and the like, too"),
    flag(Some('Y'), &[], Nothing, Output, Request::commands, "the names of the commands of processes"),
    flag(None, &["pidns-translation"], Nothing, Hidden, Request::unsupported, ""),
    flag(Some('z'), &["successful-only"], Nothing, Filtering, Request::successful_only,
        "only calls that succeeded"),
    flag(Some('Z'), &["failed-only", "failing-only"], Nothing, Filtering, Request::failed_only,
        "only calls that failed"),
    flag(None, &["kill-on-exit"], Nothing, Tracing, Request::kill_on_exit,
        "kill all traced processes when the tracer ends"),
    flag(None, &["argv0"], Value("NAME"), Startup, Request::argv0,
        "call the command by this name"),
    flag(None, &["always-show-pid"], Nothing, Output, Request::always_show_pid,
        "start each line with the process id, even when there is one process only"),
    flag(None, &["seccomp-bpf"], Nothing, Tracing, Request::filter_in_kernel,
        "with -f and a command, stop only at the calls asked for; kills all traced processes when the tracer ends"),
    flag(None, &["tips"], Optional("TIP"), Hidden, Request::unsupported, ""),
    flag(None, &["color"], Value("WHEN"), Output, Request::color,
        "auto or never: lines are never coloured"),
    flag(None, &["trace"], Value("SET"), Filtering, Request::qualify_by_name,
        "only these calls: names, %class, /regex, numbers, all, none; ! before the set for all others, ? before a name that may be unknown, @64, @32, @x32 after it"),
    flag(None, &["trace-fds"], Value("SET"), Filtering, Request::qualify_by_name,
        "only calls about these descriptors"),
    flag(None, &["abbrev"], Value("SET"), Output, Request::qualify_by_name,
        "shorten the structures of these calls (default all)"),
    flag(None, &["verbose"], Value("SET"), Output, Request::qualify_by_name,
        "look into the structures of these calls (default all)"),
    flag(None, &["raw"], Value("SET"), Output, Request::qualify_by_name,
        "print the arguments of these calls as numbers"),
    flag(None, &["signals"], Value("SET"), Filtering, Request::qualify_by_name,
        "only these signals"),
    flag(None, &["status"], Value("SET"), Filtering, Request::qualify_by_name,
        "only calls that ended so: successful, failed, unfinished, unavailable, detached"),
    flag(None, &["read"], Value("SET"), Output, Request::qualify_by_name,
        "dump everything read from these descriptors"),
    flag(None, &["write"], Value("SET"), Output, Request::qualify_by_name,
        "dump everything written to these descriptors"),
    flag(None, &["fault"], Value("SET"), Hidden, Request::unsupported, ""),
    flag(None, &["inject"], Value("SET"), Hidden, Request::unsupported, ""),
    flag(None, &["kvm"], Value("SET"), Hidden, Request::unsupported, ""),
    flag(None, &["namespace"], Value("SET"), Hidden, Request::unsupported, ""),
    flag(Some('q'), &["quiet", "silent", "silence"], Optional("SET"), Output, Request::quiet,
        "no messages about attaching and personalities; -qq: nor about exits; SET may hold attach, exit, path-resolution, personality, thread-execve"),
    flag(None, &["decode-fds"], Optional("SET"), Output, Request::details,
        "what to print of descriptors: path (the default), socket, dev, pidfd, eventfd, signalfd, all, none"),
    flag(None, &["decode-pids"], Value("SET"), Output, Request::qualify_by_name, "what is shown of processes: comm, none"),
    flag(None, &["secontext"], Optional("SET"), Hidden, Request::unsupported, ""),
    flag(None, &["format"], Value("FORMAT"), Output, Request::format,
        "text (the default) or json: one JSON object per line"),
    flag(None, &["backend"], Value("BACKEND"), Tracing, Request::backend,
        "how to trace: ptrace (the default); ebpf: by programs in the kernel, stopping nobody; auto: ebpf where it can be had"),
    flag(None, &["all"], Nothing, Startup, Request::all,
        "with --backend=ebpf, trace all processes but the tracer, until it is interrupted or the command has ended"),
    flag(None, &["cgroup"], Value("DIRECTORY"), Startup, Request::cgroup,
        "with --backend=ebpf, trace all processes in a cgroup (v2) and those below it"),
    flag(None, &["ring-size"], Value("MIB"), Tracing, Request::ring,
        "with --backend=ebpf, how much the kernel can be ahead of the tracer (default 4, or 64 without the right to be scheduled first)"),
    flag(None, &["wakeup"], Value("HOW"), Tracing, Request::wakeup,
        "how stops are waited for while they come densely: auto, sleep, spin (look for the next one first) or latency (keep processors awake)"),
    Flag { short: None, long: &["completions"], takes: Value("SHELL"), section: Miscellaneous,
        help: "print a script that completes command lines; bash", effect: Effect::Completions },
];

/// The long options that strace does not have. They cannot be abbreviated, so that strace's abbreviations stay what
/// they are.
pub const OWN: &[&str] = &["format", "backend", "all", "cgroup", "ring-size", "wakeup", "completions"];

/// The option with this letter.
pub fn by_letter(letter: char) -> Option<&'static Flag> {
    FLAGS.iter().find(|flag| flag.short == Some(letter))
}
