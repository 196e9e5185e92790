//! The attributes of bpf(2): a union of which each command has its own part, and which grows from kernel to kernel.

mod command;
mod instruction;
mod link;
mod pointed;

use self::command::{Command, command};
use super::tail::LONGEST;
use crate::{Cx, Dir, Field, Kind, Quote, Shape, Value};
use abi::Abi;
use abi::generated::layouts::bpf::BPF_ATTR;

/// The attributes of the command in argument 0, of the size in argument 2.
#[derive(Clone, Copy, Debug)]
pub struct Attributes;

/// The key of what a batch command was given to count.
const COUNT: u32 = 1 + 256;

impl Kind for Attributes {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let size = u64::from(cx.arg(2) as u32);
        let Some(command) = command(cx) else { return cx.address(word) };
        if word == 0 || size == 0 || size > LONGEST as u64 || !cx.options.dereference {
            return cx.address(word);
        }
        let Some(bytes) = cx.read(word, size as usize) else { return Value::Unreadable(word) };
        let padded = cx.arena.alloc_slice_fill_default(bytes.len().max(BPF_ATTR.size(cx.abi())));
        padded[..bytes.len()].copy_from_slice(bytes);
        recount(cx, command, padded, word)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        if command(cx).is_some_and(|command| command.answers) { Dir::InOut } else { stated }
    }

    fn keep(&self, cx: &Cx<'_>, _index: usize, word: u64) {
        let Some(place) = command(cx).and_then(|command| command.count) else { return };
        if let Some(count) = cx.number(word.wrapping_add(place.offset(cx.abi()) as u64), 4) {
            cx.save(COUNT, count);
        }
    }

    fn shape(&self, abi: Abi) -> Shape {
        command::shape(abi)
    }
}

/// Decodes the attributes as they were, with the count that a batch command has written, if any, behind them.
fn recount<'a>(cx: &Cx<'a>, command: &Command, bytes: &'a mut [u8], address: u64) -> Value<'a> {
    let Some((place, before)) = command.count.zip(cx.saved(COUNT)) else {
        return attributes(cx, command, bytes, address);
    };
    let at = place.offset(cx.abi());
    let after = place.get(cx.abi(), bytes).unwrap_or(before);
    bytes[at..at + 4].copy_from_slice(&(before as u32).to_le_bytes());
    let was = attributes(cx, command, bytes, address);
    if before == after {
        return was;
    }
    let structure = |name, value| Value::Struct { fields: cx.slice(&[Field::new(name, value)]), more: false };
    let count = structure("count", Value::Unsigned(after));
    Value::Changed(cx.put(was), cx.put(structure(command.within.unwrap_or("batch"), count)))
}

/// Decodes the part of a command, and what lies behind it.
fn attributes<'a>(cx: &Cx<'a>, command: &Command, bytes: &'a [u8], address: u64) -> Value<'a> {
    let size = cx.arg(2) as u32 as usize;
    let mut fields = cx.list();
    for group in command.groups.iter().filter(|group| group.since < size) {
        if let Value::Struct { fields: some, .. } = group.members.load(cx, bytes, address) {
            fields.extend_from_slice(some);
        }
    }
    let mut end = command.end;
    if let Some(form) = link::form(cx, command, bytes).filter(|_| size > link::START) {
        fields.extend(form.load(cx, bytes, address));
        end = form.end;
    }
    if let Some(name) = command.within {
        let inner = Value::Struct { fields: fields.into_bump_slice(), more: false };
        fields = cx.list();
        fields.push(Field::new(name, inner));
    }
    let extra = bytes.get(end..size).filter(|extra| extra.iter().any(|byte| *byte != 0));
    let more = extra.is_some() && cx.options.abbreviate;
    if let Some(extra) = extra.filter(|_| !more) {
        let bytes = Value::Bytes { bytes: extra, more: false, quote: Quote::Binary };
        let place = cx.format(format_args!("bytes {end}..{}", size - 1));
        fields.push(Field::new("extra_data", Value::Commented(cx.put(bytes), place)));
    }
    Value::Struct { fields: fields.into_bump_slice(), more }
}

/// The result of bpf(2): a descriptor for some commands. (As in strace, not for `BPF_RAW_TRACEPOINT_OPEN`, but for two
/// commands that give none.)
#[derive(Clone, Copy, Debug)]
pub struct BpfResult;

impl Kind for BpfResult {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match command(cx).map_or("", |command| command.name) {
            "BPF_MAP_CREATE"
            | "BPF_PROG_LOAD"
            | "BPF_OBJ_PIN"
            | "BPF_OBJ_GET"
            | "BPF_PROG_GET_FD_BY_ID"
            | "BPF_MAP_GET_FD_BY_ID"
            | "BPF_BTF_LOAD"
            | "BPF_BTF_GET_FD_BY_ID"
            | "BPF_LINK_CREATE"
            | "BPF_LINK_GET_FD_BY_ID"
            | "BPF_ENABLE_STATS"
            | "BPF_ITER_CREATE"
            | "BPF_PROG_BIND_MAP"
            | "BPF_TOKEN_CREATE" => cx.descriptor(word as i32),
            _ => Value::Signed(word as i64),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}
