//! The kernel's interface as this crate uses it: one thin, safe function per request, no policy.

mod attribute;
mod clock;
mod diag;
mod filter;
mod latency;
mod open;
mod ptrace;
mod readable;
mod room;
mod seize;
mod signals;
mod vm;
mod wait;

pub(crate) use attribute::attribute;
pub(crate) use clock::now;
pub(crate) use diag::ask as ask_sockets;
pub(crate) use filter::{install, request_of_nobody};
pub(crate) use latency::Latency;
pub(crate) use open::{Listening, heed, peek_arrived, put_back, take_arrived, tick};
pub(crate) use ptrace::{
    Operation, SyscallInfo, detach, event_message, interrupt, listen, refuse_call, registers, resume, resume_to_pick,
    seize_held, signal_info, syscall_info,
};
pub(crate) use readable::{readable_by, wait_until_readable};
pub(crate) use room::has_room;
pub(crate) use seize::{Patience, seize};
pub use signals::first_sigpipe;
pub(crate) use signals::{Caught, Disposition, Mask, Set, kill, own_tid, send};
pub(crate) use tracer::error_text as text;
pub(crate) use vm::{read_pages, read_pieces};
pub(crate) use wait::{Sight, collect, look, look_any, look_for_end, system_time, wait_any};
