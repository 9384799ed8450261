//! What a person is told when a disk refuses: what, where, why, and what to do next.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::fs::{Shape, Status};
use super::paths;
use crate::fault::{Fault, Kind};
use crate::progress::is_given_up;
use crate::report::Report;

/// Said of what may or may not have happened, as a hint.
pub(super) const UNTOLD: &str = "what has become of it will show when the report is opened again";

/// Whether a fault leaves open what has become of what was to be done.
#[cfg(test)]
pub(super) fn is_untold(fault: &Fault) -> bool {
    fault.hints().iter().any(|hint| hint == UNTOLD)
}

/// The fault of what cannot be read.
pub(super) fn unreadable(path: &Path, error: io::Error) -> Fault {
    if is_given_up(&error) {
        return given_up();
    }
    let hint = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "check the path",
        ErrorKind::PermissionDenied => "you may not read it: ask for the permission",
        ErrorKind::InvalidFilename => SHORTER,
        _ => "try again once the disk answers",
    };
    Fault::new(Kind::Unreadable, "cannot read this").at(path).because(error).hint(hint)
}

/// The fault of what cannot be written.
pub(super) fn unwritable(path: &Path, error: io::Error) -> Fault {
    if is_given_up(&error) {
        return given_up();
    }
    let hint = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on the disk and try again",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "you may not write here: ask for the permission, or work on a copy"
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "something that is no folder stands where one is needed: move it out of the way"
        }
        ErrorKind::NotFound => "its folder is not there: make that first, or name one that is",
        ErrorKind::ResourceBusy => "it is mounted by itself and cannot be replaced: work on a copy",
        ErrorKind::InvalidFilename => SHORTER,
        _ => "try again once the disk answers",
    };
    Fault::new(Kind::Unwritable, "cannot write this").at(path).because(error).hint(hint)
}

/// The fault of what nobody wants any more.
fn given_up() -> Fault {
    Fault::new(Kind::Interrupted, "given up; nothing was changed")
}

const SHORTER: &str =
    "names are made from the report's name, and one is too long: give the report a shorter one";

/// The fault of a new file that cannot be made beside the one it is to replace.
pub(super) fn unmakable(new: &Path, target: &Path, error: io::Error) -> Fault {
    if error.kind() == ErrorKind::AlreadyExists {
        let what = "something that is no file stands where a new file is to be written";
        return Fault::new(Kind::Unwritable, what).at(new).hint("move it out of the way");
    }
    unwritable(target, error)
}

/// The fault of a file that may not be given to whom the old one belongs.
pub(super) fn unowned(target: &Path, error: io::Error) -> Fault {
    let what = "the file belongs to someone else, and a new one in its place would not";
    Fault::new(Kind::Unwritable, what)
        .at(target)
        .because(error)
        .hint("let its owner save, or work on a copy of your own")
}

/// The same fault of a file in the state folder.
pub(super) fn in_state_folder(fault: Fault) -> Fault {
    fault.hint(
        "decisions are kept there until they are saved: REGRADE_STATE_DIR can name another folder, of yours",
    )
}

/// Why nothing can take the place of a file, if so.
pub(super) fn irreplaceable(path: &Path, old: &Status) -> Option<Fault> {
    if old.shape != Shape::File {
        return Some(no_file(path, old.shape));
    }
    let why = held(old)?;
    let hint = match why {
        READ_ONLY => WRITABLE,
        _ => "put a copy of it in its place and save again",
    };
    Some(Fault::new(Kind::Unwritable, why).at(path).hint(hint))
}

/// The fault of a log that nobody is to write to.
pub(super) fn read_only(path: &Path) -> Fault {
    Fault::new(Kind::Unwritable, READ_ONLY).at(path).hint(WRITABLE)
}

/// What files are by their names that no Markdown may be written into.
const FORMATS: [(&str, &[&str]); 5] = [
    ("JSON", &["json", "jsonl", "ndjson", "sarif"]),
    ("YAML", &["yaml", "yml"]),
    ("TOML", &["toml"]),
    ("XML", &["xml"]),
    ("a table of values", &["csv", "tsv"]),
];

/// Why nothing that is decided on a file can be written into it, if so: its name says that it is read by programs, which
/// Markdown would break.
pub(super) fn no_markdown(path: &Path) -> Option<Fault> {
    let what =
        format!("this is {} by its name, and what is decided would be written as Markdown", format(path)?);
    Some(
        Fault::new(Kind::Unwritable, what)
            .at(path)
            .hint("bring its bugs into a Markdown report, and decide there"),
    )
}

/// Why nothing is known of a file in which no bug was recognised, if so: its name or its bytes say that regrade does not read what
/// it is.
pub(super) fn no_report(path: &Path, report: &Report) -> Option<Fault> {
    if paths::is_log(path) {
        return Some(log_itself(path));
    }
    let what = match format(path) {
        Some(format) => format!("this is {format} by its name, and no bug was recognised in it"),
        None if !report.is_text() => {
            "this does not look like text, and no bug was recognised in it".to_owned()
        }
        None => return None,
    };
    let hint = "regrade reads Markdown: bring its bugs into a Markdown report";
    Some(Fault::new(Kind::Unreadable, what).at(path).hint(hint))
}

/// The fault of a log in the place of its report.
pub(super) fn log_itself(path: &Path) -> Fault {
    let hint = "name the report that it stands beside";
    Fault::new(Kind::Unreadable, "this is a deviation log, and no report").at(path).hint(hint)
}

/// What a file is by its name, where that is no Markdown.
fn format(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map(|(format, _)| *format)
}

/// What keeps a regular file from being replaced, if anything does.
pub(super) fn held(file: &Status) -> Option<&'static str> {
    match file {
        Status { read_only: true, .. } => Some(READ_ONLY),
        Status { names: 2.., .. } => Some(SEVERAL),
        _ => None,
    }
}

const READ_ONLY: &str = "the file is read-only";
const WRITABLE: &str = "make it writable and save again";
const SEVERAL: &str = "the file has several names (hard links), which would no longer be one file";

/// The fault of a thing that is no regular file.
pub(super) fn no_file(path: &Path, shape: Shape) -> Fault {
    let (what, hint) = match shape {
        Shape::Folder => ("this is a folder", "name a file in it"),
        Shape::Link => ("this is a symbolic link, which could lead anywhere", "put the file itself there"),
        _ => ("this is no regular file", "copy what it gives to a file and open that"),
    };
    Fault::new(Kind::Unreadable, what).at(path).hint(hint)
}

/// The fault of a file that is too long to be a report.
pub(super) fn too_long(path: &Path) -> Fault {
    let what = "this has 4 GiB or more, which is longer than a report can be";
    Fault::new(Kind::Unreadable, what).at(path).hint("split it into several reports")
}
