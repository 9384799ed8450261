//! Files that are named several times are told once.

use super::{Evidence, Word};

/// Adds a file, or what it says more of one that is there already.
pub(super) fn add(found: &mut Vec<Evidence>, word: Word) {
    let Word { path, span, line } = word;
    match found.iter_mut().find(|known| is_same(&known.path, &path)) {
        None => found.push(Evidence { path, span, line, kind: None }),
        Some(known) => {
            known.line = known.line.or(line);
            if tells_more(&path, &known.path) {
                (known.path, known.span) = (path, span);
            }
        }
    }
}

/// Whether two paths can be the same file: one is the end of the other.
fn is_same(a: &str, b: &str) -> bool {
    let mut a = names(a).rev();
    let mut b = names(b).rev();
    loop {
        match (a.next(), b.next()) {
            (Some(a), Some(b)) if a == b => {}
            (Some(_), Some(_)) => return false,
            _ => return true,
        }
    }
}

/// Whether a path tells more of where a file is than another that is the same: it has more names, but one that begins
/// in the project goes before one that begins at the root of a disk.
fn tells_more(path: &str, than: &str) -> bool {
    let (longer, depth) = (names(path).count() > names(than).count(), |path: &str| names(path).count());
    match (is_absolute(path), is_absolute(than)) {
        (false, true) => depth(path) > 1,
        (true, false) => depth(than) == 1,
        _ => longer,
    }
}

fn is_absolute(path: &str) -> bool {
    path.starts_with(['/', '\\', '~']) || path.as_bytes().get(1) == Some(&b':')
}

fn names(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split(['/', '\\']).filter(|name| !matches!(*name, "" | "." | ".."))
}
