//! What lies on top of the desk, and where its keys go.
//!
//! Popups are a stack; the topmost has every key. Esc closes it and decides nothing.

use super::policy::Objection;
use super::{
    App, Busy, Effect, Facets, FilterLine, Form, Input, Leaving, Left, Originals, Page, Palette, Picker,
    Rationale, Toast, picker, rationale,
};
use crate::config::{Action, Code, Key};
use crate::fault::Fault;
use crate::text::counted;
use crate::triage::Begun;

/// What lies on top of the desk.
#[derive(Debug)]
pub enum Popup {
    /// A decision being made, its rationale being typed.
    Rationale(Box<Rationale>),
    /// One of several to be picked.
    Picker(Picker),
    /// What a decision needs to be told, being filled in.
    Form(Box<Form>),
    /// What the policy warns of, the reason to decide so all the same being typed.
    Objection(Box<Objection>),
    /// The bug that says the same, being looked for.
    Originals(Box<Originals>),
    /// A filter being typed.
    Filter(FilterLine),
    /// What the bugs in view have in common.
    Facets(Facets),
    /// Something that is read.
    Page(Box<Page>),
    /// Any action, found by its name.
    Palette(Box<Palette>),
    /// What no longer fits a report that was changed, the cursor on this; and the key that asks for more than
    /// one press, once it was pressed.
    Settle(usize, Option<Key>),
    /// What a person should know before all else: a title, and a sentence each.
    Notice(String, Vec<String>),
    /// Something that failed.
    Error(Box<Fault>),
    /// Whether to leave with decisions unsaved; and whether leaving without them was asked for once.
    Quit(bool),
}

impl Popup {
    /// Whether it tells what nobody asked for.
    pub(super) fn is_news(&self) -> bool {
        matches!(self, Popup::Notice(..) | Popup::Error(_) | Popup::Settle(..))
    }

    /// Whether it is about bugs by their places in the report, or about a misfit by its place.
    pub(super) fn holds_bugs(&self) -> bool {
        match self {
            Popup::Rationale(_) | Popup::Originals(_) => true,
            Popup::Form(form) => form.about.is_bugs(),
            Popup::Objection(objection) => objection.holds_bugs(),
            Popup::Palette(palette) => palette.holds_bugs(),
            _ => false,
        }
    }

    /// What was typed in it as a text and not recorded.
    fn left(&self) -> Option<Left> {
        match self {
            Popup::Rationale(rationale) => rationale.left(),
            Popup::Form(form) => form.unfinished(),
            _ => None,
        }
    }
}

impl App {
    /// What is being typed.
    pub fn typing(&self) -> Option<&Input> {
        match self.popup()? {
            Popup::Rationale(rationale) => Some(&rationale.text),
            Popup::Filter(line) => Some(&line.input),
            Popup::Palette(palette) => Some(&palette.input),
            Popup::Page(page) => page.search.input.as_ref(),
            Popup::Originals(originals) => Some(&originals.input),
            Popup::Objection(objection) => Some(&objection.input),
            Popup::Form(form) => Some(&form.row().input),
            _ => None,
        }
    }

    pub(super) fn popup_key(&mut self, key: Key) -> Vec<Effect> {
        if self.asks_for_help(key) {
            self.open_popup_help();
            return Vec::new();
        }
        match self.ui.popups.last_mut() {
            Some(Popup::Rationale(rationale)) => {
                let reply = rationale.key(key);
                self.rationale_reply(reply)
            }
            Some(Popup::Picker(_)) if self.ui.busy == Busy::Exporting => self.exporting_key(key),
            Some(Popup::Picker(_)) => self.picker_key(key),
            Some(Popup::Form(form)) => {
                let reply = form.key(key);
                self.form_reply(reply)
            }
            Some(Popup::Objection(_)) => self.objection_key(key),
            Some(Popup::Originals(originals)) => {
                let reply = originals.key(key);
                self.original_reply(reply, key)
            }
            Some(Popup::Filter(_)) => self.filter_key(key),
            Some(Popup::Facets(_)) => self.facets_key(key),
            Some(Popup::Page(_)) => self.page_key(key),
            Some(Popup::Palette(_)) => self.palette_key(key),
            Some(Popup::Error(_) | Popup::Notice(..)) => self.notice_key(key),
            Some(Popup::Settle(..)) => self.settle_key(key),
            Some(Popup::Quit(_)) => self.quit_key(key),
            None => Vec::new(),
        }
    }

    fn rationale_reply(&mut self, reply: rationale::Reply) -> Vec<Effect> {
        match reply {
            rationale::Reply::Stay => {}
            rationale::Reply::Leave => return self.leave_rationale(),
            rationale::Reply::Read(pages) => self.read_on(pages),
            rationale::Reply::Scope => self.open_scopes(picker::Use::InRationale),
            rationale::Reply::Rule => self.open_rules(),
            rationale::Reply::Record(draft) => return self.record_typed(*draft),
            rationale::Reply::Edit(text) => return vec![Effect::Edit(text)],
        }
        Vec::new()
    }

    /// A rationale, or a text about the report as a whole, that was typed and not recorded.
    pub fn unfinished(&self) -> Option<Begun> {
        let shelved = || self.ui.shelved.iter().rev().find_map(Form::unfinished);
        let typed = self.ui.popups.iter().rev().find_map(Popup::left);
        let left = typed.or_else(shelved).or_else(|| self.ui.left.clone());
        left.map(|left| left.begun(self.session.report()))
    }

    /// Closes what is about bugs of another state of the report, with what lies on top of it; what was typed is kept.
    pub(super) fn close_about_bugs(&mut self) {
        let Some(at) = self.ui.popups.iter().position(Popup::holds_bugs) else { return };
        let mut closed = self.ui.popups.split_off(at);
        let left = closed.iter().filter(|popup| matches!(popup, Popup::Rationale(_)));
        self.ui.left = left.rev().find_map(Popup::left).or(self.ui.left.take());
        closed.retain(Popup::is_news);
        self.ui.popups.extend(closed);
    }

    /// Goes back to the form that it went on from, else to the desk.
    fn leave_rationale(&mut self) -> Vec<Effect> {
        let Some(Popup::Rationale(rationale)) = self.ui.popups.pop() else { return Vec::new() };
        self.ui.left = rationale.left().or(self.ui.left.take());
        if let Some((at, of)) = rationale.place {
            self.leave_rest(at, of);
        }
        let Some(form) = rationale.after.and_then(|about| self.left_form(&about)) else { return Vec::new() };
        self.open(Popup::Form(Box::new(form)));
        vec![Effect::Today]
    }

    /// Leaves the decisions that wait behind one that was left, undecided like it: what was decided before stays.
    fn leave_rest(&mut self, at: usize, of: usize) {
        let waits = |popup: &Popup| matches!(popup, Popup::Rationale(rationale) if rationale.place.is_some());
        self.ui.popups.retain(|popup| !waits(popup));
        let stays = if at > 1 { "; what was decided before stays" } else { "" };
        let left = of + 1 - at;
        self.say(Toast::done(format!("{left} of {of} left undecided{stays}")));
    }

    fn read_on(&mut self, pages: isize) {
        let drawn = &mut self.ui.drawn;
        let rows = pages.saturating_mul(isize::try_from(drawn.popup_lines.max(1)).unwrap_or(isize::MAX));
        drawn.popup_scroll = drawn.popup_scroll.saturating_add_signed(rows);
    }

    /// What is told until it is dismissed: keys scroll it, and close it with Esc, Enter or q.
    fn notice_key(&mut self, key: Key) -> Vec<Effect> {
        let (from, page) = (self.ui.drawn.popup_scroll, self.ui.drawn.popup_lines.max(1));
        let to = match (key.code(), self.ui.keymap.action(key)) {
            (Code::Esc | Code::Enter, _) | (_, Some(Action::Quit)) => return self.close(),
            (Code::Home, _) | (_, Some(Action::First)) => 0,
            (Code::End, _) | (_, Some(Action::Last)) => usize::MAX,
            (Code::PageDown | Code::Char(' '), _) => from.saturating_add(page),
            (Code::PageUp, _) => from.saturating_sub(page),
            (_, Some(Action::HalfPageDown)) => from.saturating_add(page / 2),
            (_, Some(Action::HalfPageUp)) => from.saturating_sub(page / 2),
            (_, Some(Action::Down)) => from.saturating_add(1),
            (_, Some(Action::Up)) => from.saturating_sub(1),
            _ => from,
        };
        self.ui.drawn.popup_scroll = to;
        Vec::new()
    }

    pub(super) fn close(&mut self) -> Vec<Effect> {
        self.ui.popups.pop();
        self.ui.drawn.popup_scroll = 0;
        Vec::new()
    }

    fn quit_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Popup::Quit(sure)) = self.ui.popups.last_mut() else { return Vec::new() };
        let was_sure = std::mem::take(sure);
        match key.code() {
            Code::Char('d') if !key.alt() && !key.ctrl() && was_sure => vec![Effect::Discard],
            Code::Char('d') if !key.alt() && !key.ctrl() => {
                *sure = true;
                let them = counted(self.unsaved() + self.session.misfits().len(), "decision");
                let said = format!("d again leaves without {them}");
                self.say(Toast::refusal(said).hint("set aside, not lost: regrade recover brings them back"));
                Vec::new()
            }
            Code::Char('s' | 'w') if !key.alt() => {
                self.ui.popups.pop();
                self.ui.busy = Busy::ThenQuit;
                vec![Effect::Save]
            }
            Code::Char('q') => vec![Effect::Quit(Leaving::Quietly)],
            Code::Esc => self.close(),
            _ => Vec::new(),
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.ui.prefix.clear();
        match self.ui.popups.last_mut() {
            Some(Popup::Rationale(rationale)) => rationale.paste(text),
            Some(Popup::Form(form)) => form.paste(text),
            Some(Popup::Objection(objection)) => objection.input.insert(text),
            Some(Popup::Originals(originals)) => {
                originals.input.insert(text);
                return self.look_for_original();
            }
            Some(Popup::Filter(line)) => {
                line.input.paste(text);
                return self.filter_typed();
            }
            Some(Popup::Palette(palette)) => {
                palette.input.insert(text);
                return self.palette_typed();
            }
            Some(Popup::Page(page)) if page.search.input.is_some() => return self.page_paste(text),
            _ => self.say(Toast::refusal("nothing here takes text: a paste is not read as keys")),
        }
        Vec::new()
    }

    pub(super) fn edited(&mut self, text: &str, fault: Option<Fault>) {
        match self.ui.popups.last_mut() {
            Some(Popup::Rationale(rationale)) => rationale.rewrite(text),
            Some(Popup::Form(form)) => form.rewrite(text),
            _ => {}
        }
        self.ui.popups.extend(fault.map(|fault| Popup::Error(Box::new(fault))));
    }
}
