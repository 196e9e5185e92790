//! The text of a trace, taken apart: lines, whose they are, and each process's stream of whole calls.

use crate::pattern::pattern;
use std::collections::HashMap;

/// One line of a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The process or thread, where the line says it.
    pub pid: Option<u32>,
    /// Times and the instruction pointer before the event, digits replaced by zeros.
    pub prefix: String,
    /// The event itself: a call, a signal, an exit.
    pub event: String,
}

/// The events of one process or thread in their order.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    /// The process or thread, where the trace says it.
    pub pid: Option<u32>,
    /// Its events.
    pub lines: Vec<Line>,
}

/// Reads a trace. `column` is where strace puts the `=` of a result (`-a`, normally 40).
pub fn lines(text: &str, column: usize) -> Vec<Line> {
    text.lines().map(|line| read_line(line, column)).collect()
}

fn read_line(raw: &str, column: usize) -> Line {
    let settled = settle_padding(raw, column);
    let (pid, rest) = split_pid(&settled);
    let (prefix, event) = split_prefix(rest);
    Line { pid, prefix: zero_digits(prefix), event: zero_duration(event) }
}

/// Splits `1234  read(…` and `[pid  1234] read(…`.
fn split_pid(line: &str) -> (Option<u32>, &str) {
    let found = pattern!(r"^(?:\[pid +(\d+)\] |(\d+) +)").captures(line);
    let Some(found) = found else { return (None, line) };
    let digits = found.get(1).or(found.get(2)).map_or("", |digits| digits.as_str());
    (digits.parse().ok(), &line[found.get(0).map_or(0, |whole| whole.end())..])
}

/// Splits off what `-t`, `-r`, `-n` and `-i` put before an event.
fn split_prefix(line: &str) -> (&str, &str) {
    let prefix = pattern!(
        r"^(?:\d\d:\d\d:\d\d(?:\.\d+)? |\d+(?:\.\d+)? | +\d+\.\d+ |\(\+ +\d+\.\d+\) )*(?:\[[ 0-9]{4}\] )?(?:\[[0-9a-f]{8}(?:[0-9a-f]{8})?\] )?"
    );
    line.split_at(prefix.find(line).map_or(0, |found| found.end()))
}

/// Times and addresses become zeros, so that their form is still compared; call numbers stay.
fn zero_digits(prefix: &str) -> String {
    let times = pattern!(r"\d+([:.])").replace_all(prefix, |found: &regex_lite::Captures| {
        found[0].chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>()
    });
    let fractions = pattern!(r"([:.])\d+").replace_all(&times, |found: &regex_lite::Captures| {
        found[0].chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>()
    });
    pattern!(r"\[[0-9a-f]{8,16}\] ")
        .replace(&fractions, |found: &regex_lite::Captures| format!("[{}] ", "0".repeat(found[0].len() - 3)))
        .into_owned()
}

/// What `-T` puts after an event.
fn zero_duration(event: &str) -> String {
    pattern!(r" <\d+\.\d+>$").replace(event, " <0.000000>").into_owned()
}

/// Takes the spaces before a result away where they are right; wrong ones stay and differ.
fn settle_padding(raw: &str, column: usize) -> String {
    let Some((close, equals)) = result_position(raw) else { return raw.to_owned() };
    let spaces = equals - close - 1;
    let at = raw[..equals].chars().count();
    if at == column || (spaces == 1 && at > column) {
        format!("{} {}", &raw[..=close], &raw[equals..])
    } else {
        raw.to_owned()
    }
}

/// The bytes at which the `)` of a call and the `=` of its result stand.
fn result_position(raw: &str) -> Option<(usize, usize)> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b')' if !quoted => {
                let spaces = raw[at + 1..].len() - raw[at + 1..].trim_start_matches(' ').len();
                if spaces > 0 && raw[at + 1 + spaces..].starts_with("= ") {
                    return Some((at, at + 1 + spaces));
                }
            }
            _ => {}
        }
    }
    None
}

/// Sorts lines by process, and joins calls whose line was cut in two.
pub fn streams(lines: &[Line]) -> Vec<Stream> {
    let mut streams: Vec<Stream> = Vec::new();
    let mut places = HashMap::new();
    let mut last = None;
    for line in lines {
        let pid = if is_dump(&line.event) { last } else { line.pid };
        last = pid;
        let place = *places.entry(pid).or_insert_with(|| {
            streams.push(Stream { pid, lines: Vec::new() });
            streams.len() - 1
        });
        append(&mut streams[place].lines, line.clone());
    }
    streams
}

/// Whether a line shows the bytes that the call before it moved, and so says no process.
fn is_dump(event: &str) -> bool {
    [" | ", " * ", " = "].iter().any(|mark| event.starts_with(mark))
}

/// Adds a line to its stream, or to the unfinished one that it finishes.
fn append(lines: &mut Vec<Line>, line: Line) {
    let resumed = pattern!(r"^<\.\.\. (\w+) resumed>").captures(&line.event);
    if let (Some(resumed), Some(last)) = (resumed, lines.last_mut())
        && let Some(start) = last.event.strip_suffix(" <unfinished ...>")
        && start.split('(').next() == Some(&resumed[1])
    {
        last.event = format!("{start}{}", &line.event[resumed[0].len()..]);
    } else {
        lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_padding_goes_and_wrong_padding_stays() {
        let right = format!("{:<39} = 0", "close(3)");
        assert_eq!(lines(&right, 40)[0].event, "close(3) = 0");
        assert_eq!(lines("close(3)  = 0", 40)[0].event, "close(3)  = 0");
        let long = format!("read(3, {:?}, 50) = 50", ") = ".repeat(12));
        assert_eq!(lines(&long, 40)[0].event, long);
    }

    #[test]
    fn prefixes_are_told_from_events() {
        let line =
            &lines("12  20:25:01.480666 (+     0.000012) [  39] [00007fe14d9c14f7] getppid() = 7 <0.000013>", 0)[0];
        assert_eq!(line.pid, Some(12));
        assert_eq!(line.prefix, "00:00:00.000000 (+     0.000000) [  39] [0000000000000000] ");
        assert_eq!(line.event, "getppid() = 7 <0.000000>");
        assert_eq!(lines("[pid   712] +++ exited with 3 +++", 40)[0].pid, Some(712));
    }

    #[test]
    fn bytes_belong_to_the_call_before_them() {
        let streams = streams(&lines("1 read(3, \"a\", 1) = 1\n | 00000  61  a |\n2 getppid() = 1\n", 0));
        assert_eq!(streams.iter().map(|stream| stream.lines.len()).collect::<Vec<_>>(), [2, 1]);
    }

    #[test]
    fn calls_cut_in_two_are_joined_across_other_processes() {
        let text = "1 read(3,  <unfinished ...>\n2 getppid() = 1\n1 <... read resumed>\"a\", 1) = 1\n";
        let streams = streams(&lines(text, 0));
        assert_eq!(streams.len(), 2);
        assert_eq!(streams[0].lines[0].event, "read(3, \"a\", 1) = 1");
    }
}
