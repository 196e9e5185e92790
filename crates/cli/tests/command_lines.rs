//! Command lines against what strace says about them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use cli::Invocation;
use std::ffi::OsString;

/// Recorded from strace 7.2.
const RECORDED: &str = include_str!("command_lines.txt");

/// Arguments as they are written in the recording.
fn arguments(line: &str) -> Vec<OsString> {
    let words = line.split(' ').filter(|word| *word != "@");
    words.map(|word| if word == "''" { "" } else { word }.into()).collect()
}

/// What is said about a command line, in the recording's form.
fn verdict(line: &str) -> String {
    let mut warnings = Vec::new();
    let result = cli::read([OsString::from("strace")].into_iter().chain(arguments(line)), &mut warnings);
    let mut lines: Vec<_> = warnings.iter().map(|warning| format!("strace: {warning}")).collect();
    if let Err(failure) = result {
        lines.extend(failure.text("strace").lines().map(str::to_owned));
    }
    lines.join(" | ")
}

#[test]
fn command_lines_are_judged_as_strace_does() {
    let lines = RECORDED.lines().filter(|line| !line.starts_with('#'));
    let cases: Vec<_> = lines.map(|line| line.split_once('\t').unwrap()).collect();
    assert!(cases.len() > 150);
    let wrong: Vec<_> = cases
        .into_iter()
        .map(|(line, expected)| (line, expected.to_owned(), verdict(line)))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_supported_is_refused_by_name() {
    for (line, option) in [
        ("-k true", "-k"),
        ("--stack-trace true", "--stack-trace"),
        ("--inject=read:error=EIO true", "--inject"),
        ("-e inject=read:error=EIO true", "--inject"),
        ("--fault=read true", "--fault"),
        ("--decode-pids=pidns true", "--decode-pids=pidns"),
    ] {
        assert_eq!(verdict(line), format!("strace: option {option} is not supported yet"), "{line}");
    }
}

#[test]
fn what_ebpf_cannot_do_is_refused_by_name() {
    for (line, option) in [
        ("-b execve true", "-b/--detach-on"),
        ("-D true", "-D/--daemonize"),
        ("--kill-on-exit true", "--kill-on-exit"),
        ("-f --seccomp-bpf true", "--seccomp-bpf"),
        ("-u root true", "-u/--user"),
        ("-I 2 true", "-I/--interruptible"),
    ] {
        let refused = verdict(&format!("--backend=ebpf {line}"));
        assert_eq!(refused, format!("strace: --backend=ebpf cannot do what {option} asks for"), "{line}");
    }
}

#[test]
fn what_only_ebpf_can_trace_is_refused_by_name() {
    assert_eq!(verdict("--all true"), "strace: --all needs --backend=ebpf");
    assert_eq!(verdict("--cgroup=/group"), "strace: --cgroup needs --backend=ebpf");
    let excluding = [("--all -p 1", "--all and -p/--attach"), ("--all --cgroup=/group", "--all and --cgroup")];
    for (line, both) in excluding {
        let refused = verdict(&format!("--backend=ebpf {line}"));
        assert_eq!(refused, format!("strace: {both} are mutually exclusive options"), "{line}");
    }
}

#[test]
fn bash_completes_options() {
    let arguments = ["./tracewell", "--completions=bash"].map(OsString::from);
    let Ok(Invocation::Print(script)) = cli::read(arguments, &mut Vec::new()) else { panic!("no script") };
    assert!(script.contains(" --output= ") && script.contains(" -f --follow-forks "), "{script}");
    assert!(!script.contains("--inject"));
    let check = "eval \"$1\"; COMP_WORDS=(tracewell --follow); COMP_CWORD=1; _tracewell; echo \"${COMPREPLY[*]}\"";
    // Where there is no bash there is nothing to complete.
    if let Ok(output) = std::process::Command::new("bash").args(["-c", check, "bash", &script]).output() {
        assert_eq!(String::from_utf8_lossy(&output.stdout), "--follow-forks\n");
    }
    let expected = "strace: invalid --completions argument: 'fish' | Try 'strace -h' for more information.";
    assert_eq!(verdict("--completions=fish"), expected);
}

#[test]
fn help_names_every_option_that_is_not_hidden() {
    let Ok(Invocation::Print(help)) = cli::read(["strace", "--help"].map(OsString::from), &mut Vec::new()) else {
        panic!("no help")
    };
    for flag in cli::flags::FLAGS.iter().filter(|flag| flag.section != cli::flags::Section::Hidden) {
        assert!(!flag.help.is_empty());
        assert!(flag.long.first().is_none_or(|name| help.contains(&format!("--{name}"))), "{:?}", flag.long);
        assert!(flag.short.is_none_or(|letter| help.contains(&format!("  -{letter}"))), "{:?}", flag.short);
    }
    assert!(help.lines().all(|line| line.len() <= 80));
}
