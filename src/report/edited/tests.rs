//! What is read of an edited report is the same, whether all of it is read or only what an edit touches.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use proptest::sample::Index as Pick;

use super::*;
use crate::methodology::{LevelId, Methodology};
use crate::report::{Annotate, Change, Moving, To, Writing, render};
use crate::text::Bytes;
use crate::text::edit::{Edit, Piece};

static METHODOLOGY: LazyLock<Arc<Methodology>> = LazyLock::new(|| Arc::new(Methodology::embedded()));

/// What an edit may do to all that follows it, or to how all headings are told apart.
const SNIPPETS: &[&str] = &[
    "```\n",
    "~~~~\n",
    "<!--\n",
    "-->\n",
    "<pre>\n",
    "---\n",
    "---\na: 1\n",
    "\n---\n\n",
    "x\n===\n",
    "text\n---\n",
    "# Another title\n\n",
    "## P1 High\n\n",
    "## Summary\n\n",
    "## Passed checks\n\n",
    "## Findings (3)\n\n",
    "### Overview\n\n",
    "### Details\n\n- **Severity:** P2\n\n",
    "#### Impact\n\n",
    "#### Severity: P0\n\n",
    "### BUG-3: One more\n\n- **Severity:** P2\n\n",
    "### BUG-900: Bare\n\n",
    "### BUG-7 + BUG-8\n\n",
    "### S1: Coded\n\n",
    "### 3. Counted\n\n",
    "### [P1] Leveled\n\n",
    "##### BUG-77: Deep\n\n- **Severity:** P3\n\n",
    "- **Severity:** P3\n",
    "- BUG-4: an item\n- BUG-5: another\n",
    "- [ ] **P1** a task\n- [ ] **P2** a task\n",
    "- P0: 7\n- P1: 3\n",
    "\n| ID | Severity | Title |\n|----|----|----|\n| BUG-2 | P1 | Bug 2 breaks |\n| BUG-4 | P0 | Bug 4 breaks |\n\n",
    "\n| Severity | Count |\n|----|----|\n| P0 | 4 |\n| P1 | 5 |\n\n",
    "There are 12 critical bugs.\n\n",
    "> quoted\n",
    "  - nested\n",
    "\r\n",
    "\u{feff}",
    "#",
    " ",
    "1",
];

/// How the bugs of a document are written.
#[derive(Clone, Copy, Debug)]
struct Style {
    by_section: bool,
    ruled: bool,
    in_heading: bool,
    has_parts: bool,
    has_fences: bool,
    has_repeats: bool,
    has_index: bool,
    has_codes: bool,
    crlf: bool,
}

fn styles() -> impl Strategy<Value = Style> {
    let flags = prop::array::uniform9(any::<bool>());
    flags.prop_map(
        |[by_section, ruled, in_heading, has_parts, has_fences, has_repeats, has_index, has_codes, crlf]| {
            let has_codes = has_codes && !in_heading;
            Style {
                by_section,
                ruled,
                in_heading,
                has_parts,
                has_fences,
                has_repeats,
                has_index,
                has_codes,
                crlf,
            }
        },
    )
}

fn document(style: Style, bugs: usize, odd: usize) -> String {
    let mut text = String::from("# Report\n\n| Severity | Count | Description |\n|---|---|---|\n");
    (0..4).for_each(|level| {
        text.push_str(&format!("| P{level} | {} | What has to be mended |\n", bugs.div_ceil(4)))
    });
    text.push_str("\n---\n\n");
    if style.has_index {
        text.push_str("## First of all\n\n| ID | Severity | Title |\n|---|---|---|\n");
        (0..2).for_each(|at| text.push_str(&format!("| BUG-{at} | P0 | Bug {at} breaks |\n")));
        text.push('\n');
    }
    if !style.by_section {
        text.push_str("## Bugs\n\n");
    }
    for at in 0..bugs {
        let level = at * 4 / bugs;
        if style.by_section && (at == 0 || (at - 1) * 4 / bugs != level) {
            text.push_str(&format!("## P{level} Bugs ({})\n\n", bugs.div_ceil(4)));
        }
        text.push_str(&bug(style, at, level, odd));
    }
    text.push_str("## Next steps\n\n1. Mend them.\n2. Look again.\n");
    if style.crlf { text.replace('\n', "\r\n") } else { text }
}

fn bug(style: Style, at: usize, level: usize, odd: usize) -> String {
    let number = if style.has_repeats && at % 9 == 8 { at - 1 } else { at };
    let is_odd = odd > 0 && at % (odd + 7) == odd;
    let mut text = match style.in_heading {
        true => format!("### BUG-{number}: [P{level}] Bug {at} breaks\n\n- **Owner:** Ada\n"),
        false if style.has_codes && at % 5 == 1 => {
            format!("### S{}: Bug {at} breaks\n\n- **Severity:** P{level}\n", 1 + at / 5)
        }
        false => format!("### BUG-{number}: Bug {at} breaks\n\n- **Severity:** P{level} - ImportError\n"),
    };
    text.push_str("- **Status:** Open\n- **Notes:** It was seen 7 times.\n");
    if style.has_fences {
        text.push_str("\n```bash\n# run\nmake test\n```\n");
    }
    if style.has_parts && is_odd {
        text.push_str("\n#### Details\n\nIt fails.\n");
    }
    text.push_str(if style.ruled && !is_odd { "\n---\n\n" } else { "\n" });
    text
}

/// An edit of any document.
#[derive(Clone, Debug)]
enum Wish {
    Insert(Pick, usize, bool),
    Delete(Pick, usize, bool),
    Move(Pick, Pick),
}

fn wishes() -> impl Strategy<Value = Vec<Wish>> {
    let wish = prop_oneof![
        4 => (any::<Pick>(), 0..SNIPPETS.len(), prop::bool::weighted(0.9))
            .prop_map(|(at, snippet, line)| Wish::Insert(at, snippet, line)),
        2 => (any::<Pick>(), 1..60_usize, any::<bool>()).prop_map(|(at, length, line)| Wish::Delete(at, length, line)),
        2 => (any::<Pick>(), any::<Pick>()).prop_map(|(from, to)| Wish::Move(from, to)),
    ];
    prop::collection::vec(wish, 1..4)
}

/// The edits wished for that do not stand in each other's way.
fn edits(report: &Report, wishes: &[Wish]) -> Edits {
    let base = report.base();
    let lines: Vec<u32> =
        std::iter::once(0).chain(memchr::memchr_iter(b'\n', base).map(|at| at as u32 + 1)).collect();
    let place = |pick: &Pick, line: bool| match line {
        true => lines[pick.index(lines.len())],
        false => pick.index(base.len()) as u32,
    };
    let mut all: Vec<Edit> = Vec::new();
    for wish in wishes {
        let mut more = all.clone();
        match wish {
            Wish::Insert(at, snippet, line) => more.push(Edit::insert(place(at, *line), SNIPPETS[*snippet])),
            Wish::Delete(at, length, line) => {
                let from = place(at, *line);
                let to = if *line { crate::text::line::at(base, from).end } else { from + *length as u32 };
                more.push(Edit::delete(Span::new(from, to.min(base.len() as u32))));
            }
            Wish::Move(from, to) if !report.is_empty() => {
                let bugs = report.bugs();
                let from = from.index(bugs.len());
                let end = bugs.get(from + 1).map_or(bugs[from].block.end, |next| next.block.start);
                let block = Span::new(bugs[from].block.start, end);
                let to = bugs[to.index(bugs.len())].block.start;
                more.push(Edit::delete(block));
                more.push(Edit { span: Span::empty(to), pieces: vec![Piece::Kept(block)].into() });
            }
            Wish::Move(..) => {}
        }
        if Edits::new(more.clone()).is_ok() {
            all = more;
        }
    }
    Edits::new(all).expect("each was tried")
}

/// All that a report knows.
fn all(report: &Report) -> String {
    let mut repeats: Vec<_> = report.repeats.iter().collect();
    repeats.sort();
    let Report { bugs, sections, claims, mentions, tables, shapes, plain, lines, giants, .. } = report;
    format!(
        "{bugs:#?} {sections:#?} {claims:#?} {mentions:#?} {tables:#?} {shapes:#?} {plain:?} {lines:?} \
         {giants:?} {repeats:?}"
    )
}

/// Reads what edits make of a report both ways; gives how many bugs were not read again.
fn read_both_ways(report: &Report, edits: &Edits) -> usize {
    let base: Bytes = edits.apply(report.base()).into();
    let whole = Report::parse(base.clone(), report.methodology());
    let edited = report.edited(&report.untouched(edits), base);
    let (is, wanted) = (all(&edited.report), all(&whole));
    if is != wanted {
        let differing = is.lines().zip(wanted.lines()).enumerate().find(|(_, (is, wanted))| is != wanted);
        panic!("{differing:?} of\n{}", String::from_utf8_lossy(whole.base()));
    }
    for kept in &edited.kept {
        for at in 0..kept.count {
            let (before, now) = (BugIx(kept.before.0 + at), BugIx(kept.now.0 + at));
            assert_eq!(report.block(before), edited.report.block(now));
            assert_eq!(report.level(before), edited.report.level(now));
        }
    }
    let kept: usize = edited.kept.iter().map(|kept| kept.count as usize).sum();
    assert_eq!(edited.others_before(report.len()).len() + kept, report.len());
    assert_eq!(edited.others_now().len() + kept, edited.report.len());
    kept
}

fn parse(text: &str) -> Report {
    Report::parse(text.as_bytes().into(), &METHODOLOGY)
}

const PLAIN: Style = Style {
    by_section: true,
    ruled: true,
    in_heading: false,
    has_parts: false,
    has_fences: true,
    has_repeats: false,
    has_index: false,
    has_codes: false,
    crlf: false,
};

#[test]
fn most_of_a_report_is_not_read_again_after_a_bug_has_moved() {
    let report = parse(&document(PLAIN, 80, 0));
    for style in [Writing::default(), Writing { sections: Moving::Keep, ..Writing::default() }] {
        for (bug, level) in [(30, 0), (30, 3), (0, 2), (79, 1), (41, 2)] {
            let change = Change { severity: To::Value(LevelId(level)), ..Change::of(BugIx(bug)) };
            let edits = render::edits(&report, &[change], style).unwrap();
            let kept = read_both_ways(&report, &edits);
            assert!(kept >= 50, "{kept} kept of bug {bug} to {level}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// A save would believe a report that the next opening reads otherwise.
    #[test]
    fn an_edited_report_is_read_as_if_all_of_it_were_read(
        style in styles(), bugs in 30..60_usize, odd in 0..9_usize, wishes in wishes(),
    ) {
        let report = parse(&document(style, bugs, odd));
        read_both_ways(&report, &edits(&report, &wishes));
    }

    #[test]
    fn so_is_one_that_was_rewritten(
        style in styles(), bugs in 30..60_usize, odd in 0..9_usize,
        changes in prop::collection::btree_map(0..60_u32, (0..4_u8, any::<bool>()), 1..5), stay: bool,
    ) {
        let report = parse(&document(style, bugs, odd));
        let changes: Vec<Change> = changes
            .into_iter()
            .filter(|(bug, _)| (*bug as usize) < report.len())
            .map(|(bug, (level, fixed))| Change {
                severity: To::Value(LevelId(level)),
                status: if fixed { To::Value("Fixed".to_owned()) } else { To::Keep },
                ..Change::of(BugIx(bug))
            })
            .collect();
        let sections = if stay { Moving::Keep } else { Moving::Move };
        let writing = Writing { sections, annotate: Annotate::Short };
        if let Ok(edits) = render::edits(&report, &changes, writing) {
            read_both_ways(&report, &edits);
        }
    }
}
