//! The ABIs that the compiler is run for.

/// An ABI of x86, in the order of `abi::Abi`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GenAbi {
    /// 64-bit.
    X86_64,
    /// 32-bit.
    I386,
    /// 64-bit with 32-bit pointers.
    X32,
}

impl GenAbi {
    /// All of them, in the order of the generated arrays.
    pub const ALL: [Self; 3] = [Self::X86_64, Self::I386, Self::X32];

    /// The compiler's option for it.
    pub const fn clang_option(self) -> &'static str {
        match self {
            Self::X86_64 => "-m64",
            Self::I386 => "-m32",
            Self::X32 => "-mx32",
        }
    }

    /// The name as rules and temporary files spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::X86_64 => "x86_64",
            Self::I386 => "i386",
            Self::X32 => "x32",
        }
    }

    /// The ABI with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|abi| abi.name() == name)
    }
}
