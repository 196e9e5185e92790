//! `cargo xtask compare`: whether tracewell shows of a command, or of the test programs, what the peer shows.

mod findings;
mod programs;
mod request;
mod runs;

use std::process::ExitCode;
use tests::differences;

/// Runs both, and says where they begin to differ.
pub fn main(words: Vec<String>) -> anyhow::Result<ExitCode> {
    let request = request::Request::parse(words)?;
    match &request.subject {
        request::Subject::Command(words) => command(&request, words),
        request::Subject::Programs(names) => programs::compare(&request, names),
    }
}

/// Compares what they show of a command.
fn command(request: &request::Request, words: &[String]) -> anyhow::Result<ExitCode> {
    let traces = runs::run(request, words)?;
    println!("compared   {}", traces.mode);
    let verdict = differences::find(&traces.peer, &traces.ours);
    let same_end = traces.our_ends.iter().any(|end| traces.ends.contains(end));
    if verdict.differences.is_empty() && same_end {
        let ours = traces.ours.first().map_or(&[][..], |streams| streams);
        let lines: usize = ours.iter().map(|stream| stream.lines.len()).sum();
        println!("the same   {lines} lines of {} processes and threads", ours.len());
        println!("varying    {} of them, as they do between runs of the peer", verdict.varying);
        return Ok(ExitCode::SUCCESS);
    }
    if !same_end {
        println!("expected   {}\nfound      {}", traces.ends.join(" or "), traces.our_ends.join(" or "));
    }
    findings::print(&verdict.differences, request.all);
    Ok(ExitCode::FAILURE)
}
