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
}

/// The macros of `linux/input.h`, `linux/hidraw.h`, `linux/hiddev.h`, `linux/joystick.h` and `linux/uinput.h`.
static SIZED: &[Sized] = &[
    Sized { directions: &[2], of: (b'E', 0x06), name: "EVIOCGNAME" },
    Sized { directions: &[2], of: (b'E', 0x07), name: "EVIOCGPHYS" },
    Sized { directions: &[2], of: (b'E', 0x08), name: "EVIOCGUNIQ" },
    Sized { directions: &[2], of: (b'E', 0x09), name: "EVIOCGPROP" },
    Sized { directions: &[2], of: (b'E', 0x0a), name: "EVIOCGMTSLOTS" },
    Sized { directions: &[2], of: (b'E', 0x18), name: "EVIOCGKEY" },
    Sized { directions: &[2], of: (b'E', 0x19), name: "EVIOCGLED" },
    Sized { directions: &[2], of: (b'E', 0x1a), name: "EVIOCGSND" },
    Sized { directions: &[2], of: (b'E', 0x1b), name: "EVIOCGSW" },
    Sized { directions: &[2], of: (b'H', 0x04), name: "HIDIOCGRAWNAME" },
    Sized { directions: &[2], of: (b'H', 0x05), name: "HIDIOCGRAWPHYS" },
    Sized { directions: &[2, 3], of: (b'H', 0x06), name: "HIDIOCSFEATURE" },
    Sized { directions: &[3], of: (b'H', 0x07), name: "HIDIOCGFEATURE" },
    Sized { directions: &[2], of: (b'H', 0x08), name: "HIDIOCGRAWUNIQ" },
    Sized { directions: &[2], of: (b'H', 0x12), name: "HIDIOCGPHYS" },
    Sized { directions: &[2], of: (b'U', 0x2c), name: "UI_GET_SYSNAME" },
    Sized { directions: &[2], of: (b'j', 0x13), name: "JSIOCGNAME" },
    Sized { directions: &[1], of: (b'k', 0x00), name: "SPI_IOC_MESSAGE" },
];

/// The macro of a request, with its parameter.
pub(super) fn macro_call<'a>(cx: &Cx<'a>, request: Number) -> Option<Value<'a>> {
    let call = |name, items: &[Value<'a>]| Value::Call { name, items: cx.slice(items), main: None };
    let size = Value::Unsigned(request.size.into());
    if let Some(found) = SIZED
        .iter()
        .find(|known| known.of == (request.kind, request.number) && known.directions.contains(&request.direction))
    {
        return Some(call(found.name, &[size]));
    }
    let number = Value::Unsigned(request.number.into());
    let axis = Value::Const { value: u64::from(request.number) & 0x3f, set: &sets::ABS };
    Some(match (request.direction, request.kind, request.number) {
        (2, b'E', 0x20) => call("EVIOCGBIT", &[Value::Unsigned(0), size]),
        (2, b'E', 0x21..=0x3f) => {
            let event = Value::Const { value: u64::from(request.number) & 0x1f, set: &sets::EV };
            call("EVIOCGBIT", &[event, size])
        }
        (2, b'E', 0x40..=0x7f) => call("EVIOCGABS", &[axis]),
        (1, b'E', 0xc0..=0xff) => call("EVIOCSABS", &[axis]),
        (1, b'M', _) => call("MIXER_WRITE", &[number]),
        (2, b'M', _) => call("MIXER_READ", &[number]),
        _ => return None,
    })
}
