//! Memory, and what happens when there is none: one line, what was gathered of the trace, and the status 1. The kernel lets
//! go of every tracee as this process ends.

use crate::last;
use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::{CStr, c_char};
use std::sync::atomic::{AtomicBool, Ordering};

/// The system's allocator; whoever asks it for memory that is not there ends the process. To be made the program's
/// `#[global_allocator]`.
#[derive(Debug)]
pub struct Allocator;

unsafe extern "C" {
    /// What this process was called by, as the C library knows it (program_invocation_name(3)).
    static program_invocation_name: *const c_char;
}

/// Whether some thread is ending the process already.
static ENDING: AtomicBool = AtomicBool::new(false);

// SAFETY: all is left to the system's allocator, and nothing that is null is handed out.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps to the same rules.
        there(unsafe { System.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps to the same rules.
        there(unsafe { System.alloc_zeroed(layout) })
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller keeps to the same rules.
        there(unsafe { System.realloc(memory, layout, size) })
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps to the same rules.
        unsafe { System.dealloc(memory, layout) }
    }
}

/// Memory that is there.
fn there(memory: *mut u8) -> *mut u8 {
    if memory.is_null() {
        give_up();
    }
    memory
}

/// Ends the process, without asking for memory.
#[cold]
fn give_up() -> ! {
    let begun = ENDING.swap(true, Ordering::Relaxed);
    if !begun {
        last::words();
    }
    // SAFETY: the C library sets the name before anything runs, and it ends with a NUL; the rest are plain system calls.
    unsafe {
        let name = CStr::from_ptr(program_invocation_name).to_bytes();
        for part in [name, b": Out of memory\n"].into_iter().filter(|_| !begun) {
            libc::write(libc::STDERR_FILENO, part.as_ptr().cast(), part.len());
        }
        libc::_exit(1)
    }
}
