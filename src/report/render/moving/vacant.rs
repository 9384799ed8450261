//! What a section says that has no bugs: `**None identified** ✅`, `_(No issues found)_`, a dash. It goes where a bug comes, and the
//! report's own words for it come where the last bug goes.

use std::collections::BTreeSet;

use super::leaving::Leaving;
use super::{Plan, bugs_of};
use crate::report::claim::{finds_bugs, names_bugs};
use crate::report::scan::{Kind, Outline};
use crate::report::table::says_nothing;
use crate::report::{BugIx, Form, Report, SectionIx};
use crate::text::edit::Edit;
use crate::text::{Span, line};

/// How long such words are at the most, in bytes.
const MOST: usize = 96;

/// What they begin with, in lower case, that say it by themselves.
const NONE: [&str; 28] = [
    "none",
    "n/a",
    "nothing",
    "nil",
    "empty",
    "无",
    "無",
    "暂无",
    "暫無",
    "なし",
    "該当なし",
    "없음",
    "keine",
    "keiner",
    "ninguno",
    "ninguna",
    "nenhum",
    "nenhuma",
    "aucun",
    "aucune",
    "nessuno",
    "nessuna",
    "нет",
    "отсутствуют",
    "inga",
    "yok",
    "brak",
    "geen",
];

/// The same of a word for bugs, or for finding them, that follows.
const NO: [&str; 6] = ["no", "sin", "sem", "pas", "ingen", "không"];

impl Plan<'_> {
    /// The line of a section without bugs that says so.
    pub(super) fn vacant(&self, section: SectionIx) -> Option<Span> {
        let has_bugs = bugs_of(self.report, section).next().is_some();
        if has_bugs { None } else { said(self.report, section) }
    }

    /// What is written into sections whose last bugs leave them in one run and that say nothing else: the words of another section
    /// that has none, where these are of no level.
    pub(super) fn vacated(&self, leaving: &[Leaving]) -> Vec<(BugIx, Edit)> {
        let report = self.report;
        let arrives: BTreeSet<SectionIx> =
            self.moves.iter().filter_map(|moved| self.sections.get(&moved.target.beside).copied()).collect();
        let emptied = leaving.iter().filter_map(|run| {
            let section = report.leveled_section(run.last)?;
            let first = bugs_of(report, section).next()?;
            let is_all = report.bug(first).block.start == run.blocks.start
                && bugs_of(report, section).next_back() == Some(run.last)
                && report.bug(run.last).form == Form::Heading;
            (run.all && is_all && !arrives.contains(&section)).then_some((section, run))
        });
        let emptied: Vec<(SectionIx, &Leaving)> = emptied.collect();
        if emptied.is_empty() {
            return Vec::new();
        }
        let words = |section: SectionIx| {
            let others = self.siblings(section).iter().filter(|other| **other != section);
            let said = others.filter_map(|other| self.vacant(*other)).map(|said| said.of(report.base()));
            let mut said = said;
            said.find(|said| report.methodology().read_level(said).is_none())
        };
        let written = |(section, run): (SectionIx, &Leaving)| {
            let tail = Span::new(run.blocks.end, run.span.end).of(report.base());
            let new = [words(section)?, tail].concat();
            Some((run.last, Edit::replace(run.span, new)))
        };
        emptied.into_iter().filter_map(written).collect()
    }
}

/// The line that says that nothing is here: the only paragraph, or the last, of what stands right below a heading.
fn said(report: &Report, section: SectionIx) -> Option<Span> {
    let (base, sections) = (report.base(), report.sections());
    let own = sections[section.at()];
    let next = sections.get(section.at() + 1).map_or(own.span.end, |next| next.span.start.min(own.span.end));
    let text = Span::new(own.heading.end.min(next), next);
    let mut lines: Vec<Span> = line::lines(base, text).map(|line| line.text.trim(base)).collect();
    lines.retain(|line| !line.is_empty() && !is_rule(line.of(base)));
    let last = *lines.last().filter(|last| last.len() <= MOST)?;
    let is_paragraph = || {
        let marks = Outline::of(base, text);
        let own = marks.iter().find(|mark| mark.lines.contains(last.start));
        own.is_some_and(|mark| {
            mark.kind == Kind::Paragraph && mark.place.quotes == 0 && mark.text.trim(base) == last
        })
    };
    (says_none(base, last) && is_paragraph()).then_some(last)
}

fn is_rule(line: &[u8]) -> bool {
    line.len() >= 3 && line.iter().all(|byte| b" -*_".contains(byte))
}

/// Whether words say that there is nothing.
fn says_none(base: &[u8], text: Span) -> bool {
    let said = String::from_utf8_lossy(text.of(base)).to_lowercase();
    let said = said.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let leads = |word: &str| {
        let rest = said.strip_prefix(word);
        rest.is_some_and(|rest| {
            !word.is_ascii() || !rest.starts_with(|letter: char| letter.is_alphanumeric())
        })
    };
    let goes_on = || names_bugs(said.as_bytes()) || finds_bugs(said.as_bytes());
    says_nothing(base, text)
        || NONE.iter().any(|word| leads(word))
        || NO.iter().any(|word| leads(word)) && goes_on()
}
