//! What the system says about itself.

use super::{Address, Buffer, Int, Structure, U16, Uint, Ulong};
use crate::{Cx, Kind, Len, Quote, Shape, Value, structure};
use abi::Abi;
use abi::generated::layouts::process as layouts;

/// The load averages of [`SYSINFO`].
#[derive(Clone, Copy, Debug)]
struct Loads;

/// How many load averages there are (sysinfo(2)).
const LOADS: usize = 3;

impl Kind for Loads {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let size = Ulong.size(cx.abi());
        let mut items = cx.list();
        for part in bytes.chunks_exact(size) {
            items.push(Ulong.load(cx, part, address));
        }
        Value::Array { items: items.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        LOADS * Ulong.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}

/// `struct sysinfo` (sysinfo(2)).
pub static SYSINFO: Structure = structure!(layouts::SYSINFO {
    uptime: Ulong,
    loads: Loads,
    totalram: Ulong,
    freeram: Ulong,
    sharedram: Ulong,
    bufferram: Ulong,
    totalswap: Ulong,
    freeswap: Ulong,
    procs: U16,
    totalhigh: Ulong,
    freehigh: Ulong,
    mem_unit: Uint,
});

/// A member that is a string in an array of bytes.
#[derive(Clone, Copy, Debug)]
pub struct FixedText(pub usize);

impl Kind for FixedText {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        let shown = end.min(if end == bytes.len() { end.saturating_sub(1) } else { end });
        let text = &bytes[..shown];
        let _ = cx;
        Value::Bytes { bytes: text, more: end == bytes.len(), quote: Quote::Path }
    }

    fn size(&self, _abi: Abi) -> usize {
        self.0
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(self.0)
    }
}

/// How long a name is, with its NUL (`__NEW_UTS_LEN`, `linux/utsname.h`).
const NAME: FixedText = FixedText(65);

/// `struct new_utsname` (uname(2)).
pub static UTSNAME: Structure = structure!(layouts::NEW_UTSNAME {
    sysname: NAME => brief,
    nodename: NAME => brief,
    release: NAME,
    version: NAME,
    machine: NAME,
    domainname: NAME,
});

/// A name of the system that is set, of the length in argument 1.
#[derive(Clone, Copy, Debug)]
pub struct NodeName;

impl NodeName {
    /// The kernel takes no longer name (`__NEW_UTS_LEN`, `linux/utsname.h`).
    const LONGEST: i32 = 64;
    const LENGTH: Len = Len::Int(1);
}

impl Kind for NodeName {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match cx.arg(1) as i32 {
            0..=Self::LONGEST => Buffer(Self::LENGTH).value(cx, word),
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::buffer(Self::LENGTH)
    }
}

/// What _sysctl(2) takes.
pub static SYSCTL: Structure = structure!(layouts::SYSCTL_ARGS {
    name: Address,
    nlen: Int,
    oldval: Address,
    oldlenp: Address,
    newval: Address,
    newlen: Ulong,
});
