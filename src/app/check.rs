//! What does not fit together in the report: found beside the desk, read on a page, claims set right from there.

use std::sync::Arc;

use super::page::{CheckSheet, Kind, Lines, Page, SET, Sheet};
use super::view::Aim;
use super::{App, Badges, Busy, Effect, Intent, Popup, Toast};
use crate::config::{Code, Key};
use crate::fault::Fault;
use crate::report::{BugIx, Finding, audit};
use crate::triage::Draft;

const TITLE: &str = "What does not fit together";

impl App {
    /// What is to be done outside once the desk is open.
    pub fn begin(&mut self) -> Vec<Effect> {
        vec![self.audit(), self.suggest()]
    }

    /// Asks for what does not fit together in the report as it is now; what was found before no longer counts.
    pub(super) fn audit(&mut self) -> Effect {
        self.ui.findings = None;
        self.ui.badges = Badges::default();
        self.ui.audited += 1;
        self.check_anew();
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
        self.ui.findings.as_deref().map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn open_check(&mut self) {
        match &self.ui.findings {
            Some(findings) if findings.is_empty() => {
                self.say(Toast::done(audit::summary(self.session.report(), 0)));
            }
            _ => self.open(Popup::Page(Box::new(Page::new(
                Kind::Check,
                &self.check_title(),
                self.check_sheet(),
            )))),
        }
    }

    /// What was found, and in how much; with decisions pending, that it tells of the report without them.
    fn check_title(&self) -> String {
        let when = if self.unsaved() > 0 { ", as saved" } else { "" };
        let found = |findings: &Arc<Vec<Finding>>| audit::summary(self.session.report(), findings.len());
        let found = self.ui.findings.as_ref().filter(|findings| !findings.is_empty()).map(found);
        found.map_or_else(|| TITLE.to_owned(), |found| format!("{TITLE}{when} · {found}"))
    }

    fn check_sheet(&self) -> Sheet {
        let quiet = |text: &str| Sheet::Lines(Lines::quiet(text));
        match &self.ui.findings {
            None => quiet("checking …"),
            Some(findings) if findings.is_empty() => quiet(&audit::summary(self.session.report(), 0)),
            Some(findings) => Sheet::Check(CheckSheet {
                findings: Arc::clone(findings),
                set: self.session.restated().iter().map(|restated| restated.claim).collect(),
                report: Arc::clone(self.session.report()),
            }),
        }
    }

    /// Shows what was found since where the page of it is open.
    fn check_anew(&mut self) {
        self.on_check_page(Page::renew);
    }

    /// Shows on that page what a decision has done about claims.
    pub(super) fn check_mended(&mut self) {
        self.on_check_page(Page::mend);
    }

    fn on_check_page(&mut self, put: fn(&mut Page, Sheet)) {
        let is_check = |popup: &Popup| matches!(popup, Popup::Page(page) if matches!(page.kind, Kind::Check));
        let Some(at) = self.ui.popups.iter().position(is_check) else { return };
        let (title, sheet) = (self.check_title(), self.check_sheet());
        if let Popup::Page(page) = &mut self.ui.popups[at] {
            page.title = title;
            put(page, sheet);
        }
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

    /// Asks for the decision that sets every claim to what is documented.
    pub(super) fn restate(&mut self) -> Vec<Effect> {
        if self.ui.holder.is_some() {
            self.say_read_only();
            return Vec::new();
        }
        if self.ui.busy != Busy::Not {
            return self.hold(Key::plain(Code::Char(SET)));
        }
        self.ui.restating += 1;
        vec![Effect::Restate { generation: self.ui.restating }]
    }

    /// Makes that decision, unless it was made out for what is no longer so.
    pub(super) fn restated(&mut self, generation: u64, draft: Option<Draft>) -> Vec<Effect> {
        match draft {
            _ if generation != self.ui.restating || self.ui.busy != Busy::Not => {
                self.say(Toast::refusal(format!(
                    "something else was done meanwhile; {SET} sets the claims then"
                )));
                Vec::new()
            }
            Some(draft) => vec![Effect::Commit(Intent::Decide(draft))],
            None => {
                self.say(Toast::done(format!("{}; sentences are for you to write", audit::NO_CLAIM)));
                Vec::new()
            }
        }
    }
}
