//! The files that a report names, from the disk to what the desk knows of them.

use crate::app::{Piece, Presence, Shown};
use crate::report::{BugIx, Evidence, Report, evidence};
use crate::store::{Excerpt, Grounds, Standing};

/// The files that a bug names, with what stands there.
pub(super) fn inspect(report: &Report, bug: BugIx, grounds: &Grounds) -> Vec<Piece> {
    let named = evidence(report, bug);
    let found = grounds.inspect(named.iter().map(|one| one.path.as_str()));
    let piece = |(one, standing): (Evidence, Standing)| Piece {
        line: one.line,
        kind: one.kind,
        presence: if is_pattern(&one.path) { Presence::Pattern } else { presence(standing) },
        name: one.path,
    };
    named.into_iter().zip(found).map(piece).collect()
}

/// What the preview shows of a file.
pub(super) fn shown(grounds: &Grounds, name: &str, line: Option<u32>) -> Shown {
    match grounds.excerpt(name, line) {
        Ok(excerpt) if excerpt.is_binary() => Shown::Nothing("not text"),
        Ok(excerpt) if excerpt.bytes.is_empty() => Shown::Nothing("empty"),
        Ok(excerpt) => lines(&excerpt),
        Err(standing) => Shown::Nothing(presence(standing).said().unwrap_or("could not be read")),
    }
}

fn lines(excerpt: &Excerpt) -> Shown {
    let text = String::from_utf8_lossy(&excerpt.bytes);
    let lines = text.lines().map(str::to_owned).collect();
    Shown::Lines { first: excerpt.first, lines, goes_on: excerpt.goes_on }
}

/// Whether a name stands for many files. A file may be called so, too, which nobody does.
fn is_pattern(name: &str) -> bool {
    name.contains('*')
}

fn presence(standing: Standing) -> Presence {
    match standing {
        Standing::File(path, _) => Presence::File(path),
        Standing::Folder(_) => Presence::Folder,
        Standing::Other => Presence::Other,
        Standing::Missing => Presence::Missing,
        Standing::Outside => Presence::Outside,
    }
}
