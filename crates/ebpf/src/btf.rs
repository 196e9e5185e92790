//! Type information, as little of it as the kernel asks for: functions that are called back must have a type
//! (`BTF_KIND_FUNC`, linux/btf.h).

use crate::assembler::Program;

/// `BTF_MAGIC`.
const MAGIC: u16 = 0xeb9f;
const HEADER: u32 = 24;
/// Kinds of types, shifted to their place.
const INT: u32 = 1 << 24;
const FUNCTION: u32 = 12 << 24;
const PROTOTYPE: u32 = 13 << 24;

/// The type of every function: two numbers in, a number out. Types count from 1.
const TYPE: u32 = 3;

/// Names, by where they begin.
const NAMES: &[u8] = b"\0u64\0a\0b\0f\0";

/// The types.
pub(crate) fn types() -> Vec<u8> {
    let types: [u32; 14] = [
        // 1: a number of 64 bits
        1,
        INT,
        8,
        64, //
        // 2: a prototype with two arguments
        0,
        PROTOTYPE | 2,
        1,
        5,
        1,
        7,
        1, //
        // 3: a function
        9,
        FUNCTION,
        2,
    ];
    let size = size_of_val(&types) as u32;
    let mut data = MAGIC.to_le_bytes().to_vec();
    data.extend([1, 0]);
    for word in [HEADER, 0, size, size, NAMES.len() as u32].into_iter().chain(types) {
        data.extend(word.to_le_bytes());
    }
    data.extend(NAMES);
    data
}

/// `struct bpf_func_info` of each function: where it begins, and its type.
pub(crate) fn functions(program: &Program) -> Vec<[u32; 2]> {
    program.functions.iter().map(|start| [*start, TYPE]).collect()
}
