//! A text edited in the person's own editor. Whatever the editor does, the text comes back.

use std::env;
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
    let ended = open(editor, lent.path());
    match lent.back() {
        Ok(text) => (text, trouble(ended)),
        Err(fault) => (text.to_owned(), Some(fault)),
    }
}

fn editor() -> String {
    let set = |name| env::var(name).ok().filter(|editor| !editor.trim().is_empty());
    set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned())
}

/// Runs the editor through the shell, since what is set may hold arguments and quotes.
fn open(editor: &str, path: &Path) -> io::Result<ExitStatus> {
    Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg(editor).arg(path).status()
}

fn trouble(ended: io::Result<ExitStatus>) -> Option<Fault> {
    let fault = match ended {
        Ok(status) if status.success() => return None,
        Ok(status) => Fault::new(Kind::Interrupted, format!("the editor ended with {status}")),
        Err(error) => Fault::new(Kind::Unreadable, "the editor could not be started").because(error),
    };
    Some(fault.hint(
        "the text is as the editor left it, and nothing is recorded yet; $VISUAL or $EDITOR names the editor",
    ))
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
}
