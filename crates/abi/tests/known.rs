//! A handful of values that anybody can look up, so that a generator gone wrong is noticed.

use abi::generated::{errnos, ioctls, layouts, sets, signals};
use abi::{Abi, call, number_of};

#[test]
fn sizes_differ_by_personality() {
    assert_eq!(layouts::file::STAT.size(Abi::X86_64), 144);
    assert_eq!(layouts::file::STAT64.size(Abi::I386), 96);
    assert_eq!(layouts::time::TIMESPEC.size(Abi::I386), 8);
    assert_eq!(layouts::time::TIMESPEC.size(Abi::X32), 16);
    assert_eq!(layouts::network::MSGHDR.size(Abi::X32), 28);
    assert_eq!(layouts::signal::SIGINFO.size(Abi::X86_64), 128);
}

#[test]
fn members_are_found_while_compiling() {
    const MODE: abi::Place = layouts::file::STAT.member("st_mode");
    assert_eq!(MODE.offset(Abi::X86_64), 24);
    assert_eq!((MODE.offset(Abi::I386), MODE.size(Abi::I386)), (8, 2));
    const PID: abi::Place = layouts::signal::SIGINFO.member("_sifields._kill._pid");
    assert_eq!((PID.offset(Abi::X86_64), PID.offset(Abi::I386)), (16, 12));
}

#[test]
fn negative_members_keep_their_sign() {
    const PRIORITY: abi::Place = layouts::process::SCHED_PARAM.member("sched_priority");
    assert_eq!(PRIORITY.get(Abi::X86_64, &(-1i32).to_le_bytes()), Some(u64::MAX));
}

#[test]
fn constants_have_their_values() {
    assert_eq!(sets::file::OPEN.value("O_CLOEXEC"), Some(0x80000));
    assert_eq!(sets::file::FCNTL.name(1030), Some("F_DUPFD_CLOEXEC"));
    assert_eq!(sets::network::AF.name(1), Some("AF_UNIX"));
    assert_eq!(sets::signal::CODE.name(0xffff_fffa), Some("SI_TKILL"));
}

#[test]
fn calls_are_found_by_number_and_name() {
    let read = call(Abi::X86_64, 0).unwrap();
    assert_eq!((read.name, read.arguments, read.count), ("read", &["fd", "buf", "count"][..], 3));
    assert_eq!(number_of(Abi::I386, "exit"), Some(1));
    assert_eq!(number_of(Abi::X32, "rt_sigaction"), Some(512));
    assert_eq!(call(Abi::X86_64, u64::MAX), None);
}

#[test]
fn numbers_have_names() {
    assert_eq!(errnos::name(2), Some("ENOENT"));
    assert_eq!(errnos::name(512), Some("ERESTARTSYS"));
    assert_eq!(errnos::name(u32::MAX), None);
    assert_eq!(signals::name(31), Some("SIGSYS"));
    assert_eq!(signals::name(32), None);
}

#[test]
fn requests_have_names() {
    assert!(ioctls::names(Abi::X86_64, 0x5401).contains(&"TCGETS"));
    assert!(ioctls::names(Abi::X86_64, 0x8008_6601).contains(&"FS_IOC_GETFLAGS"));
    assert!(ioctls::names(Abi::I386, 0x8004_6601).contains(&"FS_IOC_GETFLAGS"));
    assert!(ioctls::names(Abi::I386, 0x8008_6601).is_empty());
}
