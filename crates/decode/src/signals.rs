//! Names of signals.

use abi::generated::signals;
use std::borrow::Cow;

/// The name of a signal with its `SIG`: `SIGINT`, `SIGRT_1` for the real-time ones; `None` for no signal.
pub fn signal_name(signal: u32) -> Option<Cow<'static, str>> {
    match signal {
        1..=31 => signals::name(signal).map(Cow::Borrowed),
        32 => Some(Cow::Borrowed("SIGRTMIN")),
        33..=64 => Some(Cow::Owned(format!("SIGRT_{}", signal - 32))),
        _ => None,
    }
}

/// The number of a signal, by name with or without `SIG`, any case, or by number.
pub fn signal_number(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse::<u32>() {
        return (number <= 64).then_some(number);
    }
    let upper = text.to_ascii_uppercase();
    let wanted = upper.strip_prefix("SIG").unwrap_or(&upper);
    (1..=64).find(|signal| signal_name(*signal).is_some_and(|name| name.strip_prefix("SIG") == Some(wanted)))
}
