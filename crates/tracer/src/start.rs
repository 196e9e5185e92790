//! What execve(2) takes, for whoever starts a command.

use std::ffi::{CString, NulError, OsString};
use std::os::unix::ffi::OsStringExt;

/// Our environment with the changes asked for, in order: a value to set, or `None` to remove the variable. A variable that
/// exists keeps its place.
///
/// # Errors
/// When a name or a value has a NUL in it.
pub fn environment(changes: &[(OsString, Option<OsString>)]) -> Result<Vec<CString>, NulError> {
    let mut variables: Vec<(OsString, OsString)> = std::env::vars_os().collect();
    for (name, value) in changes {
        let place = variables.iter().position(|(known, _)| known == name);
        match (place, value) {
            (Some(at), Some(value)) => variables[at].1.clone_from(value),
            (Some(_), None) => variables.retain(|(known, _)| known != name),
            (None, Some(value)) => variables.push((name.clone(), value.clone())),
            (None, None) => {}
        }
    }
    let line = |(name, value): (OsString, OsString)| {
        let mut line = name.into_vec();
        line.push(b'=');
        line.extend(value.into_vec());
        CString::new(line)
    };
    variables.into_iter().map(line).collect()
}
