//! What a socket's buffers hold.

use super::super::attribute::Holds;
use crate::kinds::Uint;
use abi::generated::sets::netlink as sets;

/// So many bytes for so many uses (`SK_MEMINFO_…`, `linux/sock_diag.h`).
pub(super) const USES: Holds = Holds::Indexed(&Uint, &sets::SK_MEMINFO, 0);
