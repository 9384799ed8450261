//! The pages of the desk: what opens each, and what becomes of their keys.

use std::sync::Arc;

use super::history::{agreed, word};
use super::page::{Kind, Lines, LogSheet, Page, Reply, Sheet, Unsaved};
use super::{App, Effect, Popup, Toast};
use crate::config::{Action, Code, Key};
use crate::fault::Fault;
use crate::text::Diff;
use crate::triage::{Decision, Gist, Statistics, name_of};

const DIFF: &str = "what saving would change";

impl App {
    pub(super) fn page_key(&mut self, key: Key) -> Vec<Effect> {
        let (action, height) = (self.ui.keymap.action(key), self.ui.drawn.popup_lines);
        let Some(Popup::Page(page)) = self.ui.popups.last_mut() else { return Vec::new() };
        let is_typed = page.search.input.is_some();
        if key.code() == Code::Enter && !is_typed && page.search.is_seeking() {
            return self.hold(key);
        }
        match page.key(key, action, height) {
            Reply::Stay => Vec::new(),
            Reply::Close => self.close(),
            Reply::Seek => self.seek(),
            Reply::Help => {
                self.open_popup_help();
                Vec::new()
            }
            Reply::Restate => self.restate(key),
            Reply::Run(action) => self.run(action),
            Reply::Save => {
                self.close();
                self.run(Action::Save)
            }
            Reply::Nowhere if self.open_excerpt() => Vec::new(),
            Reply::Nowhere => {
                self.say(Toast::refusal("this is about the report, not about one bug"));
                Vec::new()
            }
            Reply::Go(bug) => {
                self.close();
                self.go_to_bug(bug)
            }
        }
    }

    pub(super) fn page_paste(&mut self, text: &str) -> Vec<Effect> {
        let Some(Popup::Page(page)) = self.ui.popups.last_mut() else { return Vec::new() };
        if page.paste(text) { self.seek() } else { Vec::new() }
    }

    fn seek(&mut self) -> Vec<Effect> {
        self.ui.sought += 1;
        let generation = self.ui.sought;
        let Some(Popup::Page(page)) = self.ui.popups.last_mut() else { return Vec::new() };
        let Some((needle, overtaken)) = page.search.ask(generation) else { return Vec::new() };
        vec![Effect::Seek { generation, sheet: Arc::clone(&page.sheet), needle, overtaken }]
    }

    /// Whether words are looked for on the page that is read: which line is meant is not known before.
    pub(super) fn is_seeking(&self) -> bool {
        matches!(self.popup(), Some(Popup::Page(page)) if page.search.is_seeking())
    }

    pub(super) fn sought(&mut self, generation: u64, hits: Vec<u32>) -> Vec<Effect> {
        for popup in &mut self.ui.popups {
            if let Popup::Page(page) = popup {
                page.found(generation, &hits);
            }
        }
        self.release()
    }

    pub(super) fn not_sought(&mut self, fault: Fault) {
        for popup in &mut self.ui.popups {
            if let Popup::Page(page) = popup {
                page.search.clear();
            }
        }
        self.failed_waited_for(fault);
    }

    pub(super) fn open_log(&mut self) {
        if self.session.past().is_empty() && self.unsaved() == 0 && self.session.log_troubles().is_empty() {
            self.say(Toast::done("the deviation log says nothing of this report yet"));
            return;
        }
        self.open_page(Page::new(Kind::Log, "Deviation log", self.log_sheet()));
    }

    /// Shows the log of the report as it is now where it is open: its bugs stand elsewhere than they did.
    pub(super) fn log_anew(&mut self) {
        if let Some(at) = self.page_of(|kind| matches!(kind, Kind::Log)) {
            let sheet = self.log_sheet();
            self.renew_page(at, sheet);
        }
    }

    /// Where among the popups the page of a kind is, if it is open.
    pub(super) fn page_of(&self, is_it: impl Fn(&Kind) -> bool) -> Option<usize> {
        let mut popups = self.ui.popups.iter();
        popups.position(|popup| matches!(popup, Popup::Page(page) if is_it(&page.kind)))
    }

    /// Puts a newer state of its sheet on the page at this place among the popups.
    pub(super) fn renew_page(&mut self, at: usize, sheet: Sheet) {
        if let Some(Popup::Page(page)) = self.ui.popups.get_mut(at) {
            page.renew(sheet);
        }
    }

    fn log_sheet(&self) -> Sheet {
        Sheet::Log(LogSheet::new(
            self.session.log_troubles().to_vec(),
            self.session.pending().iter().rev().map(|decision| self.of_pending(decision)).collect(),
            self.session.past_shared(),
            Arc::clone(self.session.report()),
            self.ui.zone.clone(),
        ))
    }

    fn of_pending(&self, decision: &Decision) -> Unsaved {
        let draft = &decision.draft;
        let at = self.when(decision.at);
        let rule = draft.rule.map(|rule| format!(" · rule {rule}")).unwrap_or_default();
        let agreed = agreed(&draft.suggestion, &draft.suggested_by);
        let agreed = agreed.map(|said| format!(" · {said}")).unwrap_or_default();
        let set = draft.parts.first().map(|part| &part.set);
        let kind = word(draft.kind, draft.brings_back.is_some(), set);
        let policy: String =
            draft.answers.iter().map(|answer| format!(" · policy {}", answer.said())).collect();
        let facts = draft.facts.iter().map(|(fact, text)| format!("{}: {text}", fact.name()));
        let rationale = Some(draft.rationale.clone()).filter(|rationale| !rationale.is_empty());
        Unsaved {
            what: self.described_in_full(draft),
            by: format!("{kind} · {at} · {}{rule}{agreed}{policy}", name_of(&decision.by)),
            rationale: facts.chain(rationale).collect::<Vec<_>>().join(" · "),
            bug: draft.bugs().next().map(|(bug, _)| bug),
        }
    }

    /// Opens the difference that saving would make, which is still to come.
    pub(super) fn compare(&mut self) -> Vec<Effect> {
        if self.unsaved() == 0 {
            self.say(Toast::done("saving would change nothing in the report"));
            return Vec::new();
        }
        self.ui.compared += 1;
        self.open_page(Page::new(Kind::Diff, DIFF, Sheet::Lines(Lines::quiet("comparing …"))));
        vec![Effect::Diff { generation: self.ui.compared }]
    }

    /// Shows the difference; what was looked for while it was to come is looked for in it.
    pub(super) fn diffed(&mut self, generation: u64, diff: Diff, gist: Gist) -> Vec<Effect> {
        let Some(Popup::Page(page)) = self.awaiting_diff(generation) else { return Vec::new() };
        if diff.is_empty() {
            page.replace(Sheet::Lines(Lines::quiet("saving would change nothing in the report")));
        } else {
            let said = [gist.said(), diff.summary(), DIFF.to_owned()];
            page.title = said.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" · ");
            page.replace(Sheet::Diff(diff));
        }
        page.search.forget_hits();
        if self.is_seeking() { self.seek() } else { Vec::new() }
    }

    pub(super) fn not_diffed(&mut self, generation: u64, fault: Fault) {
        if let Some(popup) = self.awaiting_diff(generation) {
            *popup = Popup::Error(Box::new(fault));
        }
    }

    /// The page that this comparison was made for, where it is still open and waits.
    fn awaiting_diff(&mut self, generation: u64) -> Option<&mut Popup> {
        let last = self.ui.compared;
        let waits = |page: &Page| matches!((&page.kind, &*page.sheet), (Kind::Diff, Sheet::Lines(_)));
        let mut popups = self.ui.popups.iter_mut();
        popups.find(|popup| matches!(popup, Popup::Page(page) if waits(page))).filter(|_| generation == last)
    }

    pub(super) fn open_methodology(&mut self) {
        let lines = super::methodology::lines(self.session.methodology(), &self.ui.keymap);
        self.open_page(Page::new(Kind::Methodology, "Methodology", Sheet::Lines(lines)));
    }

    /// Opens the numbers of the review, which are still to come.
    pub(super) fn open_statistics(&mut self) -> Vec<Effect> {
        let waiting = Sheet::Lines(Lines::quiet("counting …"));
        self.open_page(Page::new(Kind::Statistics(None), "Statistics", waiting));
        vec![Effect::Count]
    }

    pub(super) fn counted(&mut self, statistics: Arc<Statistics>) {
        let lines = super::statistics::lines(&statistics, self.session.methodology());
        for popup in &mut self.ui.popups {
            match popup {
                Popup::Page(page) if matches!(page.kind, Kind::Statistics(_)) => {
                    page.kind = Kind::Statistics(Some(statistics));
                    return page.replace(Sheet::Lines(lines));
                }
                _ => {}
            }
        }
    }

    pub(super) fn open_help(&mut self) {
        let lines = self.help();
        self.open_page(Page::new(Kind::Help, "Keys", Sheet::Lines(lines)));
    }

    /// Opens the help where it first has these words.
    pub(super) fn open_help_on(&mut self, words: &str) -> Vec<Effect> {
        self.open_help();
        let Some(Popup::Page(page)) = self.ui.popups.last_mut() else { return Vec::new() };
        page.look_for(words);
        self.seek()
    }

    /// Whether a key in a popup asks for the keys of that popup: it types no text there, and does nothing else.
    pub(super) fn asks_for_help(&self, key: Key) -> bool {
        match self.popup() {
            None | Some(Popup::Page(_)) => false,
            _ if key.code() == Code::F(1) => true,
            Some(Popup::Picker(picker)) if picker.keyed(key).is_some() => false,
            Some(Popup::Form(_)) => false,
            Some(_) => self.typing().is_none() && self.ui.keymap.action(key) == Some(Action::Help),
        }
    }

    pub(super) fn open_popup_help(&mut self) {
        match self.popup().map(super::help::of_popup) {
            Some(lines) => self.open_page(Page::new(Kind::Help, "Keys here", Sheet::Lines(lines))),
            None => self.open_help(),
        }
    }

    pub(super) fn open_page(&mut self, page: Page) {
        self.open(Popup::Page(Box::new(page)));
    }
}
