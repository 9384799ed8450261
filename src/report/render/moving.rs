//! Moving bugs to the sections of their new levels.
//!
//! A block leaves together with one separator; it arrives behind the last bug of its kin in its new section,
//! in the order of the document, behind a separator like those around it. Text between bugs that is more than
//! a separator stays where it is. A section is made for headed bugs and for items with bullets, which go to a list with the
//! same marker, and so do paragraphs that begin in bold; a row goes to a table with the same header, and stays where there
//! is none. What says of a section that nothing is in it gives way to what comes. Numbered items stay: their number is their id; and so do items whose coming would change how a list is set. A bug whose heading is
//! deeper than those in its new section goes in front of them, for behind them it would be below one; nothing goes
//! behind code or a comment that never closes. Nothing moves into or out of a section that a field rates, which is called by
//! something else than a level.

mod arriving;
mod emptied;
mod heading;
mod home;
mod kin;
mod leaving;
mod new_section;
mod numeral;
mod open_end;
mod vacant;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::claims::Standing;
use super::{newline, severity};
use crate::methodology::LevelId;
use crate::report::dialect::Lexicon;
use crate::report::item::LABEL_DEPTH;
use crate::report::scan::{Kind, Outline, atx};
use crate::report::{BugIx, Change, Form, Moving, Report, Section, SectionIx, To, Writing};
use crate::text::edit::{Edit, Edits, Piece};
use crate::text::{Span, line};
use home::{Counted, Home};
use kin::Kin;
use leaving::{is_separator, leaving};
use new_section::new_section;
use open_end::open_end;

/// The last bug of its kin at each target.
type Anchors<'t> = BTreeMap<&'t Target, Option<Anchor>>;

/// A bug behind which others go.
#[derive(Clone, Copy)]
struct Anchor {
    bug: BugIx,
    /// Whether nothing that is a heading can stand behind it.
    is_open: bool,
    /// How deep its heading is, if it has one.
    depth: Option<u8>,
}

/// The bugs that count up in each section that bugs go back to.
type Rows = BTreeMap<SectionIx, Option<Counted>>;

/// A bug whose level is that of another section than it stands in.
struct Aim<'c> {
    change: &'c Change,
    from: SectionIx,
    target: Target,
}

/// A bug that leaves its section.
#[derive(Clone, Debug)]
pub(super) struct Move {
    bug: BugIx,
    /// See [`block`].
    block: Span,
    /// The section by severity that it stands in, directly or further down.
    from: SectionIx,
    target: Target,
    /// The last bug of its kin where it goes to; `None` where there is none.
    anchor: Option<BugIx>,
    /// Beside which it goes instead, where it goes back.
    home: Option<Home>,
}

/// Where a bug goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    beside: Beside,
    kin: Kin,
    /// Whether it goes in front of the bugs that stand there.
    leads: bool,
}

/// Which bugs move, and where.
pub(super) struct Plan<'a> {
    report: &'a Report,
    sections: BTreeMap<Beside, SectionIx>,
    moves: Vec<Move>,
    /// Where the block begins that nothing closes, found when first asked for.
    open_end: OnceLock<Option<u32>>,
    /// The sections by severity that stand beside each other, made when one is first asked for.
    siblings: OnceLock<BTreeMap<Siblings, Vec<SectionIx>>>,
    /// What separates the first two headed bugs that something separates, found when first asked for.
    separator: OnceLock<Option<Span>>,
}

/// Of how many something is found out on one core: what the desk asks about few waits for no other work.
const AT_ONCE: usize = 1024;

/// What sections beside each other have in common: how deep they are, and the section around them.
type Siblings = (Option<SectionIx>, u8);

impl<'a> Plan<'a> {
    /// The moves that these changes, in document order, ask for.
    pub(super) fn of(report: &'a Report, changes: &[Change], writing: Writing) -> Plan<'a> {
        let (siblings, separator, open_end) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        let (sections, moves) = (BTreeMap::new(), Vec::new());
        let mut plan = Plan { report, sections, moves, open_end, siblings, separator };
        if writing.sections == Moving::Keep || changes.iter().all(|change| change.severity.is_keep()) {
            return plan;
        }
        plan.sections = by_level(report);
        let all = changes.par_iter().with_min_len(AT_ONCE);
        let aims: Vec<Aim<'_>> = all.filter_map(|change| plan.aim(change)).collect();
        let (anchors, rows) = (plan.anchors(&aims), plan.rows(&aims));
        let aims = aims.par_iter().with_min_len(AT_ONCE);
        plan.moves = aims.filter_map(|aim| plan.move_of(aim, &anchors, &rows)).collect();
        plan.stay_where_others_would_be_bugs();
        plan.keep_homes_of_those_who_stay();
        plan
    }

    fn aim<'c>(&self, change: &'c Change) -> Option<Aim<'c>> {
        let To::Value(to) = change.severity else { return None };
        let to = if change.out_of_line { severity::noted(self.report, change.bug)? } else { to };
        let from = self.report.section_of_level(change.bug)?;
        if self.report.is_held(from, to) {
            return None;
        }
        let kin = Kin::of(self.report, change.bug);
        let target = Target { beside: Beside::of(self.report, from, to), kin, leads: false };
        Some(Aim { change, from, target })
    }

    /// The last bug of its kin at each target that bugs have.
    fn anchors<'t>(&self, aims: &'t [Aim<'_>]) -> Anchors<'t> {
        let mut anchors = Anchors::new();
        for run in aims.chunk_by(|a, b| a.target == b.target) {
            anchors.entry(&run[0].target).or_insert_with_key(|target| self.anchor(target));
        }
        anchors
    }

    /// The bugs of each section that some go back to.
    fn rows(&self, aims: &[Aim<'_>]) -> Rows {
        let mut rows = Rows::new();
        for section in aims.iter().filter_map(|aim| self.section_of_home(aim)) {
            rows.entry(section).or_insert_with(|| Counted::of(self.report, section));
        }
        rows
    }

    fn move_of(&self, aim: &Aim<'_>, anchors: &Anchors<'_>, rows: &Rows) -> Option<Move> {
        let (bug, mut target) = (aim.change.bug, aim.target.clone());
        let (block, anchor) = (block(self.report, bug), anchors.get(&target).copied().flatten());
        target.leads = anchor.is_some_and(|anchor| self.must_lead(bug, anchor));
        let anchor = anchor.filter(|_| !target.leads).map(|anchor| anchor.bug);
        let goes = match target.kin {
            Kin::Headings => !self.is_open(block),
            Kin::Others => false,
            Kin::Rows(_) => anchor.is_some(),
            Kin::Items(..) => anchor.is_some() || self.may_begin_list(&target, aim.from),
        };
        let row = self.section_of_home(aim).filter(|_| !target.leads).and_then(|at| rows.get(&at)?.as_ref());
        let home = row.and_then(|row| row.home(self.report, bug));
        let at_home = || home.is_none_or(|home| self.keeps_status(aim, Some(home.beside())));
        let goes = goes && self.keeps_status(aim, anchor) && at_home();
        goes.then_some(Move { bug, block, from: aim.from, target, anchor, home })
    }

    /// Whether a bug that arrives beside another, or else in the section of its level, is in the same section by status there.
    fn keeps_status(&self, aim: &Aim<'_>, beside: Option<BugIx>) -> bool {
        let (report, sections) = (self.report, self.report.sections());
        let names_status = |at: &SectionIx| !sections[at.at()].status.is_empty();
        let arrives = match (beside, self.sections.get(&aim.target.beside)) {
            (Some(bug), _) => report.bug(bug).section,
            (None, Some(section)) => Some(*section),
            (None, None) if self.siblings(aim.from).iter().any(names_status) => return false,
            (None, None) => sections[aim.from.at()].parent,
        };
        report.status_section(report.bug(aim.change.bug).section) == report.status_section(arrives)
    }

    /// Whether a list may begin where there is none: in a section that is made for it, or that holds nothing or only says so,
    /// beside others that are headed as sections are.
    fn may_begin_list(&self, target: &Target, from: SectionIx) -> bool {
        let (base, sections) = (self.report.base(), self.report.sections());
        let is_bare = |section: &SectionIx| {
            let own = sections[section.at()];
            let has_bugs = || bugs_of(self.report, *section).next().is_some();
            let text = Span::new(own.heading.end, own.span.end).trim(base);
            (says_nothing(text.of(base)) || self.vacant(*section) == Some(text)) && !has_bugs()
        };
        let is_headed = sections[from.at()].depth < LABEL_DEPTH && self.open_end().is_none();
        is_headed && self.sections.get(&target.beside).is_none_or(is_bare)
    }

    /// The section that a bug goes back to, where it can stand anywhere in it.
    fn section_of_home(&self, aim: &Aim<'_>) -> Option<SectionIx> {
        let is_free = aim.change.goes_back && aim.target.kin == Kin::Headings && self.open_end().is_none();
        self.sections.get(&aim.target.beside).filter(|_| is_free).copied()
    }

    /// Whether a bug cannot stand behind another.
    fn must_lead(&self, bug: BugIx, anchor: Anchor) -> bool {
        let is_deeper = || heading_level(self.report, bug) > anchor.depth;
        self.report.bug(bug).form == Form::Heading && (anchor.is_open || is_deeper())
    }

    fn open_end(&self) -> Option<u32> {
        *self.open_end.get_or_init(|| open_end(self.report))
    }

    /// Whether the block that nothing closes is in a span.
    fn is_open(&self, span: Span) -> bool {
        self.open_end().is_some_and(|open| open < span.end)
    }

    fn anchor(&self, target: &Target) -> Option<Anchor> {
        let section = self.sections.get(&target.beside)?;
        let bug = bugs_of(self.report, *section)
            .rev()
            .find(|bug| Kin::of(self.report, *bug).goes_with(&target.kin))?;
        let is_headed = self.report.bug(bug).form == Form::Heading;
        let is_open = is_headed && self.is_open(block(self.report, bug));
        let depth = if is_headed { heading_level(self.report, bug) } else { None };
        Some(Anchor { bug, is_open, depth })
    }

    /// Whether no bug moves.
    pub(super) fn is_idle(&self) -> bool {
        self.moves.is_empty()
    }

    /// Whether a bug moves.
    pub(super) fn moves(&self, bug: BugIx) -> bool {
        self.moves.binary_search_by_key(&bug, |moved| moved.bug).is_ok()
    }

    /// The section that a bug moves to, if it is there.
    pub(super) fn section_after(&self, bug: BugIx) -> Option<SectionIx> {
        let at = self.moves.binary_search_by_key(&bug, |moved| moved.bug).ok()?;
        self.goes_to(&self.moves[at])
    }

    fn goes_to(&self, moved: &Move) -> Option<SectionIx> {
        let anchored = moved.anchor.and_then(|bug| self.report.bug(bug).section);
        anchored.or_else(|| self.sections.get(&moved.target.beside).copied())
    }

    /// Whether a span lies in a bug that moves, where that is asked of one after the other in the order of the report.
    pub(super) fn moves_along(&self) -> impl FnMut(Span) -> bool {
        let (mut after, mut last) = (self.moves.as_slice(), None);
        move |span| {
            while let [next, rest @ ..] = after
                && next.block.start <= span.start
            {
                (after, last) = (rest, Some(next.block));
            }
            last.is_some_and(|block: Span| block.covers(span))
        }
    }

    /// The edits that move the bugs; `inner` are the edits inside all blocks.
    pub(super) fn edits(&self, inner: &Edits, lexicon: &Lexicon<'_>) -> Vec<Edit> {
        let report = self.report;
        let leaving = leaving(report, &self.moves);
        let mut edits: BTreeMap<BugIx, Edit> =
            leaving.iter().map(|run| (run.last, Edit::delete(run.span))).collect();
        edits.extend(self.vacated(&leaving));
        let mut arrivals: BTreeMap<(&Target, Option<Home>), Vec<&Move>> = BTreeMap::new();
        for run in self.moves.chunk_by(|a, b| a.home == b.home && a.target == b.target) {
            arrivals.entry((&run[0].target, run[0].home)).or_default().extend(run);
        }
        let mut inserted = Vec::new();
        for ((target, home), moves) in arrivals {
            let section = self.sections.get(&target.beside).copied();
            if let Some(home) = home {
                inserted.push(self.beside(home, &moves, inner));
                continue;
            }
            match (moves[0].anchor, section) {
                (Some(anchor), _) => {
                    let run = leaving.binary_search_by_key(&anchor, |run| run.last).ok();
                    let run = run.map(|at| &leaving[at]).filter(|run| run.all);
                    let pieces = self.joined(anchor, &moves, inner, run.is_none());
                    match run {
                        Some(run) => {
                            drop(edits.insert(anchor, Edit { span: run.blocks, pieces: pieces.into() }))
                        }
                        None => inserted.push(Edit {
                            span: Span::empty(block(report, anchor).end),
                            pieces: pieces.into(),
                        }),
                    }
                }
                (None, Some(section)) => inserted.push(self.in_front(section, &moves, inner)),
                (None, None) => {
                    inserted.push(new_section(self, target.beside.level, &moves, inner, lexicon));
                }
            }
        }
        edits.into_values().chain(inserted).collect()
    }

    /// Puts blocks in front of the bugs of a section, or into one that has none: behind its heading and what prose it
    /// has.
    fn in_front(&self, section: SectionIx, moves: &[&Move], inner: &Edits) -> Edit {
        let report = self.report;
        let (base, sections) = (report.base(), report.sections());
        let here = sections[section.at()];
        let next = sections.get(section.at() + 1).map(|next| next.span.start);
        let mut headed =
            bugs_of(report, section).map(|bug| report.bug(bug)).filter(|bug| bug.form == Form::Heading);
        let first = headed.next().map(|bug| bug.block.start);
        let below =
            [next, first, self.open_end().filter(|open| *open > here.span.start)].into_iter().flatten();
        let mut text = Span::new(here.span.start, below.fold(here.span.end, u32::min)).trim_end(base);
        while let Some(rest) = without_rule(base, text) {
            text = rest;
        }
        let vacant = if first.is_none() { self.vacant(section) } else { None };
        if let Some(vacant) = vacant.filter(|vacant| vacant.end == text.end) {
            return Edit { span: vacant, pieces: self.joined(moves[0].bug, moves, inner, false).into() };
        }
        let last = text.of(base).rsplit(|byte| matches!(byte, b'\n' | b'\r')).next();
        let ends = if last.is_some_and(is_empty_item) { 1 } else { 2 };
        let mut pieces = vec![Piece::new(newline(base, here.heading.start).repeat(ends))];
        pieces.extend(self.joined(moves[0].bug, moves, inner, false));
        let at = text.end.max(here.heading.trim_end(base).end);
        let next = line::at(base, line::at(base, at).end).text.trim(base);
        if !next.is_empty() {
            pieces.push(Piece::new(newline(base, at)));
        }
        Edit { span: Span::empty(at), pieces: pieces.into() }
    }

    /// The sections by severity beside one, in order.
    fn siblings(&self, section: SectionIx) -> &[SectionIx] {
        let sections = self.report.sections();
        let key = |section: &Section| (section.parent, section.depth);
        let all = self.siblings.get_or_init(|| {
            let mut all: BTreeMap<Siblings, Vec<SectionIx>> = BTreeMap::new();
            let is_leveled = |section: &Section| section.level.is_some() && !section.is_rated();
            let leveled = (0..).map(SectionIx::new).zip(sections).filter(|(_, section)| is_leveled(section));
            leveled.for_each(|(at, section)| all.entry(key(section)).or_default().push(at));
            all
        });
        all.get(&key(&sections[section.at()])).map_or(&[], Vec::as_slice)
    }

    /// How many bugs more or fewer stand in each section once the bugs have moved. A section that is made for
    /// them counts for itself.
    pub(super) fn standing(&self) -> Standing {
        let report = self.report;
        let mut standing = Standing::new();
        let around = |section: Option<SectionIx>| {
            std::iter::successors(section, |at: &SectionIx| report.sections()[at.at()].parent)
        };
        let ends = |moved: &Move| {
            (report.bug(moved.bug).section, self.goes_to(moved).or(moved.target.beside.parent))
        };
        for run in self.moves.chunk_by(|a, b| ends(a) == ends(b)) {
            let ((from, to), count) = (ends(&run[0]), run.len() as i64);
            around(from).for_each(|at| *standing.entry(at).or_default() -= count);
            around(to).for_each(|at| *standing.entry(at).or_default() += count);
        }
        standing
    }
}

/// What tells sections beside each other apart: those of one parent and depth differ by their level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Beside {
    parent: Option<SectionIx>,
    depth: u8,
    level: LevelId,
}

impl Beside {
    /// The section of a level beside another.
    fn of(report: &Report, section: SectionIx, level: LevelId) -> Beside {
        let Section { parent, depth, .. } = report.sections()[section.at()];
        Beside { parent, depth, level }
    }
}

/// The sections by severity; the first where several are of one level.
fn by_level(report: &Report) -> BTreeMap<Beside, SectionIx> {
    let mut found = BTreeMap::new();
    for (at, section) in report.sections().iter().enumerate() {
        if let Some(level) = section.level.filter(|_| !section.is_rated()) {
            let beside = Beside { parent: section.parent, depth: section.depth, level };
            found.entry(beside).or_insert(SectionIx::new(at));
        }
    }
    found
}

/// How long the words are, in bytes, that say of a section that nothing is in it: `_None at the moment._`
const NOTHING_MOST: usize = 32;

/// Whether the text of a section is at most an item without text, or a few words of no list.
fn says_nothing(text: &[u8]) -> bool {
    let is_short = text.len() <= NOTHING_MOST && memchr::memchr2(b'\n', b'\r', text).is_none();
    let is_other = || {
        let marks = Outline::of(text, Span::whole(text));
        marks.first().is_some_and(|mark| mark.kind != Kind::Paragraph || mark.place.quotes > 0)
    };
    is_short && (is_empty_item(text) || !is_other())
}

/// Whether a line is an item without text: `-`, `- [ ]`.
fn is_empty_item(line: &[u8]) -> bool {
    matches!(line.trim_ascii(), [b'-' | b'*' | b'+', rest @ ..] if [&b""[..], b"[ ]"].contains(&rest.trim_ascii()))
}

/// The block of a bug up to the end of its last line, the blanks there included.
fn block(report: &Report, bug: BugIx) -> Span {
    let block = report.bug(bug).block;
    let rest = line::at(report.base(), block.end).text;
    Span::new(block.start, if rest.trim(report.base()).is_empty() { rest.end } else { block.end })
}

/// How deep the heading of a bug is.
fn heading_level(report: &Report, bug: BugIx) -> Option<u8> {
    let own = report.bug(bug);
    let scanned = || {
        let heading = Outline::of(report.base(), Span::new(own.block.start, own.body)).into_iter().next()?;
        if let Kind::Heading { level, .. } = heading.kind { Some(level) } else { None }
    };
    atx(report.base(), own.block.start).or_else(scanned)
}

/// The bugs that have their level from a section, in order.
fn bugs_of(report: &Report, section: SectionIx) -> impl DoubleEndedIterator<Item = BugIx> {
    let span = report.sections()[section.at()].span;
    let first = report.bugs().partition_point(|bug| bug.block.start < span.start);
    let after = report.bugs().partition_point(|bug| bug.block.start < span.end);
    let bugs = (first as u32..after as u32).map(BugIx);
    bugs.filter(move |bug| report.leveled_section(*bug) == Some(section))
}

/// A text without the thematic break that is its last line, or `None` where it ends otherwise.
fn without_rule(base: &[u8], text: Span) -> Option<Span> {
    let bytes = text.of(base);
    let start = memchr::memrchr2(b'\n', b'\r', bytes)? + 1;
    let is_rule = bytes.len() - start >= 3 && is_separator(&bytes[start..]);
    is_rule.then(|| Span::new(text.start, text.start + start as u32).trim_end(base))
}
