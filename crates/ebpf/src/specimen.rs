//! Finding out where this kernel's `task_struct` keeps the exit status: a child ends with a status that we chose, and we
//! look where it stands.

use crate::kernel::Kernel;
use crate::layout::head;
use crate::outcome::Error;
use crate::programs::{self, Probe};
use crate::record::Record;
use crate::ring::Ring;
use crate::start::Held;
use std::os::fd::OwnedFd;

/// Two exit statuses, as unlikely as can be among small numbers.
const STATUSES: [i32; 2] = [0xa5, 0xd3];

/// The children. They are made before the maps are: whatever there is later slows their making down.
pub(crate) struct Specimens(Vec<Held>);

impl Specimens {
    /// Makes them.
    pub(crate) fn new() -> Result<Self, Error> {
        STATUSES.into_iter().map(Held::exiting).collect::<Result<_, _>>().map(Self)
    }

    /// Lets them end, while the program that tells about it is linked as long as the link is held.
    pub(crate) fn release(&self, kernel: &Kernel) -> Result<OwnedFd, Error> {
        let program = programs::specimen(kernel.maps())?;
        let link = kernel.link(&kernel.load(&Probe { tracepoint: "sched_process_exit", program })?)?;
        for child in &self.0 {
            kernel.ask(&[child.tid()])?;
            child.release()?;
        }
        Ok(link)
    }

    /// The offset in bytes, if it can be found.
    pub(crate) fn exit_code(&self, ring: &mut Ring) -> Option<i32> {
        self.0.iter().for_each(Held::wait);
        let mut candidates: Option<Vec<i32>> = None;
        let mut record = Vec::new();
        while ring.next(&mut record) {
            let Some(end) = Record::new(&record) else { continue };
            let Some(child) = self.0.iter().position(|child| child.tid() == end.tid()) else { continue };
            let body = record.get(head::SIZE as usize..).unwrap_or_default();
            let found = places(body, (STATUSES[child] as u32) << 8);
            candidates = Some(match candidates {
                None => found,
                Some(before) => before.into_iter().filter(|place| found.contains(place)).collect(),
            });
        }
        candidates?.first().copied()
    }
}

/// Where a number stands among words of 32 bits.
fn places(bytes: &[u8], number: u32) -> Vec<i32> {
    let words = (0..).step_by(4).zip(bytes.chunks_exact(4));
    words.filter(|(_, word)| *word == number.to_le_bytes()).map(|(place, _)| place).collect()
}
