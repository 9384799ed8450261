//! A text edited in the person's own editor, or a file opened there. Whatever the editor does, the text comes back.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

use crate::fault::{Fault, Kind};
use crate::store::Lent;

/// Has a text edited in `$VISUAL`, `$EDITOR` or vi; gives what it has become, with what went wrong.
pub(super) fn edit(text: &str) -> (String, Option<Fault>) {
    edit_with(&editor(), text)
}

fn edit_with(editor: &str, text: &str) -> (String, Option<Fault>) {
    let lent = match Lent::new(text) {
        Ok(lent) => lent,
        Err(fault) => return (text.to_owned(), Some(fault)),
    };
    let ended = run(editor, &[lent.path().into()]);
    match lent.back() {
        Ok(text) => (text, trouble(ended)),
        Err(fault) => (text.to_owned(), Some(fault)),
    }
}

fn editor() -> String {
    let set = |name| env::var(name).ok().filter(|editor| !editor.trim().is_empty());
    set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned())
}

/// Has a file opened in that editor, at this line where the editor is one that is known to take lines.
pub(super) fn visit(path: &Path, line: Option<u32>) -> Option<Fault> {
    let editor = editor();
    let fault = failed(run(&editor, &arguments(&editor, path, line)))?;
    Some(fault.hint("$VISUAL or $EDITOR names the editor"))
}

/// What an editor is told to open a file at a line. No name of a file is an option.
fn arguments(editor: &str, path: &Path, line: Option<u32>) -> Vec<OsString> {
    let is_option = path.as_os_str().as_encoded_bytes().starts_with(b"-");
    let path = if is_option { Path::new(".").join(path) } else { path.to_owned() };
    let program = editor.split_whitespace().next().map(Path::new).and_then(Path::file_stem);
    let program = program.and_then(|name| name.to_str()).unwrap_or_default();
    let Some(line) = line else { return vec![path.into()] };
    let at_line = || {
        let mut place = path.clone().into_os_string();
        place.push(format!(":{line}"));
        place
    };
    match program {
        "vi" | "vim" | "nvim" | "gvim" | "view" | "vis" | "nano" | "pico" | "emacs" | "emacsclient"
        | "kak" | "micro" | "joe" | "jed" | "ne" | "mg" => vec![format!("+{line}").into(), path.into()],
        "hx" | "helix" | "zed" | "subl" => vec![at_line()],
        "code" | "codium" | "code-insiders" | "cursor" => vec!["-g".into(), at_line()],
        _ => vec![path.into()],
    }
}

/// Runs the editor through the shell, since what is set may hold arguments and quotes. A shell that waits for it is
/// not ended by an interrupt that is typed into it, or the editor would be left behind on the terminal.
fn run(editor: &str, arguments: &[OsString]) -> io::Result<ExitStatus> {
    Command::new("sh")
        .arg("-c")
        .arg(format!("trap : INT QUIT\n{editor} \"$@\""))
        .arg(editor)
        .args(arguments)
        .status()
}

fn trouble(ended: io::Result<ExitStatus>) -> Option<Fault> {
    Some(failed(ended)?.hint(
        "the text is as the editor left it, and nothing is recorded yet; $VISUAL or $EDITOR names the editor",
    ))
}

fn failed(ended: io::Result<ExitStatus>) -> Option<Fault> {
    match ended {
        Ok(status) if status.success() => None,
        Ok(status) => Some(Fault::new(Kind::Interrupted, format!("the editor ended with {status}"))),
        Err(error) => Some(Fault::new(Kind::Unreadable, "the editor could not be started").because(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rationale would be lost in the editor.
    #[test]
    fn the_text_comes_back_whatever_the_editor_does() {
        let edited = |editor: &str| {
            let (text, fault) = edit_with(editor, "typed");
            (text, fault.is_none())
        };
        assert_eq!(edited("f() { printf ' more' >> \"$1\"; }; f"), ("typed more".to_owned(), true));
        assert_eq!(edited("f() { printf ' more' >> \"$1\"; exit 3; }; f"), ("typed more".to_owned(), false));
        assert_eq!(edited("no-such-editor-here 2>&-"), ("typed".to_owned(), false));
        assert_eq!(edited("rm"), ("typed".to_owned(), false));
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
        let told = |editor: &str, path: &str| arguments(editor, Path::new(path), Some(42));
        for editor in ["vi", "/usr/bin/nvim -p", "nano", "emacs -nw", "kak", "micro"] {
            assert_eq!(told(editor, "/a b.py"), ["+42", "/a b.py"], "{editor}");
        }
        assert_eq!(told("hx", "/a.py"), ["/a.py:42"]);
        assert_eq!(told("code --wait", "/a.py"), ["-g", "/a.py:42"]);
        assert_eq!(told("my-own", "/a.py"), ["/a.py"]);
        assert_eq!(arguments("vi", Path::new("/a.py"), None), ["/a.py"]);
    }

    /// An editor would take the name of a file for a command.
    #[test]
    fn no_name_of_a_file_is_an_option() {
        assert_eq!(arguments("vi", Path::new("-c:!rm"), Some(1)), ["+1", "./-c:!rm"]);
    }

    /// A file with a blank or a sign of the shell in its name would be another file, or a command.
    #[test]
    fn the_file_reaches_the_editor_as_it_is_called() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a $(touch pwned) ;b.py");
        let editor = "f() { printf '%s' \"$1\" > \"$1\"; }; f";
        assert!(run(editor, &arguments(editor, &file, Some(3))).expect("a shell").success());
        assert_eq!(std::fs::read_to_string(&file).expect("the file"), file.display().to_string());
    }
}
