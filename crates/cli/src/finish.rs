//! From a request to a configuration: what depends on several options, in the order in which strace looks at it.

use crate::{
    Failure,
    config::{
        Absolute, Backend, Clock, Column, Command, Config, Daemonize, Decode, Destination, Hex, Interruptible,
        Lifecycle, Output, Precision, Scope, Style, Summary, User,
    },
    request::Request,
};
use filter::{Details, Quiet};
use std::{ffi::OsString, os::unix::ffi::OsStrExt};

/// What is printed at the end without `-U`.
const COLUMNS: [Column; 6] =
    [Column::TimePercent, Column::TotalTime, Column::AverageTime, Column::Calls, Column::Errors, Column::Name];

/// Checks a request and decides what it leaves open. Warnings come before the failure that ends it, if one does.
pub(crate) fn finish(
    program: String,
    mut request: Request,
    command: Vec<OsString>,
    warn: &mut Vec<String>,
) -> Result<Config, Failure> {
    check_command(&request, &command)?;
    check_two_ways(&request)?;
    check_summary(&mut request, warn)?;
    warn_without_effect(&request, warn);
    resolve_paths(&mut request, warn);
    check_rest(&request)?;
    check_scope(&mut request)?;
    check_backend(&mut request, warn)?;
    configure(program, request, command, warn)
}

/// Whether there is something to trace.
fn check_command(request: &Request, command: &[OsString]) -> Result<(), Failure> {
    if !command.is_empty() {
        return check_daemonize(request);
    }
    if request.attach.is_empty() && beyond_asked(request).is_none() {
        return Err(Failure::usage("must have PROG [ARGS] or -p PID"));
    }
    if request.argv0.is_some() {
        return Err(Failure::usage("PROG [ARGS] must be specified with --argv0"));
    }
    if request.daemonize_count > 0 || request.daemonize.is_some() {
        return Err(Failure::usage("PROG [ARGS] must be specified with -D/--daemonize"));
    }
    Ok(())
}

fn check_daemonize(request: &Request) -> Result<(), Failure> {
    if request.daemonize_count > 0 && request.daemonize.is_some() {
        return Err(Failure::plain("-D and --daemonize cannot be provided simultaneously"));
    }
    if request.daemonize_count > 3 {
        let count = request.daemonize_count;
        return Err(Failure::usage(format!("Too many -D's ({count}), maximum supported -D count is 3")));
    }
    Ok(())
}

/// Options with a short and a long form that say different things.
fn check_two_ways(request: &Request) -> Result<(), Failure> {
    let conflicts = [
        (request.follow > 1 && request.separately, "-ff and --output-separately"),
        (request.absolute_count > 0 && request.absolute.is_some(), "-t and --absolute-timestamps"),
        (request.hex_count > 0 && request.hex.is_some(), "-x and --strings-in-hex"),
        (request.details_count > 0 && request.details.is_some(), "-y and --decode-fds"),
    ];
    match conflicts.iter().find(|(both, _)| *both) {
        Some((_, names)) => Err(Failure::plain(format!("{names} cannot be provided simultaneously"))),
        None => Ok(()),
    }
}

/// What goes with `-c` and `-C`, and what goes only with them.
fn check_summary(request: &mut Request, warn: &mut Vec<String>) -> Result<(), Failure> {
    let counts = request.summary_only || request.summary;
    if counts && separate(request) {
        return Err(Failure::usage(
            "(-c/--summary-only or -C/--summary) and -ff/--output-separately are mutually exclusive",
        ));
    }
    check_kernel_filter(request, warn);
    warn_deprecated(request, warn);
    if request.summary_only {
        warn_summary_only(request, warn);
    }
    let needs_counts =
        |option| Failure::usage(format!("{option} must be given with (-c/--summary-only or -C/--summary)"));
    if request.wall_clock && !counts {
        return Err(needs_counts("-w/--summary-wall-clock"));
    }
    if request.columns.is_some() && !counts {
        return Err(needs_counts("-U/--summary-columns"));
    }
    if request.sort.is_some() && !counts {
        warn.push("-S/--summary-sort-by has no effect without (-c/--summary-only or -C/--summary)".into());
    }
    Ok(())
}

/// What filtering in the kernel does not go with; then it is left alone.
fn check_kernel_filter(request: &mut Request, warn: &mut Vec<String>) {
    if !request.filter_in_kernel {
        return;
    }
    let obstacles = [
        (request.follow == 0, "cannot be used without -f/--follow-forks, disabling"),
        (request.detach_on_execve, "is not enabled because it is not compatible with -b"),
        (request.call_limit.is_some(), "is not enabled because it is not compatible with --syscall-limit"),
    ];
    if let Some((_, why)) = obstacles.iter().find(|(there, _)| *there) {
        warn.push(format!("--seccomp-bpf {why}"));
        request.filter_in_kernel = false;
    } else if !request.attach.is_empty() {
        warn.push("--seccomp-bpf is not enabled for processes attached with -p".into());
    }
}

/// Whether there is anything to filter. Beside processes that were attached to, and that live on when the tracer ends, not
/// even the command is filtered, which could not.
fn check_filtered_calls(request: &mut Request, has_command: bool, warn: &mut Vec<String>) {
    if request.filter_in_kernel && request.every_call && has_command {
        warn.push(
            "Seccomp filter is requested but there are no syscalls to filter.  See -e trace to filter syscalls.".into(),
        );
        request.filter_in_kernel = false;
    }
    request.filter_in_kernel &= request.attach.is_empty();
}

fn warn_deprecated(request: &Request, warn: &mut Vec<String>) {
    if request.follow_deprecated {
        let ignored = request.follow > 0;
        warn.push(
            if ignored {
                "deprecated option -F ignored"
            } else {
                "option -F is deprecated, please use -f/--follow-forks instead"
            }
            .into(),
        );
    }
}

/// Options about lines where there are no lines.
fn warn_summary_only(request: &Request, warn: &mut Vec<String>) {
    let about_lines = [
        (request.instruction_pointer, "-i/--instruction-pointer"),
        (request.call_number, "-n/--syscall-number"),
        (request.argument_names, "-N/--arg-names"),
        (request.relative.is_some(), "-r/--relative-timestamps"),
        (absolute(request).is_some(), "-t/--absolute-timestamps"),
        (request.duration.is_some(), "-T/--syscall-times"),
        (details(request) != Details::NONE, "-y/--decode-fds"),
    ];
    let given = about_lines.iter().filter(|(given, _)| *given);
    warn.extend(given.map(|(_, option)| format!("{option} has no effect with -c/--summary-only")));
}

fn warn_without_effect(request: &Request, warn: &mut Vec<String>) {
    if request.output.is_none() && request.separately {
        warn.push("--output-separately has no effect without -o/--output".into());
    }
    if request.output.is_none() && request.append {
        warn.push("-A/--output-append-mode has no effect without -o/--output".into());
    }
    if request.status_shortcuts > 1 {
        warn.push(
            "Only the last of -z/--successful-only/-Z/--failed-only options will take effect. \
             See status qualifier for more complex filters."
                .into(),
        );
    }
}

/// Adds what the paths of `-P` resolve into.
fn resolve_paths(request: &mut Request, warn: &mut Vec<String>) {
    let quiet = request.quiet.is_some_and(|quiet| quiet.contains(Quiet::PATH_RESOLUTION));
    let asked = std::mem::take(&mut request.filter.paths);
    for path in asked {
        let resolved = std::fs::canonicalize(&path).ok().filter(|resolved| *resolved != path);
        if let Some(resolved) = &resolved
            && !quiet
        {
            let (path, resolved) = (path.display(), resolved.display());
            warn.push(format!("Requested path \"{path}\" resolved into \"{resolved}\""));
        }
        request.filter.paths.push(path);
        request.filter.paths.extend(resolved);
    }
}

fn check_rest(request: &Request) -> Result<(), Failure> {
    if request.kill_on_exit && !request.attach.is_empty() {
        return Err(Failure::plain("--kill-on-exit and -p/--attach are mutually exclusive options"));
    }
    Ok(())
}

/// The option by which more is traced than a command and the processes to attach to.
fn beyond_asked(request: &Request) -> Option<&'static str> {
    if request.all { Some("--all") } else { request.cgroup.as_ref().map(|_| "--cgroup") }
}

/// What only the eBPF backend can trace.
fn check_scope(request: &mut Request) -> Result<(), Failure> {
    let Some(option) = beyond_asked(request) else { return Ok(()) };
    if request.all && request.cgroup.is_some() {
        return Err(Failure::plain("--all and --cgroup are mutually exclusive options"));
    }
    if !request.attach.is_empty() {
        return Err(Failure::plain(format!("{option} and -p/--attach are mutually exclusive options")));
    }
    match request.backend {
        Backend::Ptrace => return Err(Failure::plain(format!("{option} needs --backend=ebpf"))),
        Backend::Auto => request.backend = Backend::Ebpf,
        Backend::Ebpf => {}
    }
    Ok(())
}

/// The eBPF backend looks on and changes nothing: what is more than that is refused, or left to ptrace.
fn check_backend(request: &mut Request, warn: &mut Vec<String>) -> Result<(), Failure> {
    let beyond = [
        (request.detach_on_execve, "-b/--detach-on"),
        (daemonize(request).is_some(), "-D/--daemonize"),
        (request.kill_on_exit, "--kill-on-exit"),
        (request.filter_in_kernel, "--seccomp-bpf"),
        (request.user.is_some(), "-u/--user"),
        (request.interruptible.is_some(), "-I/--interruptible"),
    ];
    let Some((_, option)) = beyond.into_iter().find(|(given, _)| *given) else { return Ok(()) };
    match request.backend {
        Backend::Ptrace => Ok(()),
        Backend::Ebpf => Err(Failure::plain(format!("--backend=ebpf cannot do what {option} asks for"))),
        Backend::Auto => {
            warn.push(format!("{option} asks for what eBPF cannot do: using ptrace"));
            request.backend = Backend::Ptrace;
            Ok(())
        }
    }
}

fn configure(
    program: String,
    mut request: Request,
    command: Vec<OsString>,
    warn: &mut Vec<String>,
) -> Result<Config, Failure> {
    let user = request.user.as_deref().map(user).transpose()?;
    check_filtered_calls(&mut request, !command.is_empty(), warn);
    let output = output(&request)?;
    let lifecycle = lifecycle(&request, &output, !command.is_empty());
    let quiet = quiet(&request)?;
    Ok(Config {
        program,
        backend: request.backend,
        ring: request.ring.map(|size| size << 20),
        attach: request.attach.clone(),
        scope: scope(&request),
        follow: follows(&request),
        lifecycle,
        wakeup: request.wakeup,
        filter_in_kernel: request.filter_in_kernel,
        quiet,
        style: style(&request, &output),
        summary: summary(&request),
        command: self::command(&request, user, command),
        decode: Decode {
            descriptors: details(&request),
            commands: request.commands,
            string_limit: request.string_limit,
            abbrev: request.abbrev,
            verbose: request.verbose,
            raw: request.raw,
            read: request.read,
            write: request.write,
        },
        filter: request.filter,
        output,
    })
}

fn scope(request: &Request) -> Scope {
    match &request.cgroup {
        Some(folder) => Scope::Cgroup(folder.clone()),
        None if request.all => Scope::System,
        None => Scope::Asked,
    }
}

/// Whether children are traced.
fn follows(request: &Request) -> bool {
    request.follow > 0 || request.follow_deprecated || beyond_asked(request).is_some()
}

fn command(request: &Request, user: Option<User>, mut arguments: Vec<OsString>) -> Option<Command> {
    let program = arguments.first()?.clone();
    if let Some(name) = &request.argv0 {
        arguments[0].clone_from(name);
    }
    let environment = request.environment.clone();
    Some(Command { program, arguments, environment, user, daemonize: daemonize(request) })
}

/// Whom `-u` names: a pair of ids has a colon.
fn user(text: &str) -> Result<User, Failure> {
    let Some((uid, gid)) = text.split_once(':') else { return Ok(User::Name(text.to_owned())) };
    // The highest number means "no change" to the kernel.
    let id = |text: &str| text.parse().ok().filter(|id| *id != u32::MAX);
    match (id(uid), id(gid)) {
        (Some(uid), Some(gid)) => Ok(User::Ids { uid, gid }),
        _ => Err(Failure::plain(format!("Invalid UID:GID pair '{text}'"))),
    }
}

fn daemonize(request: &Request) -> Option<Daemonize> {
    match request.daemonize_count {
        0 => request.daemonize,
        1 => Some(Daemonize::Grandchild),
        2 => Some(Daemonize::Group),
        _ => Some(Daemonize::Session),
    }
}

fn separate(request: &Request) -> bool {
    request.separately || request.follow > 1
}

fn output(request: &Request) -> Result<Output, Failure> {
    let destination = match request.output.as_deref() {
        None => Destination::Stderr,
        Some(text) => match text.as_bytes() {
            [b'|' | b'!', ..] => Destination::Pipe(text.to_owned()),
            _ => Destination::File(text.into()),
        },
    };
    if separate(request) && matches!(destination, Destination::Pipe(_)) {
        return Err(Failure::usage("piping the output and -ff/--output-separately are mutually exclusive"));
    }
    let separate = separate(request) && matches!(destination, Destination::File(_));
    Ok(Output { destination, append: request.append, separate, format: request.format })
}

fn lifecycle(request: &Request, output: &Output, has_command: bool) -> Lifecycle {
    let interruptible = request.interruptible.unwrap_or_else(|| {
        if daemonize(request).is_some() {
            Interruptible::NeverStopped
        } else if output.destination != Destination::Stderr && has_command {
            Interruptible::NotByTerminal
        } else {
            Interruptible::Waiting
        }
    });
    Lifecycle {
        interruptible,
        kill_on_exit: request.kill_on_exit || request.filter_in_kernel,
        detach_on_execve: request.detach_on_execve,
        call_limit: request.call_limit,
    }
}

/// Which messages are unwanted. A trace that goes elsewhere and whose processes are all its own needs none about
/// attaching, where nothing else was asked for; nor does one of processes that nobody has named.
fn quiet(request: &Request) -> Result<Quiet, Failure> {
    let attaching = Quiet::ATTACH.and(Quiet::PERSONALITY);
    match (request.quiet_count, request.quiet) {
        (0, Some(quiet)) => Ok(quiet),
        (_, Some(_)) => Err(Failure::plain("-q and -e quiet/--quiet cannot be provided simultaneously")),
        (0, None) if beyond_asked(request).is_some() => Ok(attaching),
        (0, None) if request.output.is_some() && request.attach.is_empty() => Ok(attaching),
        (0, None) => Ok(Quiet::NONE),
        (1, None) => Ok(attaching),
        (2, None) => Ok(attaching.and(Quiet::EXIT)),
        (_, None) => Ok(Quiet::ALL),
    }
}

fn style(request: &Request, output: &Output) -> Style {
    let elsewhere = output.destination != Destination::Stderr;
    Style {
        column: request.column,
        hex: hex(request),
        constants: request.constants,
        absolute: absolute(request),
        relative: request.relative,
        duration: request.duration,
        instruction_pointer: request.instruction_pointer,
        call_number: request.call_number,
        argument_names: request.argument_names,
        always_show_pid: request.always_show_pid || follows(request) && elsewhere && !output.separate,
    }
}

fn hex(request: &Request) -> Hex {
    match request.hex_count {
        0 => request.hex.unwrap_or(Hex::None),
        1 => Hex::NonAscii,
        _ => Hex::All,
    }
}

fn absolute(request: &Request) -> Option<Absolute> {
    match request.absolute_count {
        0 => {
            let stamps = request.absolute?;
            Some(Absolute { clock: stamps.clock?, precision: stamps.precision })
        }
        1 => Some(Absolute { clock: Clock::Time, precision: Precision::Seconds }),
        2 => Some(Absolute { clock: Clock::Time, precision: Precision::Micros }),
        _ => Some(Absolute { clock: Clock::Unix, precision: Precision::Micros }),
    }
}

fn details(request: &Request) -> Details {
    match request.details_count {
        0 => request.details.unwrap_or(Details::NONE),
        1 => Details::PATH,
        _ => Details::ALL,
    }
}

fn summary(request: &Request) -> Option<Summary> {
    if !request.summary_only && !request.summary {
        return None;
    }
    let mut columns = request.columns.clone().unwrap_or_else(|| COLUMNS.to_vec());
    if !columns.contains(&Column::Name) {
        columns.push(Column::Name);
    }
    Some(Summary {
        only: request.summary_only,
        sort: request.sort.unwrap_or(Some(Column::TimePercent)),
        columns,
        // What the kernel's programs measure is that, whatever was asked for.
        wall_clock: request.wall_clock || request.backend == Backend::Ebpf,
        overhead: request.overhead,
    })
}
