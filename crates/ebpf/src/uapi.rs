//! The numbers of bpf(2) that this crate uses, and those of the kernel's own that its programs meet.

use abi::generated::sets::bpf as sets;

/// Commands of bpf(2).
pub(crate) const MAP_CREATE: libc::c_int = sets::COMMAND.of("BPF_MAP_CREATE") as libc::c_int;
pub(crate) const MAP_LOOKUP: libc::c_int = sets::COMMAND.of("BPF_MAP_LOOKUP_ELEM") as libc::c_int;
pub(crate) const MAP_NEXT_KEY: libc::c_int = sets::COMMAND.of("BPF_MAP_GET_NEXT_KEY") as libc::c_int;
pub(crate) const MAP_TAKE: libc::c_int = sets::COMMAND.of("BPF_MAP_LOOKUP_AND_DELETE_ELEM") as libc::c_int;
pub(crate) const MAP_UPDATE: libc::c_int = sets::COMMAND.of("BPF_MAP_UPDATE_ELEM") as libc::c_int;
pub(crate) const MAP_DELETE: libc::c_int = sets::COMMAND.of("BPF_MAP_DELETE_ELEM") as libc::c_int;
pub(crate) const MAP_UPDATE_BATCH: libc::c_int = sets::COMMAND.of("BPF_MAP_UPDATE_BATCH") as libc::c_int;
pub(crate) const PROGRAM_LOAD: libc::c_int = sets::COMMAND.of("BPF_PROG_LOAD") as libc::c_int;
pub(crate) const TRACEPOINT_OPEN: libc::c_int = sets::COMMAND.of("BPF_RAW_TRACEPOINT_OPEN") as libc::c_int;
pub(crate) const BTF_LOAD: libc::c_int = sets::COMMAND.of("BPF_BTF_LOAD") as libc::c_int;

/// Types of maps.
pub(crate) const HASH: u32 = sets::MAP_TYPE.of("BPF_MAP_TYPE_HASH") as u32;
pub(crate) const ARRAY: u32 = sets::MAP_TYPE.of("BPF_MAP_TYPE_ARRAY") as u32;
pub(crate) const CGROUPS: u32 = sets::MAP_TYPE.of("BPF_MAP_TYPE_CGROUP_ARRAY") as u32;
pub(crate) const RING: u32 = sets::MAP_TYPE.of("BPF_MAP_TYPE_RINGBUF") as u32;

/// The flag of a map whose elements take memory only while they are there.
pub(crate) const SPARSE: u32 = sets::MAP_FLAG.of("BPF_F_NO_PREALLOC") as u32;

/// The flag of a map that can be mapped into memory.
pub(crate) const MAPPABLE: u32 = sets::MAP_FLAG.of("BPF_F_MMAPABLE") as u32;

/// The type of the programs.
pub(crate) const RAW_TRACEPOINT: u32 = sets::PROG_TYPE.of("BPF_PROG_TYPE_RAW_TRACEPOINT") as u32;

/// Helpers.
pub(crate) const LOOKUP: i32 = sets::HELPER.of("BPF_FUNC_map_lookup_elem") as i32;
pub(crate) const UPDATE: i32 = sets::HELPER.of("BPF_FUNC_map_update_elem") as i32;
pub(crate) const DELETE: i32 = sets::HELPER.of("BPF_FUNC_map_delete_elem") as i32;
pub(crate) const TIME: i32 = sets::HELPER.of("BPF_FUNC_ktime_get_ns") as i32;
pub(crate) const CPU: i32 = sets::HELPER.of("BPF_FUNC_get_smp_processor_id") as i32;
pub(crate) const IDS: i32 = sets::HELPER.of("BPF_FUNC_get_current_pid_tgid") as i32;
pub(crate) const UNDER_CGROUP: i32 = sets::HELPER.of("BPF_FUNC_current_task_under_cgroup") as i32;
pub(crate) const TASK: i32 = sets::HELPER.of("BPF_FUNC_get_current_task") as i32;
pub(crate) const READ_USER: i32 = sets::HELPER.of("BPF_FUNC_probe_read_user") as i32;
pub(crate) const READ_KERNEL: i32 = sets::HELPER.of("BPF_FUNC_probe_read_kernel") as i32;
pub(crate) const READ_KERNEL_TEXT: i32 = sets::HELPER.of("BPF_FUNC_probe_read_kernel_str") as i32;
pub(crate) const READ_USER_TEXT: i32 = sets::HELPER.of("BPF_FUNC_probe_read_user_str") as i32;
pub(crate) const RING_OUTPUT: i32 = sets::HELPER.of("BPF_FUNC_ringbuf_output") as i32;
pub(crate) const LOOP: i32 = sets::HELPER.of("BPF_FUNC_loop") as i32;

/// The reader comes by itself.
pub(crate) const NO_WAKEUP: i32 = sets::RING_FLAG.of("BPF_RB_NO_WAKEUP") as i32;

/// Bits of a ring record's length, and the size of its header.
pub(crate) const BUSY: u32 = sets::RING_RECORD.of("BPF_RINGBUF_BUSY_BIT") as u32;
pub(crate) const DISCARDED: u32 = sets::RING_RECORD.of("BPF_RINGBUF_DISCARD_BIT") as u32;
pub(crate) const RING_HEADER: usize = sets::RING_RECORD.of("BPF_RINGBUF_HDR_SZ") as usize;

/// The words of `struct pt_regs` (asm/ptrace.h), by their index.
pub(crate) mod registers {
    pub(crate) const BP: i16 = 4;
    pub(crate) const BX: i16 = 5;
    pub(crate) const R10: i16 = 7;
    pub(crate) const R9: i16 = 8;
    pub(crate) const R8: i16 = 9;
    pub(crate) const CX: i16 = 11;
    pub(crate) const DX: i16 = 12;
    pub(crate) const SI: i16 = 13;
    pub(crate) const DI: i16 = 14;
    pub(crate) const NUMBER: i16 = 15;
    pub(crate) const IP: i16 = 16;
    pub(crate) const SP: i16 = 19;
    /// The size of all in bytes.
    pub(crate) const ALL: i32 = 21 * 8;
}

/// Where `thread_info.status` lies in `task_struct` with `CONFIG_THREAD_INFO_IN_TASK` (asm/thread_info.h), and its
/// bit for a 32-bit call.
pub(crate) const STATUS: i32 = 16;
pub(crate) const COMPAT: i32 = 2;

/// The bit that marks an x32 call's number.
pub(crate) const X32: i32 = 1 << 30;

/// `TRACE_SIGNAL_IGNORED` (trace/events/signal.h); what is delivered is 0.
pub(crate) const SIGNAL_IGNORED: i32 = 1;
