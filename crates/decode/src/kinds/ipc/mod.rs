//! Kinds of inter-process communication: System V's and POSIX's.

mod control;
mod flags;
mod memory;
mod message;
mod queue;
mod semaphore;

pub use control::{Control, Operation, WhichIpc};
pub use flags::{GetFlags, Key};
pub use memory::{SHM_ATTACH, SHM_CONTROL, SHM_GET, Segment};
pub use message::{MESSAGE_CONTROL, MESSAGE_FLAGS, MESSAGE_GET, Message};
pub use queue::{MQ_ATTRIBUTES, MQ_NEW_ATTRIBUTES};
pub use semaphore::{SEM_CONTROL, SEM_GET, SEM_OPERATIONS, SemArgument};
