//! Dates after points in time.

use super::clock::zone;
use super::value::signed;
use jiff::Timestamp;

/// Writes a point in time as `2020-09-13T12:26:40.000000001+0000`, in local time.
pub fn date(out: &mut Vec<u8>, seconds: i64, nanoseconds: u32, digits: u8) {
    let offset = Timestamp::from_second(seconds).map_or(0, |stamp| zone().to_offset(stamp).seconds());
    let local = seconds.saturating_add(offset.into());
    let (year, month, day) = civil(local.div_euclid(DAY));
    let second = local.rem_euclid(DAY);
    signed(out, year);
    let clock = format!("-{month:02}-{day:02}T{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    out.extend_from_slice(clock.as_bytes());
    if nanoseconds > 0 {
        let digits = usize::from(digits.min(9));
        let part = nanoseconds / 10_u32.pow(9 - digits as u32);
        out.extend_from_slice(format!(".{part:0digits$}").as_bytes());
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let minutes = offset.unsigned_abs() / 60;
    out.extend_from_slice(format!("{sign}{:02}{:02}", minutes / 60, minutes % 60).as_bytes());
}

/// Seconds in a day.
const DAY: i64 = 86_400;

/// Days in 400 years, after which the calendar repeats itself.
const ERA: i64 = 146_097;

/// The year, month and day of a number of days since the epoch, for any year: a file's time may be one that a library of
/// dates does not know.
fn civil(days: i64) -> (i64, i64, i64) {
    // Years that begin in March have the leap day at their end.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year = (day - day / 1460 + day / 36_524 - day / (ERA - 1)) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (year + era * 400 + next, month, day_of_month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_gregorian_calendar() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(-1), (1969, 12, 31));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(-719_529), (-1, 12, 31));
        assert_eq!(civil(2_932_897), (10_000, 1, 1));
    }
}
