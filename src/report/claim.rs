//! A number that a report states about its bugs.
//!
//! Claims stand in tables, lists, headings and sentences, never inside a bug. A claim is what the report
//! says, true or not; [`Documented`] counts what stands there. What cannot be read as a count of bugs beyond
//! doubt is no claim.

pub(super) mod coded;
pub(super) mod documented;
mod likely;
mod line;
mod number;
mod parts;
mod sentence;
pub(super) mod share;
pub(super) mod sheet;
mod subject;
mod table;
mod uncounted;
mod wording;
mod words;

use rayon::prelude::*;

pub use documented::Documented;
pub(super) use likely::{Group, confirmed};
pub(super) use line::of_heading;
pub(super) use number::counts_bugs;
pub use uncounted::Counts;
pub use wording::{Shared, Wording};

pub(super) use subject::{finds_bugs, level_alone, names_bugs, names_nothing_but_bugs};
use subject::{is_about_bugs, name_a_scale};
pub(super) use table::of_table;
pub(super) use words::{TOTALS, is_count_name};

use number::Number;

use super::bug::Bug;
use super::index::Rows;
use super::paragraph::is_remark;
use super::scan::{Kind, Mark, Outline};
use super::section::Section;
use crate::methodology::{HeadingWord, LevelId, Methodology, StatusId};
use crate::text::Span;
use crate::text::fetch::{TOGETHER, fetch};

/// How many bugs are looked between on one core.
const BETWEEN: usize = 1 << 14;

/// How many bytes there are at most between bugs that a blank line parts: two line ends, in which no claim has room.
const LINE_ENDS: usize = 4;

/// The place of a claim among those of its report, in document order, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIx(pub u32);

impl ClaimIx {
    /// As an index into a slice.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// How a claim counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// `22`
    Exact(u64),
    /// `15+`
    AtLeast(u64),
    /// `~12`
    About(u64),
    /// `TBD`, `-`: no number.
    Unknown,
}

impl Count {
    /// What a text counts that holds nothing else.
    pub(super) fn read(text: &[u8]) -> Count {
        let number = Number::leading(text).filter(|number| number.end == text.len());
        number.map_or(Count::Unknown, |number| number.count)
    }

    /// The number in it.
    pub fn number(self) -> Option<u64> {
        match self {
            Count::Exact(n) | Count::AtLeast(n) | Count::About(n) => Some(n),
            Count::Unknown => None,
        }
    }

    /// Whether so many bugs are what it says. About a number is what is off by a fifth of it or less.
    pub fn is_met_by(self, bugs: u64) -> bool {
        match self {
            Count::Exact(n) => n == bugs,
            Count::AtLeast(n) => n <= bugs,
            Count::About(n) => n.abs_diff(bugs) * 5 <= n,
            Count::Unknown => true,
        }
    }
}

/// As reports write it; `–` for no number.
impl std::fmt::Display for Count {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Count::Exact(n) => write!(out, "{n}"),
            Count::AtLeast(n) => write!(out, "{n}+"),
            Count::About(n) => write!(out, "~{n}"),
            Count::Unknown => out.write_str("–"),
        }
    }
}

/// Where a claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a table.
    Cell {
        /// Its cell, from one pipe to the next.
        cell: Span,
        /// Whether that cell is as wide as its column, so that it should stay so.
        aligned: bool,
    },
    /// In a list item, or on a line, that says nothing else.
    Item,
    /// In the heading of a section; it counts the bugs that stand there.
    Heading,
    /// In running text, which is checked and never changed.
    Sentence,
}

impl Place {
    /// The word for it in output: `table`, `list`, `heading`, `sentence`.
    pub fn name(self) -> &'static str {
        match self {
            Place::Cell { .. } => "table",
            Place::Item => "list",
            Place::Heading => "heading",
            Place::Sentence => "sentence",
        }
    }
}

/// Which of the bugs a claim counts, by what has become of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Of {
    /// All.
    All,
    /// Those of this status.
    Status(StatusId),
    /// Those of this status that say so in certain words, where a table counts by several words for one.
    Worded(StatusId, Wording),
}

impl Of {
    /// The status that it counts; `None` for all.
    pub fn status(self) -> Option<StatusId> {
        match self {
            Of::All => None,
            Of::Status(status) | Of::Worded(status, _) => Some(status),
        }
    }
}

/// A number that a report states about its bugs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The digits of the number, or what stands in for them.
    pub span: Span,
    /// Where it stands.
    pub place: Place,
    /// The level that it counts; `None` for bugs of any.
    pub level: Option<LevelId>,
    /// Which of those it counts where others beside it count the same level by other words.
    pub shared: Option<Shared>,
    /// Which of them.
    pub of: Of,
    /// What it says.
    pub count: Count,
}

impl Claim {
    /// One of a line that says nothing else.
    fn of_line(span: Span, level: Option<LevelId>, of: Of, count: Count) -> Claim {
        Claim { span, place: Place::Item, level, shared: None, of, count }
    }

    /// Whether it may be written anew.
    pub fn is_written(&self) -> bool {
        self.place != Place::Sentence && self.count != Count::Unknown
    }
}

/// What of a report has a say in its claims.
pub(super) struct Frame<'a> {
    pub(super) sections: &'a [Section],
    pub(super) bugs: &'a [Bug],
    /// The spans that were read, in order; between them is nothing but bugs.
    pub(super) spans: Vec<Span>,
}

/// The claims of a report, in order: those of tables and text outside its bugs, and of its sections' headings. And what may be
/// claims, in groups.
pub(super) fn all<'a>(
    base: &[u8],
    tables: impl Iterator<Item = &'a Rows>,
    frame: &Frame<'_>,
    methodology: &Methodology,
) -> (Vec<Claim>, Vec<Group>) {
    let Frame { sections, bugs, .. } = *frame;
    let is_free = |at: u32| {
        let after = bugs.partition_point(|bug| bug.block.start <= at);
        after == 0 || !bugs[after - 1].block.contains(at)
    };
    let tables = tables
        .filter(|table| is_free(table.head.start) && table.rows.first().is_none_or(|row| is_free(row.start)));
    let mut told: Vec<(Vec<Claim>, Group)> = tables.map(|table| of_table(base, table, methodology)).collect();
    told.par_extend(gaps(base, frame).into_par_iter().flat_map_iter(|gap| {
        let is_about_bugs = stands_about_bugs(base, gap, sections, methodology);
        of_text(base, &Outline::of(base, gap), is_about_bugs, methodology)
    }));
    let (mut claims, likely): (Vec<Vec<Claim>>, Vec<Group>) = told.into_iter().unzip();
    let mut claims: Vec<Claim> = claims.drain(..).flatten().collect();
    let holds = |section: &Section| {
        let first = bugs.partition_point(|bug| bug.block.start < section.heading.end);
        bugs.get(first).is_some_and(|bug| bug.block.start < section.span.end)
    };
    claims.par_extend(sections.par_iter().filter_map(|section| {
        let heading = of_heading(base, section.title, methodology)?;
        (heading.1 || holds(section)).then_some(heading.0)
    }));
    claims.sort_by_key(|claim| claim.span);
    let of_matter = Some(likely::of_front_matter(base, methodology)).filter(|group| !group.is_empty());
    let may_be = |group: &Group| likely::may_be_of_bugs(group.iter());
    (claims, of_matter.into_iter().chain(likely.into_iter().filter(may_be)).collect())
}

/// Whether the heading above a text is about bugs or how severe they are; of one that only says what sort of text it is,
/// such as `Summary`, the heading around it.
fn stands_about_bugs(base: &[u8], text: Span, sections: &[Section], methodology: &Methodology) -> bool {
    let above = sections.partition_point(|section| section.heading.end <= text.start).checked_sub(1);
    let around = std::iter::successors(above, |at| Some(sections[*at].parent?.at()));
    let mut titles = around.map(|at| sections[at].title.of(base));
    let is_prose = |title: &&[u8]| {
        let word = methodology.headings().leading(title).map(|(word, _)| word);
        word == Some(HeadingWord::Prose) && !is_about_bugs(title)
    };
    titles.find(|title| !is_prose(title)).is_some_and(|title| {
        is_about_bugs(title)
            || [HeadingWord::Bug, HeadingWord::Grade]
                .iter()
                .any(|word| methodology.headings().has(title, *word))
    })
}

/// The claims of a text that is in no bug: those of its lines and sentences. Each group with what may be claims beside them.
fn of_text(
    base: &[u8],
    marks: &[Mark],
    is_about_bugs: bool,
    methodology: &Methodology,
) -> Vec<(Vec<Claim>, Group)> {
    let mut claims: Vec<Named> = Vec::new();
    let (mut vague, mut totals) = (Vec::new(), Vec::new());
    let (mut of_any, mut in_brackets) = (Group::new(), Group::new());
    let mut likely: Vec<Group> = Vec::new();
    // What is closed once a task is done is not closed yet: `- [ ] All 3 critical issues fixed`.
    let is_open_task = |mark: &&Mark| matches!(mark.kind, Kind::Item { task: Some((_, false)), .. });
    let open_tasks: Vec<Span> = marks.iter().filter(is_open_task).map(|mark| mark.lines).collect();
    let is_read = |mark: &&Mark| mark.kind == Kind::Paragraph && !is_remark(mark.text.of(base));
    for paragraph in marks.iter().filter(is_read) {
        let lines = line::of_paragraph(base, paragraph.text, methodology);
        let is_told = |claim: &Claim| {
            let tells = |line: &line::Line| line.claims.iter().any(|labelled| !labelled.is_of_any);
            let is_on =
                |line: &line::Line| crate::text::line::at(base, line.start).whole().covers(claim.span);
            lines.iter().any(|line| tells(line) && is_on(line))
        };
        let before = open_tasks.partition_point(|task| task.start <= paragraph.text.start);
        let is_aim = before > 0 && open_tasks[before - 1].covers(paragraph.text);
        let mut said = sentence::all(base, paragraph.text, methodology);
        said.retain(|claim| !(is_aim && claim.of.status().is_some_and(|of| methodology.status(of).closes)));
        let in_sentences: Vec<Span> = said.iter().map(|claim| claim.span).collect();
        let is_said = |claim: &Claim| in_sentences.contains(&claim.span);
        claims.extend(said.into_iter().filter(|claim| !is_told(claim)).map(|claim| (claim, Span::default())));
        let read = |line: crate::text::line::Line| likely::of_line(base, line.text, methodology);
        likely.extend(
            crate::text::line::lines(base, paragraph.text).map(read).filter(|group| !group.is_empty()),
        );
        let of_level = |line: crate::text::line::Line| line::bracketed_level(base, line.text, methodology);
        in_brackets.extend(
            crate::text::line::lines(base, paragraph.text)
                .filter_map(of_level)
                .filter(|claim| !is_told(claim) && !is_said(claim)),
        );
        for line::Labelled { claim, label, is_bare_total, is_vague, is_of_any } in
            lines.into_iter().flat_map(|line| line.claims)
        {
            match (is_bare_total, is_vague) {
                (true, _) => totals.push((claim, label)),
                _ if is_of_any => of_any.push(claim),
                (_, true) if line::is_among_others(base, claim.span.start, methodology) => {}
                (_, true) => vague.push((claim, label)),
                _ => claims.push((claim, label)),
            }
        }
    }
    let counts_levels = |claims: &[Named]| {
        claims.iter().any(|(claim, _)| claim.level.is_some() && claim.place == Place::Item)
    };
    // "Warnings: 2" and "Total: 54" may count anything, but not where levels are counted beside them, and nothing else is.
    let are_of_scale = || name_a_scale(vague.iter().map(|(_, label): &Named| label.of(base)), methodology);
    if is_about_bugs || counts_levels(&claims) || are_of_scale() {
        claims.append(&mut vague);
    }
    if counts_levels(&claims) {
        claims.append(&mut totals);
    } else {
        of_any.extend(totals.iter().map(|(claim, _)| *claim));
    }
    let beside = likely.into_iter().chain([of_any, in_brackets]).map(|group| (Vec::new(), group));
    [(told_apart(base, claims, methodology), Group::new())].into_iter().chain(beside).collect()
}

/// A claim, and the words that say what it counts.
type Named = (Claim, Span);

/// Those beside each other, on one line or on the next, that count one level are told apart by their words: `Low` and
/// `Informational`. Without those that nothing tells from each other.
fn told_apart(base: &[u8], mut claims: Vec<Named>, methodology: &Methodology) -> Vec<Claim> {
    claims.sort_by_key(|(claim, _)| claim.span);
    let is_listed = |claim: &Claim| claim.level.is_some() && claim.place != Place::Sentence;
    let share = |(one, _): &Named, (next, _): &Named| {
        let between = Span::new(one.span.end, next.span.start).of(base);
        let is_beside = || memchr::memchr_iter(b'\n', between).nth(1).is_none();
        is_listed(one) && is_listed(next) && (one.level, one.of) == (next.level, next.of) && is_beside()
    };
    claims.chunk_by(share).flat_map(|alike| apart(base, alike, methodology)).collect()
}

/// Claims of one level and status, each with the word that it counts by where there are several; none where their words do not
/// tell them apart.
fn apart(base: &[u8], alike: &[Named], methodology: &Methodology) -> Vec<Claim> {
    if let [(alone, _)] = alike {
        return vec![*alone];
    }
    let labels: Vec<&[u8]> = alike.iter().map(|(_, label)| label.of(base)).collect();
    let Some((first, level)) = alike.first().and_then(|(claim, _)| Some((claim.span.start, claim.level?)))
    else {
        return Vec::new();
    };
    let shared = Shared::apart(&labels, level, first, methodology).unwrap_or_default();
    let told = |((claim, _), shared): (&Named, Shared)| Claim { shared: Some(shared), ..*claim };
    alike.iter().zip(shared).map(told).collect()
}

/// The stretches between bugs and headings that hold more than separators.
fn gaps(base: &[u8], frame: &Frame<'_>) -> Vec<Span> {
    let bugs = frame.bugs;
    let before = |bug: usize| bug.checked_sub(1).map(|bug| bugs[bug].block);
    let among = |(place, together): (usize, &[Bug])| {
        gaps_before(together.iter().map(|bug| bug.block), before(place * BETWEEN), frame)
    };
    let among = bugs.par_chunks(BETWEEN).enumerate().map(among);
    let end = Span::empty(base.len() as u32);
    let last = gaps_before([end].into_iter(), before(bugs.len()), frame);
    let says_more = |gap: &Span| gap.of(base).iter().any(u8::is_ascii_alphanumeric);
    let told = among.chain([last]).flat_map_iter(|gaps| {
        let mut told = Vec::new();
        for gaps in gaps.chunks(TOGETHER) {
            fetch(base, gaps.iter().map(|gap| gap.start));
            told.extend(gaps.iter().copied().filter(says_more));
        }
        told
    });
    told.collect()
}

/// The stretches before blocks and headings, from the end of the block before these on.
fn gaps_before(
    blocks: impl Iterator<Item = Span>,
    before: Option<Span>,
    Frame { sections, spans, .. }: &Frame<'_>,
) -> Vec<Span> {
    let from = before.map_or(0, |before| before.start + 1);
    let sections = &sections[sections.partition_point(|section| section.heading.start < from)..];
    let spans = &spans[spans.partition_point(|span| span.end < from)..];
    let mut headings = sections.iter().map(|section| section.heading).peekable();
    let mut skipped = spans.windows(2).map(|pair| Span::new(pair[0].end, pair[1].start)).peekable();
    let (mut gaps, mut at) = (Vec::new(), before.map_or(0, |before| before.end));
    let mut cut = |span: Span| {
        let gap = Span::new(at, span.start);
        gaps.extend((gap.len() > LINE_ENDS).then_some(gap));
        at = at.max(span.end);
    };
    for block in blocks {
        while let Some(heading) = headings.next_if(|heading| heading.start <= block.start) {
            cut(heading);
        }
        if let Some(skipped) = skipped.next_if(|skipped| skipped.start < block.start) {
            cut(skipped);
        }
        cut(block);
    }
    gaps
}

#[cfg(test)]
mod tests;
