//! Filters of system calls, put into effect by the child that is to execute a command. Nothing here allocates.

/// Puts a filter of the kernel's packet filter into effect for the calling thread (seccomp(2)), first giving up what an
/// execve could add to its rights where the kernel insists on that (PR_SET_NO_NEW_PRIVS(2const)). Tells whether it is in
/// effect.
pub(crate) fn install(program: &[libc::sock_filter]) -> bool {
    // A longer one is refused, as is this one.
    let length = u16::try_from(program.len()).unwrap_or(u16::MAX);
    let program = libc::sock_fprog { len: length, filter: program.as_ptr().cast_mut() };
    // SAFETY: the kernel only reads the program, which is as long as it says; prctl touches no memory.
    unsafe {
        let begin = || libc::syscall(libc::SYS_seccomp, libc::SECCOMP_SET_MODE_FILTER, 0, &raw const program) == 0;
        begin() || libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && begin()
    }
}

/// Makes a request of no descriptor, which does nothing.
pub(crate) fn request_of_nobody(request: u32) {
    // SAFETY: without a descriptor no memory is touched.
    unsafe { libc::syscall(libc::SYS_ioctl, -1, request, 0) };
}
