//! The commands of bpf(2), and the attributes of each.

use super::instruction::Instruction;
use super::link;
use super::pointed::{Counted, Opaque, PATH, TEXT, What, counted};
use crate::kinds::net::Interface;
use crate::kinds::sysinfo::FixedText;
use crate::kinds::tail::LONGEST;
use crate::kinds::{Const, Fd, Flags, Given, Hex32, Hex64, Int, Structure, U64, Uint, WideFlags};
use crate::{Case, Cx, Dir, Kind, Len, Nested, Shape, Value, structure};
use abi::generated::layouts::bpf::BPF_ATTR as ATTR;
use abi::generated::sets::bpf as sets;
use abi::{Abi, Place};

/// A command.
pub struct Command {
    /// Its name.
    pub name: &'static str,
    /// The name of the structure that its attributes stand in; `None` when they stand among those of the union.
    pub within: Option<&'static str>,
    /// Its attributes.
    pub groups: &'static [Group],
    /// Where they end, in bytes; what lies behind is of a newer kernel.
    pub end: usize,
    /// Whether the call writes to them, so that they are shown as it left them.
    pub answers: bool,
    /// The attribute that is shown before and after the call.
    pub count: Option<Place>,
}

/// Attributes that came with the same kernel.
pub struct Group {
    /// They are there when the stated size is greater than this; 0 for those that are always there.
    pub since: usize,
    /// What they are.
    pub members: Structure,
}

/// Makes a [`Group`].
macro_rules! group {
    ($since:literal, $($members:tt)*) => {
        Group { since: $since, members: structure!(ATTR { $($members)* }) }
    };
}

/// Makes a [`Command`]: `answers` for one that writes to its attributes.
macro_rules! command {
    ($name:ident $($within:literal)?, $end:literal, $groups:expr) => {
        Command { name: stringify!($name), within: command!(@ $($within)?), groups: $groups, end: $end, answers: false, count: None }
    };
    ($name:ident $($within:literal)? answers, $end:literal, $groups:expr) => {
        Command { answers: true, ..command!($name $($within)?, $end, $groups) }
    };
    ($name:ident $($within:literal)? counts, $end:literal, $groups:expr) => {
        Command { count: Some(ATTR.member("batch.count")), ..command!($name $($within)? answers, $end, $groups) }
    };
    (@) => {
        None
    };
    (@ $within:literal) => {
        Some($within)
    };
}

/// A condition: whether the flags have `BPF_F_ID`, so that what something is relative to is an id, no descriptor.
pub const fn is_identified(flags: &str, identified: bool) -> Given {
    const ID: u64 = sets::ATTACH_FLAG.of("BPF_F_ID");
    let test: fn(u64) -> bool = if identified { |flags| flags & ID != 0 } else { |flags| flags & ID == 0 };
    Given { place: ATTR.member(flags), test }
}

/// A condition: whether what is attached to is a network interface.
const fn is_interface(attach_type: &str, interface: bool) -> Given {
    fn names_interface(number: u64) -> bool {
        let name = sets::ATTACH_TYPE.name(number).unwrap_or("");
        name == "BPF_XDP" || name.starts_with("BPF_TCX_") || name.starts_with("BPF_NETKIT_")
    }
    let test: fn(u64) -> bool = if interface { names_interface } else { |number| !names_interface(number) };
    Given { place: ATTR.member(attach_type), test }
}

/// The version of the kernel that a program is for: `KERNEL_VERSION(6, 18, 0)`.
struct KernelVersion;

impl Kind for KernelVersion {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let items = [word >> 16 & 0xffff, word >> 8 & 0xff, word & 0xff].map(Value::Unsigned);
        let meaning = Value::Call { name: "KERNEL_VERSION", items: cx.slice(&items), main: None };
        Value::Either { raw: cx.put(Value::Hex(word)), meaning: cx.put(meaning) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// A memory node's number, or none (`NUMA_NO_NODE`, the kernel's `linux/numa.h`).
struct Node;

impl Kind for Node {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match word as u32 {
            u32::MAX => Value::Commented(cx.put(Value::Unsigned(u32::MAX.into())), "NUMA_NO_NODE"),
            node => Value::Unsigned(node.into()),
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// What a map has on top, by its type: all ones stand out.
struct MapExtra;

impl Kind for MapExtra {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let number = Value::Unsigned(word);
        if word != u64::MAX {
            return number;
        }
        let meaning = Value::Named { value: word, name: "UINT64_MAX" };
        Value::Either { raw: cx.put(number), meaning: cx.put(meaning) }
    }

    fn size(&self, _abi: Abi) -> usize {
        8
    }
}

/// A name of at most 15 characters (`BPF_OBJ_NAME_LEN`, `linux/bpf.h`).
const NAME: FixedText = FixedText(16);

/// A condition: the map is to lie on a node.
const HAS_NODE: Given = Given {
    place: ATTR.member("map_flags"),
    test: |flags| flags & const { sets::MAP_FLAG.of("BPF_F_NUMA_NODE") } != 0,
};

/// A condition: an old program is named, which is to be replaced.
const REPLACES: Given = Given {
    place: ATTR.member("link_update.flags"),
    test: |flags| flags & const { sets::ATTACH_FLAG.of("BPF_F_REPLACE") } != 0,
};

const MAP_CREATE: &[Group] = &[
    group!(0, map_type: Const(&sets::MAP_TYPE), key_size: Uint, value_size: Uint, max_entries: Uint),
    group!(16, map_flags: Flags(&sets::MAP_FLAG)),
    group!(20, inner_map_fd: Fd),
    group!(24, [HAS_NODE] numa_node: Node),
    group!(28, map_name: NAME),
    group!(44, map_ifindex: Interface),
    group!(48, btf_fd: Fd, btf_key_type_id: Uint, btf_value_type_id: Uint),
    group!(60, btf_vmlinux_value_type_id: Uint),
    group!(64, map_extra: MapExtra),
    group!(72, value_type_btf_obj_fd: Fd),
    group!(76, map_token_fd: Fd),
    group!(80, excl_prog_hash: Opaque, excl_prog_hash_size: Uint),
];

const LOOKUP: &[Group] =
    &[group!(0, map_fd: Fd, key: Opaque, value: Opaque), group!(24, flags: WideFlags(&sets::ELEMENT_LOOKUP))];

const UPDATE: &[Group] = &[group!(0, map_fd: Fd, key: Opaque, value: Opaque, flags: WideFlags(&sets::ELEMENT_UPDATE))];

const INSTRUCTIONS: Counted = counted("insns", "insn_cnt", What::Long(&Instruction));

const PROG_LOAD: &[Group] = &[
    group!(0, prog_type: Const(&sets::PROG_TYPE), insn_cnt: Uint, insns: INSTRUCTIONS, license: TEXT),
    group!(24, log_level: Uint, log_size: Uint, log_buf: counted("log_buf", "log_size", What::Text)),
    group!(40, kern_version: KernelVersion),
    group!(44, prog_flags: Flags(&sets::PROG_FLAG)),
    group!(48, prog_name: NAME),
    group!(64, prog_ifindex: Interface),
    group!(68, expected_attach_type: Const(&sets::ATTACH_TYPE)),
    group!(72, prog_btf_fd: Fd, func_info_rec_size: Uint, func_info: Opaque, func_info_cnt: Uint,
        line_info_rec_size: Uint, line_info: Opaque, line_info_cnt: Uint),
    group!(108, attach_btf_id: Uint),
    group!(112, attach_prog_fd: Fd),
    group!(128, core_relo_cnt: Uint),
    group!(120, fd_array: Opaque),
    group!(128, core_relos: Opaque, core_relo_rec_size: Uint),
    group!(140, log_true_size: Uint),
    group!(144, prog_token_fd: Fd),
    group!(148, fd_array_cnt: Uint),
    group!(152, signature: counted("signature", "signature_size", What::Bytes), signature_size: Uint, keyring_id: Int),
];

const OBJECT: &[Group] =
    &[group!(0, pathname: PATH, bpf_fd: Fd), group!(12, file_flags: Flags(&sets::FILE_FLAG)), group!(16, path_fd: Fd)];

const ATTACH: &[Group] = &[
    group!(0, [is_interface("attach_type", false)] target_fd: Fd,
        [is_interface("attach_type", true)] target_ifindex: Interface, attach_bpf_fd: Fd,
        attach_type: Const(&sets::ATTACH_TYPE), attach_flags: Flags(&sets::ATTACH_FLAG)),
    group!(16, replace_bpf_fd: Fd),
    group!(20, [is_identified("attach_flags", false)] relative_fd: Fd,
        [is_identified("attach_flags", true)] relative_id: Uint, expected_revision: U64),
];

const TEST_RUN: &[Group] = &[
    group!(0, prog_fd @ "test.prog_fd": Fd, retval @ "test.retval": Uint, data_size_in @ "test.data_size_in": Uint,
        data_size_out @ "test.data_size_out": Uint, data_in @ "test.data_in": Opaque, data_out @ "test.data_out": Opaque,
        repeat @ "test.repeat": Uint, duration @ "test.duration": Uint),
    group!(40, ctx_size_in @ "test.ctx_size_in": Uint, ctx_size_out @ "test.ctx_size_out": Uint,
        ctx_in @ "test.ctx_in": Opaque, ctx_out @ "test.ctx_out": Opaque),
    group!(64, flags @ "test.flags": Flags(&sets::TEST_FLAG), cpu @ "test.cpu": Uint),
    group!(72, batch_size @ "test.batch_size": Uint),
];

const NEXT_ID: &[Group] = &[group!(0, start_id: Uint, next_id: Uint)];

const INFO: &[Group] =
    &[group!(0, bpf_fd @ "info.bpf_fd": Fd, info_len @ "info.info_len": Uint, info @ "info.info": Opaque)];

/// How a program is attached.
static ATTACH_FLAGS: Flags = Flags(&sets::ATTACH_FLAG);

const QUERY: &[Group] = &[
    group!(0, [is_interface("query.attach_type", false)] target_fd @ "query.target_fd": Fd,
        [is_interface("query.attach_type", true)] target_ifindex @ "query.target_ifindex": Interface,
        attach_type @ "query.attach_type": Const(&sets::ATTACH_TYPE),
        query_flags @ "query.query_flags": Flags(&sets::QUERY_FLAG),
        attach_flags @ "query.attach_flags": Flags(&sets::ATTACH_FLAG),
        prog_ids @ "query.prog_ids": counted("query.prog_ids", "query.prog_cnt", What::Answer(&Uint)),
        prog_cnt @ "query.prog_cnt": Uint),
    group!(32, prog_attach_flags @ "query.prog_attach_flags":
        counted("query.prog_attach_flags", "query.prog_cnt", What::Answer(&ATTACH_FLAGS))),
    group!(40, link_ids @ "query.link_ids": counted("query.link_ids", "query.prog_cnt", What::Answer(&Uint)),
        link_attach_flags @ "query.link_attach_flags":
            counted("query.link_attach_flags", "query.prog_cnt", What::Answer(&ATTACH_FLAGS)),
        revision @ "query.revision": Hex64),
];

const RAW_TRACEPOINT: &[Group] = &[
    group!(0, name @ "raw_tracepoint.name": TEXT, prog_fd @ "raw_tracepoint.prog_fd": Fd),
    group!(20, cookie @ "raw_tracepoint.cookie": Hex64),
];

const BTF_LOAD: &[Group] = &[
    group!(0, btf: counted("btf", "btf_size", What::Bytes), btf_log_buf: Opaque, btf_size: Uint, btf_log_size: Uint,
        btf_log_level: Uint),
    group!(28, btf_log_true_size: Uint),
    group!(32, btf_flags: Flags(&sets::FILE_FLAG), btf_token_fd: Fd),
];

const TASK_FD_QUERY: &[Group] = &[group!(0, pid @ "task_fd_query.pid": Int, fd @ "task_fd_query.fd": Fd,
    flags @ "task_fd_query.flags": Uint, buf_len @ "task_fd_query.buf_len": Uint,
    buf @ "task_fd_query.buf": counted("task_fd_query.buf", "task_fd_query.buf_len", What::Text),
    prog_id @ "task_fd_query.prog_id": Uint, fd_type @ "task_fd_query.fd_type": Const(&sets::FD_TYPE),
    probe_offset @ "task_fd_query.probe_offset": Hex64, probe_addr @ "task_fd_query.probe_addr": Hex64)];

const LOOKUP_BATCH: &[Group] = &[group!(0, in_batch @ "batch.in_batch": Opaque, out_batch @ "batch.out_batch": Opaque,
    keys @ "batch.keys": Opaque, values @ "batch.values": Opaque, count @ "batch.count": Uint,
    map_fd @ "batch.map_fd": Fd, elem_flags @ "batch.elem_flags": WideFlags(&sets::ELEMENT_LOOKUP),
    flags @ "batch.flags": Hex64)];

const UPDATE_BATCH: &[Group] = &[group!(0, keys @ "batch.keys": Opaque, values @ "batch.values": Opaque,
    count @ "batch.count": Uint, map_fd @ "batch.map_fd": Fd,
    elem_flags @ "batch.elem_flags": WideFlags(&sets::ELEMENT_UPDATE), flags @ "batch.flags": Hex64)];

const DELETE_BATCH: &[Group] = &[group!(0, keys @ "batch.keys": Opaque, count @ "batch.count": Uint,
    map_fd @ "batch.map_fd": Fd, elem_flags @ "batch.elem_flags": WideFlags(&sets::ELEMENT_LOOKUP),
    flags @ "batch.flags": Hex64)];

const LINK_CREATE: &[Group] = &[group!(0, prog_fd @ "link_create.prog_fd": Fd,
    [is_interface("link_create.attach_type", false)] target_fd @ "link_create.target_fd": Fd,
    [is_interface("link_create.attach_type", true)] target_ifindex @ "link_create.target_ifindex": Interface,
    attach_type @ "link_create.attach_type": Const(&sets::ATTACH_TYPE),
    flags @ "link_create.flags": Flags(&sets::ATTACH_FLAG))];

const LINK_UPDATE: &[Group] = &[group!(0, link_fd @ "link_update.link_fd": Fd,
    new_prog_fd @ "link_update.new_prog_fd": Fd, flags @ "link_update.flags": Flags(&sets::ATTACH_FLAG),
    [REPLACES] old_prog_fd @ "link_update.old_prog_fd": Fd)];

/// The commands, in the kernel's order.
static COMMANDS: &[Command] = &[
    command!(BPF_MAP_CREATE, 92, MAP_CREATE),
    command!(BPF_MAP_LOOKUP_ELEM, 32, LOOKUP),
    command!(BPF_MAP_UPDATE_ELEM, 32, UPDATE),
    command!(BPF_MAP_DELETE_ELEM, 16, &[group!(0, map_fd: Fd, key: Opaque)]),
    command!(BPF_MAP_GET_NEXT_KEY, 24, &[group!(0, map_fd: Fd, key: Opaque, next_key: Opaque)]),
    command!(BPF_PROG_LOAD, 168, PROG_LOAD),
    command!(BPF_OBJ_PIN, 20, OBJECT),
    command!(BPF_OBJ_GET, 20, OBJECT),
    command!(BPF_PROG_ATTACH, 32, ATTACH),
    command!(BPF_PROG_DETACH, 32, ATTACH),
    command!(BPF_PROG_TEST_RUN "test" answers, 76, TEST_RUN),
    command!(BPF_PROG_GET_NEXT_ID answers, 8, NEXT_ID),
    command!(BPF_MAP_GET_NEXT_ID answers, 8, NEXT_ID),
    command!(BPF_PROG_GET_FD_BY_ID, 4, &[group!(0, prog_id: Uint)]),
    command!(BPF_MAP_GET_FD_BY_ID, 12, &[group!(0, map_id: Uint), group!(8, open_flags: Flags(&sets::OPEN_FLAG))]),
    command!(BPF_OBJ_GET_INFO_BY_FD "info" answers, 16, INFO),
    command!(BPF_PROG_QUERY "query" answers, 64, QUERY),
    command!(BPF_RAW_TRACEPOINT_OPEN "raw_tracepoint", 24, RAW_TRACEPOINT),
    command!(BPF_BTF_LOAD answers, 40, BTF_LOAD),
    command!(
        BPF_BTF_GET_FD_BY_ID,
        16,
        &[group!(0, btf_id: Uint), group!(8, open_flags: Flags(&sets::OPEN_FLAG), fd_by_id_token_fd: Fd)]
    ),
    command!(BPF_TASK_FD_QUERY "task_fd_query" answers, 48, TASK_FD_QUERY),
    command!(BPF_MAP_LOOKUP_AND_DELETE_ELEM, 32, LOOKUP),
    command!(BPF_MAP_FREEZE, 4, &[group!(0, map_fd: Fd)]),
    command!(BPF_BTF_GET_NEXT_ID answers, 8, NEXT_ID),
    command!(BPF_MAP_LOOKUP_BATCH "batch" counts, 56, LOOKUP_BATCH),
    command!(BPF_MAP_LOOKUP_AND_DELETE_BATCH "batch" counts, 56, LOOKUP_BATCH),
    command!(BPF_MAP_UPDATE_BATCH "batch" counts, 56, UPDATE_BATCH),
    command!(BPF_MAP_DELETE_BATCH "batch" counts, 56, DELETE_BATCH),
    command!(BPF_LINK_CREATE "link_create", 16, LINK_CREATE),
    command!(BPF_LINK_UPDATE "link_update", 16, LINK_UPDATE),
    command!(BPF_LINK_GET_FD_BY_ID, 4, &[group!(0, link_id: Uint)]),
    command!(BPF_LINK_GET_NEXT_ID answers, 8, NEXT_ID),
    command!(BPF_ENABLE_STATS "enable_stats", 4, &[group!(0, r#type @ "enable_stats.type": Const(&sets::STATS))]),
    command!(BPF_ITER_CREATE "iter_create", 8,
        &[group!(0, link_fd @ "iter_create.link_fd": Fd, flags @ "iter_create.flags": Hex32)]),
    command!(BPF_LINK_DETACH "link_detach", 4, &[group!(0, link_fd @ "link_detach.link_fd": Fd)]),
    command!(BPF_PROG_BIND_MAP "prog_bind_map", 12, &[group!(0, prog_fd @ "prog_bind_map.prog_fd": Fd,
        map_fd @ "prog_bind_map.map_fd": Fd, flags @ "prog_bind_map.flags": Hex32)]),
    command!(BPF_TOKEN_CREATE "token_create", 8,
        &[group!(0, flags @ "token_create.flags": Hex32, bpffs_fd @ "token_create.bpffs_fd": Fd)]),
    command!(BPF_PROG_STREAM_READ_BY_FD "prog_stream_read" answers, 20, &[group!(0,
        stream_buf @ "prog_stream_read.stream_buf":
            counted("prog_stream_read.stream_buf", "prog_stream_read.stream_buf_len", What::Bytes),
        stream_buf_len @ "prog_stream_read.stream_buf_len": Uint,
        stream_id @ "prog_stream_read.stream_id": Uint, prog_fd @ "prog_stream_read.prog_fd": Fd)]),
    command!(BPF_PROG_ASSOC_STRUCT_OPS "prog_assoc_struct_ops", 12, &[group!(0,
        map_fd @ "prog_assoc_struct_ops.map_fd": Fd, prog_fd @ "prog_assoc_struct_ops.prog_fd": Fd,
        flags @ "prog_assoc_struct_ops.flags": Hex32)]),
];

/// The command of the call, if it is known.
pub fn command(cx: &Cx<'_>) -> Option<&'static Command> {
    let name = sets::COMMAND.name(u64::from(cx.arg(0) as u32))?;
    COMMANDS.iter().find(|command| command.name == name)
}

/// Which memory the attributes of each command need.
pub fn shape(abi: Abi) -> Shape {
    let case = |command: &Command| Case {
        values: sets::COMMAND.value(command.name).into_iter().collect(),
        direction: if command.answers { Dir::InOut } else { Dir::In },
        shape: Shape::Records { stride: LONGEST, count: Len::Fixed(1), nested: nested(command, abi) },
    };
    Shape::Switch { arg: 0, cases: COMMANDS.iter().map(case).collect() }
}

/// The pointers among the attributes.
fn nested(command: &Command, abi: Abi) -> Vec<Nested> {
    let own = command.groups.iter().map(|group| group.members.shape(abi));
    let forms = link::shapes(command, abi);
    let pointers = |shape| match shape {
        Shape::Records { nested, .. } => nested,
        _ => Vec::new(),
    };
    own.chain(forms).flat_map(pointers).collect()
}
