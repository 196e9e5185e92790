//! What BPF_LINK_CREATE has for each type of attachment.

use super::command::{Command, is_identified};
use super::pointed::{NUMBERS, PATH, What, counted};
use crate::kinds::{Address, Fd, Flags, Given, Hex64, Int, Structure, Uint};
use crate::{Cx, Field, Kind, Shape, Value, structure};
use abi::generated::layouts::bpf::BPF_ATTR as ATTR;
use abi::generated::sets::bpf as sets;
use abi::{Abi, Place};

/// Where the form begins in the attributes, under every personality.
pub const START: usize = 16;

/// The members of one form.
pub struct Form {
    /// The name of the structure that they stand in; `None` when they stand among the others.
    within: Option<&'static str>,
    members: Structure,
    /// Where they end, in bytes.
    pub end: usize,
}

impl Form {
    /// The fields that are shown.
    pub fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], address: u64) -> impl Iterator<Item = Field<'a>> {
        let value = self.members.load(cx, bytes, address);
        let fields = match (self.within, value) {
            (Some(name), value) => cx.slice(&[Field::new(name, value)]),
            (None, Value::Struct { fields, .. }) => fields,
            _ => &[],
        };
        fields.iter().copied()
    }
}

/// A structure that has one descriptor, of a map.
struct MapDescriptor;

impl Kind for MapDescriptor {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let map = Value::Struct { fields: cx.slice(&[Field::new("map_fd", cx.descriptor(word as i32))]), more: false };
        Value::Struct { fields: cx.slice(&[Field::new("map", map)]), more: false }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

static ITERATOR: Form = Form {
    within: None,
    members: structure!(ATTR {
        iter_info @ "link_create.iter_info":
            counted("link_create.iter_info", "link_create.iter_info_len", What::List(&MapDescriptor)),
        iter_info_len @ "link_create.iter_info_len": Uint,
    }),
    end: 28,
};

static PERF_EVENT: Form = Form {
    within: Some("perf_event"),
    members: structure!(ATTR { bpf_cookie @ "link_create.perf_event.bpf_cookie": Hex64 }),
    end: 24,
};

static KPROBE_MULTI: Form = Form {
    within: Some("kprobe_multi"),
    members: structure!(ATTR {
        flags @ "link_create.kprobe_multi.flags": Flags(&sets::KPROBE_MULTI),
        cnt @ "link_create.kprobe_multi.cnt": Uint,
        syms @ "link_create.kprobe_multi.syms":
            counted("link_create.kprobe_multi.syms", "link_create.kprobe_multi.cnt", What::List(&Address)),
        addrs @ "link_create.kprobe_multi.addrs":
            counted("link_create.kprobe_multi.addrs", "link_create.kprobe_multi.cnt", NUMBERS),
        cookies @ "link_create.kprobe_multi.cookies":
            counted("link_create.kprobe_multi.cookies", "link_create.kprobe_multi.cnt", NUMBERS),
    }),
    end: 48,
};

static UPROBE_MULTI: Form = Form {
    within: Some("uprobe_multi"),
    members: structure!(ATTR {
        path @ "link_create.uprobe_multi.path": PATH,
        offsets @ "link_create.uprobe_multi.offsets":
            counted("link_create.uprobe_multi.offsets", "link_create.uprobe_multi.cnt", NUMBERS),
        ref_ctr_offsets @ "link_create.uprobe_multi.ref_ctr_offsets":
            counted("link_create.uprobe_multi.ref_ctr_offsets", "link_create.uprobe_multi.cnt", NUMBERS),
        cookies @ "link_create.uprobe_multi.cookies":
            counted("link_create.uprobe_multi.cookies", "link_create.uprobe_multi.cnt", NUMBERS),
        cnt @ "link_create.uprobe_multi.cnt": Uint,
        flags @ "link_create.uprobe_multi.flags": Flags(&sets::UPROBE_MULTI),
        pid @ "link_create.uprobe_multi.pid": Int,
        path_fd @ "link_create.uprobe_multi.path_fd": Fd,
    }),
    end: 64,
};

static TRACING: Form = Form {
    within: Some("tracing"),
    members: structure!(ATTR {
        target_btf_id @ "link_create.tracing.target_btf_id": Uint,
        cookie @ "link_create.tracing.cookie": Hex64,
    }),
    end: 32,
};

static NETFILTER: Form = Form {
    within: Some("netfilter"),
    members: structure!(ATTR {
        pf @ "link_create.netfilter.pf": Uint,
        hooknum @ "link_create.netfilter.hooknum": Uint,
        priority @ "link_create.netfilter.priority": Int,
        flags @ "link_create.netfilter.flags": Flags(&sets::NETFILTER),
    }),
    end: 32,
};

/// Makes the form of a place among the programs of a network interface or control group.
macro_rules! placed {
    ($name:literal) => {
        Form {
            within: Some($name),
            members: structure!(ATTR {
                [is_identified("link_create.flags", false)] relative_fd @ "link_create.tcx.relative_fd": Fd,
                [is_identified("link_create.flags", true)] relative_id @ "link_create.tcx.relative_id": Uint,
                expected_revision @ "link_create.tcx.expected_revision": Hex64,
            }),
            end: 32,
        }
    };
}

static TCX: Form = placed!("tcx");
static NETKIT: Form = placed!("netkit");
static CGROUP: Form = placed!("cgroup");

static TRACING_MULTI: Form = Form {
    within: Some("tracing_multi"),
    members: structure!(ATTR {
        ids @ "link_create.tracing_multi.ids":
            counted("link_create.tracing_multi.ids", "link_create.tracing_multi.cnt", What::List(&Uint)),
        cookies @ "link_create.tracing_multi.cookies":
            counted("link_create.tracing_multi.cookies", "link_create.tracing_multi.cnt", NUMBERS),
        cnt @ "link_create.tracing_multi.cnt": Uint,
    }),
    end: 36,
};

/// A condition: a type is named.
const NAMED: Given = Given { place: ATTR.member("link_create.target_btf_id"), test: |id| id != 0 };

/// The form of a control group's program that has no place among others.
static TARGET: Form = Form {
    within: None,
    members: structure!(ATTR { [NAMED] target_btf_id @ "link_create.target_btf_id": Uint }),
    end: 20,
};

const TYPE: Place = ATTR.member("link_create.attach_type");
const FLAGS: Place = ATTR.member("link_create.flags");

/// The flags that give a program a place among others.
const PLACED: u64 = sets::ATTACH_FLAG.of("BPF_F_BEFORE") | sets::ATTACH_FLAG.of("BPF_F_AFTER");

/// The form of a link, where its type has one.
pub fn form(cx: &Cx<'_>, command: &Command, bytes: &[u8]) -> Option<&'static Form> {
    if command.name != "BPF_LINK_CREATE" {
        return None;
    }
    Some(match sets::ATTACH_TYPE.name(TYPE.get(cx.abi(), bytes)?)? {
        "BPF_TRACE_ITER" => &ITERATOR,
        "BPF_PERF_EVENT" => &PERF_EVENT,
        "BPF_TRACE_KPROBE_MULTI" => &KPROBE_MULTI,
        "BPF_TRACE_UPROBE_MULTI" => &UPROBE_MULTI,
        "BPF_TRACE_FENTRY" | "BPF_TRACE_FEXIT" | "BPF_TRACE_FSESSION" | "BPF_MODIFY_RETURN" | "BPF_LSM_MAC" => &TRACING,
        "BPF_TRACE_FENTRY_MULTI" | "BPF_TRACE_FEXIT_MULTI" | "BPF_TRACE_FSESSION_MULTI" => &TRACING_MULTI,
        "BPF_NETFILTER" => &NETFILTER,
        "BPF_TCX_INGRESS" | "BPF_TCX_EGRESS" => &TCX,
        "BPF_NETKIT_PRIMARY" | "BPF_NETKIT_PEER" => &NETKIT,
        name if !name.starts_with("BPF_CGROUP_") => return None,
        _ if FLAGS.get(cx.abi(), bytes)? & PLACED != 0 => &CGROUP,
        _ => &TARGET,
    })
}

/// Which memory the forms of a command need.
pub fn shapes(command: &Command, abi: Abi) -> impl Iterator<Item = Shape> {
    const POINTING: &[&Form] = &[&ITERATOR, &KPROBE_MULTI, &UPROBE_MULTI, &TRACING_MULTI];
    let forms = if command.name == "BPF_LINK_CREATE" { POINTING } else { &[] };
    forms.iter().map(move |form| form.members.shape(abi))
}
