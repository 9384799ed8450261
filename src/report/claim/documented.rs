//! What a report documents, counted: what its claims are held against.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::wording::{self, Shared, Word};
use super::{Claim, Of, Place, coded};
use crate::methodology::{LevelId, Methodology, StatusId};
use crate::report::{BugIx, Change, Report, Section, SectionIx, To};

/// What has become of a bug, and the word for it where claims count by that.
pub(in crate::report) type Stand = (StatusId, Option<Word>);

/// A level, and the word for it where claims count by that.
pub(in crate::report) type Rank = (LevelId, Option<Word>);

/// A level and what has become of it.
pub(in crate::report) type Said = (Option<Rank>, Option<Stand>);

/// How many bugs a report documents of each level and status.
#[derive(Debug)]
pub struct Documented<'a> {
    report: &'a Report,
    counts: HashMap<Said, u64>,
    reader: Reader<'a>,
}

impl<'a> Documented<'a> {
    /// Counts the bugs of a report once. Statuses are only read where some claim counts by them.
    pub fn of(report: &'a Report) -> Documented<'a> {
        Documented::over(report, report.claims())
    }

    /// The same for what these claims count.
    pub(in crate::report) fn over(report: &'a Report, claims: &[Claim]) -> Documented<'a> {
        let reader = Reader::over(report, claims);
        let tally = |mut counts: HashMap<Said, u64>, bug: u32| {
            *counts.entry(reader.said(BugIx(bug))).or_default() += 1;
            counts
        };
        let merge = |mut all: HashMap<Said, u64>, some: HashMap<Said, u64>| {
            some.into_iter().for_each(|(said, count)| *all.entry(said).or_default() += count);
            all
        };
        let counts =
            (0..report.len() as u32).into_par_iter().fold(HashMap::new, tally).reduce(HashMap::new, merge);
        Documented { report, counts, reader }
    }

    /// How many bugs there are of those that a claim counts; `None` where the report does not say of any bug
    /// what has become of it, or how severe it is, and the claim is about that.
    pub fn count(&self, claim: &Claim) -> Option<u64> {
        let counts_some = claim.of != Of::All;
        let rates = claim.level.is_some() && claim.place != Place::Heading;
        let is_read = (!counts_some || self.counts.keys().any(|(_, status)| status.is_some()))
            && !self.counts.keys().any(|said| self.reader.is_untold(claim, *said))
            && (!rates || self.counts.keys().any(|(level, _)| level.is_some()));
        let count = match claim.place {
            Place::Heading => self.standing(claim),
            _ => {
                let counted = self.counts.iter().filter(|(said, _)| self.reader.counts(claim, **said));
                counted.map(|(_, count)| count).sum()
            }
        };
        is_read.then_some(count)
    }

    /// How many bugs stand in the section that a claim is the heading of.
    fn standing(&self, claim: &Claim) -> u64 {
        let Some(section) = section_of(self.report, claim) else { return 0 };
        let span = self.report.sections()[section.at()].span;
        let place = |at: u32| self.report.bugs().partition_point(|bug| bug.block.start < at);
        let bugs = place(span.start)..place(span.end);
        match claim.of {
            Of::All => bugs.len() as u64,
            Of::Status(_) | Of::Worded(..) => {
                let any = Claim { level: None, shared: None, ..*claim };
                bugs.filter(|bug| self.reader.counts(&any, self.reader.said(BugIx(*bug as u32)))).count()
                    as u64
            }
        }
    }
}

/// The section whose heading a claim stands in.
pub(in crate::report) fn section_of(report: &Report, claim: &Claim) -> Option<SectionIx> {
    let starts_before = |section: &Section| section.heading.start <= claim.span.start;
    let at = report.sections().partition_point(starts_before).checked_sub(1)?;
    report.sections()[at].title.covers(claim.span).then_some(SectionIx::new(at))
}

/// Tells what claims count of bugs.
#[derive(Debug)]
pub(in crate::report) struct Reader<'a> {
    report: &'a Report,
    /// The statuses that claims count by themselves.
    claimed: HashSet<StatusId>,
    /// The words for statuses by which claims count.
    words: HashSet<(StatusId, Word)>,
    /// The statuses of which some claim counts what has none of those words.
    others: HashSet<StatusId>,
    /// The levels that claims count by several words, with these.
    shared: Vec<(LevelId, Shared)>,
    /// What the letters of ids stand for.
    coded: Option<coded::Levels>,
}

impl<'a> Reader<'a> {
    pub(in crate::report) fn of(report: &'a Report) -> Reader<'a> {
        Reader::over(report, report.claims())
    }

    fn over(report: &'a Report, all: &[Claim]) -> Reader<'a> {
        let claims = || all.iter().map(|claim| claim.of);
        let worded = || {
            claims()
                .filter_map(|of| if let Of::Worded(status, word) = of { Some((status, word)) } else { None })
        };
        Reader {
            report,
            claimed: claims().filter_map(Of::status).collect(),
            words: worded().map(|(status, wording)| (status, wording.word)).collect(),
            others: worded().filter(|(_, wording)| wording.takes_others).map(|(status, _)| status).collect(),
            shared: all.iter().filter_map(|claim| Some((claim.level?, claim.shared?))).collect(),
            coded: if all.is_empty() { None } else { coded::levels(report) },
        }
    }

    /// What a written status is to claims.
    fn stand(&self, written: &str) -> Option<Stand> {
        let (status, word) = wording::read(written.as_bytes(), self.methodology())?;
        Some((status, Some(word).filter(|word| self.words.contains(&(status, *word)))))
    }

    /// Whether it is not known which of the claims that count by words for a status, or for a level, count such bugs, and this is
    /// one of them.
    pub(in crate::report) fn is_untold(&self, claim: &Claim, (rank, stand): Said) -> bool {
        let is_of_status = match claim.of {
            Of::Worded(wanted, _) => stand == Some((wanted, None)) && !self.others.contains(&wanted),
            Of::All | Of::Status(_) => false,
        };
        let is_beside = |(level, shared): &&(LevelId, Shared)| {
            claim.level == Some(*level) && claim.shared.is_some_and(|own| own.beside == shared.beside)
        };
        let mut beside = self.shared.iter().filter(is_beside);
        let is_of_level = rank.is_some_and(|(level, word)| {
            claim.shared.is_some()
                && claim.level == Some(level)
                && !beside.any(|(_, shared)| self.is_so_called(shared, (level, word)))
        });
        is_of_status || is_of_level
    }

    fn is_so_called(&self, shared: &Shared, (level, word): Rank) -> bool {
        word.is_some_and(|word| shared.counts(&word, level, self.methodology()))
    }

    /// A level, with the word for it where claims count by that.
    fn rank(&self, level: LevelId, written: impl FnOnce() -> Option<String>) -> Rank {
        let is_shared = self.shared.iter().any(|(shared, _)| *shared == level);
        let said = if is_shared { written() } else { None };
        let word = said.and_then(|said| wording::read_level(said.as_bytes(), self.methodology()));
        (level, word.filter(|(named, _)| *named == level).map(|(_, word)| word))
    }

    /// What a bug is to claims, as it is written.
    pub(in crate::report) fn said(&self, bug: BugIx) -> Said {
        let status = || self.report.status(bug).and_then(|written| self.stand(&written));
        let coded = || coded::level(self.report, bug, self.coded.as_ref()?);
        let short = || coded::word(self.report, bug).filter(|_| self.coded.is_some()).map(str::to_owned);
        let written = || self.report.severity(bug).map(Cow::into_owned).or_else(short);
        let level = self.report.level(bug).or_else(coded);
        let rank = level.map(|level| self.rank(level, written));
        (rank, if self.claimed.is_empty() { None } else { status() })
    }

    /// What it is to them after a change, which writes a severity in these words.
    pub(in crate::report) fn said_after(
        &self,
        change: &Change,
        before: Said,
        written: impl FnOnce() -> Option<String>,
    ) -> Said {
        let rank = match change.severity {
            To::Keep => before.0,
            To::Clear => None,
            To::Value(level) => Some(self.rank(level, written)),
        };
        let status = match &change.status {
            To::Keep => before.1,
            To::Clear => None,
            To::Value(written) => self.stand(written).filter(|_| !self.claimed.is_empty()),
        };
        (rank, status)
    }

    /// Whether a claim counts such bugs. What is open is what nothing closes, unless another claim counts it.
    pub(in crate::report) fn counts(&self, claim: &Claim, (rank, stand): Said) -> bool {
        let status = stand.map(|(status, _)| status);
        let is_of = match claim.of {
            Of::All => true,
            Of::Worded(wanted, wording) => {
                let counts =
                    |word: Option<Word>| word.map_or(wording.takes_others, |word| word == wording.word);
                stand.is_some_and(|(status, word)| status == wanted && counts(word))
            }
            Of::Status(wanted) if Some(wanted) == status => true,
            Of::Status(wanted) => {
                Some(wanted) == super::subject::rest_status(self.methodology())
                    && status.is_none_or(|status| {
                        !self.methodology().status(status).closes && !self.claimed.contains(&status)
                    })
            }
        };
        let is_called = |rank: Rank| claim.shared.is_none_or(|shared| self.is_so_called(&shared, rank));
        is_of && claim.level.is_none_or(|level| rank.is_some_and(|rank| rank.0 == level && is_called(rank)))
    }

    fn methodology(&self) -> &Methodology {
        self.report.methodology()
    }
}
