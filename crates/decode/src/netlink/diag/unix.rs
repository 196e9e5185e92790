//! Sockets of unix(7) (`linux/unix_diag.h`).

use super::positions::Positions;
use super::{Format, memory};
use crate::kinds::{Const, Flags, Id, Pair, Structure, U8, Uint, device::Device32};
use crate::netlink::attribute::{Attributes, Holds, records};
use crate::netlink::route::FAMILY;
use crate::{Cx, Value, structure};
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::{netlink as sets, network::SOCK_TYPE};

/// `struct unix_diag_req`.
pub(super) static REQUEST: Format = Format {
    head: &structure!(layouts::UNIX_DIAG_REQ {
        sdiag_family: FAMILY,
        sdiag_protocol: U8,
        udiag_states: Positions { set: &sets::TCP_STATE, first: 0 },
        udiag_ino: Uint,
        udiag_show: Flags(&sets::UNIX_SHOW),
        udiag_cookie: Pair(&Uint),
    }),
    attributes: None,
};

/// `struct unix_diag_msg`.
pub(super) static ANSWER: Format = Format {
    head: &structure!(layouts::UNIX_DIAG_MSG {
        udiag_family: FAMILY,
        udiag_type: Const(&SOCK_TYPE),
        udiag_state: Const(&sets::TCP_STATE),
        udiag_ino: Uint,
        udiag_cookie: Pair(&Uint),
    }),
    attributes: Some(&Attributes {
        names: &sets::UNIX_DIAG,
        holds: &[
            (sets::UNIX_DIAG.of("UNIX_DIAG_NAME"), Holds::Text),
            (sets::UNIX_DIAG.of("UNIX_DIAG_VFS"), Holds::Record(&FILE, 8)),
            (sets::UNIX_DIAG.of("UNIX_DIAG_PEER"), Holds::Number(&Uint)),
            (sets::UNIX_DIAG.of("UNIX_DIAG_ICONS"), Holds::Function(waiting)),
            (sets::UNIX_DIAG.of("UNIX_DIAG_RQLEN"), Holds::Record(&QUEUES, 8)),
            (sets::UNIX_DIAG.of("UNIX_DIAG_MEMINFO"), memory::USES),
            (sets::UNIX_DIAG.of("UNIX_DIAG_SHUTDOWN"), Holds::Number(&U8)),
            (sets::UNIX_DIAG.of("UNIX_DIAG_UID"), Holds::Number(&Id)),
        ],
        other: Holds::Bytes,
    }),
};

/// `struct unix_diag_vfs`.
static FILE: Structure = structure!(layouts::UNIX_DIAG_VFS { udiag_vfs_dev: Device32, udiag_vfs_ino: Uint });

/// `struct unix_diag_rqlen`.
static QUEUES: Structure = structure!(layouts::UNIX_DIAG_RQLEN { udiag_rqueue: Uint, udiag_wqueue: Uint });

/// The inodes of connections that wait to be accepted.
fn waiting<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    records(cx, &Uint, data)
}
