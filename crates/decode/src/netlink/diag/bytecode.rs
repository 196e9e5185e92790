//! The programs that choose among sockets (`linux/inet_diag.h`): of a program the first operation is shown.

use super::inet::any_address;
use crate::kinds::net::Interface;
use crate::kinds::{Const, Int, Structure, U8, U16, Uint};
use crate::netlink::binary;
use crate::netlink::route::FAMILY;
use crate::{Cx, Field, Kind, Value, structure};
use abi::Place;
use abi::generated::layouts::netlink as layouts;
use abi::generated::sets::{netlink as sets, network::AF};

/// `struct inet_diag_bc_op`.
static OPERATION: Structure =
    structure!(layouts::INET_DIAG_BC_OP { code: Const(&sets::INET_DIAG_BYTECODE), yes: U8, no: U16 });

/// `struct inet_diag_markcond`.
static MARK: Structure = structure!(layouts::INET_DIAG_MARKCOND { mark: Uint, mask: Uint });

/// Decodes an operation and what it compares with.
pub(super) fn value<'a>(cx: &Cx<'a>, _family: u64, data: &'a [u8]) -> Option<Value<'a>> {
    let size = OPERATION.size(cx.abi());
    let (operation, rest) = data.split_at_checked(size)?;
    let code = u64::from(operation[0]);
    let operation = OPERATION.load(cx, operation, 0);
    if rest.is_empty() {
        return Some(operation);
    }
    let operand = match sets::INET_DIAG_BYTECODE.name(code) {
        Some("INET_DIAG_BC_S_GE" | "INET_DIAG_BC_S_LE" | "INET_DIAG_BC_D_GE" | "INET_DIAG_BC_D_LE") => {
            rest.get(..size).map(|rest| OPERATION.load(cx, rest, 0))
        }
        Some("INET_DIAG_BC_S_COND" | "INET_DIAG_BC_D_COND") => host(cx, rest),
        Some("INET_DIAG_BC_DEV_COND") => rest.get(..4).map(|rest| Interface.load(cx, rest, 0)),
        Some("INET_DIAG_BC_MARK_COND") => rest.get(..MARK.size(cx.abi())).map(|rest| MARK.load(cx, rest, 0)),
        _ => None,
    };
    Some(Value::Sequence(cx.slice(&[operation, operand.unwrap_or_else(|| binary(cx, rest))])))
}

/// `struct inet_diag_hostcond`: a family, the length of a prefix, a port, and an address.
fn host<'a>(cx: &Cx<'a>, data: &'a [u8]) -> Option<Value<'a>> {
    const FAMILY_OF: Place = layouts::INET_DIAG_HOSTCOND.member("family");
    const PREFIX: Place = layouts::INET_DIAG_HOSTCOND.member("prefix_len");
    const PORT: Place = layouts::INET_DIAG_HOSTCOND.member("port");
    let (condition, address) = data.split_at_checked(layouts::INET_DIAG_HOSTCOND.size(cx.abi()))?;
    let number = |place: Place| place.get(cx.abi(), condition).unwrap_or(0);
    let mut fields = cx.list();
    fields.push(Field::new("family", FAMILY.value(cx, number(FAMILY_OF))));
    fields.push(Field::new("prefix_len", U8.value(cx, number(PREFIX))));
    fields.push(Field::new("port", Int.value(cx, number(PORT))));
    if !address.is_empty() {
        let room = if number(FAMILY_OF) == AF.of("AF_INET") { address.len().min(4) } else { address.len() };
        let address = &address[..room];
        fields.push(any_address(cx, number(FAMILY_OF), "addr", "&addr", address));
    }
    Some(Value::Struct { fields: fields.into_bump_slice(), more: false })
}
