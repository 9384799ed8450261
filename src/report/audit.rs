//! What does not fit together in a report: its claims, its bugs' sites, their ids, what is overdue, and what it hides.
//!
//! Nothing here changes a report, and nothing here asks the clock: the time is handed in.

mod beside;
mod conflict;
mod due;
mod hidden;
mod ids;
mod rosters;
mod sums;

use jiff::Timestamp;
use jiff::civil::DateTime;
use rayon::prelude::*;

use super::claim::coded;
use super::status::StatusStand;
use super::{
    BugIx, Claim, ClaimIx, Documented, Field, Place, Report, Restated, Site, Source, without_remark,
};
use crate::methodology::{Asks, FieldKind, Status};
use crate::text::{Span, counted};
use ids::Encoding;

/// What sort of thing does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A number that is not what is documented.
    Claim,
    /// A total that is not what its row or column adds up to.
    Sum,
    /// Sites of a bug that name different levels.
    Severity,
    /// Places that name different statuses of a bug.
    Status,
    /// An id that stands for another level than the bug's.
    Id,
    /// An id that an earlier bug has.
    Duplicate,
    /// No severity, where other bugs have one, nor an id by whose letter the report counts.
    Missing,
    /// A severity that is no level.
    Unknown,
    /// A bug that should have been fixed by now.
    Overdue,
    /// A character that a terminal obeys or a reader does not see.
    Hidden,
    /// Both sides of a merge, one of which is to be kept.
    Conflict,
}

impl Kind {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Claim => "claim",
            Kind::Sum => "sum",
            Kind::Severity => "contradiction",
            Kind::Status => "status",
            Kind::Id => "id-level",
            Kind::Duplicate => "duplicate-id",
            Kind::Missing => "missing-severity",
            Kind::Unknown => "unknown-level",
            Kind::Overdue => "overdue",
            Kind::Hidden => "hidden",
            Kind::Conflict => "merge-conflict",
        }
    }
}

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What sort of thing.
    pub kind: Kind,
    /// Where, as an offset into the report.
    pub at: u32,
    /// The bug that it is about.
    pub bug: Option<BugIx>,
    /// The claim that it is about, and the number that it should state.
    pub claim: Option<(ClaimIx, u64)>,
    /// What, in one sentence without a full stop. It may quote the report.
    pub what: String,
}

/// What is said where setting the claims right would change none.
pub const NO_CLAIM: &str = "no claim has to be set anew";

impl Finding {
    /// What it takes for the claim that it is about to state what is documented, where that may be written.
    pub fn restated(&self, report: &Report) -> Option<Restated> {
        let (at, documented) = self.claim?;
        let claim = *report.claims().get(at.at())?;
        Wrong { at, claim, documented }.restated(report)
    }

    /// `claim: P0 claims 22 and documents 6`.
    pub fn said(&self) -> String {
        format!("{}: {}", self.kind.name(), self.what)
    }
}

/// `3 findings; 11 bugs, 4 claims read`.
pub fn summary(report: &Report, findings: usize) -> String {
    let (bugs, claims) = (counted(report.len(), "bug"), counted(report.claims().len(), "claim"));
    match findings {
        0 => format!("nothing found in {bugs} and {claims}"),
        findings => format!("{}; {bugs}, {claims} read", counted(findings, "finding")),
    }
}

/// All that does not fit at this time, in the order of the report's lines.
pub fn audit(report: &Report, now: Timestamp) -> Vec<Finding> {
    let has_levels = report.bugs().iter().any(|bug| bug.source != Source::Nothing);
    let coded = if has_levels { coded::levels(report) } else { None };
    let auditor = Auditor { report, encoding: Encoding::of(report), has_levels, coded, now };
    let bugs = (0..report.len() as u32).into_par_iter();
    let mut findings: Vec<Finding> = bugs.flat_map_iter(|bug| auditor.of_bug(BugIx(bug))).collect();
    findings.extend(following(report));
    findings.extend(hidden::findings(report));
    findings.extend(conflict::finding(report));
    findings.sort_by_key(|finding| (finding.at, finding.kind));
    findings
}

/// What follows from the bugs of a report and does not: counts of them, sums of counts, lists of ids by level. In the order of
/// the report's lines.
pub fn following(report: &Report) -> Vec<Finding> {
    let wrong = wrong(report).into_iter().map(|wrong| wrong.finding(report));
    let mut findings: Vec<Finding> = wrong.collect();
    findings.extend(sums::findings(report));
    findings.extend(rosters::findings(report));
    findings.sort_by_key(|finding| (finding.at, finding.kind));
    findings
}

/// What it takes for every claim that may be written to state what is documented. Claims are taken as they are
/// written, and bugs as well. A number whose thousands are set apart and that would lose them is left: it could not be
/// taken back to how it was written.
pub fn restated(report: &Report) -> Vec<Restated> {
    wrong(report).into_iter().filter_map(|wrong| wrong.restated(report)).collect()
}

/// A claim that is not true.
struct Wrong {
    at: ClaimIx,
    claim: Claim,
    documented: u64,
}

fn wrong(report: &Report) -> Vec<Wrong> {
    if report.claims().is_empty() {
        return Vec::new();
    }
    let documented = Documented::of(report);
    let claims = (0..).map(ClaimIx).zip(report.claims());
    let wrong = claims.filter_map(|(at, claim)| {
        let documented = documented.count(claim).filter(|count| !claim.count.is_met_by(*count))?;
        Some(Wrong { at, claim: *claim, documented })
    });
    wrong.collect()
}

impl Wrong {
    fn restated(&self, report: &Report) -> Option<Restated> {
        let Wrong { at, claim, documented } = self;
        let loses = *documented < 1000 && claim.span.of(report.base()).contains(&b',');
        let from = claim.count.number().filter(|_| claim.is_written() && !loses)?;
        Some(Restated { claim: *at, from: from.cast_signed(), to: documented.cast_signed() })
    }

    fn finding(&self, report: &Report) -> Finding {
        let (count, documented) = (self.claim.count, self.documented);
        let whose = report.subject(&self.claim);
        let what = match self.claim.place {
            Place::Heading => format!("{whose} claims {count} and holds {documented}"),
            _ => format!("{whose} claims {count} and documents {documented}"),
        };
        let claim = Some((self.at, documented));
        Finding { kind: Kind::Claim, at: self.claim.span.start, bug: None, claim, what }
    }
}

/// What is asked of each bug.
struct Auditor<'a> {
    report: &'a Report,
    encoding: Encoding,
    has_levels: bool,
    /// What the letters of ids stand for, where counts go by them.
    coded: Option<coded::Levels>,
    now: Timestamp,
}

impl Auditor<'_> {
    fn of_bug(&self, bug: BugIx) -> Vec<Finding> {
        let report = self.report;
        let found = [
            self.duplicate(bug).map(|what| (Kind::Duplicate, what)),
            self.missing(bug).map(|what| (Kind::Missing, what)),
            self.unknown(bug).map(|what| (Kind::Unknown, what)),
            self.encoding.contradiction(report, bug).map(|what| (Kind::Id, what)),
        ];
        let at = report.bug(bug).block.start;
        let finding = |(kind, what)| Finding { kind, at, bug: Some(bug), claim: None, what };
        let mut findings: Vec<Finding> = found.into_iter().flatten().map(finding).collect();
        findings.extend(self.sites(bug));
        let fields = report.fields(bug);
        findings.extend(beside::findings(report, bug, &fields));
        findings.extend(self.statuses(bug, &fields));
        findings.extend(self.overdue(bug, &fields));
        findings
    }

    fn duplicate(&self, bug: BugIx) -> Option<String> {
        let id = self.report.id(bug).filter(|_| self.report.is_repeated(bug))?;
        Some(format!("an earlier bug is called {id} too"))
    }

    fn missing(&self, bug: BugIx) -> Option<String> {
        let is_coded =
            || self.coded.as_ref().is_some_and(|levels| coded::level(self.report, bug, levels).is_some());
        let is_missing = self.has_levels && self.report.bug(bug).severity.is_empty() && !is_coded();
        is_missing.then(|| format!("{} has no severity", self.report.handle(bug)))
    }

    fn unknown(&self, bug: BugIx) -> Option<String> {
        let word = self.report.severity(bug).filter(|_| self.report.level(bug).is_none())?;
        Some(format!("{} has the severity {word}, which is no level", self.report.handle(bug)))
    }

    /// The sites that say otherwise than the bug.
    fn sites(&self, bug: BugIx) -> Vec<Finding> {
        let report = self.report;
        let Some(level) = report.level(bug) else { return Vec::new() };
        let sites = report.sites(bug).into_iter();
        let other = sites.filter(|site| site.level.is_some_and(|other| other != level));
        let finding = |site: Site| {
            let key = &report.methodology().level(level).key;
            let (handle, word) = (report.handle(bug), String::from_utf8_lossy(site.span.of(report.base())));
            let what = match site.source {
                Source::Section => format!("{handle} says {key} but stands under {word}"),
                place => format!("{handle} says {key}, but its {} says {word}", place.name()),
            };
            let kind = Kind::Severity;
            Finding { kind, at: report.bug(bug).severity.start, bug: Some(bug), claim: None, what }
        };
        other.map(finding).collect()
    }

    /// The places that name another status than the bug's.
    fn statuses(&self, bug: BugIx, fields: &[Field]) -> Vec<Finding> {
        let report = self.report;
        let others = report.other_statuses(bug, fields).into_iter();
        let finding = |(span, stand): (Span, StatusStand)| {
            let (handle, says) = (report.handle(bug), String::from_utf8_lossy(span.of(report.base())));
            let status = report.status(bug).unwrap_or_default();
            let (status, says) = (without_remark(&status), without_remark(&says));
            let what = match stand {
                StatusStand::Section => format!("{handle} says {status} but stands under {says}"),
                stand => format!("{handle} says {status}, but its {} says {says}", stand.name()),
            };
            Finding { kind: Kind::Status, at: span.start, bug: Some(bug), claim: None, what }
        };
        others.map(finding).collect()
    }

    fn overdue(&self, bug: BugIx, fields: &[Field]) -> Option<Finding> {
        let report = self.report;
        let of_kind =
            |kind| fields.iter().find(|field| report.is_of(field, kind) && !field.value.is_empty()).copied();
        let sla = of_kind(FieldKind::Sla)?;
        let text = |field: Field| field.text(report.base()).into_owned();
        let level = report.level(bug).and_then(|level| report.methodology().level(level).sla.as_ref());
        let due = due::due(&text(sla), of_kind(FieldKind::Found).map(text).as_deref(), level)?;
        let put_off = self.put_off(bug, of_kind(FieldKind::Deferred).map(text).as_deref());
        let is_late =
            put_off.unwrap_or(due) < jiff::tz::Offset::UTC.to_datetime(self.now) && !self.is_closed(bug);
        let until = match put_off {
            Some(day) => format!("deferred until {}", day.date()),
            None => format!("due by {}", due.strftime("%Y-%m-%d %H:%M")),
        };
        let what = format!("{} was {until} and is not closed", report.handle(bug));
        is_late.then_some(Finding {
            kind: Kind::Overdue,
            at: sla.lines.start,
            bug: Some(bug),
            claim: None,
            what,
        })
    }

    /// When a bug is due that is deferred: at the end of the day that its status names, or this field. Another status puts
    /// nothing off, whatever the field says.
    fn put_off(&self, bug: BugIx, field: Option<&str>) -> Option<DateTime> {
        let written = self.report.status(bug);
        let is_deferred = match self.status(bug) {
            Some(status) => status.asks == Asks::Date,
            None => written.is_none(),
        };
        let mut texts = written.as_deref().into_iter().chain(field).filter(|_| is_deferred);
        texts.find_map(due::until)
    }

    fn is_closed(&self, bug: BugIx) -> bool {
        self.status(bug).is_some_and(|status| status.closes)
    }

    fn status(&self, bug: BugIx) -> Option<&Status> {
        let methodology = self.report.methodology();
        let found = methodology.read_status(self.report.status(bug)?.as_bytes())?;
        Some(methodology.status(found.status))
    }
}

impl Report {
    /// What a claim counts, in words: `P0`, `P0 resolved`, `P3 (informational)`, `the report`, `this section`.
    pub fn subject(&self, claim: &Claim) -> String {
        let methodology = self.methodology();
        let level = claim.level.map(|level| methodology.level(level).key.clone());
        let level = level.map(|key| match claim.shared {
            Some(shared) => format!("{key} ({})", shared.word()),
            None => key,
        });
        let whose = level.unwrap_or_else(|| match claim.place {
            Place::Heading => "this section".to_owned(),
            _ => "the report".to_owned(),
        });
        match claim.of {
            super::Of::All => whose,
            super::Of::Status(status) => format!("{whose} {}", methodology.status(status).key),
            super::Of::Worded(_, wording) => format!("{whose} {}", wording.word()),
        }
    }
}

#[cfg(test)]
mod tests;
