//! From the kernel's words to calls and results.

use crate::sys::SyscallInfo;
use abi::Abi;
use tracer::{Call, Return};

/// `AUDIT_ARCH_I386`.
pub(crate) const I386: u32 = 0x4000_0003;

/// The bit that marks an x32 call's number.
pub(crate) const X32: u64 = 1 << 30;

/// The call at an entry.
pub(crate) fn call(info: &SyscallInfo) -> Call {
    let [number, a, b, c, d, e, f, _] = info.words;
    let mut args = [a, b, c, d, e, f];
    let (abi, number) = match info.arch {
        I386 => {
            args = args.map(|word| word & Abi::I386.word_mask());
            (Abi::I386, number & Abi::I386.word_mask())
        }
        // A negative number has every bit set and is nobody's.
        _ if number & X32 != 0 && number >> 31 == 0 => (Abi::X32, number & !X32),
        _ => (Abi::X86_64, number),
    };
    Call { abi, number, args, ip: info.ip, sp: info.sp }
}

/// The result at an exit.
pub(crate) fn result(info: &SyscallInfo, system_time: u64) -> Return {
    let [value, failed, ..] = info.words;
    let value = if info.arch == I386 { i64::from(value as i32) } else { value as i64 };
    // The kernel writes one byte; the rest of the word is ours.
    Return { value, failed: failed & 0xff != 0, system_time }
}

/// The code segment of 32-bit programs (`__USER32_CS`, arch/x86/include/asm/segment.h).
const CODE_32: u64 = 0x23;

/// `ERESTART_RESTARTBLOCK` (linux/errno.h): the kernel will go on with the call by a restart_syscall(2).
const RESTART_BLOCK: i32 = 516;

/// The call that a thread was interrupted in, where a restart_syscall(2) will go on with it: its convention and
/// number.
pub(crate) fn interrupted(registers: &libc::user_regs_struct) -> Option<(Abi, u64)> {
    let number = registers.orig_rax;
    let in_call = number as i32 >= 0 && registers.rax as i32 == -RESTART_BLOCK;
    in_call.then(|| match registers.cs {
        CODE_32 => (Abi::I386, number & Abi::I386.word_mask()),
        _ if number & X32 != 0 => (Abi::X32, number & !X32),
        _ => (Abi::X86_64, number),
    })
}

/// Whether a result is one of the kernel's own `ERESTART…` codes, which no program sees.
pub(crate) fn is_restart(info: &SyscallInfo) -> bool {
    result(info, 0).errno().is_some_and(|errno| matches!(errno, 512..=516))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(arch: u32, words: [u64; 8]) -> SyscallInfo {
        {
            let mut info = SyscallInfo::default();
            (info.arch, info.words) = (arch, words);
            info
        }
    }

    #[test]
    fn the_three_conventions_are_told_apart() {
        let words = |number| [number, u64::MAX, 0, 0, 0, 0, 0, 0];
        let i386 = call(&info(I386, words(4)));
        assert_eq!((i386.abi, i386.number, i386.args[0]), (Abi::I386, 4, 0xffff_ffff));
        let x32 = call(&info(0xC000_003E, words(X32 | 512)));
        assert_eq!((x32.abi, x32.number), (Abi::X32, 512));
        let none = call(&info(0xC000_003E, words(u64::MAX)));
        assert_eq!((none.abi, none.number), (Abi::X86_64, u64::MAX));
    }

    #[test]
    fn a_result_of_i386_is_sign_extended() {
        let result = result(&info(I386, [0xffff_fffe, 1, 0, 0, 0, 0, 0, 0]), 0);
        assert_eq!((result.value, result.errno()), (-2, Some(2)));
    }
}
