//! Entries in exactly the form in which regrade writes them, read line by line: YAML takes many times as long for them.
//!
//! There is one form of each entry, and nothing else is read here: no other quotes, no member in another place, no blank
//! too many. So what is read here is the same text when it is written again, and what is written YAML reads as it was. All
//! else, such as what somebody has edited, is left to YAML, which also says what is wrong with it.

use compact_str::CompactString;
use jiff::Timestamp;
use rayon::prelude::*;

use super::entry::{BugRecord, ClaimRecord, Entry, FromTo};
use super::lines::Lines;
use crate::text::edit::{Edit, Piece, Pieces};
use crate::text::{Span, WayBack};
use crate::triage::{Answer, Kind};

/// How many bytes of a way back are read together on one core.
const TOGETHER: usize = 1 << 16;

/// The entry that a document is.
pub(super) fn entry(text: &str) -> Option<Entry> {
    let mut lines = Lines::of(text);
    let head = head(&mut lines)?;
    let bugs = lines.list("bugs:\n", "- id: ", bug)?;
    Some(Entry { bugs, ..rest(lines, head)? })
}

/// The same without its bugs, by what stands before and behind them.
pub(super) fn around(before: &str, after: &str) -> Option<Entry> {
    let mut lines = Lines::of(before);
    let head = head(&mut lines)?;
    lines.end()?;
    rest(Lines::of(after), head)
}

/// The bugs of a part of their list.
pub(super) fn bugs(part: &str) -> Option<Vec<BugRecord>> {
    let mut lines = Lines::of(part);
    let bugs = lines.items("- id: ", bug)?;
    lines.end().map(|()| bugs)
}

/// What stands before the bugs.
struct Head {
    id: String,
    prev: Vec<String>,
    at: Timestamp,
    by: String,
    kind: Kind,
}

fn head(lines: &mut Lines<'_>) -> Option<Head> {
    lines.skip("---\nid: ")?;
    let id = lines.id()?;
    lines.skip("\n")?;
    let mut prev = Vec::new();
    if lines.skip("prev: [").is_some() {
        prev.push(lines.id()?);
        while lines.skip(", ").is_some() {
            prev.push(lines.id()?);
        }
        lines.skip("]\n")?;
    }
    lines.skip("at: ")?;
    let at = lines.line()?;
    let at = at.parse().ok().filter(|time: &Timestamp| time.to_string() == at)?;
    lines.skip("by: ")?;
    let by = lines.text()?;
    lines.skip("kind: ")?;
    let kind = Kind::named(lines.line()?)?;
    Some(Head { id, prev, at, by, kind })
}

/// What stands behind them, to the end.
fn rest(mut lines: Lines<'_>, head: Head) -> Option<Entry> {
    let Head { id, prev, at, by, kind } = head;
    let entry = Entry {
        id,
        prev,
        at,
        by,
        kind,
        bugs: Vec::new(),
        claims: lines.list("claims:\n", "- {line: ", claim)?,
        details: lines.list("details:\n", "- ", detail)?,
        rationale: lines.member("rationale: ", Lines::long_text)?.unwrap_or_default(),
        rule: lines.member("rule: ", rule)?,
        suggestion: lines.member("suggestion: ", Lines::text)?,
        suggested_by: lines.member("suggested-by: ", Lines::text)?,
        policy: lines.list("policy:\n", "- {guard: ", answer)?,
        reverts: lines.member("reverts: ", Lines::text)?,
        way_back: lines.member("back:\n  of: ", way_back)?,
    };
    lines.end().map(|()| entry)
}

fn bug(lines: &mut Lines<'_>) -> Option<BugRecord> {
    let id = lines.text()?;
    lines.skip("  title: ")?;
    let title = lines.text()?;
    let (severity, written) = lines.member("  severity: {", severity)?.unzip();
    let scope = lines.member("  scope: {", ends_alone)?;
    let status = lines.member("  status: {", ends_alone)?;
    let fields = lines.list("  fields:\n", "  - {name: ", field)?;
    lines.skip("  seen: ")?;
    let seen = match lines.line()? {
        "true" => true,
        "false" => false,
        _ => return None,
    };
    Some(BugRecord { id, title, severity, written: written.flatten(), scope, status, fields, seen })
}

fn severity(lines: &mut Lines<'_>) -> Option<(FromTo, Option<CompactString>)> {
    let ends = ends(lines)?;
    let written = lines.member(", written: ", Lines::word)?;
    lines.skip("}\n").map(|()| (ends, written))
}

fn field(lines: &mut Lines<'_>) -> Option<(String, FromTo)> {
    let name = lines.word()?;
    lines.skip(", ")?;
    Some((name, ends_alone(lines)?))
}

fn ends_alone(lines: &mut Lines<'_>) -> Option<FromTo> {
    let ends = ends(lines)?;
    lines.skip("}\n").map(|()| ends)
}

fn ends(lines: &mut Lines<'_>) -> Option<FromTo> {
    lines.skip("from: ")?;
    let from = lines.word_if_any()?;
    lines.skip(", to: ")?;
    Some(FromTo { from, to: lines.word_if_any()? })
}

fn claim(lines: &mut Lines<'_>) -> Option<ClaimRecord> {
    let line = lines.number()?;
    lines.skip(", place: ")?;
    let place = lines.word()?;
    let level = lines.member(", level: ", Lines::word)?;
    let status = lines.member(", status: ", Lines::word)?;
    lines.skip(", from: ")?;
    let from = lines.number()?;
    lines.skip(", to: ")?;
    let to = lines.number()?;
    let reported = lines.member(", reported: ", Lines::number)?;
    lines.skip("}\n").map(|()| ClaimRecord { line, place, level, status, from, to, reported })
}

fn detail(lines: &mut Lines<'_>) -> Option<(String, String)> {
    let name = lines.name()?;
    lines.skip(": ")?;
    Some((name, lines.text()?))
}

fn rule(lines: &mut Lines<'_>) -> Option<u8> {
    let rule = lines.number()?;
    lines.skip("\n").map(|()| rule)
}

fn answer(lines: &mut Lines<'_>) -> Option<Answer> {
    let guard = lines.word()?;
    let reason = lines.member(", reason: ", Lines::word)?;
    lines.skip("}\n").map(|()| Answer { guard, reason })
}

fn way_back(lines: &mut Lines<'_>) -> Option<WayBack> {
    let of = lines.quoted()?.into_owned();
    lines.skip("\n  edits:\n")?;
    let edits = |part: &mut Lines<'_>| {
        let edits = part.items("  - {at: ", edit)?;
        part.end().map(|()| edits)
    };
    let parts: Vec<Vec<Edit>> =
        lines.parts(TOGETHER).into_par_iter().map(|mut part| edits(&mut part)).collect::<Option<_>>()?;
    let edits: Vec<Edit> = parts.into_iter().flatten().collect();
    let are_some = !edits.is_empty() && edits.is_sorted_by_key(|edit| (edit.span.start, edit.span.end));
    are_some.then(|| WayBack::noted(of, edits))?
}

fn edit(lines: &mut Lines<'_>) -> Option<Edit> {
    let at = lines.number()?;
    lines.skip(", cut: ")?;
    let span = stretch(at, lines.number()?)?;
    lines.skip(", put: [")?;
    let mut pieces = Pieces::new();
    if lines.skip("]}\n").is_some() {
        return Some(Edit { span, pieces });
    }
    loop {
        pieces.push(piece(lines)?);
        if lines.skip(", ").is_none() {
            break lines.skip("]}\n").map(|()| Edit { span, pieces });
        }
    }
}

fn piece(lines: &mut Lines<'_>) -> Option<Piece> {
    if lines.skip("[").is_none() {
        return lines.quoted().map(|text| Piece::new(&*text));
    }
    let at = lines.number()?;
    lines.skip(", ")?;
    let kept = stretch(at, lines.number()?)?;
    lines.skip("]").map(|()| Piece::Kept(kept))
}

fn stretch(at: u32, length: u32) -> Option<Span> {
    Some(Span::new(at, at.checked_add(length)?))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;
    use crate::deviation::hostile::{any_bug, hostile_entry, named};
    use crate::deviation::lines::NAME;
    use crate::deviation::yaml;
    use crate::yaml::Document;

    /// Makes sure that YAML reads the same, and that what was read is written so; gives whether anything was.
    fn agrees(text: &str) -> bool {
        let Some(read) = entry(text) else { return false };
        assert_eq!(read.document(), text);
        assert_eq!(yaml::by_yaml(&Document::new(text, Path::new("log"))).ok(), Some(read), "{text}");
        true
    }

    /// YAML looks no further for the end of a name, and counts brackets where a text may go on in lists.
    #[test]
    fn what_yaml_does_not_read_back_is_left_to_it() {
        let texts = |name: usize, brackets: usize| {
            let details = vec![("n".repeat(name), String::from("x"))];
            let (rationale, suggestion) = (String::from("a\n[b"), Some(format!("a{}", "[".repeat(brackets))));
            named(Entry { details, rationale, suggestion, ..Entry::bare(Kind::Note) }).document()
        };
        assert!(agrees(&texts(NAME, 900)));
        for refused in [texts(1100, 900), texts(NAME, 1000)] {
            assert!(!agrees(&refused));
            assert!(yaml::by_yaml(&Document::new(&refused, Path::new("log"))).is_err());
        }
    }

    /// What somebody puts into a log, or a disk makes of it.
    #[derive(Clone, Debug)]
    enum Change {
        Put(Index, &'static str),
        Over(Index, &'static str),
        CutOut(Index, u8),
        Doubled(Index),
        Swapped(Index),
    }

    const SNIPPETS: [&str; 60] = [
        " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", "#", " #", " # so\n", "# so\n", ":", ": ", ",", ", ",
        "-", "- ", "\"", "'", "\\", "\\x41", "\\u0041", "\\e", "\\/", "[", "]", "{", "}", "[]", "{}", "|",
        "|+", ">", ">-", "&a ", "*a", "!!str ", "!x ", "~", "null", "Null", "true", "yes", "0", "-", "+",
        "1_0", "0x1", "1e3", "é", "\u{85}", "\u{2028}", "\u{FEFF}", "\0", "\u{7F}", "? ", "% ", "...\n",
        "--- ", "<<: ",
    ];

    fn any_change() -> impl Strategy<Value = Change> {
        let snippet = || select(SNIPPETS.to_vec());
        prop_oneof![
            (any::<Index>(), snippet()).prop_map(|(at, text)| Change::Put(at, text)),
            (any::<Index>(), snippet()).prop_map(|(at, text)| Change::Over(at, text)),
            (any::<Index>(), 1..9_u8).prop_map(|(at, length)| Change::CutOut(at, length)),
            any::<Index>().prop_map(Change::Doubled),
            any::<Index>().prop_map(Change::Swapped),
        ]
    }

    impl Change {
        fn made(&self, text: &str) -> String {
            let mut bytes = text.as_bytes().to_vec();
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            match self {
                _ if text.is_empty() => return String::new(),
                Change::Put(at, what) => drop(bytes.splice(Change::within(*at, &bytes, 0), what.bytes())),
                Change::Over(at, what) => {
                    drop(bytes.splice(Change::within(*at, &bytes, what.len()), what.bytes()))
                }
                Change::CutOut(at, length) => {
                    drop(bytes.drain(Change::within(*at, &bytes, usize::from(*length))))
                }
                Change::Doubled(at) => {
                    let at = at.index(lines.len());
                    lines.insert(at, lines[at]);
                    return lines.concat();
                }
                Change::Swapped(at) => {
                    let at = at.index(lines.len());
                    lines.swap(at, (at + 1) % text.split_inclusive('\n').count());
                    return lines.concat();
                }
            }
            String::from_utf8_lossy(&bytes).into_owned()
        }

        fn within(at: Index, bytes: &[u8], length: usize) -> std::ops::Range<usize> {
            let at = at.index(bytes.len());
            at..(at + length).min(bytes.len())
        }
    }

    proptest! {
        /// A log would take many times as long to be read as it must.
        #[test]
        fn whatever_is_written_is_read_and_yaml_reads_the_same(entry in hostile_entry()) {
            prop_assert!(agrees(&entry.document()), "{}", entry.document());
        }

        /// What a log says would depend on who reads it.
        #[test]
        fn whatever_is_made_of_it_is_left_to_yaml_or_read_alike(
            entry in hostile_entry(),
            changes in vec(any_change(), 1..4),
        ) {
            agrees(&changes.iter().fold(entry.document(), |text, change| change.made(&text)));
        }

        /// The same of a part of the bugs of an entry, which is read by itself.
        #[test]
        fn a_part_of_the_bugs_is_left_to_yaml_or_read_alike(
            bugs_of in vec(any_bug(), 1..4),
            changes in vec(any_change(), 0..3),
        ) {
            let document = Entry { bugs: bugs_of.clone(), ..Entry::bare(Kind::Note) }.document();
            let (_, part) = document.split_once("\nbugs:\n").expect("it has bugs");
            let changed = changes.iter().fold(part.to_owned(), |text, change| change.made(&text));
            let read = bugs(&changed);
            prop_assert!(!changes.is_empty() || read == Some(bugs_of));
            if read.is_some() {
                let yaml = yaml::records(&changed, &Document::new(&changed, Path::new("log")));
                prop_assert_eq!(read, yaml, "{}", changed);
            }
        }
    }
}
