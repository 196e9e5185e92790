//! Finding a command's file, by strace's rules and with strace's words.

use crate::sys;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why there is no such command.
#[derive(Debug, Error)]
pub enum SearchError {
    /// Nothing in PATH has this name.
    #[error("Cannot find executable '{}'", .0.to_string_lossy())]
    NotFound(OsString),
    /// The file cannot be looked at.
    #[error("Cannot stat '{}': {}", .0.display(), sys::text(.1))]
    Stat(PathBuf, io::Error),
}

/// The file that a command's name stands for. A name with a slash in it is the file itself; any other is looked for in
/// `path`, the value of PATH, where an empty element (but not an empty last one) is the working folder.
pub fn search(name: &OsStr, path: Option<&OsStr>) -> Result<PathBuf, SearchError> {
    if name.as_bytes().contains(&b'/') {
        let file = PathBuf::from(name);
        return match fs::metadata(&file) {
            Ok(_) => Ok(file),
            Err(error) => Err(SearchError::Stat(file, error)),
        };
    }
    let mut rest = path.map_or(&[][..], OsStr::as_bytes);
    while !name.is_empty() && !rest.is_empty() {
        let end = rest.iter().position(|&byte| byte == b':').unwrap_or(rest.len());
        let candidate = folder(OsStr::from_bytes(&rest[..end])).join(name);
        if is_executable(&candidate) {
            return Ok(candidate);
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    Err(SearchError::NotFound(name.to_owned()))
}

/// The folder that an element of PATH stands for.
fn folder(element: &OsStr) -> PathBuf {
    if element.is_empty() { std::env::current_dir().unwrap_or_default() } else { PathBuf::from(element) }
}

/// Whether this is a regular file that anybody may execute.
fn is_executable(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, path: Option<&str>) -> Result<PathBuf, String> {
        search(name.as_ref(), path.map(OsStr::new)).map_err(|error| error.to_string())
    }

    #[test]
    fn the_first_executable_in_path_is_taken() {
        assert_eq!(found("sh", Some("/nonexistent:/etc:/bin:/usr/bin")), Ok("/bin/sh".into()));
    }

    #[test]
    fn the_words_are_those_of_strace() {
        assert_eq!(found("passwd", Some("/etc")), Err("Cannot find executable 'passwd'".into()));
        assert_eq!(found("sh", None), Err("Cannot find executable 'sh'".into()));
        assert_eq!(found("", Some("/bin")), Err("Cannot find executable ''".into()));
        assert_eq!(found("./no", None), Err("Cannot stat './no': No such file or directory".into()));
    }

    #[test]
    fn an_empty_element_is_the_working_folder_unless_it_is_the_last() {
        let here = std::env::current_dir().unwrap().parent().unwrap().to_owned();
        assert!(!here.as_os_str().is_empty());
        assert!(found("Cargo.toml", Some(":/bin")).is_err(), "not executable");
        assert!(found("sh", Some("/nonexistent:")).is_err());
    }
}
