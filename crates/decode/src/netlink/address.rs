//! Addresses of interfaces, their labels, and how interfaces are configured.

use super::attribute::{Attributes, Holds};
use super::route::{FAMILY, Format, Small};
use crate::kinds::net::Interface;
use crate::kinds::{Flags, Int, Structure, U8, Uint};
use crate::structure;
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::netlink as sets;

/// `struct ifaddrmsg` (`linux/if_addr.h`).
pub(super) static ADDRESS: Format = Format {
    head: &structure!(layouts::IFADDRMSG {
        ifa_family: FAMILY,
        ifa_prefixlen: U8,
        ifa_flags: Flags(&sets::IFA_F),
        ifa_scope: Small(&sets::RT_SCOPE),
        ifa_index: Interface,
    }),
    attributes: &Attributes {
        names: &sets::IFA,
        holds: &[
            (sets::IFA.of("IFA_ADDRESS"), Holds::Address),
            (sets::IFA.of("IFA_LOCAL"), Holds::Address),
            (sets::IFA.of("IFA_LABEL"), Holds::Text),
            (sets::IFA.of("IFA_BROADCAST"), Holds::Address),
            (sets::IFA.of("IFA_ANYCAST"), Holds::Address),
            (sets::IFA.of("IFA_CACHEINFO"), Holds::Record(&LIFETIME, 16)),
            (sets::IFA.of("IFA_MULTICAST"), Holds::Address),
            (sets::IFA.of("IFA_FLAGS"), Holds::Number(&Flags(&sets::IFA_F))),
            (sets::IFA.of("IFA_RT_PRIORITY"), Holds::Number(&Uint)),
            (sets::IFA.of("IFA_TARGET_NETNSID"), Holds::Number(&Int)),
        ],
        other: Holds::Bytes,
    },
};

/// `struct ifa_cacheinfo` (`linux/if_addr.h`).
static LIFETIME: Structure =
    structure!(layouts::IFA_CACHEINFO { ifa_prefered: Uint, ifa_valid: Uint, cstamp: Uint, tstamp: Uint });

/// `struct ifaddrlblmsg` (`linux/if_addrlabel.h`).
pub(super) static LABEL: Format = Format {
    head: &structure!(layouts::IFADDRLBLMSG {
        ifal_family: FAMILY,
        ifal_prefixlen: U8,
        ifal_flags: U8,
        ifal_index: Interface,
        ifal_seq: Uint,
    }),
    attributes: &Attributes {
        names: &sets::IFAL,
        holds: &[(sets::IFAL.of("IFAL_ADDRESS"), Holds::Address), (sets::IFAL.of("IFAL_LABEL"), Holds::Number(&Uint))],
        other: Holds::Bytes,
    },
};

/// `struct netconfmsg` (`linux/netconf.h`).
pub(super) static CONFIGURATION: Format = Format {
    head: &structure!(layouts::NETCONFMSG { ncm_family: FAMILY }),
    attributes: &Attributes {
        names: &sets::NETCONFA,
        holds: &[
            (sets::NETCONFA.of("NETCONFA_UNSPEC"), Holds::Bytes),
            (sets::NETCONFA.of("NETCONFA_IFINDEX"), Holds::Number(&Interface)),
        ],
        other: Holds::Number(&Int),
    },
};
