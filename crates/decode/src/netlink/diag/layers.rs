//! What lies above TCP on a socket, and what BPF programs keep with it.

use crate::Value;
use crate::kinds::{Flags, Hex32, U8, U16, U64, Uint};
use crate::netlink::attribute::{Attributes, Holds};
use crate::netlink::route::Short;
use abi::generated::sets::netlink as sets;

/// The protocol above TCP (`INET_ULP_INFO_…`, `linux/inet_diag.h`).
pub(super) static UPPER: Attributes = Attributes {
    names: &sets::INET_ULP_INFO,
    holds: &[
        (sets::INET_ULP_INFO.of("INET_ULP_INFO_NAME"), Holds::Text),
        (sets::INET_ULP_INFO.of("INET_ULP_INFO_TLS"), Holds::Nested(&ENCRYPTION)),
        (sets::INET_ULP_INFO.of("INET_ULP_INFO_MPTCP"), Holds::Nested(&SUBFLOW)),
    ],
    other: Holds::Bytes,
};

/// `linux/tls.h`.
static ENCRYPTION: Attributes = Attributes {
    names: &sets::TLS_INFO,
    holds: &[
        (sets::TLS_INFO.of("TLS_INFO_VERSION"), Holds::Number(&Short(&sets::TLS_VERSION))),
        (sets::TLS_INFO.of("TLS_INFO_CIPHER"), Holds::Number(&Short(&sets::TLS_CIPHER))),
        (sets::TLS_INFO.of("TLS_INFO_TXCONF"), Holds::Number(&Short(&sets::TLS_CONFIGURATION))),
        (sets::TLS_INFO.of("TLS_INFO_RXCONF"), Holds::Number(&Short(&sets::TLS_CONFIGURATION))),
    ],
    other: Holds::Bytes,
};

/// `linux/mptcp_pm.h`.
static SUBFLOW: Attributes = Attributes {
    names: &sets::MPTCP_SUBFLOW,
    holds: &[
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_TOKEN_REM"), Holds::Number(&Hex32)),
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_TOKEN_LOC"), Holds::Number(&Hex32)),
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_RELWRITE_SEQ"), Holds::Number(&Uint)),
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_MAP_SEQ"), Holds::Number(&U64)),
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_MAP_SFSEQ"), Holds::Number(&Uint)),
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_SSN_OFFSET"), Holds::Number(&Uint)),
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_MAP_DATALEN"), Holds::Number(&U16)),
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_FLAGS"), Holds::Number(&Flags(&sets::MPTCP_SUBFLOW_FLAG))),
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_ID_REM"), Holds::Number(&U8)),
        (sets::MPTCP_SUBFLOW.of("MPTCP_SUBFLOW_ATTR_ID_LOC"), Holds::Number(&U8)),
    ],
    other: Holds::Bytes,
};

/// What BPF programs keep with a socket (`linux/sock_diag.h`).
pub(super) static STORAGES: Attributes = Attributes {
    names: &sets::BPF_STORAGES,
    holds: &[(sets::BPF_STORAGES.of("SK_DIAG_BPF_STORAGE"), Holds::Nested(&STORAGE))],
    other: Holds::Bytes,
};

static STORAGE: Attributes = Attributes {
    names: &sets::BPF_STORAGE,
    holds: &[
        (sets::BPF_STORAGE.of("SK_DIAG_BPF_STORAGE_MAP_ID"), Holds::Number(&Uint)),
        (sets::BPF_STORAGE.of("SK_DIAG_BPF_STORAGE_MAP_VALUE"), Holds::AnyNumber(Value::Hex)),
    ],
    other: Holds::Bytes,
};
