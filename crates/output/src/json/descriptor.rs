//! Descriptors, with what they point to and what they are.

use super::strings::bytes;
use super::write::{Object, integer, list, string};
use abi::generated::sets::network::NETLINK_FAMILY;
use decode::signal_name;
use std::net::SocketAddr;
use tracer::Detail;

/// Writes a descriptor: its number where nothing more was asked for and known.
pub(super) fn descriptor(fd: i32, target: Option<&[u8]>, detail: Option<&Detail>, out: &mut Vec<u8>) {
    if target.is_none() && detail.is_none() {
        return integer(fd, out);
    }
    let mut object = Object::new(out);
    object.number("fd", fd);
    if let Some(path) = target {
        bytes(path, false, object.member("path"));
    }
    if let Some(detail) = detail {
        self::detail(detail, &mut object);
    }
    object.end();
}

fn detail(detail: &Detail, object: &mut Object<'_>) {
    match *detail {
        Detail::Device { block, major, minor, terminal } => {
            let mut device = Object::new(object.member("device"));
            device.text("type", if block { "block" } else { "char" });
            device.number("major", major);
            device.number("minor", minor);
            if let Some(number) = terminal {
                device.number("terminal", number);
            }
            device.end();
        }
        Detail::Process(pid) => object.number("pid", pid),
        Detail::Event { count, id, semaphore } => {
            let mut event = Object::new(object.member("eventfd"));
            event.number("count", count);
            event.number("id", id);
            event.flag("semaphore", semaphore);
            event.end();
        }
        Detail::Signals(mask) => signals(mask, object.member("signals")),
        Detail::Inet { .. } | Detail::Unix { .. } | Detail::Netlink { .. } | Detail::Socket { .. } => {
            socket(detail, object.member("socket"));
        }
    }
}

fn socket(detail: &Detail, out: &mut Vec<u8>) {
    let mut socket = Object::new(out);
    match detail {
        Detail::Inet { protocol, local, remote } => {
            socket.text("protocol", protocol);
            end(*local, socket.member("local"));
            if let Some(remote) = remote {
                end(*remote, socket.member("remote"));
            }
        }
        Detail::Unix { protocol, inode, peer, name } => {
            socket.text("protocol", protocol);
            socket.number("inode", *inode);
            if let Some(peer) = peer {
                socket.number("peer", *peer);
            }
            if let Some(name) = name {
                bytes(name.bytes(), false, socket.member("name"));
            }
        }
        Detail::Netlink { protocol, port } => {
            socket.text("protocol", "NETLINK");
            match NETLINK_FAMILY.name(u64::from(*protocol)) {
                Some(name) => socket.text("family", name),
                None => socket.number("family", *protocol),
            }
            socket.number("port", *port);
        }
        Detail::Socket { protocol, inode } => {
            socket.text("protocol", protocol);
            socket.number("inode", *inode);
        }
        _ => {}
    }
    socket.end();
}

/// An end of a connection.
fn end(address: SocketAddr, out: &mut Vec<u8>) {
    let mut object = Object::new(out);
    object.text("address", &address.ip().to_string());
    object.number("port", address.port());
    object.end();
}

/// The names of the signals of a mask.
fn signals(mask: u64, out: &mut Vec<u8>) {
    let names = (1..=u64::BITS).filter(|signal| mask >> (signal - 1) & 1 != 0).filter_map(signal_name);
    list(names, out, |name, out| string(&name, out));
}
