//! Which tracees may serve the pages of others.
//!
//! To read a page that a tracee has to serve, and that stands still until we go on, would be a deadlock. Such reads
//! need care, which costs too much to be taken always. It is needed from the moment on at which a tracee has what
//! pages are served by: a userfaultfd(2), or a connection to the kernel's FUSE. Whoever has it when it is taken hold of
//! is known by its descriptors; whoever gets it later, by one of few calls. (A descriptor that a tracee is *sent* by a
//! process that is not traced goes unseen; against that there is the [watchdog](crate::watchdog).)

use abi::Abi;
use std::fs;
use tracer::Tid;

/// `USERFAULTFD_IOC_NEW` (linux/userfaultfd.h): an ioctl(2) of `/dev/userfaultfd` that makes a descriptor.
pub(crate) const NEW: u64 = 0xaa00;

/// What a call has to do with serving pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Serving {
    /// Nothing.
    No,
    /// Something, if the caller has a connection to the kernel's FUSE: it mounts a file system.
    Maybe,
    /// It makes a userfaultfd.
    Yes,
}

/// What a call with this second argument has to do with serving pages.
pub(crate) const fn by_call(abi: Abi, number: u64, second: u64) -> Serving {
    match (abi, number) {
        // userfaultfd
        (Abi::I386, 374) | (Abi::X86_64 | Abi::X32, 323) => Serving::Yes,
        // ioctl
        (Abi::I386, 54) | (Abi::X86_64, 16) | (Abi::X32, 514) if second as u32 as u64 == NEW => Serving::Yes,
        // mount
        (Abi::I386, 21) | (Abi::X86_64 | Abi::X32, 165) => Serving::Maybe,
        // fsconfig, fsmount
        (_, 431 | 432) => Serving::Maybe,
        _ => Serving::No,
    }
}

/// Whether a process has a descriptor that pages are served by.
pub(crate) fn by_descriptors(pid: Tid) -> bool {
    let Ok(descriptors) = fs::read_dir(format!("/proc/{pid}/fd")) else { return false };
    let links = descriptors.flatten().filter_map(|entry| fs::read_link(entry.path()).ok());
    links.into_iter().any(|link| matches!(link.to_str(), Some("anon_inode:[userfaultfd]" | "/dev/fuse")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calls_that_begin_to_serve_are_known() {
        assert_eq!(by_call(Abi::X86_64, 323, 0), Serving::Yes);
        assert_eq!(by_call(Abi::I386, 54, NEW), Serving::Yes);
        assert_eq!(by_call(Abi::X86_64, 16, 0x5401), Serving::No);
        assert_eq!(by_call(Abi::X86_64, 165, 0), Serving::Maybe);
        assert_eq!(by_call(Abi::I386, 323, 0), Serving::No);
    }

    #[test]
    fn a_connection_to_fuse_is_seen() {
        let me = Tid(std::process::id() as i32);
        assert!(!by_descriptors(me));
        match fs::File::open("/dev/fuse") {
            Ok(_held) => assert!(by_descriptors(me)),
            Err(error) => eprintln!("skipped: /dev/fuse: {error}"),
        }
    }
}
