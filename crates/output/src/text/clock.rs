//! The time of day, in local time.

use jiff::{Timestamp, tz::TimeZone};
use std::sync::OnceLock;

/// The system's time zone (`TZ`, `/etc/localtime`; tzset(3)), looked up when it is first needed.
pub fn zone() -> &'static TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(TimeZone::system)
}

/// Turns time stamps into local times of day. Looks the hour and minute up once a second.
pub struct Clock {
    second: u64,
    text: String,
}

impl Clock {
    /// A clock in the system's time zone.
    pub const fn new() -> Self {
        Self { second: u64::MAX, text: String::new() }
    }

    /// Writes `HH:MM:SS` and `digits` of the fraction.
    pub fn time_of_day(&mut self, out: &mut Vec<u8>, real: u64, digits: usize) {
        let second = real / 1_000_000_000;
        if second != self.second {
            self.second = second;
            self.text = Self::local(second);
        }
        out.extend_from_slice(self.text.as_bytes());
        if digits > 0 {
            let part = real % 1_000_000_000 / 10_u64.pow(9 - digits as u32);
            out.extend_from_slice(format!(".{part:0digits$}").as_bytes());
        }
    }

    fn local(second: u64) -> String {
        let stamp = i64::try_from(second).ok().and_then(|s| Timestamp::from_second(s).ok()).unwrap_or_default();
        let local = stamp.to_zoned(zone().clone());
        format!("{:02}:{:02}:{:02}", local.hour(), local.minute(), local.second())
    }
}
