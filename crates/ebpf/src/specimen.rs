//! Finding out where this kernel's `task_struct` keeps the exit status: a child ends with a status that we chose, and we
//! look where it stands.

use crate::assembler::Program;
use crate::kernel::Kernel;
use crate::layout::head;
use crate::outcome::Error;
use crate::plan::Plans;
use crate::programs::{self, Probe};
use crate::start::Held;

/// The size of the ring for it.
const RING: u32 = 1 << 14;

/// Two exit statuses, as unlikely as can be among small numbers.
const STATUSES: [i32; 2] = [0xa5, 0xd3];

/// The offset in bytes, if it can be found.
pub(crate) fn exit_code() -> Result<Option<i32>, Error> {
    let plans = Plans::default();
    let mut kernel = Kernel::new(&plans, 1, RING)?;
    let program: Program = programs::specimen(kernel.maps())?;
    kernel.attach_one(&Probe { tracepoint: "sched_process_exit", program })?;
    let mut ring = kernel.reader(RING)?;
    let mut candidates: Option<Vec<i32>> = None;
    let mut record = Vec::new();
    for status in STATUSES {
        let child = Held::exiting(status)?;
        kernel.ask(&[child.tid()])?;
        child.release()?;
        child.wait();
        if !ring.next(&mut record) {
            return Ok(None);
        }
        let body = record.get(head::SIZE as usize..).unwrap_or_default();
        let found = places(body, (status as u32) << 8);
        candidates = Some(match candidates {
            None => found,
            Some(before) => before.into_iter().filter(|place| found.contains(place)).collect(),
        });
    }
    Ok(candidates.and_then(|places| places.first().copied()))
}

/// Where a number stands among words of 32 bits.
fn places(bytes: &[u8], number: u32) -> Vec<i32> {
    let words = (0..).step_by(4).zip(bytes.chunks_exact(4));
    words.filter(|(_, word)| *word == number.to_le_bytes()).map(|(place, _)| place).collect()
}
