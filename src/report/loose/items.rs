//! Items of lists as bugs.
//!
//! A list is one of bugs where its items say how severe they are, or are set off as entries (ids, boxes, bold
//! leads) in a section that speaks of bugs. Plain items are bugs only in a section that names a level and holds
//! no other entries, where the report has none or has its other bugs in such sections too; or in one that counts
//! them, where nothing else tells of bugs.

use super::Reader;
use super::called::{calls_bugs, calls_failed_tests};
use super::lists::{Evidence, Lists, are_named};
use super::retold::Told;
use crate::methodology::{FieldKind, HeadingWord};
use crate::report::bug::{Bug, Form, Source};
use crate::report::claim::counts_bugs;
use crate::report::denial::denies_bugs;
use crate::report::inline::character;
use crate::report::item::{Hint, ItemEntry, LABEL_DEPTH, List, ListKind, Marker};
use crate::report::layout::Why;
use crate::report::mention::Name;
use crate::report::section::{Section, SectionIx};
use crate::text::{Span, line};

/// How long the line is at most that a report without headings has for a title, in bytes.
const TITLE_MOST: usize = 100;

/// Where a list stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) section: Option<SectionIx>,
    /// Whether its section, or the one around it, names a level.
    leveled: bool,
    /// Whether its section is one by severity and holds no other entries.
    by_severity: bool,
    /// Whether its section speaks of bugs.
    of_bugs: bool,
    /// Whether there is nothing but lists beside it.
    pub(super) alone: bool,
}

impl Reader<'_> {
    /// Reads the lists that stand in no headed bug and are such; `tables` tells where tables begin.
    pub(super) fn read_lists(
        &mut self,
        lists: &[Lists],
        tables: &[u32],
        is_such: impl Fn(&Self, &List, Place) -> bool,
    ) {
        for Lists { text, lists, alone, .. } in lists {
            let next = tables.partition_point(|table| *table < text.start);
            let has_tables = tables.get(next).is_some_and(|table| text.contains(*table));
            for list in lists {
                let section = self.index.section_at(list.items[0].block.start);
                if !self.may_be_bugs(list, section) {
                    continue;
                }
                let by_severity = self.is_by_severity(section) && !has_tables;
                let of_bugs = self.is_of_bugs(section) || section.is_none() && self.opens_with_bugs();
                let leveled = self.names_level(section);
                let place = Place { section, leveled, by_severity, of_bugs, alone: *alone };
                if !self.is_list_aside(list, place) && is_such(self, list, place) && !self.is_told(list) {
                    self.take_items(list, section);
                }
            }
        }
    }

    /// Reads the lists whose sections count them as bugs, where nothing else tells of any.
    pub(super) fn read_counted(&mut self, lists: &[Lists], tables: &[u32]) {
        if !self.tells_bugs() {
            self.read_lists(lists, tables, |reader, list, place| reader.are_counted(list, place.section));
        }
    }

    /// Whether a list is one of entries; steps are where their section names a level itself, or counts them as bugs.
    fn may_be_bugs(&self, list: &List, section: Option<SectionIx>) -> bool {
        let names_level = || section.is_some_and(|at| self.index.sections[at.at()].grades());
        match list.evidence.kind {
            ListKind::Entries => true,
            ListKind::Steps => {
                names_level() || self.are_counted(list, section) || section.is_some_and(|at| self.calls(at))
            }
            _ => false,
        }
    }

    fn take_items(&mut self, list: &List, section: Option<SectionIx>) {
        let count =
            |is_such: &dyn Fn(Hint) -> bool| list.items.iter().filter(|item| is_such(item.hint)).count();
        let graded = count(&|hint| hint != Hint::Nothing);
        let noted = count(&|hint| hint == Hint::Note);
        let is_rated = section.is_some_and(|at| self.index.sections[at.at()].is_rated());
        let are_titled = list.marker == Marker::Task && list.evidence.bold as usize == list.items.len();
        let is_mostly_graded = graded == noted || graded * 5 >= list.items.len() * 4;
        let takes_all = matches!(list.marker, Marker::Field | Marker::Printed)
            || is_rated
            || are_titled
            || is_mostly_graded;
        let is_bug = |item: &&ItemEntry| {
            let title = item.title.of(self.base);
            !title.is_empty()
                && !says_none(title)
                && !denies_bugs(title, self.methodology)
                && !self.counts(item)
                && !self.is_value(item)
                && (takes_all || item.hint != Hint::Nothing)
        };
        let bugs: Vec<Bug> =
            list.items.iter().filter(is_bug).map(|item| bug(self.base, item, section)).collect();
        bugs.into_iter().for_each(|bug| self.take(bug, Why::Item));
    }

    /// Whether an item is the level of what stands above it, under its name in small letters: `- severity: high`.
    fn is_value(&self, item: &ItemEntry) -> bool {
        let name = item.title.of(self.base);
        let is_small = name.first().is_some_and(u8::is_ascii_lowercase);
        item.hint == Hint::Decoration
            && is_small
            && item.title.end <= item.severity.start
            && matches!(
                self.methodology.fields().kind_of(name),
                Some(FieldKind::Severity | FieldKind::Priority)
            )
    }

    /// Whether an item with fields says of what it names how many bugs that has: `**Login:** 3 bugs`.
    fn counts(&self, item: &ItemEntry) -> bool {
        if item.hint != Hint::Field {
            return false;
        }
        let line = line::at(self.base, item.title.start).text;
        let rest = Span::new(item.title.end.min(line.end), line.end).of(self.base);
        let lead = rest.iter().take_while(|byte| b"*_: ".contains(byte)).count();
        counts_bugs(&rest[lead..])
    }

    /// Whether bugs that stand elsewhere are most of a list.
    fn is_told(&mut self, list: &List) -> bool {
        let items: Vec<Name> = list.items.iter().map(|item| (item.id, item.title)).collect();
        let named = self.names.find_all(&items);
        if named.iter().flatten().count() * 2 >= list.items.len() {
            return true;
        }
        let told = |item: &ItemEntry| Told { id: Span::empty(0), title: item.title, level: item.level };
        let told: Vec<Told> = list.items.iter().map(told).collect();
        self.retold(&told, &named).iter().any(Option::is_some)
    }

    /// Whether a list stands among praise, prose or, without fields, steps.
    fn is_list_aside(&self, list: &List, place: Place) -> bool {
        self.is_among(place.section, HeadingWord::Fine)
            || self.is_among(place.section, HeadingWord::Prose) && !self.takes_prose
            || self.is_among(place.section, HeadingWord::Step)
                && !self.takes_steps
                && !Evidence::of(list).fields
    }

    /// Whether the items of a list say how severe they are, or their section does.
    pub(super) fn is_graded(&self, list: &List, place: Place) -> bool {
        let Evidence { levels, ids, fields, .. } = Evidence::of(list);
        let several = list.items.len() > 1;
        let counted = list.marker == Marker::Number && list.items.len() > 2;
        let all = counted && list.evidence.levels as usize == list.items.len();
        let apart = place.of_bugs || self.index.bugs.is_empty() || all;
        list.marker == Marker::Printed && apart
            || levels && apart && (several || place.of_bugs || ids)
            || fields && (several || place.of_bugs || place.by_severity)
            || place.leveled && ids && several
            || place.by_severity && (ids || self.takes_plain(list, place))
    }

    /// Whether the only item of a list says how severe it is as those of others do that are bugs.
    pub(super) fn is_one_of_graded(&self, list: &List, place: Place) -> bool {
        let [item] = list.items[..] else { return false };
        let apart = place.of_bugs || self.index.bugs.is_empty();
        let sets_off = |from: u32, severity: Span, title: Span| {
            let mark = self.base.get(from as usize).copied();
            (mark, severity.start < title.start)
        };
        let own = sets_off(item.block.start, item.severity, item.title);
        let is_alike = |bug: &Bug| {
            bug.source == Source::Item && sets_off(bug.block.start, bug.severity, bug.title) == own
        };
        match item.hint {
            Hint::Decoration => apart && self.loose.bugs.iter().any(|(bug, _)| is_alike(bug)),
            Hint::Nothing => self.is_beside_taken(&item, place),
            Hint::Field if is_lone_paragraph(list) => {
                let is_alike = |bug: &Bug| {
                    bug.source == Source::Field
                        && bug.form == Form::Item
                        && !bug.id.is_empty()
                        && bug.block.of(self.base).starts_with(b"**")
                };
                apart && (self.lone_paragraphs > 1 || self.loose.bugs.iter().any(|(bug, _)| is_alike(bug)))
            }
            _ => false,
        }
    }

    /// Whether an item is all that a section by severity holds, and items of the one beside it are bugs.
    fn is_beside_taken(&self, item: &ItemEntry, place: Place) -> bool {
        let sections = &self.index.sections;
        let Some(own) = place.section.map(|at| sections[at.at()]).filter(|own| own.level.is_some()) else {
            return false;
        };
        let is_beside = |bug: &Bug| {
            let other = bug.section.map(|at| sections[at.at()]);
            let beside = |other: Section| (other.parent, other.depth) == (own.parent, own.depth);
            bug.source == Source::Nothing
                && other.is_some_and(beside)
                && self.base.get(bug.block.start as usize) == self.base.get(item.block.start as usize)
        };
        place.by_severity
            && place.alone
            && self.grades_bugs(place.section)
            && self.loose.bugs.iter().any(|(bug, _)| is_beside(bug))
    }

    /// Whether a list of tasks stands in a section of what is closed, and tasks elsewhere are bugs.
    pub(super) fn is_settled(&self, list: &List, place: Place) -> bool {
        Evidence::of(list).tasks
            && list.marker == Marker::Task
            && self.is_among_closed(place.section)
            && self.loose.bugs.iter().any(|(bug, _)| bug.form == Form::Item && self.is_task(bug.block))
    }

    /// Whether an item has a box.
    pub(super) fn is_task(&self, block: Span) -> bool {
        let text = block.of(self.base).trim_ascii_start();
        matches!(text, [b'-' | b'*' | b'+', b' ', b'[', _, b']', ..])
    }

    /// Whether a list is all that its section has, which speaks of bugs and says that they are closed.
    pub(super) fn is_of_settled_bugs(&self, list: &List, place: Place) -> bool {
        let names_bugs = || place.section.is_some_and(|at| self.names_bugs(at));
        self.is_by_status(place.section) && names_bugs() && place.alone && self.is_set_off(list, place)
    }

    /// Whether a list is one of bugs by the title of its section or of the one around it, which calls all in it so: `Known bugs`;
    /// of one further out where there is nothing else beside it.
    pub(super) fn is_of_known_bugs(&self, list: &List, place: Place) -> bool {
        let is_apart =
            place.alone || list.evidence.kind == ListKind::Entries || self.opens_section(list, place);
        self.index.bugs.is_empty()
            && is_apart
            && !are_named(self.base, list)
            && (place.section.is_none() && self.opens_with_bugs() && self.is_listed_first(list) || {
                let mut around = self.around(place.section).take(if place.alone { usize::MAX } else { 2 });
                around.any(|at| self.calls(at))
            })
    }

    /// Whether a list is one of tests that failed, by the title of its section.
    pub(super) fn is_of_failed_tests(&self, list: &List, place: Place) -> bool {
        let calls = |at: SectionIx| {
            calls_failed_tests(&String::from_utf8_lossy(self.index.sections[at.at()].title.of(self.base)))
        };
        self.index.bugs.is_empty() && !are_named(self.base, list) && place.section.is_some_and(calls)
    }

    /// Whether a list is numbered, or begins right below the first line of the report.
    fn is_listed_first(&self, list: &List) -> bool {
        let before = Span::new(0, list.items[0].block.start);
        let mut said = line::lines(self.base, before).filter(|line| !line.text.trim(self.base).is_empty());
        list.marker != Marker::Bullet || said.nth(1).is_none()
    }

    /// Whether a report without headings begins with a line that speaks of bugs, as a title does.
    fn opens_with_bugs(&self) -> bool {
        let first = line::lines(self.base, Span::whole(self.base)).find(|line| !line.text.is_empty());
        let title = first.map_or(Span::empty(0), |first| first.text.trim(self.base)).of(self.base);
        self.index.sections.is_empty()
            && title.len() <= TITLE_MOST
            && title.first().is_some_and(|byte| !b"-*+|[0123456789".contains(byte))
            && self.methodology.headings().has(title, HeadingWord::Bug)
    }

    /// Whether nothing stands between the title of a section and a list.
    fn opens_section(&self, list: &List, place: Place) -> bool {
        let section = place.section.map(|at| self.index.sections[at.at()]);
        let start = list.items[0].block.start;
        section.is_some_and(|own| Span::new(own.heading.end.min(start), start).trim(self.base).is_empty())
    }

    /// Whether the title of a section calls all that stands below it bugs.
    fn calls(&self, section: SectionIx) -> bool {
        calls_bugs(self.index.sections[section.at()].title.of(self.base), self.methodology)
    }

    /// Whether a section, or one around it, says that its bugs are closed.
    fn is_among_closed(&self, section: Option<SectionIx>) -> bool {
        let closes = |at: SectionIx| {
            let status = self.index.sections[at.at()].status.of(self.base);
            let found = self.methodology.read_status(status);
            found.is_some_and(|found| self.methodology.status(found.status).closes)
        };
        self.around(section).any(closes)
    }

    /// Whether the items of a list are set off as entries where bugs are spoken of.
    pub(super) fn is_set_off(&self, list: &List, place: Place) -> bool {
        let Evidence { ids, bold, tasks, .. } = Evidence::of(list);
        let numbered = matches!(list.marker, Marker::Number | Marker::Paragraph);
        let entries =
            ids || list.marker == Marker::Field || !self.tells_bugs() && bold && (tasks || numbered);
        let sorted = bold && self.index.bugs.is_empty() && self.is_by_status(place.section);
        let are_entries = sorted || list.items.len() > 1 && entries;
        place.of_bugs && are_entries && !self.is_graded(list, place)
    }

    /// Whether a section says behind its title that it has as many bugs as a list has items, and no heading of the report is a
    /// bug: `Login (3 failures)`.
    fn are_counted(&self, list: &List, section: Option<SectionIx>) -> bool {
        let Some(section) = section.map(|at| self.index.sections[at.at()]) else { return false };
        let line = line::at(self.base, section.title.start).text;
        let title = Span::new(section.title.start, line.end).of(self.base);
        let number = list.items.len().to_string();
        let counts = |bracket: usize| {
            let text = &title[bracket + 1..];
            let Some(rest) = text.strip_prefix(number.as_bytes()).and_then(|rest| rest.strip_prefix(b" "))
            else {
                return false;
            };
            let word = self.methodology.headings().leading(rest).map(|(word, _)| word);
            counts_bugs(text) || word == Some(HeadingWord::Bug) && self.is_of_bugs(section.parent)
        };
        self.index.bugs.is_empty() && memchr::memchr_iter(b'(', title).any(counts)
    }

    /// Whether the section says how severe its bugs are, or the one around it does.
    fn names_level(&self, section: Option<SectionIx>) -> bool {
        self.around(section).take(2).any(|at| self.index.sections[at.at()].grades())
    }

    /// The same of one that holds no headed bug.
    fn is_by_severity(&self, section: Option<SectionIx>) -> bool {
        let names = self.names_level(section);
        let span = section.map_or(Span::empty(0), |at| self.index.sections[at.at()].span);
        let first = self.index.bugs.partition_point(|bug| bug.block.start < span.start);
        names && self.index.bugs.get(first).is_none_or(|bug| bug.block.start >= span.end)
    }

    /// Whether items are bugs by their section alone: the report has no headed bug; or it has some by their
    /// sections, and the list is all there is in this one. Else sections by severity hold what to do about the
    /// bugs, and what is said of sections that have none.
    fn takes_plain(&self, list: &List, place: Place) -> bool {
        let bugs = &self.index.bugs;
        let by_section = || bugs.iter().any(|bug| bug.source == Source::Nothing);
        self.grades_bugs(place.section)
            && (bugs.is_empty() && place.section.is_some()
                || place.alone && list.items.len() > 1 && by_section())
    }

    /// Whether the level that the section names is one of bugs: no other thing is said to have it, as in `Major
    /// features`.
    fn grades_bugs(&self, section: Option<SectionIx>) -> bool {
        let named = self.around(section).map(|at| self.index.sections[at.at()]).find(Section::grades);
        named.filter(|section| !section.is_rated()).is_none_or(|section| {
            if section.depth == LABEL_DEPTH {
                return self.index.bugs.is_empty() || self.is_of_bugs(section.parent);
            }
            let (title, headings) = (section.title.of(self.base), self.methodology.headings());
            let rest = Span::new(section.word.end, section.title.end).of(self.base);
            let goes_on =
                rest.strip_prefix(b" ").and_then(character).is_some_and(|(letter, _)| letter.is_alphabetic());
            !goes_on || headings.has(title, HeadingWord::Bug) || headings.has(title, HeadingWord::Grade)
        })
    }
}

/// Whether a list is the only paragraph of its text that opens in bold with an id, and has a field that says how severe it is.
pub(super) fn is_lone_paragraph(list: &List) -> bool {
    let [item] = &list.items[..] else { return false };
    list.marker == Marker::Bold && list.evidence.ids > 0 && item.hint == Hint::Field
}

/// Whether a text says that there is nothing: `None`, `N/A`.
fn says_none(title: &[u8]) -> bool {
    const NONE: [&str; 14] = [
        "none",
        "n/a",
        "nothing",
        "none identified",
        "none found",
        "none open",
        "no issues",
        "нет",
        "无",
        "なし",
        "없음",
        "keine",
        "aucun",
        "ninguno",
    ];
    let letters = title.iter().filter(|byte| byte.is_ascii_alphanumeric()).count();
    if letters > NONE.iter().map(|none| none.len()).max().unwrap_or(0) {
        return false;
    }
    let title = String::from_utf8_lossy(title).to_lowercase();
    NONE.contains(&title.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// The bug that an item is.
fn bug(base: &[u8], item: &ItemEntry, section: Option<SectionIx>) -> Bug {
    let source = match item.hint {
        Hint::Field => Source::Field,
        Hint::Decoration | Hint::Note => Source::Item,
        Hint::Nothing => Source::Nothing,
    };
    Bug {
        block: item.block.trim_end(base),
        body: item.body,
        id: item.id,
        title: item.title,
        severity: item.severity,
        level: item.level,
        source,
        section,
        form: Form::Item,
    }
}
