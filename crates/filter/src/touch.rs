//! What calls are about: the paths of `-P` and the descriptors of `--trace-fds`.

use crate::Filter;
use decode::{Arg, Cx, Role, Row, Value};
use std::os::unix::ffi::OsStrExt;

/// The longest path that the kernel takes, with its NUL (path_resolution(7)).
const PATH_MAX: usize = 4096;

impl Filter {
    /// Whether paths or descriptors were asked for, so that [`Filter::touches`] has to be asked.
    pub fn selects_objects(&self) -> bool {
        !self.paths.is_empty() || self.descriptors.is_some()
    }

    /// Whether a call at its entry is about a path or a descriptor that was asked for. As in strace, paths are
    /// compared as they are written, and those behind descriptors as the kernel tells them.
    pub fn touches(&self, row: &Row, cx: &Cx<'_>) -> bool {
        let mut args = row.args.iter().enumerate().filter(|(_, arg)| arg.when.is_none_or(|exists| exists(cx)));
        args.any(|(index, arg)| self.argument_touches(arg, cx, index))
    }

    fn argument_touches(&self, arg: &Arg, cx: &Cx<'_>, index: usize) -> bool {
        let word = cx.arg(index);
        match arg.kind.role() {
            Role::Plain => false,
            Role::Descriptor | Role::Directory => self.wants_descriptor(cx, word as i32),
            Role::Path => self.wants_path_at(cx, word),
            Role::Descriptors => self.value_touches(cx, arg.kind.value(cx, word)),
        }
    }

    /// Whether a path in memory was asked for.
    fn wants_path_at(&self, cx: &Cx<'_>, address: u64) -> bool {
        if self.paths.is_empty() {
            return false;
        }
        let Some((path, more)) = cx.string(address, PATH_MAX) else { return false };
        !more && self.wants_path(path)
    }

    /// Whether a path was asked for.
    fn wants_path(&self, path: &[u8]) -> bool {
        self.paths.iter().any(|wanted| wanted.as_os_str().as_bytes() == path)
    }

    /// Whether a descriptor was asked for, by its number or by what it points to.
    fn wants_descriptor(&self, cx: &Cx<'_>, fd: i32) -> bool {
        if fd < 0 {
            return false;
        }
        if self.descriptors.as_ref().is_some_and(|set| set.contains(fd.into())) {
            return true;
        }
        let target = || cx.tracee.descriptor(fd);
        !self.paths.is_empty() && target().is_some_and(|path| self.wants_path(path.as_os_str().as_bytes()))
    }

    /// Whether there is such a descriptor anywhere in a value.
    fn value_touches(&self, cx: &Cx<'_>, value: Value<'_>) -> bool {
        let any = |items: &[Value<'_>]| items.iter().any(|item| self.value_touches(cx, *item));
        match value {
            Value::Descriptor { fd, .. } => self.wants_descriptor(cx, fd),
            Value::Struct { fields, .. } => fields.iter().any(|field| self.value_touches(cx, field.value)),
            Value::Array { items, .. } | Value::Choice { items, .. } | Value::Sequence(items) => any(items),
            Value::Pointee(inner)
            | Value::Commented(inner, _)
            | Value::Prefaced(_, inner)
            | Value::Titled(_, inner)
            | Value::Labelled(_, inner)
            | Value::Subscripted(_, inner) => self.value_touches(cx, *inner),
            Value::Changed(before, after) => any(&[*before, *after]),
            _ => false,
        }
    }
}
