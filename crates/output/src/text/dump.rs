//! Everything that was read or written, in base 16 and as characters (`-e read=`, `-e write=`).

use std::fmt::Write;

/// Bytes of one line.
const ROW: usize = 16;

/// Lines of 16 bytes: ` | 00000  68 65 6c 6c 6f …  hello |`.
pub fn dump(bytes: &[u8]) -> String {
    let mut text = String::new();
    // The offset is as wide as the last one needs, five digits at least.
    let width = format!("{:x}", bytes.len().saturating_sub(1) / ROW * ROW).len().max(5);
    for (index, row) in bytes.chunks(ROW).enumerate() {
        let _ = write!(text, " | {:0width$x} ", index * ROW);
        for place in 0..ROW {
            if place % 8 == 0 {
                text.push(' ');
            }
            match row.get(place) {
                Some(byte) => {
                    let _ = write!(text, "{byte:02x} ");
                }
                None => text.push_str("   "),
            }
        }
        text.push(' ');
        text.extend(row.iter().map(|byte| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '.' }));
        text.extend(std::iter::repeat_n(' ', ROW - row.len()));
        text.push_str(" |\n");
    }
    text
}
