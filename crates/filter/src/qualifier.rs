//! The expressions of `-e`: which set is meant, and the set.

use crate::{
    CallSet, Details, Error, NumberSet, Processes, Quiet, Statuses,
    grammar::{self, Descriptors, Signals},
};

/// A set, and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// The calls to trace.
    Trace(CallSet),
    /// The descriptors that traced calls must be about.
    TraceDescriptors(NumberSet),
    /// The calls whose structures are shortened.
    Abbrev(CallSet),
    /// The calls whose structures are looked into.
    Verbose(CallSet),
    /// The calls whose arguments are shown as words.
    Raw(CallSet),
    /// The signals to show.
    Signal(NumberSet),
    /// The descriptors of which everything read is dumped.
    Read(NumberSet),
    /// The descriptors to which everything written is dumped.
    Write(NumberSet),
    /// The ways of ending that calls must have to be shown.
    Status(Statuses),
    /// The messages that are not shown.
    Quiet(Quiet),
    /// What is shown of descriptors.
    Details(Details),
    /// What is shown of processes.
    Processes(Processes),
}

/// How the set of a qualifier is read.
type Reader = fn(&str) -> Result<Qualifier, Error>;

/// The qualifiers by all their names.
#[rustfmt::skip]
const QUALIFIERS: &[(&[&str], Reader)] = &[
    (&["trace", "t"], |set| Ok(Qualifier::Trace(grammar::parse(set)?))),
    (&["trace-fds", "trace-fd", "fds", "fd"], |set| Ok(Qualifier::TraceDescriptors(descriptors(set)?))),
    (&["abbrev", "a"], |set| Ok(Qualifier::Abbrev(grammar::parse(set)?))),
    (&["verbose", "v"], |set| Ok(Qualifier::Verbose(grammar::parse(set)?))),
    (&["raw", "x"], |set| Ok(Qualifier::Raw(grammar::parse(set)?))),
    (&["signal", "signals", "s"], |set| Ok(Qualifier::Signal(grammar::parse::<Signals>(set)?.0))),
    (&["read", "reads", "r"], |set| Ok(Qualifier::Read(descriptors(set)?))),
    (&["write", "writes", "w"], |set| Ok(Qualifier::Write(descriptors(set)?))),
    (&["status"], |set| Ok(Qualifier::Status(grammar::parse(set)?))),
    (&["quiet", "silent", "silence", "q"], |set| Ok(Qualifier::Quiet(grammar::parse(set)?))),
    (&["decode-fds", "decode-fd"], |set| Ok(Qualifier::Details(grammar::parse(set)?))),
    (&["inject"], |_| Err(Error::Unsupported("inject"))),
    (&["fault"], |_| Err(Error::Unsupported("fault"))),
    (&["kvm"], |_| Err(Error::Unsupported("kvm"))),
    (&["namespace"], |_| Err(Error::Unsupported("namespace"))),
    (&["decode-pids", "decode-pid"], processes),
];

impl Qualifier {
    /// Reads an expression: `qualifier=set`, or a set of calls to trace.
    pub fn parse(expression: &str) -> Result<Self, Error> {
        let named = expression.split_once('=').and_then(|(name, set)| Some((reader(name)?, set)));
        match named {
            Some((read, set)) => read(set),
            None => Ok(Self::Trace(grammar::parse(expression)?)),
        }
    }
}

/// The reader of the qualifier with this name.
fn reader(name: &str) -> Option<Reader> {
    QUALIFIERS.iter().find(|(names, _)| names.contains(&name)).map(|(_, read)| *read)
}

/// What is shown of processes; their ids in another namespace cannot be.
fn processes(set: &str) -> Result<Qualifier, Error> {
    match grammar::parse::<Processes>(set)? {
        words if words.contains(Processes::NAMESPACE) => Err(Error::Unsupported("decode-pids=pidns")),
        words => Ok(Qualifier::Processes(words)),
    }
}

fn descriptors(set: &str) -> Result<NumberSet, Error> {
    Ok(grammar::parse::<Descriptors>(set)?.0)
}
