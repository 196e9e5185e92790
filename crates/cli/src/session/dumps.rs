//! Everything that was read from or written to a descriptor (`-e read=`, `-e write=`).

use super::settings::Settings;
use abi::{Place, generated::layouts::network::MMSGHDR};
use output::text::dump;
use tracer::{Call, Memory, Return};

/// Which way data went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Read,
    Written,
}

/// Where the data of a call lies: behind its second argument.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Data {
    /// A buffer.
    Buffer,
    /// A list of buffers; the third argument counts them.
    Vector,
    /// A list of buffers of which all is dumped, however much was moved.
    WholeVector,
    /// A message header with a list of buffers.
    Message,
    /// A list of message headers, each with the length of its message behind it; the third argument counts them.
    Messages,
}

/// The calls that move data from or to the descriptor in their first argument.
const MOVERS: &[(&str, Way, Data)] = &[
    ("read", Way::Read, Data::Buffer),
    ("pread64", Way::Read, Data::Buffer),
    ("recv", Way::Read, Data::Buffer),
    ("recvfrom", Way::Read, Data::Buffer),
    ("readv", Way::Read, Data::Vector),
    ("preadv", Way::Read, Data::Vector),
    ("preadv2", Way::Read, Data::Vector),
    ("recvmsg", Way::Read, Data::Message),
    ("write", Way::Written, Data::Buffer),
    ("pwrite64", Way::Written, Data::Buffer),
    ("send", Way::Written, Data::Buffer),
    ("sendto", Way::Written, Data::Buffer),
    ("writev", Way::Written, Data::Vector),
    ("pwritev", Way::Written, Data::Vector),
    ("pwritev2", Way::Written, Data::Vector),
    ("sendmsg", Way::Written, Data::Message),
    ("vmsplice", Way::Written, Data::WholeVector),
    ("recvmmsg", Way::Read, Data::Messages),
    ("recvmmsg_time64", Way::Read, Data::Messages),
    ("sendmmsg", Way::Written, Data::Messages),
    ("mq_timedreceive", Way::Read, Data::Buffer),
    ("mq_timedreceive_time64", Way::Read, Data::Buffer),
    ("mq_timedsend", Way::Written, Data::Buffer),
    ("mq_timedsend_time64", Way::Written, Data::Buffer),
];

/// No more of one call is dumped than this: what the kernel moves at most in one call (read(2), NOTES).
const MOST: u64 = 0x7fff_f000;

/// How much is fetched at a time.
const PIECE: usize = 64 * 1024;

/// The most buffers that the kernel takes in a list (`UIO_MAXIOV`, linux/uio.h).
const MOST_BUFFERS: u32 = 1024;

/// The dump of a call that has come back; empty when none was asked for. Of what a call was to write everything is
/// dumped, also when less or nothing was written, except that a list of buffers ends where the written data do.
///
/// # Errors
/// What is to be said of a list that is longer than any can be.
pub fn of(settings: &Settings, call: &Call, name: &str, ret: &Return, memory: &dyn Memory) -> Result<String, String> {
    let Some((_, way, data)) = MOVERS.iter().find(|(mover, ..)| *mover == name) else { return Ok(String::new()) };
    let wanted = match way {
        Way::Read => &settings.decode.read,
        Way::Written => &settings.decode.write,
    };
    let count = match (way, data) {
        (Way::Written, Data::Buffer) => call.args[2] & call.abi.word_mask(),
        (Way::Written, Data::WholeVector) => MOST,
        (Way::Written, _) if ret.failed => MOST,
        _ => u64::try_from(ret.value).unwrap_or(0),
    };
    if count == 0 || !wanted.contains(i64::from(call.args[0] as i32)) {
        return Ok(String::new());
    }
    let count = count.min(MOST);
    match data {
        Data::Buffer => Ok(dump(&fetch(memory, call.args[1], count))),
        Data::Vector | Data::WholeVector => vector(memory, call, call.args[1], call.args[2], count),
        Data::Message => message(memory, call, call.args[1], count).map(|(_, text)| text),
        Data::Messages => messages(memory, call, ret, count),
    }
}

/// As much of a buffer as can be read.
fn fetch(memory: &dyn Memory, address: u64, count: u64) -> Vec<u8> {
    let mut all = Vec::new();
    while (all.len() as u64) < count {
        let want = PIECE.min((count - all.len() as u64) as usize);
        let start = all.len();
        all.resize(start + want, 0);
        let got = memory.read(address.wrapping_add(start as u64), &mut all[start..]);
        all.truncate(start + got);
        if got < want {
            break;
        }
    }
    all
}

/// The buffers of a list that hold the `count` bytes that were moved.
fn vector(memory: &dyn Memory, call: &Call, list: u64, length: u64, count: u64) -> Result<String, String> {
    let word = call.abi.pointer_size();
    let length = length as u32;
    let most = u32::MAX / (2 * word as u32);
    if length > most {
        return Err(format!("dumpiov_upto: requested {length} iovec elements exceeds {most} iovec limit"));
    }
    if length > MOST_BUFFERS {
        return Ok(String::new());
    }
    let mut text = String::new();
    let mut left = count;
    for index in 0..u64::from(length) {
        let at = list.wrapping_add(index.wrapping_mul(2 * word as u64));
        let (Some(base), Some(size)) = (number(memory, at, word), number(memory, at.wrapping_add(word as u64), word))
        else {
            break;
        };
        let size = size.min(left);
        if size == 0 {
            break;
        }
        text += &format!(" * {size} bytes in buffer {index}\n");
        text += &dump(&fetch(memory, base, size));
        left -= size;
    }
    Ok(text)
}

/// The list in a message's header, `struct user_msghdr` of linux/socket.h: name, its length, list, its length. Tells how
/// many buffers there are.
fn message(memory: &dyn Memory, call: &Call, header: u64, count: u64) -> Result<(u64, String), String> {
    let word = call.abi.pointer_size();
    let list = header.wrapping_add(2 * word as u64);
    match (number(memory, list, word), number(memory, list.wrapping_add(word as u64), word)) {
        (Some(list), Some(length)) => Ok((length, vector(memory, call, list, length, count)?)),
        _ => Ok((0, String::new())),
    }
}

/// The messages that were moved, each as long as it says; where none was, those that were to be sent.
fn messages(memory: &dyn Memory, call: &Call, ret: &Return, count: u64) -> Result<String, String> {
    const LENGTH: Place = MMSGHDR.member("msg_len");
    let asked = u64::from(call.args[2] as u32).min(u64::from(MOST_BUFFERS));
    let mut text = String::new();
    for index in 0..asked.min(count) {
        let header = call.args[1].wrapping_add(index * MMSGHDR.size(call.abi) as u64);
        let length = number(memory, header.wrapping_add(LENGTH.offset(call.abi) as u64), LENGTH.size(call.abi));
        let moved = if ret.failed { MOST } else { length.unwrap_or(0) };
        let (buffers, dump) = message(memory, call, header, moved)?;
        text += &format!(" = {buffers} buffers in vector {index}\n{dump}");
    }
    Ok(text)
}

fn number(memory: &dyn Memory, address: u64, size: usize) -> Option<u64> {
    let mut raw = [0; 8];
    let place = raw.get_mut(..size)?;
    (memory.read(address, place) == size).then(|| u64::from_le_bytes(raw))
}
