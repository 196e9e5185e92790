//! What the programs and this process agree on: records, maps, places.

/// What a record tells.
pub(crate) mod kind {
    /// A call enters.
    pub(crate) const ENTER: u32 = 1;
    /// A call has come back.
    pub(crate) const EXIT: u32 = 2;
    /// A new thread runs.
    pub(crate) const BORN: u32 = 3;
    /// An execve has succeeded; the value is the thread's id before it.
    pub(crate) const EXEC: u32 = 4;
    /// A thread has ended; the value is its status as waitpid(2) gives it.
    pub(crate) const END: u32 = 5;
    /// A signal is delivered; its siginfo follows.
    pub(crate) const SIGNAL: u32 = 6;
    /// A signal was sent that the thread ignores; its siginfo follows.
    pub(crate) const IGNORED: u32 = 7;
    /// A signal was sent; its siginfo follows.
    pub(crate) const SENT: u32 = 8;
}

/// The head of each record.
pub(crate) mod head {
    pub(crate) const KIND: i16 = 0;
    pub(crate) const ABI: i16 = 4;
    pub(crate) const TIME: i16 = 8;
    pub(crate) const TID: i16 = 16;
    pub(crate) const PID: i16 = 20;
    pub(crate) const NUMBER: i16 = 24;
    pub(crate) const VALUE: i16 = 32;
    pub(crate) const ARGS: i16 = 40;
    pub(crate) const IP: i16 = 88;
    pub(crate) const SP: i16 = 96;
    /// How many of the thread's records were lost until now.
    pub(crate) const LOST: i16 = 104;
    /// Whether something could not be read.
    pub(crate) const MISSED: i16 = 112;
    pub(crate) const PARENT: i16 = 116;
    /// When the call entered that the thread is in, 0 when it is in none.
    pub(crate) const ENTERED: i16 = 120;
    pub(crate) const SIZE: i16 = 128;
}

/// A piece of memory in a record: the address, the length, and the bytes up to a multiple of 8.
pub(crate) const PIECE: i32 = 16;

/// Pieces that are no memory of the process: what a descriptor points to. No process has such addresses.
pub(crate) mod file {
    /// With the descriptor in the lower half: about its file.
    pub(crate) const DESCRIPTOR: u64 = 0xfdfd_0000 << 32;
    /// One more name of the path, the last one first.
    pub(crate) const NAME: u64 = 0xfdfd_0001 << 32;
    /// The inode's number.
    pub(crate) const NUMBER: i16 = 0;
    /// What kind of file system it is in (`linux/magic.h`); 0 where nothing is open.
    pub(crate) const MAGIC: i16 = 8;
    /// Not 0 while it has a name in a directory.
    pub(crate) const HASHED: i16 = 16;
    /// The number of the device that it is, as the kernel packs it, and in the upper half what kind of file it is.
    pub(crate) const DEVICE: i16 = 24;
    pub(crate) const MODE: i16 = 28;
    pub(crate) const SIZE: i32 = 32;
}

/// How much of a siginfo the kernel keeps (`struct kernel_siginfo`).
pub(crate) const SIGINFO: i32 = 48;

/// What the programs know of a thread.
pub(crate) mod thread {
    pub(crate) const TID: i16 = 0;
    pub(crate) const PARENT: i16 = 8;
    pub(crate) const FLAGS: i16 = 12;
    pub(crate) const ROOT: i16 = 16;
    pub(crate) const ABI: i16 = 20;
    /// How many records about it were lost.
    pub(crate) const LOST: i16 = 24;
    pub(crate) const ARGS: i16 = 32;
    pub(crate) const SP: i16 = 80;
    /// When the call entered that it is in, 0 when it is in none.
    pub(crate) const ENTERED: i16 = 88;
    pub(crate) const SIZE: i16 = 96;
    /// It is in a call whose entry was told.
    pub(crate) const INSIDE: i32 = 1;
    /// Something could not be read at that entry.
    pub(crate) const MISSED: i32 = 2;
    /// Its birth was told.
    pub(crate) const ANNOUNCED: i32 = 4;
    /// It was seen to come back from a call, so that the entry of the next one cannot be missed.
    pub(crate) const SYNCED: i32 = 8;
    /// It has executed another program in this call.
    pub(crate) const EXECUTED: i32 = 16;
    /// Nothing is told of it, nor of its children.
    pub(crate) const EXCLUDED: i32 = 32;
    /// It is to execute the command: what it does before is the tracer's own.
    pub(crate) const HELD: i32 = 64;
    /// Its last call was interrupted and is not counted yet.
    pub(crate) const DOUBTFUL: i32 = 128;
    /// The record of its entry is kept back until the exit tells whether it is wanted.
    pub(crate) const KEPT_BACK: i32 = 256;
}

/// What the programs count, and what they are told.
pub(crate) mod counters {
    /// How many threads are asked for that were not met yet.
    pub(crate) const PENDING: u32 = 0;
    /// How many threads are traced, or asked for.
    pub(crate) const LIVE: u32 = 8;
    /// How many records found no room.
    pub(crate) const LOST: u32 = 16;
    /// How many found none and were kept elsewhere.
    pub(crate) const KEPT: u32 = 24;
    /// How often a thread was to be traced and found no room.
    pub(crate) const CROWDED: u32 = 32;
    /// The first two arguments of the execve by which the command begins.
    pub(crate) const FIRST: u32 = 40;
    pub(crate) const SECOND: u32 = 48;
    pub(crate) const SIZE: u32 = 56;
}

/// How long a record can be that is kept back.
pub(crate) const KEPT_BACK: i32 = 1024;

/// What is counted of calls, by CPU, personality, number and first argument (where calls are several in one).
pub(crate) mod sums {
    pub(crate) const CPU: i16 = 0;
    pub(crate) const ABI: i16 = 4;
    pub(crate) const NUMBER: i16 = 8;
    pub(crate) const FIRST: i16 = 16;
    pub(crate) const KEY: i16 = 24;
    pub(crate) const CALLS: i16 = 0;
    pub(crate) const ERRORS: i16 = 8;
    pub(crate) const TOTAL: i16 = 16;
    pub(crate) const LONGEST: i16 = 24;
    /// By how much the shortest is less than the greatest number there is.
    pub(crate) const BELOW_MOST: i16 = 32;
    pub(crate) const BUCKETS: i16 = 40;
    /// The last bucket.
    pub(crate) const LAST: i32 = tracer::BUCKETS as i32 - 1;
    pub(crate) const SIZE: i16 = BUCKETS + 8 * tracer::BUCKETS as i16;
}

/// The room that each CPU has for the making of a record.
pub(crate) mod scratch {
    /// What is still to be done: so many items of so many bytes.
    pub(crate) const ITEMS: i32 = 64;
    pub(crate) const ITEM_SHIFT: i32 = 5;
    pub(crate) const DEPTH: i16 = 2048;
    /// How many bytes follow the head already.
    pub(crate) const USED: i16 = 2056;
    pub(crate) const MOMENT: i16 = 2064;
    pub(crate) const POINTER: i16 = 2072;
    pub(crate) const MASK: i16 = 2080;
    pub(crate) const MISSED: i16 = 2088;
    /// The item at work.
    pub(crate) const OP: i16 = 2096;
    pub(crate) const ADDRESS: i16 = 2104;
    pub(crate) const COUNT: i16 = 2112;
    pub(crate) const RECORD: i16 = 2120;
    /// The words that steps of plans call arguments: those of the call, or those of the part of it that is meant.
    pub(crate) const WORDS: i16 = 2176;
    pub(crate) const REGISTERS: i16 = 2304;
    /// The record: its head, and what follows it.
    pub(crate) const DATA: i16 = 4096;
    pub(crate) const HEAD: i16 = DATA - super::head::SIZE;
    /// What fits behind the head.
    pub(crate) const ROOM: i32 = 1 << 17;
    /// The longest piece that is read at once, with its head and the longest offset into a record.
    pub(crate) const SLACK: i32 = 4 * 4096;
    pub(crate) const SIZE: i32 = DATA as i32 + ROOM + SLACK;
}

/// An item of what is still to be done.
pub(crate) mod item {
    pub(crate) const OP: i16 = 0;
    pub(crate) const MODE: i16 = 4;
    pub(crate) const ADDRESS: i16 = 8;
    pub(crate) const COUNT: i16 = 16;
    pub(crate) const RECORD: i16 = 24;
    /// How it goes on.
    pub(crate) const START: i32 = 0;
    pub(crate) const BYTES: i32 = 1;
    pub(crate) const RECORDS: i32 = 2;
    pub(crate) const TEXT: i32 = 3;
    pub(crate) const TEXTS: i32 = 4;
    pub(crate) const NAMES: i32 = 8;
}

/// A step of a capture plan.
pub(crate) mod op {
    pub(crate) const KIND: i16 = 0;
    pub(crate) const WHEN: i16 = 4;
    pub(crate) const SOURCE: i16 = 8;
    pub(crate) const PLACE: i16 = 12;
    pub(crate) const STRIDE: i16 = 16;
    pub(crate) const LENGTH: i16 = 20;
    pub(crate) const COUNT: i16 = 24;
    pub(crate) const EXTRA: i16 = 32;
    pub(crate) const NESTED: i16 = 36;
    pub(crate) const NEXT: i16 = 40;
    pub(crate) const OTHERWISE: i16 = 44;
    pub(crate) const ARG: i16 = 48;
    pub(crate) const MOST: i16 = 56;
    pub(crate) const SIZE: usize = 64;

    /// Kinds; the first four are the modes in which an item of it goes on.
    pub(crate) const SWITCH: i32 = 5;
    /// The words behind an argument become arguments from that one on.
    pub(crate) const BLOCK: i32 = 6;
    /// What a descriptor points to.
    pub(crate) const FILE: i32 = 7;
    /// Sources of the address.
    pub(crate) const FROM_ARGUMENT: i32 = 0;
    pub(crate) const FROM_RECORD: i32 = 1;
    pub(crate) const FROM_STACK: i32 = 2;
    /// The source of a descriptor: what the call returned.
    pub(crate) const FROM_RESULT: i32 = 3;
    /// Moments.
    pub(crate) const AT_ENTRY: i32 = 1;
    pub(crate) const AT_EXIT: i32 = 2;
    /// Where a length comes from.
    pub(crate) const FIXED: i32 = 0;
    pub(crate) const ARGUMENT: i32 = 1;
    pub(crate) const INT: i32 = 2;
    pub(crate) const UINT: i32 = 3;
    pub(crate) const RESULT: i32 = 4;
    pub(crate) const RESULT_UP_TO: i32 = 5;
    pub(crate) const AT: i32 = 6;
    pub(crate) const FIELD: i32 = 7;
    pub(crate) const IOCTL: i32 = 8;
}

/// How many numbers of calls each personality has room for.
pub(crate) const NUMBERS: i32 = 1024;

/// The step that copies what lies on the stack.
pub(crate) const STACK: i32 = 1;

/// The bit of a call's entry in the table of plans that says that it is wanted.
pub(crate) const WANTED: u32 = 1 << 31;

/// What stands there for a call that is several in one, where calls are only counted.
pub(crate) const SEVERAL: i32 = 1 << 30;
