//! POSIX's queues of messages: mq_overview(7).

use crate::kinds::{Hex, Long, Structure, WideFlags};
use crate::structure;
use abi::generated::layouts::ipc as layouts;
use abi::generated::sets::ipc as sets;

/// `struct mq_attr` (mq_getattr(3)).
pub static MQ_ATTRIBUTES: Structure = structure!(layouts::MQ_ATTR {
    mq_flags: WideFlags(&sets::MQ_FLAGS),
    mq_maxmsg: Long,
    mq_msgsize: Long,
    mq_curmsgs: Long,
});

/// The same as mq_open(2) takes it, which ignores the flags.
pub static MQ_NEW_ATTRIBUTES: Structure =
    structure!(layouts::MQ_ATTR { mq_flags: Hex, mq_maxmsg: Long, mq_msgsize: Long, mq_curmsgs: Long });
