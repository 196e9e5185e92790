//! The pool of random numbers (random(4)).

use super::{Request, requests};
use crate::kinds::{Buffer, Int, Ref};
use crate::{Cx, Field, Kind, Len, Shape, Value};
use abi::generated::layouts::ioctl::RAND_POOL_INFO as LAYOUT;
use abi::{Abi, Place};

/// The requests of `/dev/random`.
pub(super) static REQUESTS: &[Request] = requests! {
    RNDGETENTCNT: out Ref(&Int);
    RNDADDTOENTCNT: in Ref(&Int);
    RNDADDENTROPY: in Pool;
    RNDZAPENTCNT;
    RNDCLEARPOOL;
    RNDRESEEDCRNG;
};

/// `struct rand_pool_info`: bytes, and how much chance is in them.
struct Pool;

const ENTROPY: Place = LAYOUT.member("entropy_count");
const SIZE: Place = LAYOUT.member("buf_size");
const BYTES: Place = LAYOUT.member("buf");

impl Kind for Pool {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let head = BYTES.offset(cx.abi());
        let Some(bytes) = cx.read(word, head).filter(|_| word != 0 && cx.options.dereference) else {
            return cx.address(word);
        };
        let get = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0) as i64;
        let length = u64::try_from(get(SIZE)).unwrap_or(0);
        let fields = [
            Field::new("entropy_count", Value::Signed(get(ENTROPY))),
            Field::new("buf_size", Value::Signed(get(SIZE))),
            Field::new("buf", Buffer::at(cx, word.wrapping_add(head as u64), length)),
        ];
        Value::Struct { fields: cx.slice(&fields), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::Records { stride: BYTES.offset(abi), count: Len::Fixed(1), nested: Vec::new() }
    }
}
