//! Completions for shells, made of the table of options.

use crate::flags::{FLAGS, Flag, Section, Takes};

/// What bash reads to complete the command line of a program.
pub(crate) fn bash(program: &str) -> String {
    let words: Vec<_> = FLAGS.iter().filter(|flag| flag.section != Section::Hidden).flat_map(forms).collect();
    let options = words.join(" ");
    let function = program.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    format!(
        "_{function}() {{\n    \
         local word=\"${{COMP_WORDS[COMP_CWORD]}}\"\n    \
         case \"$word\" in\n    \
         -*) COMPREPLY=($(compgen -W \"{options}\" -- \"$word\")) ;;\n    \
         *) COMPREPLY=($(compgen -c -f -- \"$word\")) ;;\n    \
         esac\n\
         }}\n\
         complete -o bashdefault -F _{function} {program}\n"
    )
}

/// The forms of an option, as they are typed.
fn forms(flag: &Flag) -> Vec<String> {
    let equals = if matches!(flag.takes, Takes::Value(_)) { "=" } else { "" };
    let letter = flag.short.map(|letter| format!("-{letter}"));
    let name = flag.long.first().map(|name| format!("--{name}{equals}"));
    letter.into_iter().chain(name).collect()
}
