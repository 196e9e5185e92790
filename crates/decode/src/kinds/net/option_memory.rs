//! The pointers through which options are read and set.

use super::option::Access;
use super::option_data;
use super::sockaddr::Lengths;
use crate::{Cx, Dir, Kind, Len, Shape, Value};
use abi::Abi;

/// What setsockopt(2) takes: the fifth argument says how long it is.
#[derive(Clone, Copy, Debug)]
pub struct OptionIn;

/// What getsockopt(2) gives: the fifth argument points to its length.
#[derive(Clone, Copy, Debug)]
pub struct OptionOut;

/// The index of the argument that states or points to the length.
const LENGTH: u8 = 4;

impl Kind for OptionIn {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        option_data::value(cx, Access::Write, word, cx.arg(LENGTH.into()) as i32)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Len::Int(LENGTH))
    }
}

impl Kind for OptionOut {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match Lengths::of(cx, LENGTH) {
            Some(lengths) if !cx.failed() => option_data::value(cx, Access::Read, word, lengths.used),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, _cx: &Cx<'_>, _stated: Dir) -> Dir {
        Dir::InOut
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Len::At(LENGTH))
    }
}
