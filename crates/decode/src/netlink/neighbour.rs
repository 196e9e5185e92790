//! Neighbours and the tables that hold them.

use super::attribute::{Attributes, Holds};
use super::route::{FAMILY, Format, Small};
use crate::kinds::net::{Interface, Port};
use crate::kinds::{Flags, Hex32, Structure, U16, U64, Uint};
use crate::{Cx, Kind, Value, structure};
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::{netlink as sets, network::IPPROTO};

/// `struct ndmsg` (`linux/neighbour.h`).
pub(super) static NEIGHBOUR: Format = Format {
    head: &structure!(layouts::NDMSG {
        ndm_family: FAMILY,
        ndm_ifindex: Interface,
        ndm_state: Flags(&sets::NUD),
        ndm_flags: Flags(&sets::NTF),
        ndm_type: Small(&sets::RTN),
    }),
    attributes: &Attributes {
        names: &sets::NDA,
        holds: &[
            (sets::NDA.of("NDA_DST"), Holds::Address),
            (sets::NDA.of("NDA_LLADDR"), Holds::Hardware),
            (sets::NDA.of("NDA_CACHEINFO"), Holds::Record(&AGE, 16)),
            (sets::NDA.of("NDA_PROBES"), Holds::Number(&Uint)),
            (sets::NDA.of("NDA_VLAN"), Holds::Number(&U16)),
            (sets::NDA.of("NDA_PORT"), Holds::Number(&Port)),
            (sets::NDA.of("NDA_VNI"), Holds::Number(&Uint)),
            (sets::NDA.of("NDA_IFINDEX"), Holds::Number(&Interface)),
            (sets::NDA.of("NDA_MASTER"), Holds::Number(&Interface)),
            (sets::NDA.of("NDA_LINK_NETNSID"), Holds::Number(&Uint)),
            (sets::NDA.of("NDA_SRC_VNI"), Holds::Number(&Uint)),
            (sets::NDA.of("NDA_PROTOCOL"), Holds::AnyNumber(|value| Value::Const { value, set: &IPPROTO })),
            (sets::NDA.of("NDA_NH_ID"), Holds::Number(&Uint)),
            (sets::NDA.of("NDA_FLAGS_EXT"), Holds::AnyNumber(extended)),
            (sets::NDA.of("NDA_NDM_STATE_MASK"), Holds::Function(state)),
            (sets::NDA.of("NDA_NDM_FLAGS_MASK"), Holds::Function(flags)),
        ],
        other: Holds::Bytes,
    },
};

fn extended(value: u64) -> Value<'static> {
    Value::Flags { value: value & 0xffff_ffff, set: &sets::NTF_EXT }
}

/// The bits of a state.
fn state<'a>(_cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    let value = crate::kind::extend(data, false) & 0xffff;
    (data.len() <= 8).then_some(Value::Flags { value, set: &sets::NUD })
}

/// The bits of the flags.
fn flags<'a>(_cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    let value = crate::kind::extend(data, false) & 0xff;
    (data.len() <= 8).then_some(Value::Flags { value, set: &sets::NTF })
}

/// `struct nda_cacheinfo` (`linux/neighbour.h`).
static AGE: Structure =
    structure!(layouts::NDA_CACHEINFO { ndm_confirmed: Uint, ndm_used: Uint, ndm_updated: Uint, ndm_refcnt: Uint });

/// `struct ndtmsg` (`linux/neighbour.h`).
pub(super) static TABLE: Format = Format {
    head: &structure!(layouts::NDTMSG { ndtm_family: FAMILY }),
    attributes: &Attributes {
        names: &sets::NDTA,
        holds: &[
            (sets::NDTA.of("NDTA_NAME"), Holds::Text),
            (sets::NDTA.of("NDTA_THRESH1"), Holds::Number(&Uint)),
            (sets::NDTA.of("NDTA_THRESH2"), Holds::Number(&Uint)),
            (sets::NDTA.of("NDTA_THRESH3"), Holds::Number(&Uint)),
            (sets::NDTA.of("NDTA_CONFIG"), Holds::Record(&CONFIGURATION, 32)),
            (sets::NDTA.of("NDTA_PARMS"), Holds::Nested(&PARAMETERS)),
            (sets::NDTA.of("NDTA_STATS"), Holds::Record(&STATISTICS, 80)),
            (sets::NDTA.of("NDTA_GC_INTERVAL"), Holds::Number(&U64)),
        ],
        other: Holds::Bytes,
    },
};

static PARAMETERS: Attributes = Attributes {
    names: &sets::NDTPA,
    holds: &[
        (sets::NDTPA.of("NDTPA_UNSPEC"), Holds::Bytes),
        (sets::NDTPA.of("NDTPA_PAD"), Holds::Bytes),
        (sets::NDTPA.of("NDTPA_IFINDEX"), Holds::Number(&Interface)),
        (sets::NDTPA.of("NDTPA_REFCNT"), Holds::Number(&Uint)),
        (sets::NDTPA.of("NDTPA_QUEUE_LEN"), Holds::Number(&Uint)),
        (sets::NDTPA.of("NDTPA_APP_PROBES"), Holds::Number(&Uint)),
        (sets::NDTPA.of("NDTPA_UCAST_PROBES"), Holds::Number(&Uint)),
        (sets::NDTPA.of("NDTPA_MCAST_PROBES"), Holds::Number(&Uint)),
        (sets::NDTPA.of("NDTPA_PROXY_QLEN"), Holds::Number(&Uint)),
        (sets::NDTPA.of("NDTPA_QUEUE_LENBYTES"), Holds::Number(&Uint)),
        (sets::NDTPA.of("NDTPA_MCAST_REPROBES"), Holds::Number(&Uint)),
    ],
    other: Holds::Number(&U64),
};

/// `struct ndt_config` (`linux/neighbour.h`).
static CONFIGURATION: Structure = structure!(layouts::NDT_CONFIG {
    ndtc_key_len: U16,
    ndtc_entry_size: U16,
    ndtc_entries: Uint,
    ndtc_last_flush: Uint,
    ndtc_last_rand: Uint,
    ndtc_hash_rnd: Uint,
    ndtc_hash_mask: Mask,
    ndtc_hash_chain_gc: Uint,
    ndtc_proxy_qlen: Uint,
});

/// A mask in base 16, with zeros in front.
struct Mask;

impl Kind for Mask {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        Value::Padded { value: word, digits: 6 }
    }

    fn size(&self, abi: abi::Abi) -> usize {
        Hex32.size(abi)
    }
}

/// `struct ndt_stats` (`linux/neighbour.h`).
static STATISTICS: Structure = structure!(layouts::NDT_STATS {
    ndts_allocs: U64,
    ndts_destroys: U64,
    ndts_hash_grows: U64,
    ndts_res_failed: U64,
    ndts_lookups: U64,
    ndts_hits: U64,
    ndts_rcv_probes_mcast: U64,
    ndts_rcv_probes_ucast: U64,
    ndts_periodic_gc_runs: U64,
    ndts_forced_gc_runs: U64,
    ndts_table_fulls: U64,
});
