//! How busy the machine was with other things.

use anyhow::Context;

/// Clock ticks (`USER_HZ`) at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    total: u64,
    idle: u64,
    own: u64,
}

impl Load {
    /// The ticks of all processors, and those of this process and what it has waited for.
    pub fn now() -> anyhow::Result<Self> {
        let machine = std::fs::read_to_string("/proc/stat")?;
        let own = std::fs::read_to_string("/proc/self/stat")?;
        Self::parse(&machine, &own).context("/proc/stat: unknown form")
    }

    /// proc_stat(5), proc_pid_stat(5).
    fn parse(machine: &str, own: &str) -> Option<Self> {
        let fields: Vec<u64> = machine.lines().next()?.split_whitespace().skip(1).flat_map(str::parse).collect();
        // User to steal; guests are counted as users already. Idle and iowait are the fourth and the fifth.
        let (total, idle) = (fields.get(..8)?.iter().sum(), fields.get(3..5)?.iter().sum());
        // utime, stime, cutime, cstime are the 14th to the 17th; the second may hold blanks and ends with `)`.
        let own = own.rsplit_once(')')?.1.split_whitespace().skip(11).take(4).flat_map(str::parse::<u64>).sum();
        Some(Self { total, idle, own })
    }

    /// The share of the processors' time since then that others used, from 0 to 1.
    pub fn of_others_since(&self, then: &Self) -> f64 {
        let total = self.total.saturating_sub(then.total).max(1);
        let busy = total.saturating_sub(self.idle.saturating_sub(then.idle));
        busy.saturating_sub(self.own.saturating_sub(then.own)) as f64 / total as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_neither_idle_nor_ours_is_of_others() {
        let load = |machine, own| Load::parse(machine, own).unwrap();
        let then = load("cpu 10 0 10 70 10 0 0 0 0 0\n", "1 (a b) S 1 1 1 0 0 0 0 0 0 0 1 2 3 4 20 0");
        let now = load("cpu 40 0 20 130 10 0 0 0 0 0\n", "1 (a b) S 1 1 1 0 0 0 0 0 0 0 11 12 3 4 20 0");
        assert_eq!((then.own, then.idle, then.total), (10, 80, 100));
        assert!((now.of_others_since(&then) - 0.2).abs() < 1e-9);
    }
}
