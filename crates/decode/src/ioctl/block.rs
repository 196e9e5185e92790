//! Block devices.

use super::{Request, requests};
use crate::kinds::{Int, Pair, Ref, U16, U64, Uint, Ulong};

/// The requests of block devices (`linux/fs.h`).
pub(super) static REQUESTS: &[Request] = requests! {
    BLKROSET: in Ref(&Int);
    BLKROGET: out Ref(&Int);
    BLKBSZSET: in Ref(&Int);
    BLKBSZGET: out Ref(&Int);
    BLKSSZGET: out Ref(&Int);
    BLKPBSZGET: out Ref(&Uint);
    BLKIOMIN: out Ref(&Uint);
    BLKIOOPT: out Ref(&Uint);
    BLKALIGNOFF: out Ref(&Int);
    BLKDISCARDZEROES: out Ref(&Uint);
    BLKGETZONESZ: out Ref(&Uint);
    BLKSECTGET: out Ref(&U16);
    BLKROTATIONAL: out Ref(&U16);
    BLKGETSIZE: out Ref(&Ulong);
    BLKGETSIZE64: out Ref(&U64);
    BLKRAGET: out Ref(&Ulong);
    BLKFRAGET: out Ref(&Ulong);
    BLKRASET: in Ulong;
    BLKFRASET: in Ulong;
    BLKDISCARD: in Pair(&U64);
    BLKSECDISCARD: in Pair(&U64);
    BLKZEROOUT: in Pair(&U64);
    BLKRRPART;
    BLKFLSBUF;
    BLKTRACESTART;
    BLKTRACESTOP;
    BLKTRACETEARDOWN;
};
