//! The argument names of system calls, out of the kernel's `linux/syscalls.h`.

use std::collections::HashMap;

/// The arguments of a call; `None` for one that the prototype does not name.
pub type Arguments = Vec<Option<String>>;

/// Call name (after `sys_`) → arguments. The first prototype that names everything wins.
pub fn parse(text: &str) -> HashMap<String, Arguments> {
    let text = without_comments(text);
    let mut all: HashMap<String, Arguments> = HashMap::new();
    for rest in text.split("asmlinkage long sys_").skip(1) {
        let Some((name, rest)) = rest.split_once('(') else {
            continue;
        };
        let Some((arguments, _)) = rest.split_once(");") else {
            continue;
        };
        let arguments = split_arguments(arguments);
        let known = all.entry(name.trim().to_owned()).or_insert_with(|| arguments.clone());
        if known.iter().any(Option::is_none) {
            *known = arguments;
        }
    }
    all
}

fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((code, after)) = rest.split_once("/*") {
        out.push_str(code);
        rest = after.split_once("*/").map_or("", |(_, code)| code);
    }
    out.push_str(rest);
    out
}

fn split_arguments(text: &str) -> Arguments {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text == "void" || text.is_empty() {
        return Vec::new();
    }
    text.split(',').map(|argument| argument_name(argument.trim())).collect()
}

/// The last word, unless it belongs to the type.
fn argument_name(argument: &str) -> Option<String> {
    const TYPES: [&str; 12] = [
        "__user",
        "int",
        "long",
        "char",
        "unsigned",
        "void",
        "size_t",
        "short",
        "u32",
        "u64",
        "umode_t",
        "old_sigset_t",
    ];
    let argument = argument.trim_end_matches("[]");
    let at = argument.rfind([' ', '*'])?;
    let (kind, name) = (argument[..=at].trim(), &argument[at + 1..]);
    let bare_type = name.is_empty() || TYPES.contains(&name) || kind.ends_with("struct") || kind == "const";
    (!bare_type).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_where_there_are_some() {
        let all = parse(
            "asmlinkage long sys_getpid(void);\n/* asmlinkage long sys_no(int a); */\n\
             asmlinkage long sys_read(unsigned int fd, char __user *buf,\n\t\tsize_t count);\n\
             asmlinkage long sys_io_submit(aio_context_t, long, struct iocb __user * __user *);",
        );
        let names = |call: &str| all[call].iter().map(|a| a.as_deref().unwrap_or("?")).collect::<Vec<_>>();
        assert_eq!(names("getpid"), [""; 0]);
        assert_eq!(names("read"), ["fd", "buf", "count"]);
        assert_eq!(names("io_submit"), ["?", "?", "?"]);
        assert!(!all.contains_key("no"));
    }
}
