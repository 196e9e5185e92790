//! The calling conventions ("personalities") by which a process enters the kernel.

/// A calling convention. One process can mix them: a 64-bit program may use `int $0x80`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Abi {
    /// 64-bit calls of x86-64 (`asm/unistd_64.h`).
    X86_64 = 0,
    /// 32-bit calls, by `int $0x80` or from a 32-bit program (`asm/unistd_32.h`).
    I386 = 1,
    /// 64-bit registers with 32-bit pointers (`asm/unistd_x32.h`); numbers have bit 30 set.
    X32 = 2,
}

impl Abi {
    /// Every personality that a tracer on x86-64 can meet.
    pub const ALL: [Self; 3] = [Self::X86_64, Self::I386, Self::X32];

    /// The size of a pointer in bytes.
    pub const fn pointer_size(self) -> usize {
        match self {
            Self::X86_64 => 8,
            Self::I386 | Self::X32 => 4,
        }
    }

    /// The size in bytes of the kernel's `long` as this personality passes it in memory.
    pub const fn long_size(self) -> usize {
        self.pointer_size()
    }

    /// The significant bits of an argument word: 64 except for i386, whose words are 32 bits wide.
    pub const fn word_mask(self) -> u64 {
        match self {
            Self::I386 => 0xffff_ffff,
            Self::X86_64 | Self::X32 => u64::MAX,
        }
    }
}
