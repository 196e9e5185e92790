//! Queueing of packets: tc(8).

use super::attribute::{Attributes, Holds};
use super::route::{FAMILY, Format};
use crate::kinds::net::Interface;
use crate::kinds::{Structure, U8, U64, Uint};
use crate::{Cx, Kind, Value, structure};
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::netlink as sets;

/// `struct tcmsg` (`linux/rtnetlink.h`).
pub(super) static QUEUEING: Format = Format {
    head: &structure!(layouts::TCMSG {
        tcm_family: FAMILY,
        tcm_ifindex: Interface,
        tcm_handle: Uint,
        tcm_parent: Uint,
        tcm_info: Uint,
    }),
    attributes: &Attributes {
        names: &sets::TCA,
        holds: &[
            (sets::TCA.of("TCA_KIND"), Holds::Text),
            (sets::TCA.of("TCA_STATS"), Holds::Record(&STATISTICS, 36)),
            (sets::TCA.of("TCA_RATE"), Holds::Record(&RATE, 2)),
            (sets::TCA.of("TCA_FCNT"), Holds::Number(&Uint)),
            (sets::TCA.of("TCA_STATS2"), Holds::Nested(&STATISTICS2)),
            (sets::TCA.of("TCA_CHAIN"), Holds::Number(&Uint)),
            (sets::TCA.of("TCA_HW_OFFLOAD"), Holds::Number(&U8)),
            (sets::TCA.of("TCA_INGRESS_BLOCK"), Holds::Number(&Uint)),
            (sets::TCA.of("TCA_EGRESS_BLOCK"), Holds::Number(&Uint)),
            (sets::TCA.of("TCA_DUMP_FLAGS"), Holds::Number(&Uint)),
            (sets::TCA.of("TCA_EXT_WARN_MSG"), Holds::Text),
        ],
        other: Holds::Bytes,
    },
};

/// `struct tc_stats` (`linux/pkt_sched.h`).
static STATISTICS: Structure = structure!(layouts::TC_STATS {
    bytes: U64,
    packets: Uint,
    drops: Uint,
    overlimits: Uint,
    bps: Uint,
    pps: Uint,
    qlen: Uint,
    backlog: Uint,
});

/// The newer statistics (`linux/gen_stats.h`).
static STATISTICS2: Attributes = Attributes {
    names: &sets::TCA_STATS,
    holds: &[
        (sets::TCA_STATS.of("TCA_STATS_BASIC"), Holds::Record(&BASIC, 12)),
        (sets::TCA_STATS.of("TCA_STATS_RATE_EST"), Holds::Record(&ESTIMATE, 8)),
        (sets::TCA_STATS.of("TCA_STATS_QUEUE"), Holds::Record(&QUEUE, 20)),
    ],
    other: Holds::Bytes,
};

/// `struct gnet_stats_basic` (`linux/gen_stats.h`).
static BASIC: Structure = structure!(layouts::GNET_STATS_BASIC { bytes: U64, packets: Uint });

/// `struct gnet_stats_rate_est` (`linux/gen_stats.h`).
static ESTIMATE: Structure = structure!(layouts::GNET_STATS_RATE_EST { bps: Uint, pps: Uint });

/// `struct gnet_stats_queue` (`linux/gen_stats.h`).
static QUEUE: Structure =
    structure!(layouts::GNET_STATS_QUEUE { qlen: Uint, backlog: Uint, drops: Uint, requeues: Uint, overlimits: Uint });

/// `struct tc_estimator` (`linux/pkt_sched.h`).
static RATE: Structure = structure!(layouts::TC_ESTIMATOR { interval: SignedByte, ewma_log: U8 });

/// A signed number of one byte.
struct SignedByte;

impl Kind for SignedByte {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Signed(i64::from(word as i8))
    }

    fn size(&self, _abi: abi::Abi) -> usize {
        1
    }
}
