//! Requests whose macros take a parameter, which stands in the number: `EVIOCGNAME(255)`.

use super::number::Number;
use crate::{Cx, Value};
use abi::generated::sets::ioctl as sets;

/// A macro that takes the size of the argument.
struct Sized {
    /// Which way the argument goes: 1 into the kernel, 2 out of it, 3 both.
    directions: &'static [u32],
    /// The type and the number of the request.
    of: (u8, u8),
    name: &'static str,
    /// Whether the request gives a name.
    gives_name: bool,
}

const fn sized(directions: &'static [u32], of: (u8, u8), name: &'static str) -> Sized {
    Sized { directions, of, name, gives_name: false }
}

impl Sized {
    const fn name(self) -> Self {
        Self { gives_name: true, ..self }
    }
}

/// The macros of `linux/input.h`, `linux/hidraw.h`, `linux/hiddev.h`, `linux/joystick.h` and `linux/uinput.h`.
static SIZED: &[Sized] = &[
    sized(&[2], (b'E', 0x06), "EVIOCGNAME").name(),
    sized(&[2], (b'E', 0x07), "EVIOCGPHYS").name(),
    sized(&[2], (b'E', 0x08), "EVIOCGUNIQ").name(),
    sized(&[2], (b'E', 0x09), "EVIOCGPROP"),
    sized(&[2], (b'E', 0x0a), "EVIOCGMTSLOTS"),
    sized(&[2], (b'E', 0x18), "EVIOCGKEY"),
    sized(&[2], (b'E', 0x19), "EVIOCGLED"),
    sized(&[2], (b'E', 0x1a), "EVIOCGSND"),
    sized(&[2], (b'E', 0x1b), "EVIOCGSW"),
    sized(&[2], (b'H', 0x04), "HIDIOCGRAWNAME"),
    sized(&[2], (b'H', 0x05), "HIDIOCGRAWPHYS"),
    sized(&[2, 3], (b'H', 0x06), "HIDIOCSFEATURE"),
    sized(&[3], (b'H', 0x07), "HIDIOCGFEATURE"),
    sized(&[2], (b'H', 0x08), "HIDIOCGRAWUNIQ"),
    sized(&[2], (b'H', 0x12), "HIDIOCGPHYS"),
    sized(&[2], (b'U', 0x2c), "UI_GET_SYSNAME"),
    sized(&[2], (b'j', 0x13), "JSIOCGNAME"),
    sized(&[1], (b'k', 0x00), "SPI_IOC_MESSAGE"),
];

/// What is known of a request by its macro.
fn find(request: Number) -> Option<&'static Sized> {
    let fits =
        |known: &&Sized| known.of == (request.kind, request.number) && known.directions.contains(&request.direction);
    SIZED.iter().find(fits)
}

/// Whether the request gives a name: a string as long as its result says.
pub(super) fn gives_name(request: Number) -> bool {
    find(request).is_some_and(|known| known.gives_name)
}

/// The macro of a request that only its number tells of, with a number as its parameter.
fn simple(request: Number) -> Option<(&'static str, u64)> {
    match (request.direction, request.kind) {
        (1, b'M') => Some(("MIXER_WRITE", request.number.into())),
        (2, b'M') => Some(("MIXER_READ", request.number.into())),
        _ => find(request).map(|known| (known.name, request.size.into())),
    }
}

/// The macro of a request as text, to stand among other names of its number.
pub(super) fn macro_text(request: Number) -> Option<String> {
    simple(request).map(|(name, parameter)| format!("{name}({parameter})"))
}

/// The macro of a request, with its parameters.
pub(super) fn macro_call<'a>(cx: &Cx<'a>, request: Number) -> Option<Value<'a>> {
    let call = |name, items: &[Value<'a>]| Value::Call { name, items: cx.slice(items), main: None };
    if let Some((name, parameter)) = simple(request) {
        return Some(call(name, &[Value::Unsigned(parameter)]));
    }
    let size = Value::Unsigned(request.size.into());
    let axis = Value::Const { value: u64::from(request.number) & 0x3f, set: &sets::ABS };
    Some(match (request.direction, request.kind, request.number) {
        (2, b'E', 0x20) => call("EVIOCGBIT", &[Value::Unsigned(0), size]),
        (2, b'E', 0x21..=0x3f) => {
            let event = Value::Const { value: u64::from(request.number) & 0x1f, set: &sets::EV };
            call("EVIOCGBIT", &[event, size])
        }
        (2, b'E', 0x40..=0x7f) => call("EVIOCGABS", &[axis]),
        (1, b'E', 0xc0..=0xff) => call("EVIOCSABS", &[axis]),
        _ => return None,
    })
}
