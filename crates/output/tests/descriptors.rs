//! How descriptors look that are known to be more than a number, in text and in JSON.

use decode::Value;
use output::{json, text};
use serde_json::{Value as Json, json};
use std::net::SocketAddr;
use tracer::{Detail, UnixName};

/// Both renderings of descriptor 3.
#[expect(clippy::unwrap_used, reason = "what is written is UTF-8 and JSON: that is part of the tests")]
fn rendered(target: Option<&[u8]>, detail: Detail) -> (String, Json) {
    let value = Value::Descriptor { fd: 3, target, detail: Some(&detail) };
    let (mut line, mut record) = (Vec::new(), Vec::new());
    text::value(&mut line, &value, text::Style::default());
    json::value(&value, &mut record);
    (String::from_utf8(line).unwrap(), serde_json::from_slice(&record).unwrap())
}

#[expect(clippy::unwrap_used, reason = "a helper of the tests")]
fn address(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

#[test]
fn sockets_of_the_internet_show_their_ends() {
    let detail = Detail::Inet { protocol: "TCPv6", local: address("[::1]:80"), remote: Some(address("[::2]:4000")) };
    let (line, record) = rendered(None, detail);
    assert_eq!(line, "3<TCPv6:[[::1]:80->[::2]:4000]>");
    let (local, remote) = (json!({"address": "::1", "port": 80}), json!({"address": "::2", "port": 4000}));
    assert_eq!(record, json!({"fd": 3, "socket": {"protocol": "TCPv6", "local": local, "remote": remote}}));
    let detail = Detail::Inet { protocol: "UDP", local: address("127.0.0.1:53"), remote: None };
    assert_eq!(rendered(None, detail).0, "3<UDP:[127.0.0.1:53]>");
}

#[test]
fn names_in_the_abstract_namespace_end_before_their_next_nul_in_text_only() {
    let name = Some(UnixName::new(b"\0a\"b\0rest"));
    let (line, record) = rendered(None, Detail::Unix { protocol: "UNIX", inode: 7, peer: Some(8), name });
    assert_eq!(line, r#"3<UNIX:[7->8,@"a\"b"]>"#);
    let socket = json!({"protocol": "UNIX", "inode": 7, "peer": 8, "name": "\0a\"b\0rest"});
    assert_eq!(record, json!({"fd": 3, "socket": socket}));
}

#[test]
fn other_sockets_show_what_is_known() {
    let (line, record) = rendered(None, Detail::Netlink { protocol: 0, port: 12 });
    assert_eq!(line, "3<NETLINK:[ROUTE:12]>");
    let socket = json!({"protocol": "NETLINK", "family": "NETLINK_ROUTE", "port": 12});
    assert_eq!(record, json!({"fd": 3, "socket": socket}));
    assert_eq!(rendered(None, Detail::Socket { protocol: "RAW", inode: 9 }).0, "3<RAW:[9]>");
}

#[test]
fn devices_stand_behind_their_path() {
    let detail = Detail::Device { block: false, major: 5, minor: 2, terminal: Some(4) };
    let (line, record) = rendered(Some(b"/dev/ptmx"), detail);
    assert_eq!(line, "3</dev/ptmx<char 5:2 @/dev/pts/4>>");
    let device = json!({"type": "char", "major": 5, "minor": 2, "terminal": 4});
    assert_eq!(record, json!({"fd": 3, "path": "/dev/ptmx", "device": device}));
}

#[test]
fn descriptors_of_the_kernel_show_their_state() {
    let target = Some(&b"anon_inode:[eventfd]"[..]);
    let (line, record) = rendered(target, Detail::Event { count: 16, id: 1, semaphore: true });
    assert_eq!(line, "3<{eventfd-count=0x10, eventfd-id=1, eventfd-semaphore=1}>");
    assert_eq!(record["eventfd"], json!({"count": 16, "id": 1, "semaphore": true}));
    let (line, record) = rendered(None, Detail::Signals(1 << 9 | 1 << 33));
    assert_eq!(line, "3<signalfd:[USR1 RT_2]>");
    assert_eq!(record, json!({"fd": 3, "signals": ["SIGUSR1", "SIGRT_2"]}));
    assert_eq!(rendered(None, Detail::Signals(!(1 << 8))).0, "3<signalfd:~[KILL]>");
    assert_eq!(rendered(None, Detail::Process(12)), ("3<pid:12>".to_owned(), json!({"fd": 3, "pid": 12})));
}
