//! Law 1: a report changes only where a decision changes it, and says afterwards just what was decided.

use std::collections::BTreeMap;

use proptest::prelude::*;
use regrade::methodology::{FieldKind, LevelId};
use regrade::report::{BugIx, Change, Moving, Report, To, Writing, render};

use crate::parsed::parse;

fn rewritten(report: &Report, changes: &[Change], writing: Writing) -> Vec<u8> {
    render::edits(report, changes, writing).unwrap().apply(report.base())
}

/// What can be read of one bug.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    level: Option<LevelId>,
    scope: Option<String>,
    status: Option<String>,
    fields: Vec<String>,
}

/// What a report says, bug by bug; titles are unique in the reports made here.
fn said(report: &Report) -> BTreeMap<String, Said> {
    report.indexes().map(|bug| (report.title(bug).into_owned(), said_of(report, bug))).collect()
}

fn said_of(report: &Report, bug: BugIx) -> Said {
    let known = [Some(FieldKind::Severity), Some(FieldKind::Scope), Some(FieldKind::Status)];
    let others = report.fields(bug).into_iter().filter(|field| !known.contains(&report.kind_of(field)));
    Said {
        level: report.level(bug),
        scope: report.scope(bug).map(Into::into),
        status: report.status(bug).map(Into::into),
        fields: others
            .map(|field| String::from_utf8_lossy(field.lines.of(report.base())).trim().to_owned())
            .collect(),
    }
}

/// The lines of a report that belong to no bug and are no separator, claims' numbers left out.
fn prose(report: &Report) -> Vec<Vec<u8>> {
    let mut base = report.base().to_vec();
    for bug in report.bugs().iter().rev() {
        base.drain(bug.block.range());
    }
    let lines = base.split(|byte| *byte == b'\n' || *byte == b'\r');
    let is_separator = |line: &&[u8]| line.iter().all(|byte| b" -".contains(byte));
    lines
        .filter(|line| !is_separator(line))
        .map(|line| line.iter().filter(|b| !b.is_ascii_digit()).copied().collect())
        .collect()
}

/// How one bug of a made-up report is written.
#[derive(Clone, Debug)]
struct Made {
    level: usize,
    style: usize,
    body: Vec<usize>,
    has_id: bool,
    has_severity: bool,
}

const STYLES: [(&str, &str, &str); 4] =
    [("- **", ":** ", ""), ("* **", "**: ", ""), ("**", ":** ", "  "), ("", ": ", "  ")];

const BODIES: [&str; 14] = [
    "- **Error:** `it broke`\n",
    "- **Status:** ⚠️ DOCUMENTED - look again\n",
    "- **Scope:** production\n",
    "- **Tests:**\n  - tests/a.py\n  - **Severity:** P3\n",
    "\n```text\n### BUG-999: not a bug\n- **Severity:** P0\n---\n```\n",
    "\n~~~\n## P1 Bugs\n",
    "\n> ### BUG-998: quoted\n> - **Severity:** P0\n\n",
    "\n<!--\n### BUG-997: commented\n\n- **Severity:** P0\n-->\n",
    "\n| Level | Count |\n|---|---|\n| P0 | 3 |\n\n",
    "\n#### Details\n\nSome P0 prose.\n",
    "- **Reproduction:**\n  ```sh\n  run\n  ```\n",
    "\nA paragraph.\nsecond line \\\nthird\n",
    "\n    ### BUG-996: indented code\n\n",
    "- **Note:** bad bytes \u{FFFD} here\n",
];

const SECTIONS: [&str; 4] =
    ["## P0 Bugs (Critical)", "## P1 Bugs (High)", "## P2 Bugs (Medium)", "## P3 Bugs (Low)"];

fn made() -> impl Strategy<Value = Made> {
    let body = prop::collection::vec(0..BODIES.len(), 0..4);
    (0..4usize, 0..STYLES.len(), body, any::<bool>(), prop::bool::weighted(0.8)).prop_map(
        |(level, style, body, has_id, has_severity)| Made {
            level,
            style,
            body,
            has_id,
            has_severity: has_severity || !has_id,
        },
    )
}

/// A report of these bugs: by section or flat, ruled or not, with any line ends, perhaps a BOM, bad bytes and
/// no last line end.
fn document(bugs: &[Made], by_section: bool, ruled: bool, ends: usize, bom: bool, last_end: bool) -> Vec<u8> {
    let mut text = String::from(
        "# Report\n\n| Severity | Count |\n|---|---|\n| P0 | 22 |\n| P1 | 8 |\n| P2 | 15+ |\n| P3 | TBD |\n\nProse on P0.\n\n",
    );
    let mut order: Vec<usize> = (0..bugs.len()).collect();
    if by_section {
        order.sort_by_key(|at| bugs[*at].level);
    }
    let mut section = None;
    for (nth, at) in order.into_iter().enumerate() {
        if by_section && section != Some(bugs[at].level) {
            section = Some(bugs[at].level);
            text += &format!("{}\n\n", SECTIONS[bugs[at].level]);
        }
        text += &bug(&bugs[at], nth, at);
        text += if ruled { "\n---\n\n" } else { "\n" };
    }
    text += "## Next steps\n\n- P0 first\n";
    finished(text, ends, bom, last_end)
}

fn bug(made: &Made, nth: usize, at: usize) -> String {
    let (lead, colon, trail) = STYLES[made.style];
    let id = if made.has_id { format!("BUG-{:03}: ", nth + 1) } else { String::new() };
    let mut text = format!("### {id}Title number {at}\n");
    if made.has_severity {
        text += &format!("{lead}Severity{colon}P{} - Kind{trail}\n", made.level);
    }
    let mut bodies = made.body.clone();
    bodies.dedup();
    for body in bodies {
        text += BODIES[body];
        if BODIES[body].starts_with("\n~~~") {
            text += "~~~\n";
        }
    }
    text
}

fn finished(mut text: String, ends: usize, bom: bool, last_end: bool) -> Vec<u8> {
    if !last_end {
        text = text.trim_end().to_owned();
    }
    let mut bytes = if bom { b"\xEF\xBB\xBF".to_vec() } else { Vec::new() };
    for (nth, line) in text.split_inclusive('\n').enumerate() {
        let crlf = ends == 1 || ends == 2 && nth % 3 == 0;
        let line = if crlf { line.replace('\n', "\r\n") } else { line.to_owned() };
        bytes.extend(line.into_bytes());
    }
    let bad = b"\xEF\xBF\xBD";
    while let Some(at) = bytes.windows(3).position(|window| window == bad) {
        bytes.splice(at..at + 3, [0xFF, 0xFE]);
    }
    bytes
}

fn documents() -> impl Strategy<Value = Vec<u8>> {
    let bugs = prop::collection::vec(made(), 0..9);
    (bugs, any::<bool>(), any::<bool>(), 0..3usize, any::<bool>(), any::<bool>()).prop_map(
        |(bugs, by_section, ruled, ends, bom, last_end)| {
            document(&bugs, by_section, ruled, ends, bom, last_end)
        },
    )
}

type Wish = (bool, Option<u8>, Option<bool>, Option<bool>, Option<bool>);

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let one = (
        any::<bool>(),
        prop::option::of(0..4u8),
        any::<Option<bool>>(),
        any::<Option<bool>>(),
        any::<Option<bool>>(),
    );
    prop::collection::vec(one, 9)
}

fn to(wish: Option<bool>, value: &str) -> To<String> {
    match wish {
        None => To::Keep,
        Some(false) => To::Clear,
        Some(true) => To::Value(value.to_owned()),
    }
}

fn changes(report: &Report, wishes: &[Wish]) -> Vec<Change> {
    let chosen = report.indexes().zip(wishes).filter(|(_, wish)| wish.0);
    let change = |(bug, (_, level, scope, status, field)): (BugIx, &Wish)| {
        let mut change = Change::of(bug);
        change.severity = level.map_or(To::Keep, |level| To::Value(LevelId(level)));
        change.scope = to(*scope, "Test infrastructure");
        change.status = to(*status, "✅ RESOLVED - it is\nfixed");
        change.fields = vec![("Verification".to_owned(), to(*field, "seen to pass"))];
        change
    };
    chosen.map(change).filter(|change| !change.is_empty()).collect()
}

/// What a report should say after these changes.
fn expected(report: &Report, changes: &[Change]) -> BTreeMap<String, Said> {
    let mut all = said(report);
    for change in changes {
        let said = all.get_mut(report.title(change.bug).as_ref()).unwrap();
        if let To::Value(level) = change.severity {
            said.level = Some(level);
        }
        let over = |old: &mut Option<String>, to: &To<String>| match to {
            To::Keep => {}
            To::Clear => *old = None,
            To::Value(value) => *old = Some(value.replace('\n', " ")),
        };
        over(&mut said.scope, &change.scope);
        over(&mut said.status, &change.status);
        if let To::Value(value) = &change.fields[0].1 {
            said.fields.push(format!("Verification {value}"));
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn deciding_what_the_report_says_already_changes_not_a_byte(base in documents()) {
        let report = parse(&base);
        let as_it_is = |bug: BugIx| {
            let mut change = Change::of(bug);
            let level = report.level(bug).map(To::Value);
            change.severity = level.filter(|level| report.agrees(bug, level)).unwrap_or_default();
            change.scope = report.scope(bug).map(|scope| To::Value(scope.into_owned())).unwrap_or_default();
            change.status = report.status(bug).map(|status| To::Value(status.into_owned())).unwrap_or_default();
            change
        };
        let changes: Vec<Change> = report.indexes().map(as_it_is).collect();
        prop_assert_eq!(rewritten(&report, &changes, Writing::default()), base);
    }

    #[test]
    fn a_rewritten_report_says_what_was_decided_and_nothing_else(base in documents(), wishes in wishes(), stay: bool) {
        let report = parse(&base);
        let writing = Writing { sections: if stay { Moving::Keep } else { Moving::Move }, ..Writing::default() };
        let changes = changes(&report, &wishes);
        let new = parse(&rewritten(&report, &changes, writing));
        let (mut now, mut wanted) = (said(&new), expected(&report, &changes));
        for said in now.values_mut().chain(wanted.values_mut()) {
            said.fields.iter_mut().for_each(|field| *field = field.replace(['*', ':', '-', '_'], "").trim().to_owned());
            said.fields.sort();
        }
        prop_assert_eq!(now, wanted, "{}", String::from_utf8_lossy(new.base()));
    }

    #[test]
    fn what_no_decision_touches_stays_byte_for_byte(base in documents(), wishes in wishes()) {
        let report = parse(&base);
        let changes = changes(&report, &wishes);
        let new = parse(&rewritten(&report, &changes, Writing::default()));
        let blocks = |report: &Report| report.indexes().map(|bug| (report.title(bug).into_owned(), report.block(bug).to_vec())).collect::<BTreeMap<_, _>>();
        let after = blocks(&new);
        for (title, block) in blocks(&report) {
            let bug = report.indexes().find(|bug| report.title(*bug) == title).unwrap();
            if changes.iter().all(|change| change.bug != bug) {
                prop_assert_eq!(after.get(&title), Some(&block), "{}", title);
            }
        }
        let (mut before, mut now) = (prose(&report), prose(&new));
        now.retain(|line| !SECTIONS.iter().any(|section| line.starts_with(&section.as_bytes()[..4]) && line.ends_with(b")")));
        before.retain(|line| !SECTIONS.iter().any(|section| line.starts_with(&section.as_bytes()[..4]) && line.ends_with(b")")));
        prop_assert_eq!(now, before, "{}\n=====>\n{}", String::from_utf8_lossy(report.base()), String::from_utf8_lossy(new.base()));
    }
}
