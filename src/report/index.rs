//! Reading a report: from its block structure to bugs, sections and claims.
//!
//! Only headings, tables and thematic breaks are kept of the structure; a bug's fields are looked at
//! only as far as its severity.

use rayon::prelude::*;

use super::bug::{Bug, BugIx, Form, Source};
use super::claim::{self, Claim, Frame};
use super::entry::IdKind;
use super::field::Weight;
use super::layout::{self, Called, Role, Why};
use super::lines::Lines;
use super::loose::{self, BugTable, Candidate, Lists, Loose};
use super::mention::{Mention, Name};
use super::part::{Part, Stated};
use super::plain::{self, Plain};
use super::section::{self, Section, SectionIx, Spread};
use super::separator;
use super::series;
use super::shape::{self, Shape};
pub(super) use super::stretch::Rows;
use super::stretch::Stretch;
use super::table::RowEntry;
use crate::methodology::{HeadingWord, Methodology};
use crate::text::{Span, passing};

/// How many bugs are counted in their sections on one core.
const TOGETHER: usize = 1 << 14;

/// What a report consists of.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) bugs: Vec<Bug>,
    pub(super) sections: Vec<Section>,
    pub(super) claims: Vec<Claim>,
    /// What may be claims, in groups.
    pub(super) likely: Vec<claim::Group>,
    /// Rows elsewhere that speak of bugs, sorted by bug.
    pub(super) mentions: Vec<Mention>,
    /// The tables that hold bugs or speak of them, in order.
    pub(super) tables: Vec<BugTable>,
    /// What was recognised.
    pub(super) shapes: Vec<Shape>,
    /// What the title of each section begins with.
    pub(super) words: Vec<Option<HeadingWord>>,
    /// The bugs that are told by themselves.
    pub(super) plain: Plain,
    /// Whether any bug or claim would be read otherwise if bugs that are told by themselves were left out.
    pub(super) by_others: bool,
}

/// A heading that is a bug.
pub(super) struct Headed {
    /// Which of all headings it is.
    part: u32,
    /// The section that it stands in.
    section: Option<SectionIx>,
    pub(super) why: Why,
}

impl Headed {
    /// As an index into the parts.
    pub(super) fn part(&self) -> usize {
        self.part as usize
    }
}

/// All of it, in one vector: the first, mostly the only one.
fn joined<T>(all: impl Iterator<Item = Vec<T>>) -> Vec<T> {
    let join = |mut joined: Vec<T>, next| {
        joined.extend(next);
        joined
    };
    all.reduce(join).unwrap_or_default()
}

/// The lists of what stands in no headed bug.
fn lists(base: &[u8], parts: &[Part], roles: &[Role], methodology: &Methodology) -> Vec<Lists> {
    let first = parts.first().map_or(base.len() as u32, |part| part.heading.lines.start);
    let is_apart = |part: &Part| part.entry.id_kind != IdKind::Range;
    let sections = parts.iter().zip(roles).filter(|(part, role)| **role == Role::Section && is_apart(part));
    let texts: Vec<Span> =
        [Span::new(0, first)].into_iter().chain(sections.map(|(part, _)| part.own())).collect();
    texts.into_par_iter().filter_map(|text| Lists::of(base, text, methodology)).collect()
}

/// The tables and lists of a report, as the inference over its headings asks for them.
struct Outside<'a> {
    base: &'a [u8],
    tables: &'a [Candidate<'a>],
    methodology: &'a Methodology,
    /// Where tables begin whose rows are bugs of their own.
    apart: Vec<u32>,
}

impl<'a> Outside<'a> {
    fn of(base: &'a [u8], tables: &'a [Candidate<'a>], methodology: &'a Methodology) -> Outside<'a> {
        let apart = tables.iter().filter(|table| table.is_apart()).map(|table| table.table.head.start);
        Outside { base, tables, methodology, apart: apart.collect() }
    }
}

impl layout::Around for Outside<'_> {
    fn tells_bugs(&self) -> bool {
        self.tables.iter().any(Candidate::is_sure)
    }

    fn splits(&self, part: &Part) -> bool {
        let own = part.own();
        let next = self.apart.partition_point(|at| *at < own.start);
        let has_id = part.entry.id_kind > IdKind::Range;
        self.apart.get(next).is_some_and(|at| *at < own.end)
            || loose::is_split(self.base, own, has_id, self.methodology)
    }

    fn is_list(&self, part: &Part) -> bool {
        loose::is_list(self.base, part.own(), self.methodology)
    }

    fn leads(&self, part: &Part) -> Vec<Span> {
        loose::leads(self.base, part.own(), self.methodology)
    }

    fn named_items(&self, part: &Part) -> Option<(Span, Vec<Name>)> {
        loose::named_items(self.base, part.own(), self.methodology)
    }

    fn splits_by_fields(&self, part: &Part) -> bool {
        loose::is_split_by_fields(self.base, part.own(), self.methodology)
    }

    fn grades_items(&self, part: &Part) -> bool {
        loose::grades_items(self.base, part.own(), self.methodology)
    }

    fn listed(&self) -> Vec<Vec<Span>> {
        let lists = self.tables.iter().filter(|table| table.lists());
        lists.map(|table| table.ids(self.base, self.methodology)).collect()
    }

    fn graded(&self, most: usize) -> Vec<Vec<Called>> {
        let tables = self.tables.iter().filter(|table| table.grades() && table.table.rows.len() <= most);
        tables.map(|table| table.called(self.base, self.methodology)).collect()
    }
}

impl Index {
    /// Reads a report, and counts its lines on the way.
    pub(super) fn of(base: &[u8], methodology: &Methodology) -> (Index, Lines) {
        let whole = Stretch::whole(base, methodology);
        let lines = whole.lines();
        (Index::read(base, vec![whole], &[], methodology), lines)
    }

    /// Reads a report but for bugs that are told by themselves, which stand in these spans with such bugs left on either
    /// side. `None` where that does not tell how all of it is to be read.
    pub(super) fn around(
        base: &[u8],
        (skipped, left_out): (&[Span], &[Bug]),
        methodology: &Methodology,
    ) -> Option<Index> {
        let index = Index::read(base, Stretch::around(base, skipped, methodology)?, left_out, methodology);
        (!index.by_others).then_some(index)
    }

    fn read(base: &[u8], mut stretches: Vec<Stretch>, left_out: &[Bug], methodology: &Methodology) -> Index {
        let mut parts = joined(stretches.iter_mut().map(Stretch::take_parts));
        let rules = joined(stretches.iter_mut().map(Stretch::take_rules));
        let tables: Vec<&Rows> = stretches.iter().flat_map(Stretch::tables).collect();
        let candidates = loose::candidates(base, &tables, methodology);
        let outside = Outside::of(base, &candidates, methodology);
        let layout::Roles { of: roles, by_others } = layout::roles(base, &mut parts, methodology, &outside);
        let mut index = Index::default();
        let lists = lists(base, &parts, &roles, methodology);
        let headed = index.place(base, &parts, &roles, &lists, methodology);
        let ruled = separator::cut(base, &mut index.bugs, &rules);
        let plain = plain::told(base, (&parts, &headed), &candidates, &ruled, methodology);
        let outside = candidates.into_iter().filter(|one| !index.is_in_bug(one.table.head.start)).collect();
        let loose = Loose::read(base, lists, outside, (&index, left_out), methodology);
        index.by_others = by_others || loose.by_others || !ruled.is_empty();
        let shape = |bug: &Headed| (Form::Heading, parts[bug.part()].heading.level, bug.why);
        let loosely: Vec<(Form, u8, Why)> = loose.bugs.iter().map(|(bug, why)| (bug.form, 0, *why)).collect();
        let places = index.join(loose.bugs);
        let plain = plain.iter().zip(&places).filter(|(is_told, _)| **is_told).map(|(_, place)| *place);
        index.plain = Plain::of(index.bugs.len(), plain);
        index.shapes = shape::shapes(headed.par_iter().map(shape).chain(loosely), &places);
        index.read_sections(base, left_out, methodology);
        index.read_mentions(base, &loose.mentions, &places, methodology);
        index.read_risks(&parts, &headed, &places);
        index.by_others |= series::settle(base, &mut index.bugs, methodology);
        index.tables = loose.tables;
        let spans = stretches.iter().map(|stretch| stretch.span);
        let frame = Frame { sections: &index.sections, bugs: &index.bugs, spans: spans.collect() };
        (index.claims, index.likely) = claim::all(base, tables.into_iter(), &frame, methodology);
        index
    }

    /// Makes bugs and sections of the headings, each in the section around it. Gives of which headings the bugs are.
    fn place(
        &mut self,
        base: &[u8],
        parts: &[Part],
        roles: &[Role],
        lists: &[Lists],
        methodology: &Methodology,
    ) -> Vec<Headed> {
        let (mut open, mut headed) = (Vec::new(), passing::room(parts.len()));
        for (at, part) in parts.iter().enumerate().filter(|(at, _)| roles[*at] != Role::Inner) {
            let (depth, rank) = (part.heading.level, part.rank());
            self.close(&mut open, rank, part.heading.lines.start);
            let parent = open.last().map(|(section, _)| *section);
            if let Role::Bug(why) = roles[at] {
                headed.push(Headed { part: at as u32, section: parent, why });
            } else {
                open.push((SectionIx::new(self.sections.len()), rank));
                self.sections.push(part.section(parent));
                let is_title = at == 0 && depth == 1;
                let word = part.section_word(base, methodology);
                let says_little =
                    |word: &HeadingWord| is_title && matches!(word, HeadingWord::Prose | HeadingWord::Step);
                self.words.push(word.filter(|word| !says_little(word) && !part.is_rated()));
                self.place_labels(lists, part.own().start);
            }
        }
        self.close(&mut open, 0, base.len() as u32);
        self.name_statuses(base, methodology);
        let bug = |of: &Headed| parts[of.part()].bug(base, end(parts, roles, of.part()), of.section);
        headed.par_iter().map(bug).collect_into_vec(&mut self.bugs);
        headed
    }

    /// Keeps which sections say what has become of their bugs; a word of that says nothing else: `In progress`.
    fn name_statuses(&mut self, base: &[u8], methodology: &Methodology) {
        section::name_statuses(base, &mut self.sections, methodology);
        let named = self.sections.iter().zip(&mut self.words);
        named.filter(|(section, _)| section.is_a_status(base)).for_each(|(_, word)| *word = None);
    }

    /// Makes sections of the labels in the text that begins at an offset, in the section just made.
    fn place_labels(&mut self, lists: &[Lists], start: u32) {
        let Ok(at) = lists.binary_search_by_key(&start, Lists::start) else { return };
        let parent = SectionIx::new(self.sections.len() - 1);
        let (sections, words): (Vec<_>, Vec<_>) = lists[at].sections(parent).unzip();
        self.sections.extend(sections);
        self.words.extend(words);
    }

    /// Puts bugs that stand outside headings among the others. Gives where each bug is now.
    fn join(&mut self, loose: Vec<(Bug, Why)>) -> Vec<BugIx> {
        let mut places = passing::room(self.bugs.len() + loose.len());
        places.extend((0..(self.bugs.len() + loose.len()) as u32).map(BugIx));
        if loose.is_empty() {
            return places;
        }
        self.bugs.reserve_exact(loose.len());
        self.bugs.extend(loose.into_iter().map(|(bug, _)| bug));
        let mut order: Vec<u32> = (0..self.bugs.len() as u32).collect();
        order.sort_by_key(|at| self.bugs[*at as usize].block.start);
        for (place, at) in order.iter().zip(0..) {
            places[*place as usize] = BugIx(at);
        }
        self.bugs.sort_by_key(|bug| bug.block.start);
        places
    }

    /// Keeps the rows that speak of bugs, and gives bugs the severity those say that have none, or a range of
    /// levels from their section.
    fn read_mentions(
        &mut self,
        base: &[u8],
        mentions: &[(BugIx, RowEntry)],
        places: &[BugIx],
        methodology: &Methodology,
    ) {
        for (bug, row) in mentions {
            let at = places[bug.at()];
            self.mentions.push(Mention { bug: at, row: row.row });
            let bug = &mut self.bugs[at.at()];
            let is_vague = match bug.source {
                Source::Nothing => true,
                Source::Section => section::is_range(base, bug.severity, methodology),
                _ => false,
            };
            if is_vague && !row.severity.is_empty() {
                (bug.severity, bug.level, bug.source) = (row.severity, row.level, Source::Table);
            }
        }
        self.mentions.sort_by_key(|mention| mention.bug);
    }

    /// Gives bugs that nothing else gives a severity the one that their risk is rated by.
    fn read_risks(&mut self, parts: &[Part], headed: &[Headed], places: &[BugIx]) {
        let bugs = &self.bugs;
        let is_open = |(_, place): &(&Headed, &BugIx)| bugs[place.at()].source == Source::Nothing;
        let risk = |(bug, place): (&Headed, &BugIx)| {
            let stated = parts[bug.part()].stated.filter(|stated| stated.weight == Weight::Risk)?;
            Some((*place, stated))
        };
        let open = headed.par_iter().zip(places).filter(is_open);
        let risks: Vec<(BugIx, Stated)> = open.filter_map(risk).collect();
        for (bug, risk) in risks {
            let bug = &mut self.bugs[bug.at()];
            (bug.severity, bug.level, bug.source) = (risk.word, risk.level, Source::Field);
        }
    }

    /// Ends the open sections that stand as deep as a rank or deeper.
    fn close(&mut self, open: &mut Vec<(SectionIx, u8)>, rank: u8, end: u32) {
        while let Some((section, _)) = open.pop_if(|(_, own)| *own >= rank) {
            self.sections[section.at()].span.end = end;
        }
    }

    /// Gives bugs without a severity of their own that of their section. A bug that says otherwise than its section is not told
    /// by itself.
    fn read_sections(&mut self, base: &[u8], left_out: &[Bug], methodology: &Methodology) {
        let (mut spread, differing) = self.spread(base, methodology);
        differing.into_iter().for_each(|bug| self.plain.drop(bug));
        let holds_bugs: Vec<bool> = spread.iter().map(|spread| spread.holds_bugs()).collect();
        if spread.iter().any(Spread::differs) {
            for bug in left_out {
                let around = leveled(&self.sections, self.section_at(bug.block.start));
                let Some(section) = around else { continue };
                spread[section.at()].add(base, bug, &self.sections[section.at()], methodology);
            }
        }
        section::settle_levels(base, &mut self.sections, &holds_bugs, methodology);
        section::settle_spread(&mut self.sections, &spread);
        let sections = &self.sections;
        self.bugs.par_iter_mut().filter(|bug| bug.source == Source::Nothing).for_each(|bug| {
            let Some(section) = leveled(sections, bug.section) else { return };
            let Section { level, word, .. } = sections[section.at()];
            (bug.severity, bug.level, bug.source) = (word, level, Source::Section);
        });
    }

    /// What the bugs of each section that names a level say of theirs, and those that say otherwise than their section.
    fn spread(&self, base: &[u8], methodology: &Methodology) -> (Vec<Spread>, Vec<BugIx>) {
        let sections = &self.sections;
        let spread = |(place, bugs): (usize, &[Bug])| {
            let (mut spread, mut differing) = (vec![Spread::default(); sections.len()], Vec::new());
            for (bug, at) in bugs.iter().zip((place * TOGETHER..).map(|at| BugIx(at as u32))) {
                let Some(section) = leveled(sections, bug.section) else { continue };
                let differs = spread[section.at()].add(base, bug, &sections[section.at()], methodology);
                differing.extend(differs.then_some(at));
            }
            (spread, differing)
        };
        let both = |(mut spread, mut differing): (Vec<Spread>, Vec<BugIx>), (further, others)| {
            spread.iter_mut().zip::<Vec<Spread>>(further).for_each(|(spread, further)| spread.join(further));
            differing.extend::<Vec<BugIx>>(others);
            (spread, differing)
        };
        let all = self.bugs.par_chunks(TOGETHER).enumerate().map(spread).reduce_with(both);
        all.unwrap_or_else(|| (vec![Spread::default(); sections.len()], Vec::new()))
    }

    /// The innermost section around an offset.
    pub(super) fn section_at(&self, at: u32) -> Option<SectionIx> {
        let after = self.sections.partition_point(|section| section.span.start <= at);
        let last = after.checked_sub(1).map(SectionIx::new);
        std::iter::successors(last, |section| self.sections[section.at()].parent)
            .find(|section| self.sections[section.at()].span.contains(at))
    }

    fn is_in_bug(&self, at: u32) -> bool {
        let after = self.bugs.partition_point(|bug| bug.block.start <= at);
        after > 0 && self.bugs[after - 1].block.contains(at)
    }
}

/// Where the bug of part `at` ends: before the next bug's heading, or the next one that is not below it, and the blanks above that.
fn end(parts: &[Part], roles: &[Role], at: usize) -> u32 {
    let rank = parts[at].rank();
    let mut after = parts.iter().zip(roles).skip(at + 1);
    let below = after.position(|(part, role)| role.is_bug() || part.rank() <= rank);
    parts[below.map_or(parts.len() - 1, |below| at + below)].text_end
}

/// The innermost section around that says how severe the bugs in it are.
pub(super) fn leveled(sections: &[Section], from: Option<SectionIx>) -> Option<SectionIx> {
    std::iter::successors(from, |section| sections[section.at()].parent)
        .find(|section| sections[section.at()].grades())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::report::Report;

    /// A section would keep a level that most of its bugs deny, for they were counted on another core.
    #[test]
    fn all_bugs_of_a_section_have_a_say_in_its_level() {
        let level = |agreeing: usize, bugs: usize| {
            let bug = |at: usize| {
                let level = if at < agreeing { "Major" } else { ["Critical", "Minor"][at % 2] };
                format!("### A-{at}: It breaks\n\n- **Severity:** {level}\n\n")
            };
            let bugs: String = (0..bugs).map(bug).collect();
            let text = format!("# Review\n\n## Major findings\n\n{bugs}");
            let report = Report::parse(text.into_bytes().into(), &Arc::new(Methodology::embedded()));
            report.sections()[1].level.is_some()
        };
        let denied = [(TOGETHER, 2 * TOGETHER + 2), (1, 4)].map(|(agreeing, bugs)| level(agreeing, bugs));
        let kept = [(TOGETHER + 1, 2 * TOGETHER + 1), (2, 3)].map(|(agreeing, bugs)| level(agreeing, bugs));
        assert_eq!((denied, kept), ([false; 2], [true; 2]));
    }
}
