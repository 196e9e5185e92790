//! What is done about a signal.

use super::{Address, Given, SigMask, Structure, WideFlags};
use crate::{Cx, Kind, Shape, Value, kind::extend, structure};
use abi::Abi;
use abi::generated::{layouts::signal as layouts, sets::signal as sets};

/// A handler: an address, or one of the three that are none.
#[derive(Clone, Copy, Debug)]
pub struct Handler;

impl Kind for Handler {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        match sets::HANDLER.name(word) {
            Some(name) => Value::Named { value: word, name },
            None => Value::Address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }
}

/// The signals that are blocked while a handler runs: 8 bytes.
#[derive(Clone, Copy, Debug)]
struct WideMask;

impl Kind for WideMask {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        super::signals(cx, extend(bytes, false), 64)
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(8)
    }
}

/// `SA_RESTORER` (`asm/signal.h`): without it the restorer is not there.
fn has_restorer(flags: u64) -> bool {
    sets::ACTION.value("SA_RESTORER").is_some_and(|bit| flags & bit != 0)
}

/// `struct sigaction` as rt_sigaction(2) takes it.
pub static SIGACTION: Structure = structure!(layouts::SIGACTION {
    sa_handler: Handler,
    sa_mask: WideMask,
    sa_flags: WideFlags(&sets::ACTION),
    [Given { place: const { layouts::SIGACTION.member("sa_flags") }, test: has_restorer }] sa_restorer: Address,
});

/// `struct sigaction` as sigaction(2) of i386 takes it.
pub static OLD_SIGACTION: Structure = structure!(layouts::OLD_SIGACTION {
    sa_handler: Handler,
    sa_mask: SigMask,
    sa_flags: WideFlags(&sets::ACTION),
    [Given { place: const { layouts::OLD_SIGACTION.member("sa_flags") }, test: has_restorer }] sa_restorer: Address,
});
