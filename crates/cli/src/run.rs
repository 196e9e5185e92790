//! From a configuration to the end of a trace.

use crate::{
    Config, Session,
    config::{self, Backend},
};
use filter::{NumberSet, Statuses};
use ptrace::{Ending, Outcome};
use std::ffi::OsString;
use tracer::Tid;

/// The status of a tracer that could not do what it was asked for.
const TROUBLE: Ending = Ending::Exited(1);

/// Traces as the configuration says and tells how the tracer is to end. Troubles are told on standard error.
pub fn run(config: &Config) -> Ending {
    match trace(config) {
        Ok(ending) => ending,
        Err(text) => {
            complain(&config.program, &text);
            TROUBLE
        }
    }
}

/// Writes a line to standard error.
fn complain(program: &str, text: &str) {
    ptrace::say(&format!("{program}: {text}"));
}

fn trace(config: &Config) -> Result<Ending, String> {
    let mut session = Session::new(config)?;
    let command = config.command.as_ref().map(|command| prepare(command, &config.program)).transpose()?;
    let attach: Vec<Tid> = config.attach.iter().copied().map(Tid).collect();
    let outcome = match config.backend {
        Backend::Ptrace => by_ptrace(config, command.as_ref(), &attach, &mut session),
        Backend::Ebpf => by_ebpf(config, command.as_ref(), &attach, &mut session).map_err(|error| error.to_string()),
        Backend::Auto => match by_ebpf(config, command.as_ref(), &attach, &mut session) {
            Err(error) if error.is_about_the_backend() => {
                complain(&config.program, &format!("{error}: using ptrace"));
                by_ptrace(config, command.as_ref(), &attach, &mut session)
            }
            other => other.map_err(|error| error.to_string()),
        },
    };
    let done = session.is_done();
    let written = session.finish();
    let mut outcome = outcome?;
    if let Err(error) = written {
        complain(&config.program, &error);
        outcome.wait_for_command();
        let ending = outcome.ending();
        return Ok(if ending == Ending::Exited(0) { TROUBLE } else { ending });
    }
    Ok(if done { Ending::Exited(0) } else { outcome.ending() })
}

fn by_ptrace(
    config: &Config,
    command: Option<&ptrace::Command>,
    attach: &[Tid],
    session: &mut Session,
) -> Result<Outcome, String> {
    ptrace::run(command, attach, &options(config), session).map_err(|error| error.to_string())
}

/// How many threads the kernel's programs keep account of: more than most machines have.
const THREADS: u32 = 1 << 16;

fn by_ebpf(
    config: &Config,
    command: Option<&ptrace::Command>,
    attach: &[Tid],
    session: &mut Session,
) -> Result<Outcome, ebpf::Error> {
    let command = command.map(|command| ebpf::Command {
        program: command.program.clone(),
        arguments: command.arguments.clone(),
        environment: command.environment.clone(),
        tracer: command.tracer.clone(),
        ignores_sigpipe: ptrace::sigpipe_was_ignored(),
    });
    let options = ebpf::Options {
        follow: config.follow,
        limit: string_limit(config),
        threads: THREADS,
        ring: config.ring,
        wanted: &|abi, number| config.filter.wants_number(abi, number),
        scope: match &config.scope {
            config::Scope::Asked => ebpf::Scope::Asked,
            config::Scope::System => ebpf::Scope::System,
            config::Scope::Cgroup(folder) => ebpf::Scope::Cgroup(folder),
        },
        descriptors: config.decode.descriptors != filter::Details::NONE || !config.filter.paths.is_empty(),
        files: &ptrace::Proc,
        outcomes: outcomes(config),
        counting: counting(config),
    };
    let outcome = ebpf::run(command.as_ref(), attach, &options, session)?;
    Ok(Outcome {
        command: outcome.command,
        interrupted: outcome.interrupted,
        stopped_by_sink: outcome.stopped_by_sink,
        notices: outcome.notices,
        ..Outcome::default()
    })
}

/// Which outcomes are told, where that is all that the statuses ask for.
fn outcomes(config: &Config) -> Option<ebpf::Outcomes> {
    match config.filter.statuses {
        Statuses::SUCCESSFUL => Some(ebpf::Outcomes::Successes),
        Statuses::FAILED => Some(ebpf::Outcomes::Failures),
        _ => None,
    }
}

/// How calls are counted in the kernel, where they are only counted and it can tell which ones.
fn counting(config: &Config) -> Option<ebpf::Counting<'_>> {
    let summary = config.summary.as_ref().filter(|summary| summary.only)?;
    let needs_events = config.filter.selects_objects() || config.lifecycle.call_limit.is_some();
    (!needs_events).then(|| ebpf::Counting {
        overhead: summary.overhead.unwrap_or(0),
        successes: config.filter.wants_status(Statuses::SUCCESSFUL),
        failures: config.filter.wants_status(Statuses::FAILED),
        several: &|abi, number| (0..32).any(|first| filter::part(abi, number, first).is_some()),
    })
}

/// How much of a buffer is looked at: all of it where some are dumped.
fn string_limit(config: &Config) -> u64 {
    let decode = &config.decode;
    let dumps = decode.read != NumberSet::NONE || decode.write != NumberSet::NONE;
    if dumps { u64::MAX } else { decode.string_limit as u64 }
}

fn options(config: &Config) -> ptrace::Options {
    ptrace::Options {
        follow: config.follow,
        detach_on_execve: config.lifecycle.detach_on_execve,
        kill_on_exit: config.lifecycle.kill_on_exit,
        interruptible: match config.lifecycle.interruptible {
            config::Interruptible::Anywhere => ptrace::Interruptible::Anywhere,
            config::Interruptible::Waiting => ptrace::Interruptible::Waiting,
            config::Interruptible::NotByTerminal => ptrace::Interruptible::NotByTerminal,
            config::Interruptible::Never => ptrace::Interruptible::Never,
            config::Interruptible::NeverStopped => ptrace::Interruptible::NeverStop,
        },
        wakeup: match config.wakeup {
            config::Wakeup::Auto => ptrace::Wakeup::Auto,
            config::Wakeup::Sleep => ptrace::Wakeup::Sleep,
            config::Wakeup::Spin => ptrace::Wakeup::Spin,
            config::Wakeup::Latency => ptrace::Wakeup::Latency,
        },
        system_time: config.summary.is_some(),
        filter: config
            .filter_in_kernel
            .then(|| ptrace::Filter::new(|abi, number| config.filter.wants_number(abi, number))),
    }
}

/// Finds the command's file and turns the command line's words into what the backend starts.
fn prepare(command: &config::Command, program: &str) -> Result<ptrace::Command, String> {
    let path = std::env::var_os("PATH");
    let file = ptrace::search(&command.program, path.as_deref()).map_err(|error| error.to_string())?;
    Ok(ptrace::Command {
        program: file,
        arguments: command.arguments.clone(),
        environment: command.environment.clone(),
        user: command.user.as_ref().map(user).transpose()?,
        aside: command.daemonize.map(aside),
        tracer: OsString::from(program),
    })
}

/// Looks up whom the command runs as.
fn user(asked: &config::User) -> Result<ptrace::User, String> {
    let user = match asked {
        config::User::Name(name) => ptrace::User::named(name),
        config::User::Ids { uid, gid } => ptrace::User::of_ids(*uid, *gid),
    };
    user.map_err(|error| error.to_string())
}

/// Where the tracer goes.
fn aside(asked: config::Daemonize) -> ptrace::Aside {
    match asked {
        config::Daemonize::Grandchild => ptrace::Aside::Grandchild,
        config::Daemonize::Group => ptrace::Aside::Group,
        config::Daemonize::Session => ptrace::Aside::Session,
    }
}
