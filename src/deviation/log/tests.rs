//! What a log says is written as its format has it, read back, and every change of it found.

use proptest::prelude::*;

use super::*;
use crate::deviation::hostile::{hostile_entry, named};
use crate::deviation::{BugRecord, FromTo};
use crate::text::edit::{Edit, Piece};
use crate::text::{Span, WayBack};
use crate::triage::{Answer, Kind};

const STORY: &str = "\
---
id: a1302ee40bf9908f
at: 2026-02-11T20:25:48Z
by: Ada Example <ada@example.org>
kind: reclassified
bugs:
- id: BUG-007
  title: Coverage Configuration Warnings
  severity: {from: P0, to: P2}
  scope: {from: null, to: configuration}
  fields:
  - {name: Fix, from: \"a, b\", to: null}
  seen: true
rationale: |-
  A configuration warning.

  Nothing in production is affected.
rule: 2
suggestion: coverage
policy:
- {guard: unseen-downgrade}
- {guard: production-only, reason: \"yes, all the same\"}
";

fn from_to(from: Option<&str>, to: Option<&str>) -> FromTo {
    FromTo { from: from.map(Into::into), to: to.map(Into::into) }
}

fn story() -> Entry {
    let bug = BugRecord {
        id: "BUG-007".into(),
        title: String::from("Coverage Configuration Warnings"),
        severity: Some(from_to(Some("P0"), Some("P2"))),
        written: None,
        scope: Some(from_to(None, Some("configuration"))),
        status: None,
        fields: vec![(String::from("Fix"), from_to(Some("a, b"), None))],
        seen: true,
    };
    Entry {
        bugs: vec![bug],
        rationale: String::from("A configuration warning.\n\nNothing in production is affected."),
        rule: Some(2),
        suggestion: Some(String::from("coverage")),
        suggested_by: None,
        policy: vec![
            Answer { guard: String::from("unseen-downgrade"), reason: None },
            Answer {
                guard: String::from("production-only"),
                reason: Some(String::from("yes, all the same")),
            },
        ],
        ..chained(&[], Kind::Reclassified)
    }
}

fn chained(prev: &[&Entry], kind: Kind) -> Entry {
    Entry { prev: prev.iter().map(|entry| entry.id.clone()).collect(), ..Entry::bare(kind) }
}

/// Three entries in a row, each its own document.
fn row() -> [Entry; 3] {
    let first = named(story());
    let second = named(chained(&[&first], Kind::Finding));
    let third = named(chained(&[&second], Kind::Note));
    [first, second, third]
}

fn bytes<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Vec<u8> {
    entries.into_iter().map(Entry::document).collect::<String>().into_bytes()
}

/// Whoever has pulled the plug would look for somebody who has changed their log, on a line where nothing is wrong.
#[test]
fn a_tail_that_is_cut_off_is_told_on_one_line_and_accuses_nobody() {
    let [first, second, _] = row();
    let whole = bytes([&first, &second]);
    for torn in [whole[..whole.len() - 12].to_vec(), [&whole, &b"rationale: [x\n"[..]].concat()] {
        let log = Log::read(&torn);
        let begins = 1 + memchr::memchr_iter(b'\n', &bytes([&first])).count();
        let told = log.verify().remove(0);
        assert_eq!(told.line, begins);
        assert!(
            told.what.ends_with(
                " is not as it was written: cut off, changed, or with something behind it that is no entry"
            ),
            "{told:?}"
        );
        for Problem { line, what } in &log.problems {
            assert!(
                *line >= begins && !what.contains("log:") && !what.contains(" at line "),
                "{line}: {what}"
            );
        }
    }
}

/// Reviewers and other programs read logs: their shape may not drift.
#[test]
fn an_entry_is_written_as_the_format_says() {
    assert_eq!(named(story()).document(), STORY);
}

/// A saved decision could not be taken back to the bytes that were there.
#[test]
fn a_way_back_is_written_behind_the_rest_and_read_back() {
    let (span, kept) = (Span::new(40, 42), Piece::Kept(Span::new(90, 97)));
    let pieces = vec![Piece::new("P0: \"x\"\r\n"), kept, Piece::new("7")].into();
    let way_back =
        WayBack::noted(String::from("0e5"), vec![Edit { span, pieces }, Edit::insert(60, "\u{1b}")]);
    let entry = named(Entry { way_back, ..chained(&[], Kind::Note) });
    let document = entry.document();
    let edits = "  - {at: 40, cut: 2, put: [\"P0: \\\"x\\\"\\r\\n\", [90, 7], \"7\"]}\n  - {at: 60, cut: 0, put: [\"\\x1B\"]}\n";
    assert!(document.ends_with(&format!("\nback:\n  of: \"0e5\"\n  edits:\n{edits}")), "{document}");
    assert_eq!(Log::read(document.as_bytes()).entries, [entry]);
    for wrong in [("cut: 2", "cut: 30"), ("cut: 2", "cut: 4294967295")] {
        let log = Log::read(document.replace(wrong.0, wrong.1).as_bytes());
        assert_eq!(log.entries[0].way_back, None);
    }
}

#[test]
fn a_log_is_read_back_as_it_was_written_and_holds() {
    let row = row();
    let log = Log::read(&bytes(&row));
    assert_eq!((log.entries.as_slice(), log.problems.as_slice()), (row.as_slice(), [].as_slice()));
    assert_eq!(log.heads(), [row[2].id.as_str()]);
    assert_eq!(log.verify(), []);
    assert_eq!(Log::read(b"").heads(), [] as [&str; 0]);
    assert_eq!(Log::read(b"").verify(), []);
}

#[test]
fn a_removed_a_moved_a_doubled_and_a_foreign_entry_are_found() {
    let [a, b, c] = &row();
    let foreign = named(chained(&[], Kind::Confirmed));
    for wrong in
        [vec![a, c], vec![b, c], vec![b, a, c], vec![a, c, b], vec![a, a, b, c], vec![a, &foreign, b, c]]
    {
        assert_ne!(Log::read(&bytes(wrong.iter().copied())).verify(), [], "{wrong:?}");
    }
}

/// What follows from it would be told in its place, and nobody would know what to do.
#[test]
fn a_merge_that_was_left_undecided_is_told_and_nothing_else() {
    let row = row();
    let log = String::from_utf8(bytes(&row[..1])).unwrap();
    let merged = format!("{log}---\n<<<<<<< HEAD\nid: a\n=======\nid: b\n>>>>>>> theirs\nby: Ada\n");
    let problems = Log::read(merged.as_bytes()).verify();
    let line = log.lines().count() + 2;
    assert_eq!(problems, [Problem { line, what: UNDECIDED.to_owned() }]);
}

#[test]
fn a_changed_entry_is_named_with_its_line() {
    let row = row();
    let changed = String::from_utf8(bytes(&row)).unwrap().replace("to: P2", "to: P3");
    let what = format!("entry {} was changed after it was written", row[0].id);
    assert_eq!(Log::read(changed.as_bytes()).verify(), [Problem { line: 1, what }]);
}

#[test]
fn after_a_merge_both_ends_are_heads_until_an_entry_names_both() {
    let first = named(story());
    let (mine, yours) =
        (named(chained(&[&first], Kind::Finding)), named(chained(&[&first], Kind::Confirmed)));
    let log = Log::read(&bytes([&first, &mine, &yours]));
    assert_eq!(log.heads(), [mine.id.as_str(), yours.id.as_str()]);
    assert_eq!(log.verify().len(), 1);
    let joined = named(chained(&[&mine, &yours], Kind::Note));
    let log = Log::read(&bytes([&first, &mine, &yours, &joined]));
    assert_eq!((log.heads(), log.verify()), (vec![joined.id], vec![]));
}

/// Whether what is wrong behind the story is told with the line of its entry, and with its own.
fn tells_where_it_begins(Problem { line, what }: &Problem) -> bool {
    let begins = 1 + STORY.lines().count();
    let is_said = what.contains(&format!(", which begins on line {begins}, cannot be read: "));
    *line == begins || begins < *line && *line < begins + 4 && is_said
}

#[test]
fn an_entry_that_cannot_be_read_hides_no_other() {
    let [a, b, c] = &row();
    let mut log = bytes([a]);
    log.extend(b"---\nid: [\xFF\n");
    log.extend(bytes([b, c]));
    let log = Log::read(&log);
    assert_eq!(log.entries.len(), 3);
    assert_eq!(log.problems.len(), 1);
    assert!(tells_where_it_begins(&log.problems[0]), "{:?}", log.problems);
    assert_eq!(log.heads().last(), Some(&c.id));
}

/// A log that hangs, or that unfolds into all memory, would keep the report from being opened.
#[test]
fn a_bomb_in_one_entry_is_told_with_its_line_and_hides_no_other() {
    let [a, b, _] = &row();
    let laughs: String = (1..30).map(|at| format!("a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1)).collect();
    let bombs = [
        format!("---\nid: x\na0: &a0 [x, x]\n{laughs}"),
        format!("---\nid: x\nbugs: {}\n", "[".repeat(1_000_000)),
        format!("---\nid: {}x\n", "- ".repeat(100_000)),
        String::from("---\nid: x\nid: y\n"),
        format!("---\nid: {}\n", "x".repeat(1 << 20)),
    ];
    for bomb in bombs {
        let log = Log::read(format!("{}{bomb}{}", a.document(), b.document()).as_bytes());
        assert_eq!(log.entries.len(), 2, "{bomb:.60}");
        assert_eq!(log.problems.len(), 1);
        assert!(tells_where_it_begins(&log.problems[0]), "{:?}", log.problems);
    }
}

/// Titles with brackets must not be taken for a bomb.
#[test]
fn any_number_of_brackets_in_texts_is_read_back() {
    let texts =
        [format!("see {}", "[".repeat(5000)), "[{".repeat(3000), format!("x\n{}", "[\n".repeat(3000))];
    for rationale in texts {
        let bug = BugRecord { title: rationale.clone(), ..BugRecord::default() };
        let entry = named(Entry { rationale, bugs: vec![bug; 3], ..chained(&[], Kind::Note) });
        let log = Log::read(entry.document().as_bytes());
        assert_eq!((log.entries, log.problems), (vec![entry], Vec::new()));
    }
}

/// A log of some entries in a row, on some of which others followed on two copies until they were merged.
fn any_log() -> impl Strategy<Value = Vec<Entry>> {
    let entry = prop_oneof![3 => Just(None), 1 => hostile_entry().prop_map(Some)];
    let entries = prop::collection::vec((entry, 0..4_u8), 1..8);
    entries.prop_map(|entries| {
        let mut log: Vec<Entry> = Vec::new();
        for (nth, (entry, shape)) in entries.into_iter().enumerate() {
            let plain = Entry { rationale: format!("entry {nth}"), ..chained(&[], Kind::Note) };
            let entry = entry.unwrap_or(plain);
            let last: Vec<String> = log.last().map(|entry| entry.id.clone()).into_iter().collect();
            let mut grown = vec![named(Entry { prev: last.clone(), ..entry.clone() })];
            if shape == 0 {
                let theirs = named(Entry { rationale: format!("theirs {nth}"), prev: last, ..entry.clone() });
                let prev = vec![grown[0].id.clone(), theirs.id.clone()];
                let joined = named(Entry { rationale: format!("joined {nth}"), prev, ..entry });
                grown.extend([theirs, joined]);
            }
            log.extend(grown);
        }
        log
    })
}

/// Whether a log of this length ends with a whole entry that the others before it lead to.
fn ends(log: &[Entry], length: usize) -> bool {
    let kept = (0..=log.len()).find(|kept| bytes(&log[..*kept]).len() == length);
    kept.is_some_and(|kept| Log::read(&bytes(&log[..kept])).verify().is_empty())
}

/// What somebody does to a log.
#[derive(Clone, Debug)]
enum Change {
    Removed(prop::sample::Index),
    Moved(prop::sample::Index, prop::sample::Index),
    Doubled(prop::sample::Index, prop::sample::Index),
    PutIn(prop::sample::Index, Box<Entry>),
    Byte(prop::sample::Index, u8),
    Inserted(prop::sample::Index, u8),
    CutOut(prop::sample::Index, prop::sample::Index),
}

impl Change {
    fn made(&self, log: &[Entry]) -> Vec<u8> {
        let (mut entries, mut whole) = (log.to_vec(), bytes(log));
        match self {
            Change::Removed(at) => drop(entries.remove(at.index(log.len()))),
            Change::Moved(from, to) => {
                let moved = entries.remove(from.index(log.len()));
                entries.insert(to.index(log.len()), moved);
            }
            Change::Doubled(from, to) => {
                entries.insert(to.index(log.len() + 1), log[from.index(log.len())].clone());
            }
            Change::PutIn(at, entry) => entries.insert(at.index(log.len()), (**entry).clone()),
            Change::Byte(at, byte) => {
                let at = at.index(whole.len());
                whole[at] = *byte;
                return whole;
            }
            Change::Inserted(at, byte) => {
                whole.insert(at.index(whole.len() + 1), *byte);
                return whole;
            }
            Change::CutOut(from, to) => {
                let (from, to) = (from.index(whole.len()), to.index(whole.len()));
                whole.drain(from.min(to)..from.max(to));
                return whole;
            }
        }
        bytes(&entries)
    }
}

fn any_change() -> impl Strategy<Value = Change> {
    use prop::sample::Index;
    prop_oneof![
        any::<Index>().prop_map(Change::Removed),
        any::<(Index, Index)>().prop_map(|(from, to)| Change::Moved(from, to)),
        any::<(Index, Index)>().prop_map(|(from, to)| Change::Doubled(from, to)),
        (any::<Index>(), hostile_entry()).prop_map(|(at, entry)| Change::PutIn(at, Box::new(entry))),
        any::<(Index, u8)>().prop_map(|(at, byte)| Change::Byte(at, byte)),
        any::<(Index, u8)>().prop_map(|(at, byte)| Change::Inserted(at, byte)),
        any::<(Index, Index)>().prop_map(|(from, to)| Change::CutOut(from, to)),
    ]
}

/// What YAML alone reads of a log.
fn by_yaml(log: &[u8]) -> (Vec<Entry>, Vec<Problem>) {
    let text = String::from_utf8_lossy(log);
    let read = documents(&text, Path::new(NAME))
        .map(|document| yaml::by_yaml(&document).map_err(|fault| unread(document.line(), &fault)));
    let (entries, problems): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
    (entries.into_iter().flatten().collect(), problems.into_iter().filter_map(Result::err).collect())
}

/// Whoever sets a word right in a long log by hand would get another log, or one bug less.
#[test]
fn a_long_log_that_somebody_has_edited_says_what_yaml_reads_of_it() {
    let bug = |at: usize| BugRecord {
        id: format!("B-{at}").into(),
        title: format!("One: {at}"),
        ..BugRecord::default()
    };
    let long = named(Entry { bugs: (0..2500).map(bug).collect(), ..story() });
    let whole = String::from_utf8(bytes(&[named(story()), long, named(chained(&[], Kind::Note))])).unwrap();
    let edits = [
        ("", ""),
        ("\"One: 1700\"", "'One: 1700' # so"),
        ("\"One: 1700\"", "One: 1700"),
        ("- id: B-1700\n", "- id: B-1700\n  id: B-1700\n"),
        ("- id: B-1700\n  title: \"One: 1700\"\n", ""),
        ("- id: B-1700\n", "\n# one\n- id:  B-1700\n"),
        ("  title: \"One: 1700\"\n", "   title: x\n"),
        ("  title: \"One: 1700\"\n", ""),
        ("\"One: 1700\"", "\"One:\t1700\""),
        ("\"One: 1700\"", "\"One: \u{1}1700\""),
        ("\nrationale: |-\n  A", "\nrationale: >-\n  A"),
        ("\nkind: note\n", "\nkind: none\n"),
        ("\n", "\r\n"),
    ];
    for (from, to) in edits {
        let edited = whole.replace(from, to);
        let log = Log::read(edited.as_bytes());
        assert!((log.entries, log.problems) == by_yaml(edited.as_bytes()), "{from:?} → {to:?}");
    }
}

proptest! {
    /// What a log says would depend on how it was read.
    #[test]
    fn any_log_says_what_yaml_reads_of_it(log in any_log(), change in any_change()) {
        for log in [bytes(&log), change.made(&log)] {
            let read = Log::read(&log);
            prop_assert_eq!((read.entries, read.problems), by_yaml(&log));
        }
    }

    /// A title or rationale that a report or a person chose could forge or break entries.
    #[test]
    fn hostile_texts_are_read_back_unchanged(entry in hostile_entry()) {
        let log = Log::read(entry.document().repeat(2).as_bytes());
        prop_assert_eq!(&log.problems, &[]);
        prop_assert_eq!(log.entries, [entry.clone(), entry]);
    }

    /// Anyone could bend the record of who decided what.
    #[test]
    fn any_change_of_any_log_is_found(log in any_log(), change in any_change()) {
        let whole = bytes(&log);
        prop_assert_eq!(Log::read(&whole).verify(), []);
        let changed = change.made(&log);
        // Only that its newest entries were cut off does not show.
        let is_shorter = whole.starts_with(&changed) && (changed.len() == whole.len() || ends(&log, changed.len()));
        let found = Log::read(&changed);
        prop_assert_eq!(found.verify().is_empty() && found.problems.is_empty(), is_shorter, "{:?}", change);
    }

    #[test]
    fn any_changed_byte_is_found(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let whole = bytes(&row());
        let mut changed = whole.clone();
        let at = at.index(changed.len());
        changed[at] = to;
        prop_assert_eq!(Log::read(&changed).verify().is_empty(), changed == whole);
    }

    #[test]
    fn any_bytes_are_a_log(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let log = Log::read(&bytes);
        prop_assert!(log.verify().len() + log.entries.len() + log.problems.len() + 1 > log.heads().len());
    }
}
