//! How a timer tells that it has expired.

use super::Signal;
use crate::{Cx, Field, Kind, Shape, Value};
use abi::Abi;
use abi::Place;
use abi::generated::{layouts::signal::SIGEVENT as LAYOUT, sets::signal::SIGEV};

/// `struct sigevent` (sigevent(3type)).
#[derive(Clone, Copy, Debug)]
pub struct SigEvent;

/// The place of a member.
macro_rules! place {
    ($name:literal) => {
        const { LAYOUT.member($name) }
    };
}

impl Kind for SigEvent {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let number = |place: Place| place.get(cx.abi(), bytes).unwrap_or(0);
        let notify = number(place!("sigev_notify")) as u32;
        let way = SIGEV.name(notify.into()).unwrap_or("");
        let mut fields = cx.list();
        let value = number(place!("sigev_value.sival_ptr"));
        if value != 0 {
            fields.push(Field::new("sigev_value", payload(cx, value)));
        }
        let signal = number(place!("sigev_signo"));
        let signal = match way {
            "SIGEV_SIGNAL" | "SIGEV_THREAD" | "SIGEV_THREAD_ID" => Signal.value(cx, signal),
            _ => Value::Unsigned(u64::from(signal as u32)),
        };
        fields.push(Field::new("sigev_signo", signal));
        fields.push(Field::new("sigev_notify", Value::Const { value: notify.into(), set: &SIGEV }));
        match way {
            "SIGEV_THREAD_ID" => {
                let thread = number(place!("_sigev_un._tid")) as i32;
                fields.push(Field::new("sigev_notify_thread_id", Value::Signed(thread.into())));
            }
            "SIGEV_THREAD" => {
                let function = number(place!("_sigev_un._sigev_thread._function"));
                let attribute = number(place!("_sigev_un._sigev_thread._attribute"));
                fields.push(Field::new("sigev_notify_function", Value::Address(function)));
                fields.push(Field::new("sigev_notify_attributes", Value::Address(attribute)));
            }
            _ => {}
        }
        Value::Struct { fields: fields.into_bump_slice(), more: false }
    }

    fn size(&self, abi: Abi) -> usize {
        // What lies behind the last member means nothing.
        let last = place!("_sigev_un._sigev_thread._attribute");
        last.offset(abi) + last.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}

/// `union sigval`: a number and a pointer in the same place.
fn payload<'a>(cx: &Cx<'a>, word: u64) -> Value<'a> {
    let fields =
        [Field::new("sival_int", Value::Signed(i64::from(word as i32))), Field::new("sival_ptr", Value::Address(word))];
    Value::Struct { fields: cx.slice(&fields), more: false }
}
