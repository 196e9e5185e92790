//! The numbers of bpf(2) that this crate uses (`linux/bpf.h`), and of the kernel's own that its programs meet.

/// Commands of bpf(2).
pub(crate) const MAP_CREATE: libc::c_int = 0;
pub(crate) const MAP_LOOKUP: libc::c_int = 1;
pub(crate) const MAP_UPDATE: libc::c_int = 2;
pub(crate) const PROGRAM_LOAD: libc::c_int = 5;
pub(crate) const TRACEPOINT_OPEN: libc::c_int = 17;
pub(crate) const BTF_LOAD: libc::c_int = 18;

/// Types of maps.
pub(crate) const HASH: u32 = 1;
pub(crate) const ARRAY: u32 = 2;
pub(crate) const RING: u32 = 27;

/// `BPF_PROG_TYPE_RAW_TRACEPOINT`.
pub(crate) const RAW_TRACEPOINT: u32 = 17;

/// Helpers.
pub(crate) const LOOKUP: i32 = 1;
pub(crate) const UPDATE: i32 = 2;
pub(crate) const DELETE: i32 = 3;
pub(crate) const TIME: i32 = 5;
pub(crate) const CPU: i32 = 8;
pub(crate) const IDS: i32 = 14;
pub(crate) const TASK: i32 = 35;
pub(crate) const READ_USER: i32 = 112;
pub(crate) const READ_KERNEL: i32 = 113;
pub(crate) const READ_USER_TEXT: i32 = 114;
pub(crate) const RING_OUTPUT: i32 = 130;
pub(crate) const LOOP: i32 = 181;

/// `BPF_RB_NO_WAKEUP`: the reader comes by itself.
pub(crate) const NO_WAKEUP: i32 = 1;

/// Bits of a ring record's length (`BPF_RINGBUF_BUSY_BIT`, `BPF_RINGBUF_DISCARD_BIT`) and the size of its header.
pub(crate) const BUSY: u32 = 1 << 31;
pub(crate) const DISCARDED: u32 = 1 << 30;
pub(crate) const RING_HEADER: usize = 8;

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
