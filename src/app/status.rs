//! From a picked status to the decision that gives it: what the status asks for comes first, then why.

use jiff::civil::Date;

use super::form::{About, Form, Purpose, Row};
use super::original::{self, Originals};
use super::picker::{Choice, Picker, Use, Value};
use super::weighing::Weighing;
use super::{App, Effect, Popup, Toast};
use crate::config::Key;
use crate::fault::Fault;
use crate::methodology::{Ask, Asks, StatusId};
use crate::report::{BugIx, To};
use crate::triage::query::Matches;
use crate::triage::{BugSet, Draft, Set, outcome};

impl App {
    pub(super) fn open_statuses(&mut self) {
        let methodology = self.session.methodology();
        let choice = |id: StatusId| {
            let status = methodology.status(id);
            Choice {
                key: status.hotkey,
                name: status.name.clone(),
                about: status.definition.clone(),
                value: Value::Status(id),
            }
        };
        let choices = methodology.status_ids().map(choice).collect();
        let status = |bug| {
            let said = self.session.status(bug)?;
            methodology.read_status(said.as_bytes()).map(|found| Value::Status(found.status))
        };
        let holds = self.common_to_targets(status).flatten();
        self.open(Popup::Picker(Picker::new(Use::Status, choices).holding(holds.as_ref())));
    }

    /// Asks for what a status needs, and where that is nothing, why.
    pub(super) fn status_picked(&mut self, status: StatusId) -> Vec<Effect> {
        match self.session.methodology().status(status).asks.clone() {
            Asks::Nothing => {
                let words = self.session.report().status_words(status);
                self.ask_status(words, Vec::new(), None)
            }
            Asks::Original => self.open_originals(status),
            Asks::Date => self.open_form(status, |_, _| vec![Row::hinting(Purpose::Date, "", outcome::DAYS)]),
            Asks::Words(asks) => self.open_form(status, |app, bugs| {
                asks.into_iter().map(|ask| app.row(ask, status, bugs)).collect()
            }),
        }
    }

    fn ask_status(
        &mut self,
        words: String,
        fields: Vec<(String, To<String>)>,
        after: Option<About>,
    ) -> Vec<Effect> {
        let set = Set { status: To::Value(words), fields, ..Set::default() };
        let kind = set.kind(self.session.methodology().fields());
        self.weigh(Weighing::Ask(Draft::new(kind, self.targets(), set), after))
    }

    /// Opens the form of a status, as it was left where it was left on the same bugs.
    fn open_form(&mut self, status: StatusId, rows: impl FnOnce(&App, &BugSet) -> Vec<Row>) -> Vec<Effect> {
        let bugs = self.targets();
        let about = About::Status(status, bugs.clone());
        let form = self.left_form(&about).unwrap_or_else(|| Form::new(about, rows(self, &bugs)));
        self.open(Popup::Form(Box::new(form)));
        vec![Effect::Today]
    }

    /// A line of a form, with what the only bug that it is about has there already.
    fn row(&self, ask: Ask, status: StatusId, bugs: &BugSet) -> Row {
        let bug = bugs.first().filter(|_| bugs.len() == 1);
        match ask {
            Ask::Remark => {
                let was = bug.and_then(|bug| outcome::remark_of(&self.session, bug, status));
                let means = "a few words, written behind the status";
                Row::hinting(Purpose::Remark, &was.unwrap_or_default(), means)
            }
            Ask::Field { name, means } => {
                let name = self.name_written(name);
                let was = bug.and_then(|bug| self.field(bug, &name)).unwrap_or_default();
                Row::hinting(Purpose::Field(name), &was, &means)
            }
        }
    }

    /// What the field of this name is called here, where that is the usual one of what belongs to a fix.
    fn name_written(&self, name: String) -> String {
        let report = self.session.report();
        let names = report.methodology().fields();
        let kind = names.kind_of(name.as_bytes()).filter(|_| names.tells_of_a_fix(&name));
        let kind = kind.filter(|kind| names.names(*kind).first() == Some(&name));
        kind.and_then(|kind| report.name_for(kind)).unwrap_or(name)
    }

    /// The value of a field, pending decisions included.
    fn field(&self, bug: BugIx, name: &str) -> Option<String> {
        match self.session.net(bug).field(name) {
            To::Keep => self.session.report().field(bug, name).map(Into::into),
            To::Clear => None,
            To::Value(value) => Some(value.to_owned()),
        }
    }

    pub(super) fn today(&mut self, today: Date) -> Vec<Effect> {
        if let Some(Popup::Form(form)) = self.ui.popups.last_mut() {
            form.set_today(today);
        }
        self.record_put_off(today)
    }

    /// Goes on from a form of a status to why.
    pub(super) fn filled_in(&mut self, status: StatusId, form: &Form) -> Vec<Effect> {
        let report = self.session.report();
        let words = match form.until() {
            Some(date) => outcome::until(report, status, date),
            None => outcome::remarked(report, status, &form.remark()),
        };
        self.ask_status(words, form.fields(), Some(form.about.clone()))
    }

    pub(super) fn back_to_statuses(&mut self, status: StatusId) {
        self.open_statuses();
        if let Some(Popup::Picker(picker)) = self.ui.popups.last_mut() {
            picker.at = usize::from(status.0);
        }
    }

    fn open_originals(&mut self, status: StatusId) -> Vec<Effect> {
        let originals = Originals::new(status, self.targets());
        self.open(Popup::Originals(Box::new(originals)));
        self.look_for_original()
    }

    pub(super) fn look_for_original(&mut self) -> Vec<Effect> {
        self.ui.finding += 1;
        let generation = self.ui.finding;
        let Some(Popup::Originals(originals)) = self.ui.popups.last_mut() else { return Vec::new() };
        vec![Effect::Find { generation, text: originals.ask(generation) }]
    }

    pub(super) fn original_reply(&mut self, reply: original::Reply, key: Key) -> Vec<Effect> {
        match reply {
            original::Reply::Stay => {}
            original::Reply::Look => return self.look_for_original(),
            original::Reply::Wait => return self.hold(key),
            original::Reply::Nothing => self.say(Toast::refusal("no other bug matches; Esc goes back")),
            original::Reply::Back => {
                if let Some(Popup::Originals(originals)) = self.ui.popups.pop() {
                    self.back_to_statuses(originals.status);
                }
            }
            original::Reply::Pick(bug) if self.repeats(bug) => {
                let who = self.called(&BugSet::from(bug));
                self.say(Toast::refusal(format!("{who} is itself a duplicate of what would repeat it")));
            }
            original::Reply::Pick(bug) => {
                if let Some(Popup::Originals(originals)) = self.ui.popups.pop() {
                    let words = outcome::duplicate(self.session.report(), originals.status, bug);
                    return self.ask_status(words, Vec::new(), None);
                }
            }
        }
        Vec::new()
    }

    /// Whether this bug repeats one of those that are to be duplicates of it.
    fn repeats(&self, original: BugIx) -> bool {
        let Some(Popup::Originals(originals)) = self.popup() else { return false };
        let words = outcome::duplicate(self.session.report(), originals.status, original);
        outcome::repeating(&self.session, &words, &originals.bugs).is_some()
    }

    /// Whether all bugs of the report are to be duplicates, so that none is left that they could repeat.
    pub fn leaves_no_original(&self, originals: &Originals) -> bool {
        originals.bugs.len() >= self.session.report().len()
    }

    /// Whether bugs are being looked for among which one is picked.
    pub(super) fn is_finding(&self) -> bool {
        match self.popup() {
            Some(Popup::Originals(originals)) => originals.is_searching(),
            Some(Popup::Palette(palette)) => palette.is_searching(),
            _ => false,
        }
    }

    pub(super) fn originals_found(&mut self, generation: u64, matches: Matches) -> Vec<Effect> {
        self.palette_found(generation, &matches);
        if let Some(Popup::Originals(originals)) = self.ui.popups.last_mut() {
            originals.show(generation, matches);
        }
        self.release()
    }

    pub(super) fn originals_not_found(&mut self, generation: u64, fault: Fault) {
        let is_awaited = match self.ui.popups.last_mut() {
            Some(Popup::Originals(originals)) => originals.give_up(generation),
            Some(Popup::Palette(palette)) => palette.answer(generation, None),
            _ => false,
        };
        if is_awaited {
            self.failed_waited_for(fault);
        }
    }
}
