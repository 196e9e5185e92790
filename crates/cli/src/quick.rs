//! Throw-away parser until the real one is merged.
use crate::config::*;
use filter::*;
/// x
pub fn quick() -> Config {
    let mut args: Vec<_> = std::env::args_os().skip(1).collect();
    let mut c = Config {
        program: "strace".into(),
        command: None,
        attach: vec![],
        follow: false,
        lifecycle: Lifecycle {
            interruptible: Interruptible::Waiting,
            kill_on_exit: false,
            detach_on_execve: false,
            call_limit: None,
        },
        output: Output { destination: Destination::Stderr, append: false, separate: false, format: Format::Text },
        filter: Filter::default(),
        quiet: Quiet::NONE,
        decode: Decode {
            string_limit: 32,
            abbrev: CallSet::ALL,
            verbose: CallSet::ALL,
            raw: CallSet::NONE,
            read: NumberSet::NONE,
            write: NumberSet::NONE,
            descriptor_paths: false,
        },
        style: Style {
            column: 40,
            hex: Hex::None,
            constants: Constants::Abbrev,
            absolute: None,
            relative: None,
            duration: None,
            instruction_pointer: false,
            call_number: false,
            argument_names: false,
            always_show_pid: false,
        },
        summary: None,
        debug: false,
    };
    while !args.is_empty() && args[0].to_string_lossy().starts_with('-') {
        let a = args.remove(0).to_string_lossy().into_owned();
        match a.as_str() {
            "-f" => c.follow = true,
            "-ff" => {
                c.follow = true;
                c.output.separate = true
            }
            "-y" => c.decode.descriptor_paths = true,
            "-v" => c.decode.abbrev = CallSet::NONE,
            "-T" => c.style.duration = Some(Precision::Micros),
            "-tt" => c.style.absolute = Some(Absolute { clock: Clock::Time, precision: Precision::Micros }),
            "-N" => c.style.argument_names = true,
            "--format=json" => c.output.format = Format::Json,
            "-s" => c.decode.string_limit = args.remove(0).to_string_lossy().parse().unwrap_or(32),
            "-o" => c.output.destination = Destination::File(args.remove(0).into()),
            "-p" => c.attach.push(args.remove(0).to_string_lossy().parse().unwrap_or(0)),
            _ => {}
        }
    }
    if c.output.destination != Destination::Stderr {
        c.style.always_show_pid = c.follow && !c.output.separate;
        c.quiet = Quiet::ATTACH.and(Quiet::PERSONALITY);
    }
    if !args.is_empty() {
        c.command = Some(Command {
            program: args[0].clone(),
            arguments: args,
            environment: vec![],
            user: None,
            daemonize: None,
        });
    }
    c
}
