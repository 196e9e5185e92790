//! NUL-terminated strings and lists of them.

use crate::context::PATH_MAX;
use crate::{Cx, Kind, Quote, Role, Shape, Value};
use abi::Abi;

/// A path: shown whole, whatever `-s` says.
#[derive(Clone, Copy, Debug)]
pub struct Path;

impl Kind for Path {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match cx.string(word, PATH_MAX - 1) {
            Some((bytes, more)) => Value::Bytes { bytes, more, quote: Quote::Path },
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Text { max: PATH_MAX }
    }

    fn role(&self) -> Role {
        Role::Path
    }
}

/// A path that the call gives, of which the result is the length, its NUL among it (getcwd(2)).
#[derive(Clone, Copy, Debug)]
pub struct ResultPath;

impl Kind for ResultPath {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word == 0 {
            return cx.address(word);
        }
        let length = usize::try_from(cx.result()).unwrap_or(0).min(PATH_MAX);
        let Some(most) = length.checked_sub(1) else {
            return Value::Bytes { bytes: &[], more: true, quote: Quote::Path };
        };
        match cx.string(word, most) {
            Some((bytes, more)) => Value::Bytes { bytes, more, quote: Quote::Path },
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Text { max: PATH_MAX }
    }

    fn role(&self) -> Role {
        Role::Path
    }
}

/// A string that is no path: shown up to the limit of `-s`.
#[derive(Clone, Copy, Debug)]
pub struct Text;

impl Kind for Text {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match cx.string(word, cx.options.limit) {
            Some((bytes, more)) => Value::Bytes { bytes, more, quote: Quote::String },
            None => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Text { max: PATH_MAX }
    }
}

/// A NULL-terminated list of strings. `brief` ones (environments) are counted only, unless nothing is abbreviated.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// Whether an abbreviated trace shows only how many there are.
    pub brief: bool,
}

/// No list of strings is read further than this: more than the kernel lets an execve pass on (execve(2), "Limits on
/// size of arguments").
const MOST_TEXTS: usize = 1 << 20;

impl Kind for Texts {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        if word == 0 || !cx.options.dereference {
            return cx.address(word);
        }
        if self.brief && cx.options.abbreviate { count(cx, word) } else { list(cx, word) }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::Texts
    }
}

fn count<'a>(cx: &Cx<'a>, start: u64) -> Value<'a> {
    let mut number = 0;
    let mut at = start;
    let broken = loop {
        match cx.word(at) {
            Some(0) => break false,
            Some(_) if number < MOST_TEXTS => number += 1,
            _ => break true,
        }
        at = at.wrapping_add(cx.abi().pointer_size() as u64);
    };
    if broken && number == 0 {
        return Value::Unreadable(start);
    }
    let plural = if number == 1 { "" } else { "s" };
    let end = if broken { ", unterminated" } else { "" };
    let text = cx.format(format_args!("{number} var{plural}{end}"));
    Value::Commented(cx.put(Value::Address(start)), text)
}

fn list<'a>(cx: &Cx<'a>, start: u64) -> Value<'a> {
    let mut items = cx.list();
    let mut at = start;
    let most = if cx.options.abbreviate { cx.options.limit } else { MOST_TEXTS };
    loop {
        match cx.word(at) {
            Some(0) => break,
            Some(_) if items.len() >= most => {
                return Value::Array { items: items.into_bump_slice(), more: true };
            }
            Some(pointer) => items.push(Text.value(cx, pointer)),
            None if items.is_empty() => return Value::Unreadable(start),
            None => {
                let place = cx.format(format_args!("{at:#x}"));
                items.push(Value::Commented(cx.put(Value::Word("...")), place));
                break;
            }
        }
        at = at.wrapping_add(cx.abi().pointer_size() as u64);
    }
    Value::Array { items: items.into_bump_slice(), more: false }
}
