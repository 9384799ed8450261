//! Entries about very many bugs, read some of their bugs at a time and on all cores.
//!
//! The reader of YAML keeps all of a document before it gives any of it, some kilobytes for each bug. So the list of bugs of
//! such an entry is cut between bugs where regrade wrote it. A cut that is somewhere else than it seems leaves something that
//! cannot be read: then the entry is to be read as a whole.

use memchr::memmem;

/// How many bugs are read at a time.
const TOGETHER: usize = 1 << 10;

/// The line that begins the list of bugs.
const BUGS: &str = "\nbugs:\n";

/// The document of an entry, cut.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut<'a> {
    /// All that stands before the list of bugs.
    pub(super) before: &'a str,
    /// The list, in parts that are lists themselves.
    pub(super) bugs: Vec<&'a str>,
    /// All that stands behind it.
    pub(super) after: &'a str,
}

impl<'a> Cut<'a> {
    /// Cuts a document; `None` where it has no list of many bugs, or where that does not end at a key of the entry.
    pub(super) fn of(text: &'a str) -> Option<Cut<'a>> {
        let at = memmem::find(text.as_bytes(), BUGS.as_bytes())?;
        let (before, list) = (&text[..at + 1], &text[at + BUGS.len()..]);
        let (mut bugs, mut count, mut from, mut end) = (Vec::new(), 0, 0, 0);
        let ends = memchr::memchr_iter(b'\n', list.as_bytes()).map(|at| at + 1);
        for next in ends.chain([list.len()]) {
            match list.as_bytes()[end..next] {
                [b'-', b' ', ..] if count == TOGETHER => {
                    bugs.push(&list[from..end]);
                    (count, from) = (1, end);
                }
                [b'-', b' ', ..] => count += 1,
                [b' ', b' ', ..] => {}
                _ => break,
            }
            end = next;
        }
        bugs.push(&list[from..end]);
        // Anything else may be a part of the last bug, such as a blank line in a text of it.
        let after = &list[end..];
        let is_over = after.is_empty() || after.starts_with(|first: char| first.is_ascii_alphabetic());
        (bugs.len() > 1 && is_over).then_some(Cut { before, bugs, after })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_bugs_is_cut_between_bugs_and_nowhere_else() {
        let bug = "- id: x\n  title: y\n";
        let text = |count: usize| format!("---\nid: a\nbugs:\n{}rule: 2\n", bug.repeat(count));
        assert_eq!(Cut::of(&text(TOGETHER)), None);
        let long = text(2 * TOGETHER + 1);
        let cut = Cut::of(&long).unwrap();
        assert_eq!((cut.before, cut.after), ("---\nid: a\n", "rule: 2\n"));
        let parts: Vec<usize> = cut.bugs.iter().map(|part| part.len() / bug.len()).collect();
        assert_eq!(parts, [TOGETHER, TOGETHER, 1]);
        assert_eq!([cut.before, "bugs:\n", &cut.bugs.concat(), cut.after].concat(), long);
    }

    /// The last bug would be read without the end of its text.
    #[test]
    fn what_may_go_on_with_the_last_bug_is_not_cut_off() {
        let bugs = "- id: x\n  title: y\n".repeat(2 * TOGETHER);
        let text = |end: &str| format!("---\nid: a\nbugs:\n{bugs}- id: x\n  title: |+\n    One\n{end}");
        assert!(Cut::of(&text("")).is_some() && Cut::of(&text("rule: 2\n")).is_some());
        for end in ["\nrule: 2\n", "\n    # two\n", "# two\n", " rule: 2\n"] {
            assert_eq!(Cut::of(&text(end)), None, "{end:?}");
        }
    }
}
