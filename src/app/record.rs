//! Decisions about the report as a whole at the desk: which kinds there are, the form of each, and what was recorded in
//! a few words. What each needs to say is known by [`guard::lacking`], for the desk as for commands.

use super::form::{self, About, Form, Purpose, Row};
use super::picker::{Choice, Picker, Use, Value};
use super::weighing::Weighing;
use super::{App, Effect, Left, Popup};
use crate::text::{counted, display, single_spaced};
use crate::triage::{Draft, Fact, Kind, Set, guard};

/// How many characters of what was recorded are told in passing.
const TOLD: usize = 60;

impl App {
    /// Asks what is to be recorded.
    pub(super) fn open_records(&mut self) {
        let choice = |kind: Kind| {
            let (name, about) = named(kind)?;
            let (name, about) = (name.to_owned(), about.to_owned());
            Some(Choice { key: None, name, about, value: Value::Kind(kind) })
        };
        let choices = Kind::ALL.into_iter().filter_map(choice).collect();
        self.open(Popup::Picker(Picker::new(Use::Record, choices)));
    }

    /// Opens the form of such a decision, as it was left.
    pub(super) fn open_record(&mut self, kind: Kind) {
        let about = About::Report(kind);
        let mut form = self.left_form(&about).unwrap_or_else(|| Form::new(about, rows(kind)));
        let left = self.ui.left.as_ref().filter(|left| left.is_of_report());
        form.left = left.map(|left| left.text.clone());
        self.open(Popup::Form(Box::new(form)));
    }

    /// The form about this as it was left, where one was.
    pub(super) fn left_form(&mut self, about: &About) -> Option<Form> {
        let at = self.ui.shelved.iter().position(|form| form.about == *about)?;
        Some(self.ui.shelved.remove(at))
    }

    /// Forgets the forms about such things that were left.
    pub(super) fn forget_forms(&mut self, is_such: impl Fn(&About) -> bool) {
        self.ui.shelved.retain(|form| !is_such(&form.about));
    }

    pub(super) fn form_reply(&mut self, reply: form::Reply) -> Vec<Effect> {
        let Some(Popup::Form(form)) = self.ui.popups.last_mut() else { return Vec::new() };
        match (reply, form.about.clone()) {
            (form::Reply::Stay, _) => {}
            (form::Reply::Rule, _) => self.open_rules(),
            (form::Reply::Number(number), _) => self.put_under(number),
            (form::Reply::Edit, _) => return vec![Effect::Edit(form.text().to_owned())],
            (form::Reply::Done, About::Report(kind)) => return self.record_of_report(kind),
            (form::Reply::Back, About::Report(kind)) => {
                self.shelve();
                self.back_to_records(kind);
            }
            (form::Reply::Done, About::Status(status, bugs)) => {
                let set = Set { fields: form.fields(), ..Set::default() };
                return self.weigh(Weighing::Place(status, bugs, set));
            }
            (form::Reply::Back, About::Status(status, _)) => {
                self.shelve();
                self.back_to_statuses(status);
            }
        }
        Vec::new()
    }

    /// Takes the form off the desk and keeps it for the next time.
    pub(super) fn shelve(&mut self) {
        if let Some(Popup::Form(form)) = self.ui.popups.pop() {
            self.forget_forms(|about| *about == form.about);
            self.ui.shelved.push(*form);
        }
    }

    fn back_to_records(&mut self, kind: Kind) {
        self.open_records();
        if let Some(Popup::Picker(picker)) = self.ui.popups.last_mut() {
            let at = picker.choices.iter().position(|choice| choice.value == Value::Kind(kind));
            picker.at = at.unwrap_or_default();
        }
    }

    fn put_under(&mut self, number: u8) {
        let is_known = self.session.methodology().rule(number).is_some();
        let Some(Popup::Form(form)) = self.ui.popups.last_mut() else { return };
        form.refused = (!is_known && number > 0).then(|| format!("there is no rule {number}"));
        if form.refused.is_none() {
            form.rule = Some(number).filter(|_| is_known);
        }
    }

    /// Records what was filled in, unless it says too little: then the cursor goes to what is missing.
    fn record_of_report(&mut self, kind: Kind) -> Vec<Effect> {
        let Some(Popup::Form(form)) = self.ui.popups.last_mut() else { return Vec::new() };
        let draft = form.draft(kind);
        let Some(lacking) = guard::lacking(&draft, self.session.methodology()) else {
            return self.record(draft);
        };
        let is_it = |row: &Row| match lacking.fact {
            Some(fact) => row.purpose == Purpose::Fact(fact),
            None => row.is_text(),
        };
        form.at = form.rows.iter().position(is_it).unwrap_or(form.at);
        form.refused = Some(lacking.said);
        Vec::new()
    }

    /// What a decision about the report does, in a few words.
    pub(super) fn of_report(&self, draft: &Draft) -> String {
        match (draft.claims.len(), draft.kind) {
            (0, Kind::Reverted) => self.of_taken_back(draft),
            (0, kind) => titled(kind, draft.facts.first().map_or(&draft.rationale, |(_, text)| text)),
            (claims, Kind::Reverted) if draft.goes_back() => format!("{} set back", counted(claims, "claim")),
            (claims, _) => format!("{} set to what is documented", counted(claims, "claim")),
        }
    }

    /// What is taken back or brought back, where the log has it.
    fn of_taken_back(&self, draft: &Draft) -> String {
        let entry = draft.brings_back.as_ref().or(draft.reverts.as_ref());
        let past = self.session.past().iter().find(|past| Some(&past.entry) == entry);
        past.map_or_else(
            || draft.kind.name().to_owned(),
            |past| titled(past.kind, if past.changed.is_empty() { &past.rationale } else { &past.changed }),
        )
    }
}

impl Form {
    /// What was typed as a text.
    pub fn text(&self) -> &str {
        self.rows.iter().find(|row| row.is_text()).map_or("", |row| row.input.text())
    }

    /// The text that was typed and not recorded.
    pub(super) fn unfinished(&self) -> Option<Left> {
        let text = self.text().trim();
        (!text.is_empty()).then(|| Left::of_report(text.to_owned(), self.rule))
    }

    /// Whether what was typed is put into the report with fewer lines.
    pub fn joins_lines(&self) -> bool {
        if let About::Report(kind) = self.about { self.draft(kind).joins_lines() } else { false }
    }

    /// The decision about the report as a whole that was filled in.
    fn draft(&self, kind: Kind) -> Draft {
        let draft = Draft::telling(kind, self.rows.iter().flat_map(facts).collect());
        Draft { rationale: self.text().trim().to_owned(), rule: self.rule, ..draft }
    }
}

/// What a kind of decision about the report as a whole is called, and what it is for; `None` for the others.
pub fn named(kind: Kind) -> Option<(&'static str, &'static str)> {
    match kind {
        Kind::Fixed => Some(("Fix", "of something that the report has no bug for")),
        Kind::NotExecuted => Some(("Task not executed", "of the plan, and why")),
        Kind::Finding => Some(("Finding", "about all of it, also put below its summary")),
        Kind::Recommendation => Some(("Recommendation", "what to do, also put below the summary")),
        Kind::Note => Some(("Note", "for log and summary")),
        _ => None,
    }
}

/// The lines of the form of such a decision.
fn rows(kind: Kind) -> Vec<Row> {
    let fact = |fact: &Fact| Row::asking(Purpose::Fact(*fact), fact.means(), fact.is_needed());
    let text = |(name, means)| Row::asking(Purpose::Text(name), means, kind != Kind::Fixed);
    let mut rows: Vec<Row> = Fact::of(kind).iter().map(fact).collect();
    // As the command asks: the task, why, and what is done in its place.
    let at = if kind == Kind::NotExecuted { 1 } else { rows.len() };
    rows.splice(at..at, kind.told().map(text));
    rows
}

/// What a line tells, where something was typed; files are told one by one.
fn facts(row: &Row) -> Vec<(Fact, String)> {
    let Purpose::Fact(fact) = row.purpose else { return Vec::new() };
    let value = row.value();
    let parts: Vec<&str> = if fact == Fact::File { value.split(',').collect() } else { vec![&value] };
    let told = parts.into_iter().map(str::trim).filter(|text| !text.is_empty());
    told.map(|text| (fact, text.to_owned())).collect()
}

/// `finding: None of the P0 bugs touches production`.
fn titled(kind: Kind, text: &str) -> String {
    format!("{}: {}", kind.name(), display::clip(&single_spaced(text), TOLD))
}
