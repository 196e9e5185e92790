//! The contract of a kind of argument.

use crate::{Cx, Dir, Shape, Value};
use abi::Abi;

/// What an argument is to filters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Nothing that filters ask for.
    Plain,
    /// A file descriptor (`-P`, `--trace-fds`).
    Descriptor,
    /// A directory's descriptor to which the path that follows is relative.
    Directory,
    /// A path.
    Path,
    /// A list of descriptors (pollfd, fd_set), to which filters look by decoding it.
    Descriptors,
}

/// A kind of argument, field or element. There are two sorts:
///
/// * *scalars* implement [`Kind::value`] and [`Kind::size`]; out of memory they are read as a number of the
///   place's size;
/// * *records* implement [`Kind::load`] and [`Kind::size`]; as an argument a record lies behind a pointer.
///
/// Each implementation gives at least one of `value` and `load`: the defaults are made of each other.
pub trait Kind: Sync {
    /// Decodes an argument word (or a pointer to this record).
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        follow(self, cx, word)
    }

    /// Decodes the bytes of a field or element that was read at `address`.
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let _ = address;
        self.value(cx, extend(bytes, self.signed()))
    }

    /// The bytes that a value takes in memory.
    fn size(&self, abi: Abi) -> usize;

    /// Whether [`Kind::load`] extends the sign of a number.
    fn signed(&self) -> bool {
        false
    }

    /// When it is decoded, where that depends on the call and not only on the row.
    fn direction(&self, cx: &Cx<'_>, stated: Dir) -> Dir {
        let _ = cx;
        stated
    }

    /// Decodes an argument that the call would have filled, when it has failed.
    fn on_failure<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        cx.address(word)
    }

    /// Called at the entry for arguments that are decoded at the exit: keeps what the call will overwrite
    /// (see [`Cx::save`]). `index` is the argument's.
    fn keep(&self, cx: &Cx<'_>, index: usize, word: u64) {
        let _ = (cx, index, word);
    }

    /// What an argument of this kind is called, where that depends on the call and not only on the row.
    fn name(&self, cx: &Cx<'_>) -> Option<&'static str> {
        let _ = cx;
        None
    }

    /// What is shown in parentheses after a result of this kind, such as `(Timeout)`; called for successes.
    fn note<'a>(&self, cx: &Cx<'a>) -> Value<'a> {
        let _ = cx;
        Value::Omitted
    }

    /// Which of the six words an argument of this kind is, where that is not its place in the row.
    fn word(&self, abi: Abi, index: usize) -> usize {
        let _ = abi;
        index
    }

    /// How many words an argument of this kind takes; 0 where it lies elsewhere.
    fn words(&self, abi: Abi) -> usize {
        let _ = abi;
        1
    }

    /// For a result: the indices of the arguments into whose memory [`Kind::note`] looks.
    fn looks_back(&self) -> &'static [usize] {
        &[]
    }

    /// Which memory a record or pointer of this kind needs: for a record the record itself.
    fn shape(&self, abi: Abi) -> Shape {
        let _ = abi;
        Shape::Nothing
    }

    /// What it is to filters.
    fn role(&self) -> Role {
        Role::Plain
    }
}

/// Reads a record behind a pointer and decodes it; the address when it is `NULL`, cannot be read, or is not to be.
pub fn follow<'a, K: Kind + ?Sized>(kind: &K, cx: &Cx<'a>, address: u64) -> Value<'a> {
    if address == 0 || !cx.options.dereference {
        return cx.address(address);
    }
    match cx.read(address, kind.size(cx.abi())) {
        Some(bytes) => kind.load(cx, bytes, address),
        None => Value::Unreadable(address),
    }
}

/// A little-endian number of up to 8 bytes, extended to 64 bits.
pub fn extend(bytes: &[u8], signed: bool) -> u64 {
    let mut raw = [0; 8];
    let count = bytes.len().min(8);
    raw[..count].copy_from_slice(&bytes[..count]);
    let value = u64::from_le_bytes(raw);
    if signed && count > 0 && count < 8 {
        let shift = 64 - 8 * count as u32;
        return ((value << shift) as i64 >> shift) as u64;
    }
    value
}
