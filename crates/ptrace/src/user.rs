//! Looking up whom to run a command as.

use crate::options::User;
use std::ffi::CString;
use std::mem::MaybeUninit;
use std::ptr::null_mut;
use thiserror::Error;

/// Why a command cannot be run as somebody.
#[derive(Debug, Error)]
pub enum UserError {
    /// Only root may become anybody.
    #[error("You must be root to use the -u/--username option")]
    NotRoot,
    /// Nobody has this name.
    #[error("Cannot find user '{0}'")]
    NotFound(String),
}

/// The first try for the strings of one entry, and the bound that no entry goes beyond.
const SPACE: std::ops::Range<usize> = 1024..1 << 20;

/// As many groups as a process can have (`NGROUPS_MAX`, linux/limits.h).
const GROUPS: usize = 65536;

impl User {
    /// Whoever has these ids, without supplementary groups.
    pub fn of_ids(uid: u32, gid: u32) -> Result<Self, UserError> {
        must_be_root()?;
        Ok(Self { uid, gid, groups: Vec::new() })
    }

    /// Whoever has this name, with the groups of the system's databases (getpwnam(3), getgrouplist(3)).
    pub fn named(name: &str) -> Result<Self, UserError> {
        must_be_root()?;
        let known = CString::new(name).ok().and_then(|c_name| {
            let (uid, gid) = ids(&c_name)?;
            Some(Self { uid, gid, groups: groups(&c_name, gid)? })
        });
        known.ok_or_else(|| UserError::NotFound(name.to_owned()))
    }
}

/// Refuses whoever may not change the user.
fn must_be_root() -> Result<(), UserError> {
    // SAFETY: touches no memory, and cannot fail.
    if unsafe { libc::getuid() } == 0 { Ok(()) } else { Err(UserError::NotRoot) }
}

/// The ids of a user and of the main group.
fn ids(name: &CString) -> Option<(u32, u32)> {
    let mut space = SPACE.start;
    while SPACE.contains(&space) {
        let mut strings = vec![0_u8; space];
        let mut entry = MaybeUninit::<libc::passwd>::zeroed();
        let mut found = null_mut();
        // SAFETY: the name ends with a NUL, the other places are valid for what is said of them.
        let answer = unsafe {
            libc::getpwnam_r(
                name.as_ptr(),
                entry.as_mut_ptr(),
                strings.as_mut_ptr().cast(),
                strings.len(),
                &raw mut found,
            )
        };
        if answer != libc::ERANGE {
            // SAFETY: zeroed before, and filled in where somebody was found.
            let entry = unsafe { entry.assume_init() };
            return (!found.is_null()).then_some((entry.pw_uid, entry.pw_gid));
        }
        space *= 4;
    }
    None
}

/// The groups of a user, the main one among them.
fn groups(name: &CString, gid: u32) -> Option<Vec<u32>> {
    let mut groups = vec![0; GROUPS];
    let mut count = GROUPS as libc::c_int;
    // SAFETY: the name ends with a NUL; there is place for as many groups as `count` says.
    let answer = unsafe { libc::getgrouplist(name.as_ptr(), gid, groups.as_mut_ptr(), &raw mut count) };
    groups.truncate(usize::try_from(count).ok()?);
    (answer >= 0).then_some(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_is_known_and_nobody_else_by_a_made_up_name() {
        assert_eq!(ids(&CString::new("root").unwrap()), Some((0, 0)));
        assert!(groups(&CString::new("root").unwrap(), 0).unwrap().contains(&0));
        assert_eq!(ids(&CString::new("no such user").unwrap()), None);
    }
}
