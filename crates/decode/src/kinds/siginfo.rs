//! What came with a signal.

use super::Ticks;
use super::named::{decimal, signal as signal_value};
use crate::context::process;
use crate::{Cx, Descriptors, Field, Kind, Shape, Value, signal_name};
use abi::generated::{errnos, layouts::signal::SIGINFO as LAYOUT, sets::signal as sets};
use abi::{Abi, Place, Set};
use bumpalo::{Bump, collections::Vec};
use tracer::Tracee;

/// `siginfo_t` (sigaction(2)).
#[derive(Clone, Copy, Debug)]
pub struct SigInfo;

impl Kind for SigInfo {
    fn load<'a>(&self, cx: &Cx<'a>, bytes: &'a [u8], _address: u64) -> Value<'a> {
        decode(cx.arena, cx.abi(), cx.abi(), bytes, &|fd| cx.descriptor(fd), &|id| cx.process(id))
    }

    fn size(&self, abi: Abi) -> usize {
        LAYOUT.size(abi)
    }

    fn shape(&self, abi: Abi) -> Shape {
        Shape::flat(self.size(abi))
    }
}

/// Decodes the raw siginfo of a signal's delivery, as a 64-bit tracer gets it. `own` is the personality of the tracee.
pub fn siginfo<'a>(
    arena: &'a Bump,
    own: Abi,
    raw: &[u8; 128],
    tracee: &dyn Tracee,
    descriptors: Descriptors,
    commands: bool,
) -> Value<'a> {
    let descriptor = |fd| descriptors.look_up(arena, tracee, fd);
    decode(arena, own, Abi::X86_64, raw, &descriptor, &|id| process(arena, tracee, id, commands))
}

fn decode<'a>(
    arena: &'a Bump,
    own: Abi,
    abi: Abi,
    raw: &[u8],
    descriptor: &dyn Fn(i32) -> Value<'a>,
    process: &dyn Fn(i32) -> Value<'a>,
) -> Value<'a> {
    let mut reader = Reader { arena, own, abi, raw, process, fields: Vec::new_in(arena) };
    reader.all(descriptor);
    Value::Struct { fields: reader.fields.into_bump_slice(), more: false }
}

/// The place of a member; those of the union have names of the kernel's own.
macro_rules! place {
    ($name:literal) => {
        const { LAYOUT.member($name) }
    };
}

/// Collects the fields that a signal has: which of the union's depends on the signal and on how it came about.
struct Reader<'a, 'r> {
    arena: &'a Bump,
    /// The tracee's personality.
    own: Abi,
    /// The personality whose layout `raw` has.
    abi: Abi,
    raw: &'r [u8],
    /// How a process is shown.
    process: &'r dyn Fn(i32) -> Value<'a>,
    fields: Vec<'a, Field<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn all(&mut self, descriptor: &dyn Fn(i32) -> Value<'a>) {
        let signal = self.number(place!("si_signo")) as u32;
        if signal == 0 {
            return;
        }
        let code = self.number(place!("si_code")) as u32;
        let name = signal_name(signal).unwrap_or_default();
        self.push("si_signo", signal_value(self.arena, signal));
        self.push("si_code", Value::Const { value: code.into(), set: codes(&name, code) });
        self.errno();
        match sets::CODE.name(code.into()) {
            Some("SI_USER" | "SI_TKILL") => self.sender(),
            Some("SI_TIMER") => self.timer(),
            Some("SI_SIGIO") => self.band(descriptor),
            _ if (code as i32) < 0 => {
                self.sender();
                self.payload_if_any();
            }
            _ => self.kernel(&name, code, descriptor),
        }
    }

    fn kernel(&mut self, signal: &str, code: u32, descriptor: &dyn Fn(i32) -> Value<'a>) {
        match signal {
            "SIGCHLD" => self.child(code),
            "SIGILL" | "SIGFPE" | "SIGTRAP" | "SIGBUS" | "SIGSEGV" => self.fault(signal, code),
            "SIGIO" if sets::CODE_POLL.name(code.into()).is_some() => self.band(descriptor),
            "SIGIO" => {}
            "SIGSYS" => self.system_call(),
            _ => {
                if self.number(place!("_sifields._kill._pid")) | self.number(place!("_sifields._kill._uid")) != 0 {
                    self.sender();
                }
                self.payload_if_any();
            }
        }
    }

    fn errno(&mut self) {
        let errno = self.number(place!("si_errno"));
        if errno != 0 {
            let value = match errnos::name(errno as u32) {
                Some(name) => decimal(self.arena, errno as i64, name),
                None => Value::Unsigned(u64::from(errno as u32)),
            };
            self.push("si_errno", value);
        }
    }

    fn sender(&mut self) {
        self.push("si_pid", (self.process)(self.number(place!("_sifields._kill._pid")) as i32));
        let uid = self.number(place!("_sifields._kill._uid")) as u32;
        self.push("si_uid", if uid == u32::MAX { Value::Signed(-1) } else { Value::Unsigned(uid.into()) });
    }

    fn payload_if_any(&mut self) {
        if self.number(place!("_sifields._rt._sigval.sival_ptr")) != 0 {
            self.payload();
        }
    }

    fn payload(&mut self) {
        self.push("si_int", Value::Signed(self.number(place!("_sifields._rt._sigval.sival_int")) as i64));
        self.push("si_ptr", Value::Address(self.number(place!("_sifields._rt._sigval.sival_ptr"))));
    }

    fn timer(&mut self) {
        self.push("si_timerid", Value::Hex(self.number(place!("_sifields._timer._tid")) & 0xffff_ffff));
        self.push("si_overrun", Value::Signed(self.number(place!("_sifields._timer._overrun")) as i64));
        self.payload();
    }

    fn band(&mut self, descriptor: &dyn Fn(i32) -> Value<'a>) {
        self.push("si_band", Value::Signed(self.number(place!("_sifields._sigpoll._band")) as i64));
        self.push("si_fd", descriptor(self.number(place!("_sifields._sigpoll._fd")) as i32));
    }

    fn child(&mut self, code: u32) {
        self.sender();
        let status = self.number(place!("_sifields._sigchld._status")) as u32;
        let value = match sets::CODE_CHLD.name(code.into()) {
            Some("CLD_EXITED") => Value::Signed(i64::from(status as i32)),
            _ => signal_value(self.arena, status),
        };
        self.push("si_status", value);
        self.ticks("si_utime", place!("_sifields._sigchld._utime"));
        self.ticks("si_stime", place!("_sifields._sigchld._stime"));
    }

    fn ticks(&mut self, name: &'static str, place: Place) {
        let ticks = self.number(place);
        self.push(name, Ticks::shown(self.arena, ticks));
    }

    fn fault(&mut self, signal: &str, code: u32) {
        self.push("si_addr", Value::Address(self.number(place!("_sifields._sigfault._addr"))));
        match codes(signal, code).name(code.into()) {
            Some("BUS_MCEERR_AR" | "BUS_MCEERR_AO") => {
                self.push("si_addr_lsb", Value::Hex(self.number(place!("_sifields._sigfault._addr_lsb")) & 0xffff));
            }
            Some("SEGV_BNDERR") => {
                self.push("si_lower", Value::Address(self.number(place!("_sifields._sigfault._addr_bnd._lower"))));
                self.push("si_upper", Value::Address(self.number(place!("_sifields._sigfault._addr_bnd._upper"))));
            }
            Some("SEGV_PKUERR") => {
                self.push("si_pkey", Value::Unsigned(self.number(place!("_sifields._sigfault._addr_pkey._pkey"))));
            }
            _ => {}
        }
    }

    fn system_call(&mut self) {
        let arch = self.number(place!("_sifields._sigsys._arch"));
        let number = self.number(place!("_sifields._sigsys._syscall")) as u32;
        self.push("si_call_addr", Value::Address(self.number(place!("_sifields._sigsys._call_addr"))));
        self.push("si_syscall", call_value(self.arena, self.own, arch, number));
        self.push("si_arch", Value::Const { value: arch, set: &sets::AUDIT_ARCH });
    }

    fn push(&mut self, name: &'static str, value: Value<'a>) {
        self.fields.push(Field::new(name, value));
    }

    /// A member as a number, its sign extended where it has one; 0 where the bytes end before it.
    fn number(&self, place: Place) -> u64 {
        place.get(self.abi, self.raw).unwrap_or(0)
    }
}

/// The codes among which `code` is: those of all signals, else those of one.
fn codes(signal: &str, code: u32) -> &'static Set {
    if sets::CODE.name(code.into()).is_some() {
        return &sets::CODE;
    }
    match signal {
        "SIGILL" => &sets::CODE_ILL,
        "SIGFPE" => &sets::CODE_FPE,
        "SIGTRAP" => &sets::CODE_TRAP,
        "SIGBUS" => &sets::CODE_BUS,
        "SIGSEGV" => &sets::CODE_SEGV,
        "SIGCHLD" => &sets::CODE_CHLD,
        "SIGIO" => &sets::CODE_POLL,
        "SIGSYS" => &sets::CODE_SYS,
        _ => &sets::CODE,
    }
}

/// The bit that tells x32 calls from those of x86-64 (`__X32_SYSCALL_BIT`, `asm/unistd.h`).
const X32_BIT: u32 = 0x4000_0000;

/// A call's number with its name: as the number's own where the call is of the tracee's personality, else in passing.
fn call_value(arena: &Bump, own: Abi, arch: u64, number: u32) -> Value<'_> {
    let plain = Value::Unsigned(number.into());
    let abi = match sets::AUDIT_ARCH.name(arch) {
        Some("AUDIT_ARCH_X86_64") if number & X32_BIT != 0 => Abi::X32,
        Some("AUDIT_ARCH_X86_64") => Abi::X86_64,
        Some("AUDIT_ARCH_I386") => Abi::I386,
        _ => return plain,
    };
    let index = if abi == Abi::X32 { number & !X32_BIT } else { number };
    match abi::call(abi, index.into()) {
        Some(call) if abi == own => decimal(arena, number.into(), arena.alloc_str(&format!("__NR_{}", call.name))),
        Some(call) => Value::Commented(arena.alloc(plain), call.name),
        None => plain,
    }
}
