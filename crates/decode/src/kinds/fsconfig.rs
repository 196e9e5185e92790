//! Arguments of fsconfig(2), which depend on its command.

use super::{Buffer, DirFd, Fd, Int, Path, Text};
use crate::{Cx, Kind, Quote, Shape, Value};
use abi::Abi;
use abi::generated::sets::file::FSCONFIG;

/// The name of the command.
fn command(cx: &Cx<'_>) -> Option<&'static str> {
    FSCONFIG.name(u64::from(cx.arg(1) as u32))
}

/// The name of the parameter that is set; other commands have none.
#[derive(Clone, Copy, Debug)]
pub struct Key;

impl Kind for Key {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match command(cx) {
            Some(name) if name.starts_with("FSCONFIG_SET_") => Text.value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Text.shape(abi)
    }
}

/// The value of the parameter.
#[derive(Clone, Copy, Debug)]
pub struct ParameterValue;

impl Kind for ParameterValue {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match command(cx) {
            Some("FSCONFIG_SET_STRING") => Text.value(cx, word),
            Some("FSCONFIG_SET_BINARY") => binary(cx, word),
            Some("FSCONFIG_SET_PATH" | "FSCONFIG_SET_PATH_EMPTY") => Path.value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Path.shape(abi)
    }
}

/// As many bytes as the last argument says, in base 16.
fn binary<'a>(cx: &Cx<'a>, address: u64) -> Value<'a> {
    match Buffer::at(cx, address, u64::from(cx.arg(4) as u32)) {
        Value::Bytes { bytes, more, .. } => Value::Bytes { bytes, more, quote: Quote::Binary },
        other => other,
    }
}

/// The last argument: a directory, a descriptor or a length.
#[derive(Clone, Copy, Debug)]
pub struct Auxiliary;

impl Kind for Auxiliary {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match command(cx) {
            Some("FSCONFIG_SET_PATH" | "FSCONFIG_SET_PATH_EMPTY") => DirFd.value(cx, word),
            Some("FSCONFIG_SET_FD") => Fd.value(cx, word),
            _ => Int.value(cx, word),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
