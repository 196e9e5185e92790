//! The table of what was measured.

use super::runs::Round;
use super::works::{CONDITIONS, Work};
use std::fmt::Write as _;
use std::time::Duration;

/// The columns' names.
pub const HEAD: &str = "\
| work | condition | lines | tracewell / strace | goal | eBPF / strace | goal | native / strace | limit loop / strace | perf trace / strace | others |
|---|---|---|---|---|---|---|---|---|---|---|
";

/// What a work took under one condition.
pub struct Result {
    pub work: &'static Work,
    /// The index of the condition.
    pub condition: usize,
    pub rounds: Vec<Round>,
}

impl Result {
    /// Tracewell's median over strace's.
    pub fn ratio(&self) -> f64 {
        self.ratio_of(|round| round.ours)
    }

    fn ratio_of(&self, whose: impl Fn(&Round) -> Duration) -> f64 {
        self.median(whose).as_secs_f64() / self.median(|round| round.peer).as_secs_f64()
    }

    fn median(&self, whose: impl Fn(&Round) -> Duration) -> Duration {
        let mut times: Vec<_> = self.rounds.iter().map(whose).collect();
        times.sort_unstable();
        times.get(times.len() / 2).copied().unwrap_or_default()
    }

    /// Its line of the table.
    pub fn line(&self) -> String {
        let ratios = self.rounds.iter().map(|round| round.ours.as_secs_f64() / round.peer.as_secs_f64());
        let (least, most) =
            ratios.fold((f64::MAX, 0.0_f64), |(least, most), ratio| (least.min(ratio), most.max(ratio)));
        let others = self.rounds.iter().map(|round| round.others).sum::<f64>() / self.rounds.len() as f64;
        let mut line = format!("| {} | {} ", self.work.name, CONDITIONS[self.condition].name);
        let _ = write!(line, "| {} ", self.rounds.first().map_or(0, |round| round.lines));
        let goal = self.work.goals[self.condition];
        let _ = write!(
            line,
            "| **{:.2}** ({least:.2}–{most:.2}) | {goal:.2} {} ",
            self.ratio(),
            verdict(self.ratio(), goal)
        );
        let _ = match self.ratio_where_run(|round| round.ebpf) {
            Some(ratio) => {
                write!(line, "| **{ratio:.3}** | {:.2} {} ", self.work.ebpf, verdict(ratio, self.work.ebpf))
            }
            None => write!(line, "| – | – "),
        };
        let _ = write!(line, "| {:.3} ", self.ratio_of(|round| round.native));
        let _ = write!(line, "| {:.2} ", self.ratio_of(|round| round.limit));
        let _ = match self.ratio_where_run(|round| round.perf) {
            Some(ratio) => write!(line, "| {ratio:.2} "),
            None => write!(line, "| – "),
        };
        let _ = writeln!(line, "| {:.0} % |", others * 100.0);
        line
    }

    /// The median over strace's of what was not done in all rounds.
    fn ratio_where_run(&self, whose: impl Fn(&Round) -> Option<Duration>) -> Option<f64> {
        let done = self.rounds.iter().all(|round| whose(round).is_some());
        done.then(|| self.ratio_of(|round| whose(round).unwrap_or_default()))
    }
}

fn verdict(ratio: f64, goal: f64) -> &'static str {
    if ratio <= goal { "met" } else { "missed" }
}

/// The machine, in general terms.
pub fn machine() -> String {
    let text = |path| std::fs::read_to_string(path).unwrap_or_default();
    let info = text("/proc/cpuinfo");
    let field = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_once(':')).map_or("?", |(_, value)| value.trim()).to_owned()
    };
    let count = info.lines().filter(|line| line.starts_with("processor")).count();
    let guest = if info.contains(" hypervisor") { ", a virtual machine" } else { "" };
    let kernel = text("/proc/sys/kernel/osrelease");
    let version: Vec<&str> = kernel.trim().split(['.', '-']).take(2).collect();
    format!("Linux {}, {count} processors ({}){guest}", version.join("."), field("model name"))
}
