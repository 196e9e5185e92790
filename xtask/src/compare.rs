//! `cargo xtask compare`: whether tracewell shows of a command, or of the test programs, what the peer shows, or with one
//! backend what it shows with another.

mod findings;
mod programs;
mod request;
mod runs;

use anyhow::Context;
use std::process::ExitCode;
use tests::differences;

/// Runs both, and says where they begin to differ.
pub fn main(words: Vec<String>) -> anyhow::Result<ExitCode> {
    let request = request::Request::parse(words)?;
    let mut different = 0;
    for round in 1..=request.rounds {
        let verdict = match &request.subject {
            request::Subject::Command(words) => command(&request, words),
            request::Subject::Programs(names) => programs::compare(&request, names),
        };
        let same = verdict.with_context(|| format!("round {round}"))?;
        different += usize::from(!same);
    }
    if request.rounds > 1 {
        println!("rounds     {different} of {} differ", request.rounds);
    }
    Ok(if different == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compares what they show of a command; whether it is the same.
fn command(request: &request::Request, words: &[String]) -> anyhow::Result<bool> {
    let traces = runs::run(request, words)?;
    println!("compared   {}", traces.mode);
    let verdict = differences::find(&traces.peer, &traces.ours);
    let same_end = traces.our_ends.iter().any(|end| traces.ends.contains(end));
    if verdict.differences.is_empty() && same_end {
        let ours = traces.ours.first().map_or(&[][..], |streams| streams);
        let lines: usize = ours.iter().map(|stream| stream.lines.len()).sum();
        println!("the same   {lines} lines of {} processes and threads", ours.len());
        println!("varying    {} of them, as they do between runs of the peer", verdict.varying);
        return Ok(true);
    }
    if !same_end {
        println!("expected   {}\nfound      {}", traces.ends.join(" or "), traces.our_ends.join(" or "));
    }
    findings::print(&verdict.differences, request.all);
    Ok(false)
}
