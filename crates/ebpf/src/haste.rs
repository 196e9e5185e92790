//! Running before others: what comes faster than it is read is lost.

/// The wish to be scheduled in time, for as long as this is held.
pub(crate) struct Haste {
    granted: bool,
    /// The nice value before.
    nice: i32,
}

impl Haste {
    /// Asks for `SCHED_FIFO`, or else for the best nice value. Children do not inherit it. Whoever may have neither, or
    /// has chosen a policy already, goes on as before.
    pub(crate) fn ask() -> Self {
        let parameter = libc::sched_param { sched_priority: 1 };
        // SAFETY: the parameter is valid; no call touches other memory.
        unsafe {
            let nice = libc::getpriority(libc::PRIO_PROCESS, 0);
            let granted = libc::sched_getscheduler(0) == libc::SCHED_OTHER
                && (libc::sched_setscheduler(0, libc::SCHED_FIFO | libc::SCHED_RESET_ON_FORK, &raw const parameter)
                    == 0
                    || libc::setpriority(libc::PRIO_PROCESS, 0, -20) == 0);
            Self { granted, nice }
        }
    }

    /// Whether it was granted.
    pub(crate) const fn is_granted(&self) -> bool {
        self.granted
    }
}

impl Drop for Haste {
    fn drop(&mut self) {
        if !self.granted {
            return;
        }
        let parameter = libc::sched_param { sched_priority: 0 };
        // SAFETY: the parameter is valid; neither call touches other memory. Less than what one has is always granted.
        unsafe {
            libc::sched_setscheduler(0, libc::SCHED_OTHER, &raw const parameter);
            libc::setpriority(libc::PRIO_PROCESS, 0, self.nice);
        }
    }
}
