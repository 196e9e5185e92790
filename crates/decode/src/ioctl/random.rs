//! The pool of random numbers (random(4)).

use super::{Request, requests};
use crate::kinds::{Int, Ref};

/// The requests of `/dev/random`.
pub(super) static REQUESTS: &[Request] = requests! {
    RNDGETENTCNT: out Ref(&Int);
    RNDADDTOENTCNT: in Ref(&Int);
    RNDZAPENTCNT;
    RNDCLEARPOOL;
    RNDRESEEDCRNG;
};
