//! The names of the commands that threads run.

use crate::Tid;
use std::{fs, io::Read};

/// The name of a thread's command (`/proc/PID/comm`, proc_pid_comm(5)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandName {
    bytes: [u8; Self::LONGEST],
    length: u8,
}

impl CommandName {
    /// The longest that is kept: the kernel's own threads have names longer than those of programs.
    const LONGEST: usize = 64;

    /// A name; what is too long is cut off.
    pub fn new(name: &[u8]) -> Self {
        let length = name.len().min(Self::LONGEST);
        let mut bytes = [0; Self::LONGEST];
        bytes[..length].copy_from_slice(&name[..length]);
        Self { bytes, length: length as u8 }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.length)]
    }
}

/// The name of a thread's command, while there is such a thread in the tracer's PID namespace.
pub fn command(tid: Tid) -> Option<CommandName> {
    let mut bytes = [0; CommandName::LONGEST + 1];
    let length = fs::File::open(format!("/proc/{tid}/comm")).ok()?.read(&mut bytes).ok()?;
    let name = &bytes[..length];
    Some(CommandName::new(name.strip_suffix(b"\n").unwrap_or(name)))
}

/// The name of the command of the thread that `tid` knows by this id.
pub fn command_of(tid: Tid, id: i32) -> Option<CommandName> {
    // Elsewhere the id means another thread, or none.
    let space = |who: &str| fs::read_link(format!("/proc/{who}/ns/pid")).ok();
    if space(&tid.to_string())? == space("self")? { command(Tid(id)) } else { None }
}
