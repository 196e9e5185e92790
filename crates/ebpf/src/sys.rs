//! The calls of the kernel: bpf(2) and the few others that are needed.

use crate::assembler::Program;
use crate::btf;
use crate::uapi;
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use tracer::{Stamp, error_text};

/// `struct bpf_map_create_attr` of `union bpf_attr` (linux/bpf.h), as far as it is used.
#[repr(C)]
struct MapAttributes {
    kind: u32,
    key: u32,
    value: u32,
    entries: u32,
    flags: u32,
}

/// The part of `union bpf_attr` for the elements of maps.
#[repr(C)]
struct Element {
    map: u32,
    padding: u32,
    key: u64,
    value: u64,
    flags: u64,
}

/// The part of `union bpf_attr` for many elements at once.
#[repr(C)]
struct Batch {
    from: u64,
    to: u64,
    keys: u64,
    values: u64,
    count: u32,
    map: u32,
    element_flags: u64,
    flags: u64,
}

/// The part of `union bpf_attr` for programs.
#[repr(C)]
#[derive(Default)]
struct Load {
    kind: u32,
    count: u32,
    instructions: u64,
    license: u64,
    log_level: u32,
    log_size: u32,
    log: u64,
    kernel_version: u32,
    flags: u32,
    name: [u8; 16],
    interface: u32,
    attach_type: u32,
    btf: u32,
    function_size: u32,
    functions: u64,
    function_count: u32,
    line_size: u32,
}

/// The part of `union bpf_attr` for type information.
#[repr(C)]
struct Types {
    data: u64,
    log: u64,
    size: u32,
    log_size: u32,
    log_level: u32,
}

/// The part of `union bpf_attr` for raw tracepoints.
#[repr(C)]
struct Tracepoint {
    name: u64,
    program: u32,
    padding: u32,
}

/// Calls bpf(2).
fn bpf<T>(command: libc::c_int, attributes: &mut T) -> io::Result<i32> {
    // SAFETY: the attributes are valid for their size, and so is what they point to: each caller below sees to that.
    let answer = unsafe { libc::syscall(libc::SYS_bpf, command, std::ptr::from_mut(attributes), size_of::<T>()) };
    if answer < 0 { Err(io::Error::last_os_error()) } else { Ok(answer as i32) }
}

/// The same, for commands that make a descriptor.
fn make<T>(command: libc::c_int, attributes: &mut T) -> io::Result<OwnedFd> {
    let descriptor = bpf(command, attributes)?;
    // SAFETY: the kernel has just made it, for us alone.
    Ok(unsafe { OwnedFd::from_raw_fd(descriptor) })
}

fn address<T>(place: &[T]) -> u64 {
    place.as_ptr() as u64
}

/// Makes a map; sizes in bytes.
pub(crate) fn map(kind: u32, key: u32, value: u32, entries: u32) -> io::Result<OwnedFd> {
    make(uapi::MAP_CREATE, &mut MapAttributes { kind, key, value, entries, flags: 0 })
}

/// Makes an array that can be mapped into memory.
pub(crate) fn shared(value: u32, entries: u32) -> io::Result<OwnedFd> {
    make(uapi::MAP_CREATE, &mut MapAttributes { kind: uapi::ARRAY, key: 4, value, entries, flags: uapi::MAPPABLE })
}

/// Makes a table that has room for many elements and mostly few. Programs may take memory wherever they run since
/// Linux 6.1; before that it is all taken now.
pub(crate) fn sparse(key: u32, value: u32, entries: u32) -> io::Result<OwnedFd> {
    let flags = if release() >= (6, 1) { uapi::SPARSE } else { 0 };
    make(uapi::MAP_CREATE, &mut MapAttributes { kind: uapi::HASH, key, value, entries, flags })
}

/// The kernel's version; 0.0 where it cannot be read.
fn release() -> (u32, u32) {
    let text = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).map(|word| word.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// Sets an element. Key and value must be as long as the map says.
pub(crate) fn update(map: &OwnedFd, key: &[u8], value: &[u8]) -> io::Result<()> {
    let map = map.as_raw_fd() as u32;
    bpf(uapi::MAP_UPDATE, &mut Element { map, padding: 0, key: address(key), value: address(value), flags: 0 })?;
    Ok(())
}

/// Deletes an element. The key must be as long as the map says.
pub(crate) fn delete(map: &OwnedFd, key: &[u8]) -> io::Result<()> {
    let map = map.as_raw_fd() as u32;
    bpf(uapi::MAP_DELETE, &mut Element { map, padding: 0, key: address(key), value: 0, flags: 0 })?;
    Ok(())
}

/// Sets many elements. Keys and values must be as long as the map says.
pub(crate) fn update_all<K, V>(map: &OwnedFd, keys: &[K], values: &[V]) -> io::Result<()> {
    let count = keys.len().min(values.len()) as u32;
    if count == 0 {
        return Ok(());
    }
    let (keys, values, map) = (address(keys), address(values), map.as_raw_fd() as u32);
    let mut batch = Batch { from: 0, to: 0, keys, values, count, map, element_flags: 0, flags: 0 };
    bpf(uapi::MAP_UPDATE_BATCH, &mut batch)?;
    Ok(())
}

/// Looks an element up. Key and value must be as long as the map says.
pub(crate) fn look_up(map: &OwnedFd, key: &[u8], value: &mut [u8]) -> io::Result<()> {
    let map = map.as_raw_fd() as u32;
    let value = value.as_mut_ptr() as u64;
    bpf(uapi::MAP_LOOKUP, &mut Element { map, padding: 0, key: address(key), value, flags: 0 })?;
    Ok(())
}

/// Finds the key after one, or the first; `false` when there is none. Keys must be as long as the map says.
pub(crate) fn next_key(map: &OwnedFd, key: Option<&[u8]>, next: &mut [u8]) -> io::Result<bool> {
    let map = map.as_raw_fd() as u32;
    let (key, value) = (key.map_or(0, address), next.as_mut_ptr() as u64);
    match bpf(uapi::MAP_NEXT_KEY, &mut Element { map, padding: 0, key, value, flags: 0 }) {
        Ok(_) => Ok(true),
        Err(error) if error.raw_os_error() == Some(libc::ENOENT) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Takes an element out. Key and value must be as long as the map says.
pub(crate) fn take(map: &OwnedFd, key: &[u8], value: &mut [u8]) -> io::Result<()> {
    let map = map.as_raw_fd() as u32;
    let value = value.as_mut_ptr() as u64;
    bpf(uapi::MAP_TAKE, &mut Element { map, padding: 0, key: address(key), value, flags: 0 })?;
    Ok(())
}

/// Loads type information.
pub(crate) fn types(data: &[u8]) -> io::Result<OwnedFd> {
    let size = data.len() as u32;
    make(uapi::BTF_LOAD, &mut Types { data: address(data), log: 0, size, log_size: 0, log_level: 0 })
}

/// How much of the verifier's words is kept.
const LOG: usize = 1 << 20;

/// Loads a program for a raw tracepoint. The text of the error ends with what the verifier said last, if it said anything.
pub(crate) fn load(program: &Program, types: &OwnedFd) -> io::Result<OwnedFd> {
    load_once(program, types, &mut []).or_else(|_| {
        let mut log = vec![0; LOG];
        load_once(program, types, &mut log).map_err(|error| match last_words(&log) {
            Some(words) => io::Error::new(error.kind(), format!("{}: {words}", error_text(&error))),
            None => error,
        })
    })
}

fn load_once(program: &Program, types: &OwnedFd, log: &mut [u8]) -> io::Result<OwnedFd> {
    let functions = btf::functions(program);
    let mut attributes = Load {
        kind: uapi::RAW_TRACEPOINT,
        count: program.code.len() as u32,
        instructions: address(&program.code),
        license: c"Dual MIT/GPL".as_ptr() as u64,
        log_level: u32::from(!log.is_empty()),
        log_size: log.len() as u32,
        log: if log.is_empty() { 0 } else { log.as_mut_ptr() as u64 },
        ..Load::default()
    };
    // Only programs with functions need types.
    if functions.len() > 1 {
        attributes.btf = types.as_raw_fd() as u32;
        attributes.function_size = size_of::<[u32; 2]>() as u32;
        attributes.functions = address(&functions);
        attributes.function_count = functions.len() as u32;
    }
    make(uapi::PROGRAM_LOAD, &mut attributes)
}

/// The last line in the verifier's log that is not about its own work.
fn last_words(log: &[u8]) -> Option<String> {
    let end = log.iter().position(|byte| *byte == 0).unwrap_or(log.len());
    let text = String::from_utf8_lossy(&log[..end]).into_owned();
    text.lines().rev().find(|line| !line.starts_with("processed ") && !line.is_empty()).map(str::to_owned)
}

/// Attaches a program to a raw tracepoint, until the descriptor is closed.
pub(crate) fn attach(tracepoint: &str, program: &OwnedFd) -> io::Result<OwnedFd> {
    let mut name = tracepoint.as_bytes().to_vec();
    name.push(0);
    let program = program.as_raw_fd() as u32;
    make(uapi::TRACEPOINT_OPEN, &mut Tracepoint { name: address(&name), program, padding: 0 })
}

/// Nanoseconds on a clock. The clocks used here exist on every Linux, so the call cannot fail.
fn clock(clock: libc::clockid_t) -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid place for one timespec.
    unsafe { libc::clock_gettime(clock, &raw mut time) };
    (time.tv_sec as u64).wrapping_mul(1_000_000_000).wrapping_add(time.tv_nsec as u64)
}

/// The time now, by both clocks.
pub(crate) fn now() -> Stamp {
    Stamp { monotonic: clock(libc::CLOCK_MONOTONIC), real: clock(libc::CLOCK_REALTIME) }
}

/// How many CPUs there may ever be.
pub(crate) fn cpus() -> u32 {
    // SAFETY: touches no memory.
    let count = unsafe { libc::sysconf(libc::_SC_NPROCESSORS_CONF) };
    u32::try_from(count).unwrap_or(1).max(1)
}
