//! What does not fit together in the report: found beside the desk, listed on a page, claims set right from there.

use std::collections::HashMap;
use std::sync::Arc;

use super::page::{FindingsSheet, Kind, Line, Lines, Page, RESTATE, Sheet};
use super::view::Aim;
use super::{App, Badges, Effect, Intent, Popup, Toast};
use crate::config::Key;
use crate::fault::Fault;
use crate::report::{BugIx, Finding, Report, audit};
use crate::text::{Span, line, lossy};
use crate::triage::Draft;

const TITLE: &str = "What does not fit together";

/// How many lines of the report are shown before the one that a finding is about, and how many behind it.
const BEFORE: usize = 8;
const BEHIND: usize = 40;

/// How far in such a line goes on where it is wrapped: behind its number.
const HANG: usize = 8;

impl App {
    /// What is to be done outside once the desk is open.
    pub fn begin(&mut self) -> Vec<Effect> {
        if self.is_glimpse() { Vec::new() } else { vec![self.audit(), self.suggest()] }
    }

    /// Asks for what does not fit together in the report as it is now; what was found before no longer counts.
    pub(super) fn audit(&mut self) -> Effect {
        self.ui.findings = None;
        self.ui.badges = Badges::default();
        self.ui.audited += 1;
        Effect::Audit { generation: self.ui.audited }
    }

    pub(super) fn found(&mut self, generation: u64, findings: Vec<Finding>) {
        if generation == self.ui.audited {
            self.ui.badges = Badges::of(&findings);
            self.ui.findings = Some(Arc::new(findings));
            self.check_anew();
        }
    }

    pub(super) fn not_found(&mut self, generation: u64, fault: Fault) {
        if generation == self.ui.audited {
            self.failed(fault);
        }
    }

    /// What does not fit in the report as it is saved; nothing while that is not known.
    pub fn findings(&self) -> &[Finding] {
        self.ui.findings.as_deref().map_or(&[], Vec::as_slice)
    }

    pub(super) fn open_check(&mut self) {
        if self.ui.findings.as_ref().is_some_and(|findings| findings.is_empty()) {
            self.say(Toast::done(audit::summary(self.session.report(), 0)));
            return;
        }
        let sheet = self.findings_sheet();
        self.open_page(Page::new(Kind::Check, &self.check_title(), sheet));
    }

    /// What was found, and in how much; with decisions pending, that it tells of the report without them.
    fn check_title(&self) -> String {
        let when = if self.unsaved() > 0 { ", as saved" } else { "" };
        let found = |found: &Arc<Vec<Finding>>| audit::summary(self.session.report(), found.len());
        let found = self.ui.findings.as_ref().map(found);
        found.map_or_else(|| TITLE.to_owned(), |found| format!("{TITLE}{when} · {found}"))
    }

    /// Shows what was found as it is now, where that is open.
    pub(super) fn check_anew(&mut self) {
        if let Some(at) = self.page_of(|kind| matches!(kind, Kind::Check)) {
            let (title, sheet) = (self.check_title(), self.findings_sheet());
            self.renew_page(at, sheet);
            if let Some(Popup::Page(page)) = self.ui.popups.get_mut(at) {
                page.title = title;
            }
        }
    }

    fn findings_sheet(&self) -> Sheet {
        let Some(findings) = &self.ui.findings else { return Sheet::Lines(Lines::quiet("checking …")) };
        let (findings, report) = (Arc::clone(findings), Arc::clone(self.session.report()));
        let set: HashMap<_, _> = self.session.restated_to(self.ui.settings.writing()).into_iter().collect();
        let mut claims = findings.iter().filter_map(|finding| finding.restated(&report));
        let is_open = claims.any(|claim| !set.contains_key(&claim.claim));
        Sheet::Findings(FindingsSheet { findings, set, report, is_open })
    }

    /// Puts the cursor on a bug; a filter that hides it gives way.
    pub(super) fn go_to_bug(&mut self, bug: BugIx) -> Vec<Effect> {
        self.ui.scroll = 0;
        if self.ui.view.shows(bug) && !self.ui.view.is_searching() {
            self.ui.view.go(bug);
            return Vec::new();
        }
        self.filter(String::new(), Aim::Bug(bug))
    }

    /// Shows the lines of the report around the finding under the cursor; `false` where the page has none.
    pub(super) fn open_excerpt(&mut self) -> bool {
        let Some(Popup::Page(page)) = self.ui.popups.last() else { return false };
        let Sheet::Findings(found) = &*page.sheet else { return false };
        let Some(finding) = page.cursor.and_then(|at| found.findings.get(at)) else { return false };
        let what = format!("Line {} · {}", found.report.line_of(finding.at), finding.what);
        let (lines, at) = excerpt(&found.report, finding.at);
        let mut page = Page::new(Kind::Excerpt, &what, Sheet::Lines(lines));
        page.follow = Some(at);
        self.open_page(page);
        true
    }

    /// Asks for the decision that sets every claim to what is documented.
    pub(super) fn restate(&mut self, key: Key) -> Vec<Effect> {
        if self.ui.holder.is_some() {
            self.say_read_only();
            return Vec::new();
        }
        if self.ui.busy.holds() {
            return self.hold(key);
        }
        self.ui.restating += 1;
        vec![Effect::Restate { generation: self.ui.restating }]
    }

    /// Makes that decision, unless it was made out for what is no longer so.
    pub(super) fn restated(&mut self, generation: u64, draft: Option<Draft>) -> Vec<Effect> {
        match draft {
            _ if generation != self.ui.restating || self.ui.busy.holds() || self.is_making_out() => {
                self.say(Toast::refusal(format!(
                    "something else was done meanwhile; {RESTATE} sets the claims then"
                )));
                Vec::new()
            }
            Some(draft) => self.commit(Intent::Decide(draft)),
            None => {
                self.say(Toast::done(format!("{}; sentences are for you to write", audit::NO_CLAIM)));
                Vec::new()
            }
        }
    }
}

/// The lines around a place of a report with their numbers, and which of them it stands on.
fn excerpt(report: &Report, place: u32) -> (Lines, usize) {
    let base = report.base();
    let own = line::start(base, place);
    let above = std::iter::successors(Some(own), |start| Some(line::start(base, start.checked_sub(1)?)));
    let starts: Vec<u32> = above.take(1 + BEFORE).collect();
    let (first, at) = (starts.last().copied().unwrap_or(own), starts.len() - 1);
    let shown = line::lines(base, Span::new(first, base.len() as u32)).take(at + 1 + BEHIND);
    let number = report.line_of(first);
    let mut lines = Lines::default();
    for (nth, line) in shown.enumerate() {
        let role = if nth == at { "warning" } else { "text" };
        let text = lossy(line.text.of(base));
        lines.push(Line::of("quiet", &format!("{:>6}  ", number + nth)).and(role, &text).hanging(HANG));
    }
    (lines, at)
}
