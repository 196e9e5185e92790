//! The directory of headers, and the headers of it that are read.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::glob;
use crate::lines;
use crate::sha256;

/// The headers `fetch-headers` unpacked, and this crate's own ones.
pub struct Tree {
    /// What `fetch-headers` printed.
    pub root: PathBuf,
    /// This crate's directory, for `extra/` and `rules/`.
    pub home: PathBuf,
    /// User-space headers to include, as one includes them, sorted.
    pub headers: Vec<String>,
}

impl Tree {
    /// Lists the headers below `root`, without those of `extra/skip.rules`.
    pub fn open(root: &Path, home: &Path) -> Result<Self> {
        for needed in ["include/linux/version.h", "include/asm/unistd_64.h", "kernel/linux/syscalls.h"] {
            ensure!(
                root.join(needed).is_file(),
                "{} has no {needed}: run crates/abi-gen/fetch-headers and give --headers what it prints",
                root.display()
            );
        }
        let skip = lines::read_file(&home.join("extra/skip.rules"))?.lines;
        let mut headers = Vec::new();
        let include = root.join("include");
        for directory in TOP {
            list(&include, directory, &mut headers)?;
        }
        headers.retain(|header| !skip.iter().any(|rule| glob::matches(&rule.text, header)));
        headers.sort();
        Ok(Self { root: root.to_owned(), home: home.to_owned(), headers })
    }

    /// Reads a file below the root.
    pub fn read(&self, path: &str) -> Result<String> {
        let path = self.root.join(path);
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// Names of this crate's own headers, `extra/*.h`.
    pub fn extra_headers(&self) -> Result<Vec<String>> {
        let dir = self.home.join("extra");
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&dir).with_context(|| format!("cannot list {}", dir.display()))? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.retain(|name| name.ends_with(".h"));
        names.sort();
        Ok(names)
    }

    /// The kernel's version, `7.2.13`.
    pub fn version(&self) -> Result<String> {
        let text = self.read("include/linux/version.h")?;
        let code: u32 = text
            .lines()
            .find_map(|line| line.strip_prefix("#define LINUX_VERSION_CODE "))
            .and_then(|code| code.trim().parse().ok())
            .context("linux/version.h states no LINUX_VERSION_CODE")?;
        Ok(format!("{}.{}.{}", code >> 16, code >> 8 & 0xff, code & 0xff))
    }

    /// A checksum over every header that is read, names included.
    pub fn checksum(&self) -> Result<String> {
        let mut all = String::new();
        let included = self.headers.iter().map(|header| format!("include/{header}"));
        for path in included.chain(OTHER_READ.map(str::to_owned)) {
            let digest =
                sha256::hex(&std::fs::read(self.root.join(&path)).with_context(|| format!("cannot read {path}"))?);
            all.push_str(&format!("{digest}  {path}\n"));
        }
        Ok(sha256::hex(all.as_bytes()))
    }
}

/// The directories below `include/` whose headers go into the pass; `asm-generic` comes in through `asm`.
const TOP: [&str; 13] =
    ["asm", "cxl", "drm", "fwctl", "linux", "misc", "mtd", "rdma", "regulator", "scsi", "sound", "video", "xen"];

/// What is read beside the pass, below the root.
pub const OTHER_READ: [&str; 9] = [
    "include/asm/unistd_64.h",
    "include/asm/unistd_32.h",
    "include/asm/unistd_x32.h",
    "arch/arm64/asm/unistd_64.h",
    "arch/riscv/asm/unistd_64.h",
    "kernel/linux/errno.h",
    "kernel/linux/net.h",
    "kernel/linux/socket.h",
    "kernel/linux/syscalls.h",
];

fn list(include: &Path, directory: &str, headers: &mut Vec<String>) -> Result<()> {
    let path = include.join(directory);
    for entry in std::fs::read_dir(&path).with_context(|| format!("cannot list {}", path.display()))? {
        let entry = entry?;
        let name = format!("{directory}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(include, &name, headers)?;
        } else if name.ends_with(".h") {
            headers.push(name);
        }
    }
    Ok(())
}
