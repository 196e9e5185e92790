//! What command lines mean, once they are accepted.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use cli::{
    Config, Invocation,
    config::{Backend, Clock, Column, Daemonize, Destination, Format, Hex, Interruptible, Precision, Scope, User},
};
use filter::{Quiet, Statuses};
use proptest::prelude::*;
use std::ffi::OsString;

/// The configuration of a command line, whose arguments blanks separate.
fn config(line: &str) -> Config {
    let arguments = std::iter::once("strace").chain(line.split(' ')).map(OsString::from);
    match cli::read(arguments, &mut Vec::new()) {
        Ok(Invocation::Trace(config)) => *config,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn options_end_at_the_command() {
    let config = config("-s10 cmd -x -e -s20");
    assert_eq!(config.decode.string_limit, 10);
    assert_eq!(config.style.hex, Hex::None);
    assert_eq!(config.command.unwrap().arguments, ["cmd", "-x", "-e", "-s20"]);
    let after_dashes = self::config("-- -x -y").command.unwrap();
    assert_eq!((after_dashes.program, after_dashes.arguments.len()), ("-x".into(), 2));
}

#[test]
fn letters_can_be_combined() {
    let config = config("-fttTyns 5 -o out cmd");
    let absolute = config.style.absolute.unwrap();
    assert_eq!((absolute.clock, absolute.precision), (Clock::Time, Precision::Micros));
    assert_eq!(config.style.duration, Some(Precision::Micros));
    assert!(config.follow && config.decode.descriptors == filter::Details::PATH && config.style.call_number);
    assert_eq!(config.decode.string_limit, 5);
    assert_eq!(config.output.destination, Destination::File("out".into()));
}

#[test]
fn long_options_can_be_abbreviated_unless_they_are_our_own() {
    assert_eq!(config("--string-l=7 cmd").decode.string_limit, 7);
    assert!(config("--fol cmd").follow && config("--fo cmd").follow);
    assert_eq!(config("--format=json cmd").output.format, Format::Json);
}

#[test]
fn whoever_is_traced_unasked_is_followed_and_named() {
    let all = config("--backend=ebpf --all -o out");
    assert_eq!(all.scope, Scope::System);
    assert!(all.follow && all.style.always_show_pid && all.quiet.contains(Quiet::ATTACH));
    let group = config("--backend=auto --cgroup=/group cmd");
    assert_eq!((group.scope, group.backend), (Scope::Cgroup("/group".into()), Backend::Ebpf));
    assert_eq!(config("cmd").scope, Scope::Asked);
}

#[test]
fn values_may_look_like_options() {
    assert_eq!(config("-o -x cmd").output.destination, Destination::File("-x".into()));
    assert_eq!(config("-E -e cmd").command.unwrap().environment, [("-e".into(), None)]);
}

#[test]
fn process_ids_are_separated_by_commas_and_blanks() {
    let arguments = ["strace", "-p", "1,2 3\t4\n5", "-p6"].map(OsString::from);
    let Ok(Invocation::Trace(config)) = cli::read(arguments, &mut Vec::new()) else { panic!("refused") };
    assert_eq!(config.attach, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn environment_changes_keep_their_order() {
    let command = config("-E A=1=2 -E B --env=C= --argv0=name cmd x").command.unwrap();
    let set = |value: &str| Some(OsString::from(value));
    assert_eq!(command.environment, [("A".into(), set("1=2")), ("B".into(), None), ("C".into(), set(""))]);
    assert_eq!((command.program, command.arguments), ("cmd".into(), vec!["name".into(), "x".into()]));
}

#[test]
fn users_are_names_or_pairs_of_ids() {
    assert_eq!(config("-u root cmd").command.unwrap().user, Some(User::Name("root".into())));
    assert_eq!(config("-u 1:2 cmd").command.unwrap().user, Some(User::Ids { uid: 1, gid: 2 }));
}

#[test]
fn output_goes_to_a_file_a_command_or_standard_error() {
    assert_eq!(config("cmd").output.destination, Destination::Stderr);
    assert_eq!(config("-o |less cmd").output.destination, Destination::Pipe("|less".into()));
    assert_eq!(config("-o !less cmd").output.destination, Destination::Pipe("!less".into()));
    let separate = config("-ff -A -o out cmd").output;
    assert!(separate.separate && separate.append);
    assert!(!config("-ff cmd").output.separate);
}

#[test]
fn ids_are_always_shown_where_several_share_a_file() {
    assert!(config("-f -o out cmd").style.always_show_pid);
    assert!(config("-f -o |less cmd").style.always_show_pid);
    assert!(!config("-ff -o out cmd").style.always_show_pid);
    assert!(!config("-f cmd").style.always_show_pid);
    assert!(!config("-o out cmd").style.always_show_pid);
    assert!(config("--always-show-pid cmd").style.always_show_pid);
}

#[test]
fn a_trace_that_goes_elsewhere_tells_nothing_about_attaching() {
    let attaching = Quiet::ATTACH.and(Quiet::PERSONALITY);
    assert_eq!(config("cmd").quiet, Quiet::NONE);
    assert_eq!(config("-o out cmd").quiet, attaching);
    assert_eq!(config("-o out -e quiet=exit cmd").quiet, Quiet::EXIT);
    assert_eq!(config("-o out -p 1").quiet, Quiet::NONE);
    assert_eq!(config("-q cmd").quiet, attaching);
    assert_eq!(config("-qq cmd").quiet, attaching.and(Quiet::EXIT));
    assert_eq!(config("-qqq cmd").quiet, Quiet::ALL);
    assert_eq!(config("--quiet cmd").quiet, attaching);
}

#[test]
fn signals_are_heeded_by_where_the_trace_goes() {
    let interruptible = |line| config(line).lifecycle.interruptible;
    assert_eq!(interruptible("cmd"), Interruptible::Waiting);
    assert_eq!(interruptible("-o out cmd"), Interruptible::NotByTerminal);
    assert_eq!(interruptible("-o out -p 1"), Interruptible::Waiting);
    assert_eq!(interruptible("-D cmd"), Interruptible::NeverStopped);
    assert_eq!(interruptible("-I anywhere -o out cmd"), Interruptible::Anywhere);
}

#[test]
fn the_tracer_can_move_away() {
    let daemonize = |line| config(line).command.unwrap().daemonize;
    assert_eq!(daemonize("cmd"), None);
    assert_eq!(daemonize("-D cmd"), Some(Daemonize::Grandchild));
    assert_eq!(daemonize("-DD cmd"), Some(Daemonize::Group));
    assert_eq!(daemonize("-DDD cmd"), Some(Daemonize::Session));
    assert_eq!(daemonize("--daemonize cmd"), Some(Daemonize::Grandchild));
    assert_eq!(daemonize("--daemonize=pgrp cmd"), Some(Daemonize::Group));
}

#[test]
fn time_stamps_add_up() {
    let absolute = |line| config(line).style.absolute.map(|stamp| (stamp.clock, stamp.precision));
    assert_eq!(absolute("cmd"), None);
    assert_eq!(absolute("-t cmd"), Some((Clock::Time, Precision::Seconds)));
    assert_eq!(absolute("-tttt cmd"), Some((Clock::Unix, Precision::Micros)));
    assert_eq!(absolute("--timestamps cmd"), Some((Clock::Time, Precision::Seconds)));
    assert_eq!(absolute("--timestamps=, cmd"), Some((Clock::Time, Precision::Seconds)));
    assert_eq!(absolute("--timestamps=us,ns cmd"), Some((Clock::Time, Precision::Nanos)));
    assert_eq!(absolute("--timestamps=ns --timestamps=unix cmd"), Some((Clock::Unix, Precision::Nanos)));
    assert_eq!(absolute("--timestamps=precision:MS,format:Unix cmd"), Some((Clock::Unix, Precision::Millis)));
    assert_eq!(absolute("--timestamps=unix,none cmd"), None);
}

#[test]
fn summaries_have_columns_and_an_order() {
    assert!(config("cmd").summary.is_none());
    let default = config("-c cmd").summary.unwrap();
    assert!(default.only && !default.wall_clock && default.overhead.is_none());
    assert_eq!(default.sort, Some(Column::TimePercent));
    let asked = config("-Cw -O 2ms -S nothing -U calls,max-time cmd").summary.unwrap();
    assert!(!asked.only && asked.wall_clock);
    assert_eq!((asked.sort, asked.overhead), (None, Some(2_000_000)));
    assert_eq!(asked.columns, [Column::Calls, Column::MaxTime, Column::Name]);
}

#[test]
fn the_last_set_counts() {
    let calls = |line| config(line).filter;
    let number = |name| abi::number_of(abi::Abi::X86_64, name).unwrap();
    let filter = calls("-e trace=open -e close cmd");
    assert!(filter.wants_call(abi::Abi::X86_64, number("close")));
    assert!(!filter.wants_call(abi::Abi::X86_64, number("open")));
    assert_eq!(calls("-z -Z cmd").statuses, Statuses::FAILED);
    assert_eq!(calls("-z --status=failed,detached cmd").statuses, Statuses::FAILED.and(Statuses::DETACHED));
    assert!(config("-v -e abbrev=all cmd").decode.abbrev.is_all());
    assert!(config("-e abbrev=all -v cmd").decode.abbrev.is_none());
    assert!(config("-e signal=!int cmd").filter.wants_signal(15));
    assert!(!config("-e signal=!int cmd").filter.wants_signal(2));
}

#[test]
fn paths_are_kept_with_what_they_resolve_into() {
    let mut warnings = Vec::new();
    let arguments = ["strace", "-P", "/proc/self/cwd", "-P", "/nonexistent", "cmd"].map(OsString::from);
    let Ok(Invocation::Trace(config)) = cli::read(arguments, &mut warnings) else { panic!("refused") };
    let here = std::env::current_dir().unwrap();
    assert_eq!(config.filter.paths, ["/proc/self/cwd".into(), here.clone(), "/nonexistent".into()]);
    assert_eq!(warnings, [format!("Requested path \"/proc/self/cwd\" resolved into \"{}\"", here.display())]);
}

proptest! {
    #[test]
    fn no_command_line_panics(words in proptest::collection::vec("(-|--|)[a-zA-Z0-9=,:|!%/@+.-]{0,12}", 0..6)) {
        let arguments = std::iter::once("strace".to_owned()).chain(words).map(OsString::from);
        let _ = cli::read(arguments, &mut Vec::new());
    }
}
