//! Holds a bug against the terms of a filter, as it stands with the pending decisions.
//!
//! A bug's text is read only for a term that asks for it.

use smallvec::SmallVec;

use super::needle::Needle;
use super::term::{Cost, Name, State, Stated, Term, Test};
use super::{Known, Query};
use crate::methodology::{LevelId, ScopeId, StatusId};
use crate::report::{BugIx, Field, Report, Section, To};
use crate::text::fetch::TOGETHER;
use crate::triage::Session;
use crate::triage::fuzzy::Pattern;

/// Holds bugs of a session against terms.
pub(super) struct Judge<'a> {
    session: &'a Session,
    report: &'a Report,
    known: &'a Known,
    letters: Option<&'a [u64]>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(session: &'a Session, known: &'a Known) -> Judge<'a> {
        let report = session.report();
        Judge { session, report, known, letters: report.letters() }
    }

    /// Gives those of some bugs that a filter leaves, in their order, each with what its pattern was looked for in, if it has
    /// one.
    pub(super) fn leaves(
        &self,
        bugs: &mut dyn Iterator<Item = BugIx>,
        Query { terms, pattern, .. }: &Query,
        mut left: impl FnMut(BugIx, &str),
    ) {
        let (cheap, costly) = terms.split_at(terms.partition_point(|term| term.test.cost() < Cost::Fuzzy));
        let all = |terms: &[Term], bug: BugIx| terms.iter().all(|term| self.holds(term, bug));
        let mut line = String::new();
        let mut may_be_left = bugs.filter(|bug| all(cheap, *bug) && self.has_letters(*bug, pattern));
        loop {
            let some: SmallVec<[BugIx; TOGETHER]> = may_be_left.by_ref().take(TOGETHER).collect();
            if some.is_empty() {
                return;
            }
            if !pattern.is_empty() {
                self.report.fetch_names(some.iter().copied());
            }
            for bug in some {
                let matches = pattern.is_empty() || self.matches(bug, pattern, &mut line);
                if matches && all(costly, bug) {
                    left(bug, &line);
                }
            }
        }
    }

    /// Whether a bug has the letters of a pattern, or may have them.
    fn has_letters(&self, bug: BugIx, pattern: &Pattern) -> bool {
        self.letters.is_none_or(|letters| letters[bug.at()] & pattern.letters() == pattern.letters())
    }

    /// Whether a bug matches a pattern. Most that do not are told by the bytes of their id and their title as they stand.
    fn matches(&self, bug: BugIx, pattern: &Pattern, line: &mut String) -> bool {
        let written = self.report.written_name(bug);
        written.is_none_or(|(id, title)| pattern.may_match([id, title]))
            && pattern.matches(self.read(bug, line))
    }

    /// Whether a term holds for a bug.
    pub(super) fn holds(&self, term: &Term, bug: BugIx) -> bool {
        self.passes(&term.test, bug) != term.negated
    }

    /// Whether a bug passes a test.
    pub(super) fn passes(&self, test: &Test, bug: BugIx) -> bool {
        match test {
            Test::Level(levels) => levels.contains(&self.level(bug)),
            Test::Is(states) => states.iter().any(|state| self.is(*state, bug)),
            Test::Suggested(needles) => self.is_suggested_by(needles, bug),
            Test::Section(needles) => self.stands_in(needles, bug),
            Test::Id(needles) => any_in(needles, self.report.handle(bug).as_bytes()),
            Test::Title(needles) => any_in(needles, self.report.title(bug).as_bytes()),
            Test::Exact(needle) => needle.is_in(self.line(bug).as_bytes()),
            Test::Text(needles) => self.has_text(needles, bug),
            Test::Fuzzy(pattern, _) => pattern.matches(&self.line(bug)),
            Test::Scope(scopes) => scopes.contains(&self.scope(bug)),
            Test::Status(statuses) => statuses.contains(&self.status(bug)),
            Test::Field(name, needles) => self.says(name, needles, bug),
        }
    }

    /// The level of a bug. A severity that is taken away is none, whatever the report has.
    fn level(&self, bug: BugIx) -> Stated<LevelId> {
        let is_word =
            || !self.report.bug(bug).severity.is_empty() && self.session.net(bug).severity.is_keep();
        match self.session.level(bug) {
            Some(level) => Stated::Known(level),
            None if is_word() => Stated::Unlisted,
            None => Stated::Nothing,
        }
    }

    /// The scope of a bug.
    pub(super) fn scope(&self, bug: BugIx) -> Stated<ScopeId> {
        let written = self.session.scope(bug);
        let named = |written: &str| self.session.methodology().scope_named(written);
        written.map_or(Stated::Nothing, |written| Stated::looked_up(named(&written)))
    }

    /// The status of a bug.
    pub(super) fn status(&self, bug: BugIx) -> Stated<StatusId> {
        let written = self.session.status(bug);
        let read = |written: &str| self.session.methodology().read_status(written.as_bytes());
        let named = |written: &str| read(written).map(|found| found.status);
        written.map_or(Stated::Nothing, |written| Stated::looked_up(named(&written)))
    }

    /// The values of a bug's fields of a name, those that pending decisions set among them.
    pub(super) fn values(&self, name: &Name, bug: BugIx) -> Vec<String> {
        let pending = self.session.net(bug).fields;
        let is_set = |field: &Field| pending.iter().any(|(set, _)| field.is_named(self.report.base(), set));
        let written = self.report.fields(bug).into_iter();
        let written = written.filter(|field| self.is_called(field, name) && !is_set(field));
        let mut values: Vec<String> = written.map(|field| self.said(&field)).collect();
        values.extend(pending.iter().filter_map(|(set, to)| match to {
            To::Value(value) if name.is_of(set, self.session.methodology()) => Some((*value).to_owned()),
            _ => None,
        }));
        values
    }

    fn says(&self, name: &Name, needles: &[Needle], bug: BugIx) -> bool {
        self.values(name, bug).iter().any(|value| any_in(needles, value.as_bytes()))
    }

    fn is_called(&self, field: &Field, name: &Name) -> bool {
        let written = String::from_utf8_lossy(field.name.of(self.report.base()));
        name.kind.is_some() && self.report.kind_of(field) == name.kind || name.is_written(&written)
    }

    /// The value of a field; where none stands on its line, what stands below it.
    fn said(&self, field: &Field) -> String {
        let base = self.report.base();
        if !field.value.is_empty() || !field.lines.covers(field.name) {
            return field.text(base).into_owned();
        }
        let rest = &base[field.name.end as usize..field.lines.end as usize];
        let below = memchr::memchr(b'\n', rest).map_or(&rest[rest.len()..], |end| &rest[end + 1..]);
        String::from_utf8_lossy(below).into_owned()
    }

    fn is(&self, state: State, bug: BugIx) -> bool {
        match state {
            State::Undecided => !self.session.reviewed().contains(bug),
            State::Decided => self.session.reviewed().contains(bug),
            State::Changed => self.session.net(bug).change(bug, self.report).is_some(),
            State::Marked => self.known.marked.contains(bug),
            State::Seen => self.session.seen().contains(bug),
            State::Unseen => !self.session.seen().contains(bug),
            State::Suggested => self.known.suggested.contains(bug),
            State::Stale => self.known.stale.contains(bug),
            State::Overdue => self.known.overdue.contains(bug),
            State::Contradiction => self.known.contradicting.contains(bug),
        }
    }

    /// Whether whoever is the first to suggest something for a bug has one of these in the name.
    fn is_suggested_by(&self, needles: &[Needle], bug: BugIx) -> bool {
        let mut voices = self.known.voices.iter();
        voices.any(|(name, bugs)| bugs.contains(bug) && any_in(needles, name.as_bytes()))
    }

    /// Whether the title of a section around a bug contains one of these.
    fn stands_in(&self, needles: &[Needle], bug: BugIx) -> bool {
        let sections = self.report.sections();
        let around = |section: &&Section| section.parent.map(|parent| &sections[parent.at()]);
        let mut around = std::iter::successors(self.report.section(bug), around);
        around.any(|section| any_in(needles, section.title.of(self.report.base())))
    }

    /// Whether the text of a bug has one of these, as it is written or as it is read out of cells.
    fn has_text(&self, needles: &[Needle], bug: BugIx) -> bool {
        let said = || self.report.row_text(bug).is_some_and(|text| any_in(needles, text.as_bytes()));
        any_in(needles, self.report.block(bug)) || said()
    }

    /// What fuzzy and quoted words are looked for in.
    fn line(&self, bug: BugIx) -> String {
        let mut line = String::new();
        self.read(bug, &mut line);
        line
    }

    /// The same, where another was before.
    fn read<'s>(&self, bug: BugIx, line: &'s mut String) -> &'s str {
        line.clear();
        line.push_str(&self.report.handle(bug));
        line.push(' ');
        line.push_str(&self.report.title(bug));
        line
    }
}

fn any_in(needles: &[Needle], bytes: &[u8]) -> bool {
    needles.iter().any(|needle| needle.is_in(bytes))
}
