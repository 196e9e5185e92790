//! Bytes of a tracee, whatever they are.

use super::write::{Object, string};

/// Writes bytes so that nothing is lost: a string where they are all there and UTF-8, else an object with `text` or
/// `hex`, and `more` where they are only the beginning.
pub(super) fn bytes(bytes: &[u8], more: bool, out: &mut Vec<u8>) {
    match std::str::from_utf8(bytes) {
        Ok(text) if !more => string(text, out),
        text => {
            let mut object = Object::new(out);
            match text {
                Ok(text) => object.text("text", text),
                Err(_) => hex(bytes, object.member("hex")),
            }
            if more {
                object.mark("more");
            }
            object.end();
        }
    }
}

/// Writes bytes as a string of two hexadecimal digits each.
fn hex(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push(b'"');
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
    out.push(b'"');
}
