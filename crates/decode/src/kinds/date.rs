//! Points in time that are shown with their date.

use crate::{Cx, Field, Kind, Shape, Value, kind::extend};
use abi::generated::layouts::{file as file_layouts, time as layouts};
use abi::generated::sets::file::UTIME;
use abi::{Abi, Layouts, Place, Set};

/// Nanoseconds in a second: what a fraction must stay below.
const SECOND: u64 = 1_000_000_000;

/// The first second of the first year, and the last of the last one, that gmtime(3) has a number for: it has 32 bits.
const FIRST: i64 = -67_768_040_609_740_800;
const LAST: i64 = 67_768_036_191_676_799;

/// A value with its date in passing. Shown as it is when it is the epoch itself ("no time") or its fraction is none.
pub fn dated<'a>(cx: &Cx<'a>, value: Value<'a>, seconds: i64, nanoseconds: u64, digits: u8) -> Value<'a> {
    if nanoseconds >= SECOND || (seconds == 0 && nanoseconds == 0) || !(FIRST..=LAST).contains(&seconds) {
        return value;
    }
    Value::Dated { value: cx.put(value), seconds, nanoseconds: nanoseconds as u32, digits }
}

/// Seconds since the epoch, as wide as a pointer.
#[derive(Clone, Copy, Debug)]
pub struct Seconds;

impl Kind for Seconds {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        dated(cx, Value::Signed(word as i64), word as i64, 0, 9)
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }

    fn signed(&self) -> bool {
        true
    }
}

/// Seconds since the epoch after which the nanoseconds of the same time follow in the record (`st_atime`, stat(2)).
#[derive(Clone, Copy, Debug)]
pub struct SecondsBeforeNanoseconds;

impl Kind for SecondsBeforeNanoseconds {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> Value<'a> {
        let size = bytes.len();
        let seconds = extend(bytes, true) as i64;
        match cx.number(address.wrapping_add(size as u64), size) {
            Some(nanoseconds) => dated(cx, Value::Signed(seconds), seconds, nanoseconds, 9),
            None => Value::Signed(seconds),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.long_size()
    }
}

/// A structure of seconds and a fraction, with its date.
pub struct Moment {
    layout: &'static Layouts,
    seconds: Place,
    fraction: Place,
    /// How the fraction is called.
    name: &'static str,
    /// The nanoseconds in one of the fraction.
    unit: u64,
    /// The digits of the fraction.
    digits: u8,
    /// The fractions that stand for something else, instead of the whole.
    special: Option<&'static Set>,
}

/// `struct timeval`.
pub static TIMEVAL_DATE: Moment = Moment {
    layout: &layouts::TIMEVAL,
    seconds: layouts::TIMEVAL.member("tv_sec"),
    fraction: layouts::TIMEVAL.member("tv_usec"),
    name: "tv_usec",
    unit: 1000,
    digits: 6,
    special: None,
};

/// `struct timespec` as utimensat(2) takes it.
pub static FILE_TIME: Moment = Moment {
    layout: &layouts::TIMESPEC,
    seconds: layouts::TIMESPEC.member("tv_sec"),
    fraction: layouts::TIMESPEC.member("tv_nsec"),
    name: "tv_nsec",
    unit: 1,
    digits: 9,
    special: Some(&UTIME),
};

/// The same with 64-bit members under every personality.
pub static FILE_TIME64: Moment = Moment {
    layout: &layouts::TIMESPEC64,
    seconds: layouts::TIMESPEC64.member("tv_sec"),
    fraction: layouts::TIMESPEC64.member("tv_nsec"),
    name: "tv_nsec",
    unit: 1,
    digits: 9,
    special: Some(&UTIME),
};

/// `struct statx_timestamp`.
pub static STATX_TIME: Moment = Moment {
    layout: &file_layouts::STATX_TIMESTAMP,
    seconds: file_layouts::STATX_TIMESTAMP.member("tv_sec"),
    fraction: file_layouts::STATX_TIMESTAMP.member("tv_nsec"),
    name: "tv_nsec",
    unit: 1,
    digits: 9,
    special: None,
};

impl Kind for Moment {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let seconds = self.seconds.get(cx.abi(), bytes).unwrap_or(0) as i64;
        let start = self.fraction.offset(cx.abi());
        // The fraction is shown without a sign whatever its type says.
        let fraction = bytes.get(start..start + self.fraction.size(cx.abi())).map_or(0, |raw| extend(raw, false));
        let fields = [Field::new("tv_sec", Value::Signed(seconds)), Field::new(self.name, Value::Unsigned(fraction))];
        let value = Value::Struct { fields: cx.slice(&fields), more: false };
        if let Some(name) = self.special.and_then(|set| set.name(fraction)) {
            let meaning = Value::Spelled(cx.put(Value::Named { value: fraction, name }));
            return Value::Either { raw: cx.put(value), meaning: cx.put(meaning) };
        }
        dated(cx, value, seconds, fraction.saturating_mul(self.unit), self.digits)
    }

    fn size(&self, abi: Abi) -> usize {
        self.layout.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}
