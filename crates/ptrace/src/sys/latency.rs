//! Keeping processors awake.

use std::fs::{File, OpenOptions};
use std::io::Write;

/// Where the kernel takes wishes (Documentation/power/pm_qos_interface.rst): a latency in microseconds, in force until
/// another is written or the file is closed, be it by the end of the process.
const WISHES: &str = "/dev/cpu_dma_latency";

/// No wish (`PM_QOS_CPU_LATENCY_DEFAULT_VALUE`).
const ANY: i32 = 2_000_000_000;

/// The wish that an idle processor does not fall asleep, where we have the right to it.
#[derive(Default)]
pub(crate) struct Latency {
    /// The file; `Some(None)` where it cannot be had.
    file: Option<Option<File>>,
    held: bool,
}

impl Latency {
    /// Begins to wish.
    pub(crate) fn hold(&mut self) {
        if !self.held {
            self.wish(0);
            self.held = true;
        }
    }

    /// Ends to wish.
    pub(crate) fn release(&mut self) {
        if self.held {
            self.wish(ANY);
            self.held = false;
        }
    }

    fn wish(&mut self, microseconds: i32) {
        let file = self.file.get_or_insert_with(|| OpenOptions::new().write(true).open(WISHES).ok());
        if let Some(file) = file {
            // It is a wish; where it is not granted, stops cost more.
            let _ = file.write(&microseconds.to_ne_bytes());
        }
    }
}
