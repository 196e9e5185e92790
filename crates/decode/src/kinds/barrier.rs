//! Arguments of membarrier(2).

use super::{Hex, Long};
use crate::{Cx, Kind, Value};
use abi::Abi;
use abi::generated::sets::process as sets;

/// Whether the call has its third argument.
pub fn is_for_cpu(cx: &Cx<'_>) -> bool {
    sets::MEMBARRIER_FLAG.value("MEMBARRIER_CMD_FLAG_CPU").is_some_and(|bit| cx.arg(1) & bit != 0)
}

/// Whether the call asks which commands there are.
pub fn is_query(cx: &Cx<'_>) -> bool {
    sets::MEMBARRIER.value("MEMBARRIER_CMD_QUERY") == Some(cx.arg(0) & 0xffff_ffff)
}

/// The result: of a query a set of commands.
#[derive(Clone, Copy, Debug)]
pub struct CommandsOrResult;

impl Kind for CommandsOrResult {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if is_query(cx) { Hex.value(cx, word) } else { Long.value(cx, word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}
