//! Terminals (ioctl_tty(2)).

use super::{Request, requests};
use crate::kinds::{Const, Flags, Hex, Int, Ref, Structure, U16, Uint, WideConst};
use crate::{Cx, Kind, Quote, Shape, Value, structure};
use abi::generated::{layouts::ioctl as layouts, sets::ioctl as sets};
use abi::{Abi, Set};

/// The requests of terminals.
pub(super) static REQUESTS: &[Request] = requests! {
    TCGETS: out TERMIOS;
    TCSETS: in TERMIOS;
    TCSETSW: in TERMIOS;
    TCSETSF: in TERMIOS;
    TCGETS2: out TERMIOS2;
    TCSETS2: in TERMIOS2;
    TCSETSW2: in TERMIOS2;
    TCSETSF2: in TERMIOS2;
    TCGETA: out TERMIO;
    TCSETA: in TERMIO;
    TCSETAW: in TERMIO;
    TCSETAF: in TERMIO;
    TIOCGWINSZ: out WINSIZE;
    TIOCSWINSZ: in WINSIZE;
    TCSBRK: in Int;
    TCSBRKP: in Int;
    TCXONC: in WideConst(&sets::TERMIOS_FLOW);
    TCFLSH: in WideConst(&sets::TERMIOS_FLUSH);
    TIOCSCTTY: in Int;
    TIOCGPGRP: out Ref(&Int);
    TIOCSPGRP: in Ref(&Int);
    TIOCGSID: out Ref(&Int);
    TIOCOUTQ: out Ref(&Int);
    TIOCGETD: out Ref(&Int);
    TIOCSETD: in Ref(&Int);
    TIOCGSOFTCAR: out Ref(&Int);
    TIOCSSOFTCAR: in Ref(&Int);
    TIOCGPTN: out Ref(&Int);
    TIOCSPTLCK: in Ref(&Int);
    TIOCGDEV: out Ref(&Int);
    TIOCGEXCL: out Ref(&Int);
    TIOCPKT: in Ref(&Int);
    TIOCGPTPEER: in Hex;
    TIOCSTI: in Character;
    TIOCMGET: out Ref(&Flags(&sets::MODEM));
    TIOCMBIS: in Ref(&Flags(&sets::MODEM));
    TIOCMBIC: in Ref(&Flags(&sets::MODEM));
    TIOCMSET: in Ref(&Flags(&sets::MODEM));
    TIOCEXCL;
    TIOCNXCL;
    TIOCNOTTY;
    TIOCSBRK;
    TIOCCBRK;
    TIOCCONS;
    TIOCVHANGUP;
    TIOCSSERIAL;
};

/// `struct winsize`.
static WINSIZE: Structure = structure!(layouts::WINSIZE { ws_row: U16, ws_col: U16, ws_xpixel: U16, ws_ypixel: U16 });

/// `struct termios` as the kernel has it.
static TERMIOS: Structure = structure!(layouts::TERMIOS {
    c_iflag: Mode(&sets::TERMIOS_IFLAG) => brief,
    c_oflag: Output => brief,
    c_cflag: Control => brief,
    c_lflag: Mode(&sets::TERMIOS_LFLAG) => brief,
    c_line: Const(&sets::LINE_DISCIPLINE),
    c_cc: ControlCharacters,
});

/// `struct termios2`.
static TERMIOS2: Structure = structure!(layouts::TERMIOS2 {
    c_iflag: Mode(&sets::TERMIOS_IFLAG) => brief,
    c_oflag: Output => brief,
    c_cflag: Control => brief,
    c_lflag: Mode(&sets::TERMIOS_LFLAG) => brief,
    c_line: Const(&sets::LINE_DISCIPLINE),
    c_cc: ControlCharacters,
    c_ispeed: Uint,
    c_ospeed: Uint,
});

/// `struct termio`, the older one.
static TERMIO: Structure = structure!(layouts::TERMIO {
    c_iflag: Mode(&sets::TERMIOS_IFLAG) => brief,
    c_oflag: Output => brief,
    c_cflag: Control => brief,
    c_lflag: Mode(&sets::TERMIOS_LFLAG) => brief,
    c_line: Const(&sets::LINE_DISCIPLINE),
    c_cc: ControlCharacters,
});

/// Bits of which none show as nothing at all, not as 0: that is how modes of terminals are written.
struct Mode(&'static Set);

impl Kind for Mode {
    fn value<'a>(&self, _cx: &Cx<'a>, word: u64) -> Value<'a> {
        match word {
            0 => Value::Named { value: 0, name: "" },
            value => Value::Flags { value, set: self.0 },
        }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// A part of a mode that is one of several values.
struct Field {
    mask: u64,
    set: &'static Set,
}

/// Makes the [`Field`] of a mask by its name.
macro_rules! field {
    ($mask:literal, $set:ident) => {
        Field { mask: sets::TERMIOS_MASK.of($mask), set: &sets::$set }
    };
}

/// What is done to output.
struct Output;

/// The delays of output (termios(3)).
static DELAYS: [Field; 6] = [
    field!("NLDLY", TERMIOS_OFLAG_NL),
    field!("CRDLY", TERMIOS_OFLAG_CR),
    field!("TABDLY", TERMIOS_OFLAG_TAB),
    field!("BSDLY", TERMIOS_OFLAG_BS),
    field!("VTDLY", TERMIOS_OFLAG_VT),
    field!("FFDLY", TERMIOS_OFLAG_FF),
];

impl Kind for Output {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let mut parts = cx.list();
        let mut rest = word;
        for Field { mask, set } in &DELAYS {
            parts.push(Value::Const { value: word & mask, set });
            rest &= !mask;
        }
        parts.push(Mode(&sets::TERMIOS_OFLAG).value(cx, rest));
        Value::Joined { value: word, parts: parts.into_bump_slice() }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// Speeds, the size of a character, and what is done with the line.
struct Control;

const SPEED: u64 = sets::TERMIOS_MASK.of("CBAUD");
const INPUT_SPEED: u64 = sets::TERMIOS_MASK.of("CIBAUD");
const CHARACTER_SIZE: u64 = sets::TERMIOS_MASK.of("CSIZE");

impl Kind for Control {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        let speed = |value| Value::Const { value, set: &sets::TERMIOS_BAUD };
        let input = (word & INPUT_SPEED) >> sets::TERMIOS_SHIFT.of("IBSHIFT");
        let parts = [
            speed(word & SPEED),
            if input == 0 { Value::Omitted } else { Value::Shifted(cx.put(speed(input)), "IBSHIFT") },
            Value::Const { value: word & CHARACTER_SIZE, set: &sets::TERMIOS_CFLAG_SIZE },
            Mode(&sets::TERMIOS_CFLAG).value(cx, word & !(SPEED | INPUT_SPEED | CHARACTER_SIZE)),
        ];
        Value::Joined { value: word, parts: cx.slice(&parts) }
    }

    fn size(&self, _abi: Abi) -> usize {
        4
    }
}

/// The special characters, by their indices: `[[VINTR]=0x3, [17]=0]`.
struct ControlCharacters;

impl Kind for ControlCharacters {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        let mut items = cx.list();
        for (index, byte) in bytes.iter().enumerate() {
            let name = match sets::TERMIOS_CC.name(index as u64) {
                Some(name) => cx.format(format_args!("[{name}]")),
                None => cx.format(format_args!("[{index}]")),
            };
            items.push(Value::Labelled(name, cx.put(Value::Hex((*byte).into()))));
        }
        Value::Array { items: items.into_bump_slice(), more: false }
    }

    fn size(&self, _abi: Abi) -> usize {
        0
    }
}

/// One character behind a pointer (`TIOCSTI`).
struct Character;

impl Kind for Character {
    fn value<'a>(&self, cx: &Cx<'a>, word: u64) -> Value<'a> {
        match cx.read(word, 1) {
            Some(bytes) if word != 0 => Value::Bytes { bytes, more: false, quote: Quote::Buffer },
            _ => cx.address(word),
        }
    }

    fn size(&self, abi: Abi) -> usize {
        abi.pointer_size()
    }

    fn shape(&self, _abi: Abi) -> Shape {
        Shape::flat(1)
    }
}
