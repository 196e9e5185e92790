//! What the number of a request is made of.

/// The number of a request, taken apart (`asm-generic/ioctl.h`).
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    /// The number within the type.
    pub number: u8,
    /// The type: one for each driver, more or less.
    pub kind: u8,
    /// The size of what the argument points to, in bytes.
    pub size: u16,
    /// Which way that goes: 1 into the kernel, 2 out of it, 3 both.
    pub direction: u32,
}

impl Number {
    /// The bits that the size has.
    const SIZE: u32 = (1 << 14) - 1;

    /// Takes a request apart.
    pub const fn of(request: u32) -> Self {
        Self {
            number: request as u8,
            kind: (request >> 8) as u8,
            size: (request >> 16 & Self::SIZE) as u16,
            direction: request >> 30,
        }
    }
}
