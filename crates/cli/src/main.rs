//! The tracer's command.
#![forbid(unsafe_code)]

fn main() {
    ptrace::exit_like(cli::run(&cli::quick::quick()));
}
