//! Strings in quotes.

use super::HexStrings;

/// Bytes in double quotes with the escapes of C.
pub fn quoted(out: &mut Vec<u8>, bytes: &[u8], hex: HexStrings) {
    out.push(b'"');
    escaped(out, bytes, hex, b"\"\\");
    out.push(b'"');
}

/// What a descriptor points to, in angle brackets.
pub fn bracketed(out: &mut Vec<u8>, bytes: &[u8], hex: HexStrings) {
    out.push(b'<');
    escaped(out, bytes, hex, b"<>\\");
    out.push(b'>');
}

/// Whether all of these bytes are shown in base 16.
pub(super) fn all_in_hex(bytes: &[u8], hex: HexStrings) -> bool {
    match hex {
        HexStrings::Never | HexStrings::Characters => false,
        HexStrings::Binary => bytes.iter().any(|b| !is_text(*b)),
        HexStrings::Always => true,
    }
}

fn escaped(out: &mut Vec<u8>, bytes: &[u8], hex: HexStrings, special: &[u8]) {
    if all_in_hex(bytes, hex) {
        for byte in bytes {
            in_hex(out, *byte);
        }
        return;
    }
    // Runs of plain bytes are copied at once: most strings are one such run.
    let mut start = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(byte, b' '..=b'~') && !special.contains(byte) {
            continue;
        }
        out.extend_from_slice(&bytes[start..at]);
        start = at + 1;
        escape(out, *byte, bytes.get(at + 1).copied(), hex);
    }
    out.extend_from_slice(&bytes[start..]);
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Printable ASCII and the white space of `isspace(3)`.
fn is_text(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t'..=b'\r')
}

fn escape(out: &mut Vec<u8>, byte: u8, next: Option<u8>, hex: HexStrings) {
    let letter = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\t' => b't',
        b'\r' => b'r',
        0x0b => b'v',
        0x0c => b'f',
        _ if hex == HexStrings::Characters => return in_hex(out, byte),
        _ => return octal(out, byte, next),
    };
    out.extend_from_slice(&[b'\\', letter]);
}

fn in_hex(out: &mut Vec<u8>, byte: u8) {
    out.extend_from_slice(&[b'\\', b'x', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
}

/// The shortest octal escape; all three digits where an octal digit follows, which would be read as part of it.
fn octal(out: &mut Vec<u8>, byte: u8, next: Option<u8>) {
    let digits = [b'0' + (byte >> 6), b'0' + (byte >> 3 & 7), b'0' + (byte & 7)];
    let full = next.is_some_and(|b| matches!(b, b'0'..=b'7'));
    let skip = match byte {
        _ if full => 0,
        0..=7 => 2,
        8..=63 => 1,
        _ => 0,
    };
    out.push(b'\\');
    out.extend_from_slice(&digits[skip..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], hex: HexStrings) -> String {
        let mut out = Vec::new();
        quoted(&mut out, bytes, hex);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn escapes_are_those_of_c_with_the_shortest_octal() {
        assert_eq!(text(b"a\"\\\n\t\r\x0b\x0c", HexStrings::Never), r#""a\"\\\n\t\r\v\f""#);
        assert_eq!(text(b"\0\x001\x7f\xff\x1f", HexStrings::Never), r#""\0\0001\177\377\37""#);
        assert_eq!(text(b"\x008\x009\x007", HexStrings::Never), r#""\08\09\0007""#);
    }

    #[test]
    fn binary_strings_are_hex_as_a_whole_under_x() {
        assert_eq!(text(b"a\n", HexStrings::Binary), r#""a\n""#);
        assert_eq!(text(b"a\x01", HexStrings::Binary), r#""\x61\x01""#);
        assert_eq!(text(b"a", HexStrings::Always), r#""\x61""#);
    }
}
